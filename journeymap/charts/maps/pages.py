"""A map laid out on a sheet: as long as it gets on a screen, as wide as an A3 page wants it, or cut down to a slide."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from journeymap.charts.maps import head as map_head
from journeymap.charts.maps import legend as map_legend
from journeymap.charts.maps import stages as map_stages
from journeymap.charts.maps.badges import tag
from journeymap.charts.maps.body import GAP, ORDER, lanes
from journeymap.charts.maps.columns import columns
from journeymap.charts.maps.finding import map_finding
from journeymap.charts.maps.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Collection

    from journeymap.charts.maps.columns import Span
    from journeymap.charts.maps.facts import Facts
    from journeymap.charts.maps.finding import MapFinding

Paper = Literal["a3", "slide"]
ROOT_TWO = 2**0.5
SLIDE = (1067, 600)
TOP, BOTTOM = 22, 18
NARROWEST, WIDEST = 900, 3600
ALWAYS_ON_A_SLIDE = ("blueprint", "steps", "measured", "emotion", "pains")
IF_IT_FITS = ("opportunities", "kpis", "thoughts", "goals")


@dataclass(frozen=True)
class Page:
    """How much of a map a sheet takes.

    Attributes
    ----------
    brief
        No kicker, the strip as one line, no legend.
    cards, lines
        How many cards a cell has, and how many lines a card.
    finding
        How many lines the finding has, if one of its lengths allows it.
    emotion
        How high the emotion lane is.
    least_step
        How wide a step must be to stand beside others.
    """

    width: int
    brief: bool = False
    cards: int = 2
    lines: int = 4
    finding: int = 2
    emotion: float = 172
    least_step: float = 88


@dataclass(frozen=True)
class Laid:
    """A sheet that is painted, and its size."""

    sheet: Sheet
    width: int
    height: int
    found: MapFinding


def laid_out(facts: Facts, /, *, width: int, paper: Paper | None) -> Laid:
    """Lay a map out on a sheet of a width, on an A3 page (`width` is then searched for), or on a slide."""
    if paper == "a3":
        return _a3(facts)
    return _slide(facts) if paper == "slide" else lay(facts, Page(width))


def _a3(facts: Facts) -> Laid:
    return _of_proportion(facts, Page(NARROWEST), ROOT_TWO)


def _of_proportion(facts: Facts, page: Page, proportion: float, only: Collection[str] = ORDER) -> Laid:
    """Find the narrowest sheet that is wide enough for its height; on it the words are largest."""
    low, high = page.width, WIDEST
    while high - low > 4:
        middle = (low + high) // 2
        if lay(facts, replace(page, width=middle), only=only).height > middle / proportion:
            low = middle
        else:
            high = middle
    fitting = lay(facts, replace(page, width=high), only=only)
    return Laid(fitting.sheet, high, round(high / proportion), fitting.found)


def _slide(facts: Facts) -> Laid:
    """Show the lanes that tell most, closer and closer until they fit, else on a wider sheet; then what else has room."""
    width, height = SLIDE
    roomy = Page(width, brief=True, cards=1, lines=2, emotion=112, least_step=120)
    close = replace(roomy, finding=1, emotion=92)
    pages = (roomy, replace(roomy, finding=1), close)
    fitting = (page for page in pages if lay(facts, page, only=ALWAYS_ON_A_SLIDE).height <= height)
    page = next(fitting, None)
    if page is None:
        return _of_proportion(facts, close, width / height, ALWAYS_ON_A_SLIDE)
    shown = list(ALWAYS_ON_A_SLIDE)
    for name in IF_IT_FITS:
        if lay(facts, page, only=[*shown, name]).height <= height:
            shown.append(name)
    free = height - lay(facts, page, only=shown).height
    best = lay(facts, replace(page, emotion=min(page.emotion + free, 172)), only=shown)
    return Laid(best.sheet, width, height, best.found)


def lay(facts: Facts, page: Page, /, *, only: Collection[str] = ORDER) -> Laid:
    """Paint a map from the top down."""
    sheet, found = Sheet(), map_finding(facts)
    across = columns(facts.told, width=page.width, least_step=page.least_step)
    y: float = TOP if not page.brief else BOTTOM
    y = y if page.brief else map_head.kicker(sheet, facts, y, width=page.width)
    y = map_head.finding(sheet, found, y, width=page.width, most=page.finding)
    strip = map_head.line if page.brief else map_head.strip
    y = strip(sheet, facts, y, width=page.width) + (28 if found.stage else 12)
    top = y
    y = map_stages.draw(sheet, facts, across, y)
    for name, paint in lanes(facts, across, page, found.stage).items():
        if name in only:
            y = paint(sheet, y + GAP)
    if found.stage:
        _frame(sheet, across.stages[found.stage], found.tab, top - 5, y + 6)
    y += 16
    if not page.brief:
        y = map_legend.legend(sheet, y, width=page.width) + 4
    y = map_legend.footer(sheet, facts, y, width=page.width, most=1 if page.brief else 5)
    return Laid(sheet, page.width, round(y + BOTTOM), found)


def _frame(sheet: Sheet, span: Span, tab: str, y: float, y2: float) -> None:
    """Paint the finding frame around one stage from its head to its last lane."""
    x, wide = span.x - 4, span.wide + 8
    sheet.shape(f"M0,0L{wide:g},0L{wide:g},{y2 - y:.1f}L0,{y2 - y:.1f}Z", x, y, stroke="bad", width=2)
    tag(sheet, tab, x + wide + 1, y)
