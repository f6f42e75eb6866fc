"""What stands on a slide, measured in points: text, a native table, a picture; each with its text alternative."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from struct import unpack
from typing import TYPE_CHECKING, Any

from journeymap.charts.maps.words import collapsed
from journeymap.charts.theme import role
from journeymap.report.slide_tables import ABOVE, SIDE

if TYPE_CHECKING:
    from journeymap.report.slide_tables import Fitted, Grid, Row

WIDTH, HEIGHT = 960.0, 540.0
LEFT, TOP = 36.0, 24.0
BODY_WIDTH = WIDTH - 2 * LEFT
FONT = "Arial"
NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"

Box = tuple[float, float, float, float]
"""Left, top, width and height, in points."""


@dataclass(frozen=True)
class Picture:
    """A picture as PNG, and what it shows in words."""

    png: bytes
    says: str

    @property
    def size(self) -> tuple[int, int]:
        """Its width and its height in dots, which stand at the head of every PNG."""
        width, height = unpack(">II", self.png[16:24])
        return width, height


class Poster(Picture):
    """A picture that is a whole slide: it has its own title and footer."""


def plain(text: object, /) -> str:
    r"""Write any text so that XML can hold it, on one line.

    Examples
    --------
    >>> plain("two\x00\n  lines\ufffe")
    'two lines'
    """
    return "".join(letter for letter in collapsed(text) if letter not in "\ufffe\uffff")


def describe(shape: Any, name: str, text: str, /) -> None:
    """Give a shape a name and a text for those who hear it."""
    about = shape.element.xpath(".//p:cNvPr")[0]
    about.set("name", plain(name))
    about.set("descr", plain(text))


def painted(name: str, /) -> Any:
    """Return the colour of a role of the theme, as slides know it."""
    from pptx.dml.color import RGBColor

    colour: Any = RGBColor
    return colour.from_string(role(name).removeprefix("#"))


def place(shape: Any, box: Box, /) -> None:
    """Put a shape where it belongs."""
    from pptx.util import Pt

    shape.left, shape.top, shape.width, shape.height = (Pt(one) for one in box)


def write(
    frame: Any,
    text: str,
    /,
    *,
    size: float,
    bold: bool = False,
    colour: str = "ink",
    right: bool = False,
) -> None:
    """Write one text into a frame."""
    from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
    from pptx.util import Pt

    frame.word_wrap, frame.auto_size, frame.vertical_anchor = True, MSO_AUTO_SIZE.NONE, MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    said = plain(text)
    if not said:  # an empty line has the height of its own letters too
        paragraph._p.get_or_add_endParaRPr().set("sz", f"{size * 100:.0f}")  # noqa: SLF001
        return
    run = paragraph.add_run()
    run.text = said
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, FONT
    run.font.color.rgb = painted(colour)


def add_text(
    page: Any, text: str, box: Box, /, *, size: float, colour: str = "ink", number: bool = False
) -> None:
    """Add a line of text; one that is the slide's number follows it when slides are moved."""
    from pptx.util import Pt

    shape = page.shapes.add_textbox(*(Pt(one) for one in box))
    write(shape.text_frame, text, size=size, colour=colour, right=number)
    if number:
        run = shape.text_frame.paragraphs[0].runs[0]._r  # noqa: SLF001 - there is no other way to a field
        run.tag = run.tag.replace("}r", "}fld")
        run.set("id", "{5B1C7F5E-3C55-4B1F-9A39-0C5D0E6C9A11}")
        run.set("type", "slidenum")


def add_picture(page: Any, picture: Picture, box: Box, /) -> None:
    """Add a picture as large as its box allows."""
    left, top, width, height = box
    across, down = picture.size
    wide = min(width, height * across / down)
    from pptx.util import Pt

    at = (left + (width - wide) / 2, top, wide, wide * down / across)
    shape = page.shapes.add_picture(BytesIO(picture.png), *(Pt(one) for one in at))
    describe(shape, "Picture", picture.says)


def add_table(page: Any, grid: Grid, table: Fitted, number: int, /, *, left: float, top: float) -> None:
    """Add one page of a table."""
    from pptx.util import Pt

    rows = (table.head, *table.pages[number])
    height = sum(row.height for row in rows)
    box = (left, top, sum(table.widths), height)
    shape = page.shapes.add_table(len(rows), len(grid.heads), *(Pt(one) for one in box))
    describe(shape, "Table", grid.says or f"Table: {', '.join(grid.heads)}.")
    drawn = shape.table
    shape.element.xpath(".//a:tableStyleId")[0].text = NO_STYLE
    drawn.horz_banding = False
    for column, width in zip(drawn.columns, table.widths, strict=True):
        column.width = Pt(width)
    for place_of, row in enumerate(rows):
        drawn.rows[place_of].height = Pt(row.height)
        _write_row(drawn, place_of, row, grid, table.size)


def _write_row(drawn: Any, place_of: int, row: Row, grid: Grid, size: float) -> None:
    from pptx.util import Pt

    for column, text in enumerate(row.cells):
        cell = drawn.cell(place_of, column)
        write(
            cell.text_frame,
            text,
            size=size,
            bold=place_of == 0,
            colour="ink_2" if place_of == 0 else "ink",
            right=column in grid.numbers,
        )
        cell.margin_left = cell.margin_right = Pt(SIDE)
        cell.margin_top = cell.margin_bottom = Pt(ABOVE)
        _line_below(cell, "line_strong" if place_of == 0 else "line")


def _line_below(cell: Any, colour: str) -> None:
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    rgb = role(colour).removeprefix("#")
    line = parse_xml(
        f'<a:lnB {nsdecls("a")} w="9525"><a:solidFill><a:srgbClr val="{rgb}"/></a:solidFill></a:lnB>'
    )
    cell._tc.get_or_add_tcPr().insert(0, line)  # noqa: SLF001 - python-pptx has no borders
