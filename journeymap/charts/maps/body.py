"""The lanes of a map from top to bottom: those that have any content, each with how it is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeymap.charts.maps import blueprint as map_blueprint
from journeymap.charts.maps import cards as map_cards
from journeymap.charts.maps import cells as map_cells
from journeymap.charts.maps import emotion as map_emotion
from journeymap.charts.maps import kpis as map_kpis
from journeymap.charts.maps import measured as map_measured
from journeymap.charts.maps import steps as map_steps
from journeymap.charts.maps import told as map_told

if TYPE_CHECKING:
    from collections.abc import Callable

    from journeymap.charts.maps.cells import Cell, Lane
    from journeymap.charts.maps.columns import Columns
    from journeymap.charts.maps.facts import Facts
    from journeymap.charts.maps.pages import Page
    from journeymap.charts.maps.sheet import Sheet

    Painted = Callable[[Sheet, float], float]

GAP = 8


def lanes(facts: Facts, columns: Columns, page: Page, framed: str) -> dict[str, Painted]:
    """Return each lane that has content by its name, as what paints it from a height down and returns where it ends."""
    if facts.told.kind == "service_blueprint":
        found = {"blueprint": _blueprint(facts, columns)}
    else:
        found = _of_cells(facts, columns, page)
        if facts.told.kind != "day_in_life" and map_measured.has_ribbon(facts):
            found["measured"] = _measured(facts, columns, framed)
    if map_emotion.has_curve(facts):
        found["emotion"] = _emotion(facts, columns, page, framed)
    return {name: found[name] for name in ORDER if name in found}


ORDER = (
    "steps",
    "blueprint",
    "measured",
    "goals",
    "actions",
    "touchpoints",
    "thoughts",
    "emotion",
    "pains",
    "gains",
    "opportunities",
    "kpis",
    "owner",
)
"""The lanes from top to bottom."""


def _of_cells(facts: Facts, columns: Columns, page: Page) -> dict[str, Painted]:
    cells: list[tuple[Lane, list[Cell]]] = [
        (map_steps.STEPS, map_steps.steps(facts, columns)),
        (map_told.GOALS, map_told.goals(facts, columns)),
        (map_told.ACTIONS, map_told.actions(facts, columns)),
        (map_told.TOUCHPOINTS, map_told.touchpoints(facts, columns)),
        (map_told.THOUGHTS, map_told.thoughts(facts, columns)),
        (map_cards.PAINS, map_cards.pains(facts, columns, page=page)),
        (map_cards.GAINS, map_cards.gains(facts, columns, page=page)),
        (map_cards.opportunities_lane(facts), map_cards.opportunities(facts, columns, page=page)),
        (map_kpis.KPIS, map_kpis.kpis(facts, columns)),
        (map_told.OWNER, map_told.owners(facts, columns)),
    ]
    return {lane.name: _cells(lane, its) for lane, its in cells if any(cell.says.strip() for cell in its)}


def _cells(lane: Lane, cells: list[Cell]) -> Painted:
    return lambda sheet, y: map_cells.draw(sheet, lane, cells, y)


def _measured(facts: Facts, columns: Columns, framed: str) -> Painted:
    return lambda sheet, y: map_measured.draw(sheet, facts, columns, y, framed=framed)


def _emotion(facts: Facts, columns: Columns, page: Page, framed: str) -> Painted:
    return lambda sheet, y: map_emotion.draw(sheet, facts, columns, y, height=page.emotion, framed=framed)


def _blueprint(facts: Facts, columns: Columns) -> Painted:
    return lambda sheet, y: map_blueprint.draw(sheet, facts, columns, y)
