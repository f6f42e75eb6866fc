"""Slides that can be edited: one claim a title, native tables and charts, and a text for each picture."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from journeymap.charts.maps.words import broken, collapsed
from journeymap.errors import counted
from journeymap.report.slide_charts import Lines, add_chart
from journeymap.report.slide_shapes import (
    BODY_WIDTH,
    HEIGHT,
    LEFT,
    TOP,
    WIDTH,
    Poster,
    add_picture,
    add_table,
    add_text,
    place,
    plain,
    write,
)
from journeymap.report.slide_tables import LINE, Grid, fitted, least

if TYPE_CHECKING:
    from journeymap.report.slide_shapes import Picture
    from journeymap.report.slide_tables import Fitted

TITLE_SIZES = (24.0, 22.0, 20.0)
LEAD_SIZE, FOOTER_SIZE, FOOTER_LINES = 14.0, 10.0, 4
TITLE_ONLY = 5
BESIDE = 0.55
"""The share of the width that a picture has when a table stands beside it."""
GAP = 16.0


@dataclass(frozen=True)
class Slide:
    """What one slide says.

    Attributes
    ----------
    title
        One sentence: what there is to be seen.
    lead
        What is good to know beside it.
    notes
        How it was counted; for the speaker.
    figure
        A picture or a chart.
    grid
        A table. One that is too long goes on on the next slides.
    """

    title: str
    lead: str = ""
    notes: str = ""
    figure: Picture | Lines | None = None
    grid: Grid | None = None


def deck(slides: list[Slide], /, *, title: str, footer: str) -> bytes:
    """Write slides as PPTX, 16:9; the footer stands on each of them, beside its number.

    Examples
    --------
    >>> grid = Grid(("Stage", "Customers"), (("Buy", "2,099"),), frozenset({1}))
    >>> deck([Slide("Few buy", grid=grid)], title="Shop", footer="March 2026")[:2]
    b'PK'
    """
    presentation = _presentation()
    said = [replace(slide, title=collapsed(slide.title).rstrip(".")) for slide in slides]
    pages = [page for slide in said for page in _laid(slide, _bottom(footer))]
    for number, page in enumerate(pages, start=1):
        _draw(presentation, page, footer=footer, number=number)
    about = presentation.core_properties
    about.title, about.author, about.last_modified_by = plain(title)[:255], "journeymap", "journeymap"
    about.created = about.modified = dt.datetime.now(tz=dt.UTC).replace(tzinfo=None)
    about.revision = 1
    buffer = BytesIO()
    presentation.save(buffer)
    return buffer.getvalue()


def figure_room(slide: Slide, /, *, footer: str) -> tuple[float, float]:
    """Return how wide and high a picture may be on a slide, in points: less wide if the slide's table fits beside it."""
    bottom = _bottom(footer)
    beside = slide.grid is not None and _beside(slide, slide.grid, bottom) is not None
    return BODY_WIDTH * (BESIDE if beside else 1), bottom - _body_top(slide)


@dataclass(frozen=True)
class _Laid:
    """One page: a slide, its table as it fits, and which page of the table."""

    slide: Slide
    table: Fitted | None = None
    page: int = 0


def _laid(slide: Slide, bottom: float) -> list[_Laid]:
    """Put a slide on as many pages as its table takes; a picture stands beside a short one, and before a long one."""
    if slide.grid is None:
        return [_Laid(slide)]
    if slide.figure is not None:
        beside = _beside(slide, slide.grid, bottom)
        if beside is not None:
            return [_Laid(slide, beside)]
        return [_Laid(replace(slide, grid=None)), *_laid(replace(slide, figure=None), bottom)]
    table = fitted(slide.grid, width=BODY_WIDTH, height=bottom - _body_top(slide))
    several = len(table.pages)
    titles = [
        f"{slide.title} ({page} of {several})" if several > 1 else slide.title
        for page in range(1, several + 1)
    ]
    return [_Laid(replace(slide, title=title), table, page) for page, title in enumerate(titles)]


def _beside(slide: Slide, grid: Grid, bottom: float) -> Fitted | None:
    """Lay a table out beside a picture; None if it is too long or its words too wide."""
    room = BODY_WIDTH * (1 - BESIDE) - GAP
    table = fitted(grid, width=room, height=bottom - _body_top(slide))
    return table if len(table.pages) == 1 and sum(least(grid, table.size)) <= room else None


def _footer_lines(footer: str) -> list[str]:
    return broken(footer, BODY_WIDTH * 0.88, size=FOOTER_SIZE, most=FOOTER_LINES)


def _bottom(footer: str) -> float:
    """Return where the body of a slide ends."""
    return HEIGHT - 16 - FOOTER_SIZE * LINE * len(_footer_lines(footer)) - 10


def _presentation() -> Any:
    """Open an empty deck of the right size, with one layout: a title."""
    import pptx  # takes a while, and most files need none
    from pptx.util import Pt

    presentation = pptx.Presentation()
    presentation.slide_width, presentation.slide_height = Pt(WIDTH), Pt(HEIGHT)
    kept = presentation.slide_layouts[TITLE_ONLY]
    for layout in list(presentation.slide_layouts):
        if layout is not kept:
            presentation.slide_layouts.remove(layout)
    for holder in (*kept.placeholders, *presentation.slide_master.placeholders):
        ratio = WIDTH / 720
        holder.left, holder.width = int(holder.left * ratio), int(holder.width * ratio)
    return presentation


def _title_lines(text: str) -> tuple[float, list[str]]:
    for size in TITLE_SIZES:
        lines = broken(text, BODY_WIDTH * 0.95, size=size, bold=True, most=2)
        if "".join(lines[-1:]) == "" or not lines[-1].endswith("…"):
            break
    return size, lines


def _body_top(slide: Slide) -> float:
    size, lines = _title_lines(slide.title + " (10 of 10)")
    lead = broken(slide.lead, BODY_WIDTH * 0.95, size=LEAD_SIZE, most=3) if slide.lead else []
    return TOP + len(lines) * size * 1.2 + len(lead) * LEAD_SIZE * 1.25 + GAP


def _draw(presentation: Any, laid: _Laid, *, footer: str, number: int) -> None:
    """Draw a page; on a poster the title stands above the slide, where only those who hear it or read the outline find it."""
    slide = laid.slide
    page = presentation.slides.add_slide(presentation.slide_layouts[0])
    page.notes_slide.notes_text_frame.text = _notes(slide, footer)
    if isinstance(slide.figure, Poster):
        place(page.shapes.title, (LEFT, -60, BODY_WIDTH, 50))
        write(page.shapes.title.text_frame, slide.title, size=min(TITLE_SIZES))
        add_picture(page, slide.figure, (0, 0, WIDTH, HEIGHT))
    else:
        _draw_body(page, laid, footer)
    box = (WIDTH - 72, HEIGHT - 26, 36, 18)
    add_text(page, str(number), box, size=FOOTER_SIZE, colour="ink_3", number=True)


def _draw_body(page: Any, laid: _Laid, footer: str) -> None:
    slide = laid.slide
    top = _draw_words(page, slide)
    beside = slide.figure is not None and laid.table is not None
    wide = BODY_WIDTH * BESIDE if beside else BODY_WIDTH
    if slide.figure is not None:
        box = (LEFT, top, wide, _bottom(footer) - top)
        if isinstance(slide.figure, Lines):
            add_chart(page, slide.figure, box)
        else:
            add_picture(page, slide.figure, box)
    if laid.table is not None and slide.grid is not None:
        left = LEFT + wide + GAP if beside else LEFT
        add_table(page, slide.grid, laid.table, laid.page, left=left, top=top)
    below, lines = _bottom(footer) + 10, _footer_lines(footer)
    box = (LEFT, below, BODY_WIDTH * 0.92, HEIGHT - below - 6)
    add_text(page, " ".join(lines), box, size=FOOTER_SIZE, colour="ink_3")


def _draw_words(page: Any, slide: Slide) -> float:
    """Write title and lead, and return where the body begins."""
    size, lines = _title_lines(slide.title)
    height = len(lines) * size * 1.2
    place(page.shapes.title, (LEFT, TOP, BODY_WIDTH, height))
    write(page.shapes.title.text_frame, " ".join(lines), size=size, bold=True)
    if slide.lead:
        lead = broken(slide.lead, BODY_WIDTH * 0.95, size=LEAD_SIZE, most=3)
        box = (LEFT, TOP + height + 2, BODY_WIDTH, len(lead) * LEAD_SIZE * 1.25)
        add_text(page, " ".join(lead), box, size=LEAD_SIZE, colour="ink_2")
    return _body_top(slide)


def _notes(slide: Slide, footer: str) -> str:
    rows = counted(len(slide.grid.rows), "row") if slide.grid else ""
    said: list[Any] = [slide.title, slide.lead, slide.notes, f"The table has {rows}." if rows else "", footer]
    return "\n".join(plain(collapsed(text)) for text in said if text)
