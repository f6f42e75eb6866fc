"""What to do first: opportunities ranked by what was measured, placed by value and effort, and listed as a backlog."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pandas as pd

from journeymap.errors import counted
from journeymap.maps.fixing.reach import reach_of
from journeymap.maps.fixing.scores import band, evidence_confidence, rice, ulwick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journeymap.analyses.scope import Scope
    from journeymap.maps.document import JourneyMap
    from journeymap.maps.fixing.friction import Friction
    from journeymap.maps.fixing.reach import Reach
    from journeymap.maps.grounds import Evidence
    from journeymap.maps.plans import Opportunity

DONE = ("shipped", "dropped")
NUMBERS = (
    "reach",
    "friction",
    "friction_low",
    "friction_high",
    "value",
    "value_low",
    "value_high",
    "effort",
    "impact",
    "confidence",
    "rice",
    "importance",
    "satisfaction",
    "ulwick",
)


@dataclass(frozen=True, eq=False, repr=False)
class Opportunities:
    """The answer of :func:`opportunities`.

    Attributes
    ----------
    table
        One row per opportunity, best first: `rank` (by RICE, of those that are neither shipped nor dropped), `opportunity`
        (id), `title`, `status`, `places` (ids of the steps and stages of its pains that were measured), `reach` (customers a
        month), `friction` and `value` at stake a month with `_low` and `_high`, `effort` (person-weeks), `impact`,
        `confidence` and `confidence_from` (``"said"`` or ``"evidence"``), `rice`; `importance` and `satisfaction`, their
        score `ulwick` and its `band`.
    matrix
        One row per opportunity that is not dropped: `number` (by worth), `opportunity`, `title`, `owner`, `status`, `effort`, `worth`
        (value at stake, or without any value customers affected a month) with `low` and `high`, and `quadrant`: ``"do
        first"``, ``"plan"``, ``"fill in"``, ``"leave"``, halved at the medians; empty if it cannot be placed.
    backlog
        One row per opportunity, in the same order: `opportunity`, `title`, `pain`, `evidence`, `owner`, `team`, `effort`,
        `impact`, `metric`, `kpi`, `due`, `status`, `reach`, `value`, `value_low`, `value_high`.
    scope, notes
        Of the friction that they were measured by, and what the reader must know.
    """

    table: pd.DataFrame
    matrix: pd.DataFrame
    backlog: pd.DataFrame
    scope: Scope | str
    notes: tuple[str, ...]
    worth: str
    currency: str

    def __repr__(self) -> str:
        shown = self.table[["rank", "title", "status", "reach", "value", "effort", "rice"]].head(8)
        return f"Opportunities: {len(self.table)}. .table, .matrix and .backlog hold them.\n{shown.to_string(index=False, max_colwidth=40)}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:  # noqa: ARG002
        """Show the matrix at the end of a cell; the picture is drawn only then."""
        return {
            "image/svg+xml": import_module("journeymap.charts.paper").svg(self),
            "text/plain": repr(self),
        }


def opportunities(journey_map: JourneyMap, found: Friction | None = None, /) -> Opportunities:
    """Rank the opportunities of a map by what was measured.

    Parameters
    ----------
    found
        Its friction, which gives reach and value; without it what is said remains, and nothing has a reach.

    Returns
    -------
    Opportunities

    Examples
    --------
    >>> import journeymap as jm
    >>> shop = jm.JourneyMap("Shop", stages=["Buy"], opportunities=[
    ...     jm.Opportunity("Say why", importance=0.9, satisfaction=0.2, effort=2), jm.Opportunity("Nothing")])
    >>> opportunities(shop).table[["title", "ulwick", "band", "confidence"]].values.tolist()
    [['Say why', 16.0, 'above 15', 0.5], ['Nothing', nan, '', 0.5]]
    """
    reaches = {one.id: reach_of(one, journey_map, found) for one in journey_map.opportunities}
    rows = [_row(one, journey_map, reaches[one.id]) for one in journey_map.opportunities]
    rows.sort(key=_order)
    for place, row in enumerate(rows, start=1):
        row["rank"] = None if row["rice"] is None or row["status"] in DONE else place
    table = pd.DataFrame(rows, columns=_COLUMNS)
    for name in NUMBERS:
        table[name] = table[name].astype(float)
    table["rank"] = table["rank"].astype("Int64")
    worth = "value" if table["value"].notna().any() else "friction"
    ordered = [journey_map.part(row["opportunity"]) for row in rows]
    backlog = pd.DataFrame(
        [_backlog_row(one, journey_map, reaches[one.id]) for one in ordered], columns=_BACKLOG
    )
    owners = {one.id: one.owner for one in journey_map.opportunities}
    scope = "No friction was given, so nothing was measured." if found is None else found.scope
    notes = () if found is None else found.notes
    return Opportunities(
        table,
        _matrix(table, owners, worth),
        backlog,
        scope,
        (*_notes(table, found), *notes),
        worth,
        journey_map.currency,
    )


_COLUMNS = ["rank", "opportunity", "title", "status", "places", *NUMBERS]
_COLUMNS[_COLUMNS.index("confidence") + 1 : _COLUMNS.index("confidence") + 1] = ["confidence_from"]
_COLUMNS.append("band")
_BACKLOG = ["opportunity", "title", "pain", "evidence", "owner", "team", "effort", "impact", "metric", "kpi", "due", "status",
            "reach", "value", "value_low", "value_high"]  # fmt: skip


def _order(row: dict[str, Any]) -> tuple[bool, bool, float]:
    return row["status"] in DONE, row["rice"] is None, -(row["rice"] or 0)


def _row(one: Opportunity, journey_map: JourneyMap, reach: Reach) -> dict[str, Any]:
    said = one.confidence is not None
    confidence = one.confidence if said else evidence_confidence(_evidence(one, journey_map))
    score = ulwick(one.importance, one.satisfaction)
    return {
        "opportunity": one.id,
        "title": one.title,
        "status": one.status,
        "places": ", ".join(reach.places),
        "reach": reach.customers,
        **dict(zip(("friction", "friction_low", "friction_high"), reach.friction, strict=True)),
        **dict(zip(("value", "value_low", "value_high"), reach.value, strict=True)),
        "effort": one.effort,
        "impact": one.impact,
        "confidence": confidence,
        "confidence_from": "said" if said else "evidence",
        "rice": rice(reach.customers, one.impact, confidence, one.effort),
        "importance": one.importance,
        "satisfaction": one.satisfaction,
        "ulwick": score,
        "band": band(score),
    }


def _evidence(one: Opportunity, journey_map: JourneyMap) -> list[Evidence]:
    """Return the evidence of an opportunity and of its pains."""
    pains = [pain for pain in journey_map.pains if pain.id in one.pains]
    ids = dict.fromkeys([*one.evidence, *(name for pain in pains for name in pain.evidence)])
    known = {evidence.id: evidence for evidence in journey_map.evidence}
    return [known[name] for name in ids if name in known]


def _backlog_row(one: Opportunity, journey_map: JourneyMap, reach: Reach) -> dict[str, Any]:
    kpi = next((kpi for kpi in journey_map.kpis if kpi.id == one.kpi), None)
    pains = [pain.text for pain in journey_map.pains if pain.id in one.pains]
    said = {
        name: getattr(one, name) for name in ("title", "owner", "team", "effort", "impact", "due", "status")
    }
    return said | {
        "opportunity": one.id,
        "pain": "; ".join(pains),
        "evidence": "; ".join(_cited(evidence) for evidence in _evidence(one, journey_map)),
        "metric": kpi.metric if kpi else "",
        "kpi": kpi.name if kpi else "",
        "reach": reach.customers,
        **dict(zip(("value", "value_low", "value_high"), reach.value, strict=True)),
    }


def _cited(evidence: Evidence) -> str:
    n = "" if evidence.n is None else f", n = {evidence.n:,.0f}"
    return f"{evidence.source} ({evidence.kind}{n})"


def _matrix(table: pd.DataFrame, owners: dict[str, str], worth: str) -> pd.DataFrame:
    rows = table[table["status"] != "dropped"].sort_values(
        worth, ascending=False, kind="stable", ignore_index=True
    )
    matrix = pd.DataFrame(
        {
            "number": range(1, len(rows) + 1),
            "opportunity": rows["opportunity"],
            "title": rows["title"],
            "owner": rows["opportunity"].map(owners),
            "status": rows["status"],
            "effort": rows["effort"],
            "worth": rows[worth],
            "low": rows[f"{worth}_low"],
            "high": rows[f"{worth}_high"],
        }
    )
    placed = matrix["effort"].notna() & matrix["worth"].notna()
    middle = matrix.loc[placed, ["effort", "worth"]].median()
    matrix["quadrant"] = [
        _quadrant(effort <= middle["effort"], worth >= middle["worth"]) if is_placed else ""
        for effort, worth, is_placed in zip(matrix["effort"], matrix["worth"], placed, strict=True)
    ]
    return matrix


def _quadrant(is_light: bool, is_worth_it: bool) -> str:  # noqa: FBT001 - two findings, not two modes
    if is_worth_it:
        return "do first" if is_light else "plan"
    return "fill in" if is_light else "leave"


def _notes(table: pd.DataFrame, found: Friction | None) -> Sequence[str]:
    if found is None or not len(table):
        return ()
    notes = []
    without = int(table["reach"].isna().sum())
    if without:
        who = counted(without, "opportunity has", "opportunities have")
        notes.append(f"{who} no measured reach: no pain of theirs is at a measured step or stage.")
    thin = int((table["confidence_from"].eq("evidence") & table["confidence"].eq(0.5)).sum())
    if thin:
        notes.append(
            f"{counted(thin, 'opportunity stands', 'opportunities stand')} on no evidence from customers, so with a confidence of 50 %."
        )
    return notes
