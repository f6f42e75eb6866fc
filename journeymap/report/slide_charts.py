"""A native chart on a slide, which can be edited, with the sheet behind it."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

import xlsxwriter

from journeymap.charts.numbers import MISSING
from journeymap.report.sheets import OPTIONS
from journeymap.report.slide_shapes import FONT, describe, painted, plain

if TYPE_CHECKING:
    from journeymap.report.slide_shapes import Box

LABEL = 12.0


@dataclass(frozen=True)
class Lines:
    """A chart of lines over stages.

    Attributes
    ----------
    stages
        Names, from left to right.
    series
        For each line its name and its values, None where there is a gap.
    looks
        For each line the role of its colour, and whether it is drawn through or as ``"marks"`` or ``"thin"`` only.
    least, most
        The ends of the scale.
    says
        The chart in words.
    """

    stages: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]
    looks: tuple[tuple[str, str], ...]
    least: float
    most: float
    says: str


def add_chart(page: Any, lines: Lines, box: Box, /) -> None:
    """Add a chart that can be edited; the sheet behind it holds text as text."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Pt

    kind: Any = CategoryChartData
    data = kind(number_format="+0.0;-0.0;0.0")
    data.categories = [plain(stage) or MISSING for stage in lines.stages]
    for name, values in lines.series:
        data.add_series(plain(name), values)
    shape = page.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *(Pt(one) for one in box), data)
    describe(shape, "Chart", lines.says)
    shape.chart.part.chart_workbook.update_from_xlsx_blob(_sheet(lines))
    _dress(shape.chart, lines)


def _sheet(lines: Lines) -> bytes:
    """Write the sheet behind a chart, in the places that the chart reads, with no text as a formula."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        sheet = book.add_worksheet("Sheet1")
        for row, stage in enumerate(lines.stages, start=1):
            sheet.write_string(row, 0, plain(stage))
        for column, (name, values) in enumerate(lines.series, start=1):
            sheet.write_string(0, column, plain(name))
            for row, value in enumerate(values, start=1):
                if value is not None:
                    sheet.write_number(row, column, value)
    return buffer.getvalue()


def _dress(chart: Any, lines: Lines) -> None:
    from pptx.enum.chart import XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
    from pptx.util import Pt

    chart.font.size, chart.font.name = Pt(LABEL), FONT
    chart.has_title, chart.has_legend = False, True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    axis = chart.value_axis
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = lines.least, lines.most, 1
    axis.major_gridlines.format.line.color.rgb = painted("line")
    axis.format.line.fill.background()
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.category_axis.format.line.color.rgb = painted("ink_2")
    for series, (colour, drawn) in zip(chart.plots[0].series, lines.looks, strict=True):
        _dress_series(series, colour, drawn)


def _dress_series(series: Any, colour: str, drawn: str) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Pt

    series.smooth = False
    series.marker.style = XL_MARKER_STYLE.NONE if drawn == "thin" else XL_MARKER_STYLE.CIRCLE
    series.marker.size = 9
    if drawn == "marks":
        series.marker.style = XL_MARKER_STYLE.SQUARE
        series.format.line.fill.background()
    else:
        series.format.line.color.rgb = painted(colour)
        series.format.line.width = Pt(1.25 if drawn == "thin" else 2.5)
        series.format.line.dash_style = MSO_LINE.DASH if drawn == "thin" else None
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = painted(colour)
    series.marker.format.line.color.rgb = painted(colour)
