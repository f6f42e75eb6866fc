"""What can be saved (a result, a chart, a table), and what each has of finding, pictures, table and scope."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from journeymap.analyses.flow import Flow
from journeymap.analyses.funnel import Funnel
from journeymap.analyses.reconcile import Reconciliation
from journeymap.analyses.sensitivity import Sensitivity
from journeymap.charts import flow, friction, funnel, opportunity_matrix, reconcile, sensitivity
from journeymap.charts.drawing import Drawing
from journeymap.charts.findings import Finding, finding
from journeymap.charts.flow_paper import key
from journeymap.charts.numbers import count, interval, share
from journeymap.errors import JourneymapError, counted
from journeymap.maps.checks.findings import Findings
from journeymap.maps.comparing.differences import Difference
from journeymap.maps.comparing.fitting import Fit
from journeymap.maps.fixing.friction import Friction
from journeymap.maps.fixing.impact import Impact
from journeymap.maps.fixing.opportunities import Opportunities

if TYPE_CHECKING:
    from collections.abc import Callable

    from journeymap.analyses.scope import Scope
    from journeymap.charts.look import Look

Tabled = Fit | Impact | Difference | Findings
"""Results without a picture."""
MIXED = {"low": "difference_from", "high": "difference_to"}
"""How the interval is called where the rows are of different units; `low` and `high` alone would be written as shares."""
Result = Funnel | Flow | Reconciliation | Sensitivity | Friction | Opportunities
DRAWN: dict[type, Any] = {
    Reconciliation: reconcile,
    Sensitivity: sensitivity,
    Friction: friction,
    Opportunities: opportunity_matrix,
}
"""The modules that draw the results whose pictures need nothing but a width and a mode."""


@dataclass(frozen=True)
class Figure:
    """A picture of a page: its heading, what its colours mean (word and role of the theme), and the picture."""

    heading: str
    key: list[tuple[str, str]]
    drawing: Drawing


@dataclass(frozen=True)
class Subject:
    """What is saved. What it has not is None, and cannot be asked of it.

    Attributes
    ----------
    name
        What it is, in one word.
    paper
        Makes the specification of the whole picture, for files that are one picture; of a width in px, or (None) of its own.
    figures
        Makes the pictures of a page, which a reader can click.
    table, finding, scope, notes
        As in the result.
    beside
        Further tables of a page, each with its heading.
    """

    name: str
    paper: Callable[[int | None], dict[str, Any]] | None = None
    figures: Callable[[], list[Figure]] | None = None
    table: pd.DataFrame | None = None
    finding: Finding | None = None
    scope: Scope | None = None
    notes: tuple[str, ...] = ()
    beside: tuple[tuple[str, pd.DataFrame], ...] = ()


def subject(thing: Any, look: Look, /) -> Subject:
    """Say what a thing has that can be saved; what is neither a result, a chart nor a table is an error."""
    if isinstance(thing, Result):
        return _of_result(thing, look)
    if isinstance(thing, Tabled):
        return _of_tabled(thing)
    if isinstance(thing, pd.DataFrame):
        return Subject("table", table=thing)
    import altair as alt  # which takes a second, and only charts need it

    if isinstance(thing, alt.TopLevelMixin):
        return _of_chart(thing)
    raise JourneymapError(
        f"A {type(thing).__name__} cannot be saved.",
        right="A result, a chart, a table, a journey or a journey map can.",
        fix='jm.save(funnel, "funnel.png")',
    )


def _of_result(result: Result, look: Look) -> Subject:
    def paper(width: int | None) -> dict[str, Any]:
        from journeymap.charts import chart  # Altair comes with it

        options = vars(look) | ({"width": width} if width else {})
        return dict(chart(result, **options).to_dict(validate=False))

    def figures() -> list[Figure]:
        return _figures(result, look)

    name = type(result).__name__.lower()
    said: Scope | str = result.scope
    scope, notes = (None, (said, *result.notes)) if isinstance(said, str) else (said, result.notes)
    return Subject(name, paper, figures, result.table, finding(result), scope, notes)


def _of_tabled(result: Tabled) -> Subject:
    """Say what a result without a picture has; the names stand after "A" and on a sheet."""
    if isinstance(result, Findings):
        table = result.table.assign(numbers=[_as_json(one.numbers) for one in result])
        title = f"{result.title}: {result.summary}" if result.title else result.summary
        return Subject("list of findings", table=table, finding=Finding(title), notes=result.notes)
    if isinstance(result, Difference):
        table, said = result.table.rename(columns=MIXED), Finding(result.sentence)
        return Subject("difference", table=table, finding=said, notes=result.notes)
    if isinstance(result, Impact):
        table, said = result.table.rename(columns=MIXED), Finding(_impact_said(result))
        return Subject("measured impact", None, None, table, said, result.scope, result.notes)
    beside = (("Rules of the map", result.rules), ("Events that match no rule of the map", result.unmapped))
    said = Finding(_fit_said(result))
    return Subject("fit", None, None, result.table, said, result.scope, result.notes, beside)


def _as_json(numbers: Any) -> str:
    return json.dumps(dict(numbers), ensure_ascii=False, default=str) if numbers else ""


def _fit_said(result: Fit) -> str:
    if not result.customers:
        return "No customer moved between steps of the map."
    known, low, high = result.customer_share
    n = result.customers
    return (
        f"The map explains the whole path of {share(known, n)} {interval(low, high, n)} of the {count(n)} customers "
        f"who moved, and {share(result.movement_share)} of the movements."
    )


def _impact_said(result: Impact) -> str:
    table = result.table
    better, worse = ((table["better"] == one).sum() for one in (True, False))
    shipped = counted(len(table), "shipped opportunity", "shipped opportunities")
    rest = len(table) - better - worse
    return (
        f"Of {shipped}: {better} better beyond chance, {worse} not better beyond chance, {rest} not compared."
    )


def _figures(result: Result, look: Look) -> list[Figure]:
    if type(result) in DRAWN:
        module = DRAWN[type(result)]
        return [Figure("", module.key(result), module.drawing(result, width=look.width, mode=look.mode))]
    if isinstance(result, Funnel):
        drawn = funnel.drawing(result, width=look.width, mode=look.mode, scale=look.scale, known=look.known)
        return [Figure("", funnel.key(result), drawn)]
    if not isinstance(result, Flow):
        return []
    several = len(result.masks) > 1
    return [
        Figure(
            segment if several else "",
            key(result) if place == 0 else [],
            flow.drawing(result, width=look.width, mode=look.mode, segment=segment, known=look.nodes),
        )
        for place, segment in enumerate(result.masks)
    ]


def _of_chart(chart: Any) -> Subject:
    def paper(_: int | None) -> dict[str, Any]:
        return dict(chart.to_dict())

    def figures() -> list[Figure]:
        spec = paper(None)
        return [Figure("", [], Drawing(spec, str(spec.get("description", "Chart")), 0))]

    return Subject("chart", paper, figures)
