"""A result as slides: its finding as the title, its picture, its table, and its scope as the footer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from journeymap.charts.numbers import MISSING, interval
from journeymap.errors import JourneymapError
from journeymap.report.cells import columns
from journeymap.report.pictures import png
from journeymap.report.slide_shapes import Picture
from journeymap.report.slide_tables import Grid
from journeymap.report.slides import Slide, deck, figure_room

if TYPE_CHECKING:
    from journeymap.report.cells import Column
    from journeymap.report.subjects import Subject

SHOWN = {
    "funnel": ("segment", "group", "stage", "customers", "moved_on", "left", "settled_share"),
    "friction": (
        "name",
        "settled",
        "drop_share",
        "negative_share",
        "friction",
        "friction_low",
        "friction_high",
        "value_at_stake",
        "top3_share",
    ),
    "opportunities": ("rank", "title", "status", "reach", "value", "effort", "impact", "confidence", "rice"),
    "flow": ("segment", "step", "source", "target", "customers"),
}
"""The columns of a table that stand on a slide; of other tables all do."""
MOST_ROWS = 100
PADDING = 4
STRETCHES = (1, 1.3, 1.6)
LARGE, SMALLEST = 0.9, 0.6
"""Points for a px: from the first on a picture is as large as it should be; below the second it stands alone."""


def result_slides(about: Subject, /) -> bytes:
    """Write a result, or a chart alone, as PPTX: one slide, and more if the table is long."""
    if about.paper is None:
        raise JourneymapError(
            f"A {about.name} has no picture, and a slide needs one.",
            right="It can be saved as .html, .csv, .xlsx and .json.",
        )
    title = about.finding.text if about.finding else _title(about.paper(None))
    footer = " ".join([str(about.scope), *about.notes]) if about.scope else "journeymap"
    grid, left_out = _grid(about)
    support = about.finding.support if about.finding else ""
    slide = Slide(title, " ".join(filter(None, (support, left_out))), footer, grid=grid)
    picture, size = _picture(about, figure_room(slide, footer=footer), title)
    slides = [replace(slide, figure=picture)]
    if grid is not None and size < SMALLEST:
        alone = replace(slide, grid=None)
        picture, _ = _picture(about, figure_room(alone, footer=footer), title)
        slides = [replace(alone, figure=picture), slide]
    return deck(slides, title=title, footer=footer)


def _picture(about: Subject, room: tuple[float, float], title: str) -> tuple[Picture, float]:
    """Draw the picture as wide as makes its words largest on the slide; return how large they are, in points for a px."""
    specs = []
    for stretch in STRETCHES if about.finding else STRETCHES[:1]:
        spec = _without_words(about.paper(round(room[0] * stretch)) if about.paper else {}, about)
        specs.append((min(one / px for one, px in zip(room, _size(spec, room), strict=True)), spec))
        if specs[-1][0] >= LARGE:
            break
    size, spec = max(specs, key=lambda one: one[0])
    return Picture(png(spec), str(spec.get("description", "")) or title), size


def _size(spec: dict[str, Any], room: tuple[float, float]) -> tuple[float, float]:
    """Return how wide and high a result is drawn, in px: its parts one below the other; of another chart nobody knows."""
    parts = spec.get("vconcat")
    if not parts or not all("height" in part for part in parts):
        return room
    margins = 2 * PADDING
    height = sum(part["height"] + spec["spacing"] for part in parts) - spec["spacing"]
    return max(part["width"] for part in parts) + margins, height + margins


def _title(spec: dict[str, Any]) -> str:
    said = spec.get("title") or spec.get("description") or "Chart"
    text = said.get("text", "Chart") if isinstance(said, dict) else said
    return " ".join(text) if isinstance(text, list) else str(text)


def _without_words(spec: dict[str, Any], about: Subject) -> dict[str, Any]:
    """Leave out of a picture what the slide says: its title, and of a result its footer, the last of its parts."""
    kept = {name: part for name, part in spec.items() if name != "title"}
    return kept | {"vconcat": spec["vconcat"][:-1], "padding": PADDING} if about.finding else kept


def _grid(about: Subject) -> tuple[Grid | None, str]:
    """Return the table for people, and a sentence on the rows that are not on the slides."""
    if about.table is None or not about.finding:
        return None, ""
    unit = about.scope.unit if about.scope else "customers"
    found = [column for column in columns(about.table, unit=unit) if _is_shown(about.name, column)]
    texts = [_with_interval(column, about) for column in found]
    rows = tuple(zip(*texts, strict=True))
    heads = tuple(column.heading for column in found)
    numbers = frozenset(place for place, column in enumerate(found) if column.is_number)
    many = f"The first {MOST_ROWS} of {len(rows):,} rows stand here; a sheet has them all."
    says = f"The table of the {about.name}: {', '.join(heads)}."
    return Grid(heads, rows[:MOST_ROWS], numbers, says), many if len(rows) > MOST_ROWS else ""


def _with_interval(column: Column, about: Subject) -> list[str]:
    """Write a column; the share of a funnel with its interval, which otherwise takes two more."""
    texts = list(column.texts())
    if column.name != "settled_share" or about.table is None:
        return texts
    ends = about.table[["low", "high", "settled"]].itertuples(index=False)
    return [
        text if text == MISSING else f"{text} {interval(low, high, n)}"
        for text, (low, high, n) in zip(texts, ends, strict=True)
    ]


def _is_shown(name: str, column: Column) -> bool:
    """Say whether a column stands on a slide; the one segment of all rows does not."""
    says_little = column.is_empty or (column.name == "segment" and len(set(column.values)) == 1)
    return not says_little and column.name in SHOWN.get(name, (column.name,))
