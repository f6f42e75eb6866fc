"""Paths inside an engine: what each customer does from the first start on, step by step, repeats merged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis

from journeymap.counting.pushdown.stage_events import first_stage
from journeymap.events.warehouse.asking import answer
from journeymap.events.warehouse.selecting import AT, CUSTOMER, EVENT, one_if, row_order
from journeymap.journeys import unknown
from journeymap.rules import property_names

if TYPE_CHECKING:
    import pandas as pd

    from journeymap.events.warehouse.log import WarehouseLog
    from journeymap.journeys import Journey

NODE, PLACE, STEP, NEXT = "jm_node", "jm_place", "jm_step", "jm_next"
MOST_NAMES = 10_000


@dataclass(frozen=True)
class Walked:
    """Paths that wait in an engine.

    Attributes
    ----------
    rows
        One row per customer and step: `jm_customer`, `jm_step` (from 1), `jm_node` (a name, or the place of a stage from 1),
        `goes_on` (0 or 1), `jm_next` (the node after, if it goes on), `last_at`.
    skipped
        How many visible events belong to no node.
    ties
        How many neighbours at one instant only their names put in order.
    """

    rows: Any
    skipped: int
    ties: int


def paths(
    log: WarehouseLog,
    journey: Journey | None,
    *,
    over: str,
    start: str | None,
    steps: int,
    period: tuple[int, int] | None,
) -> Walked:
    """Compile the walk of each customer from the first start in the period; one step more than asked is kept."""
    nodes = _nodes(log, journey, over)
    begins = _is_start(log, nodes, journey, over, start)
    if period is not None:
        begins = begins & (nodes[AT] >= period[0]) & (nodes[AT] < period[1])
    ordered = nodes.mutate(**{PLACE: ibis.row_number().over(group_by=CUSTOMER, order_by=_order(log, journey, over, nodes)), "begins": one_if(begins & nodes[NODE].notnull())})
    before = ordered[NODE].lag().over(group_by=CUSTOMER, order_by=ordered[PLACE])
    at_before = ordered[AT].lag().over(group_by=CUSTOMER, order_by=ordered[PLACE])
    differs = _differs(ordered[NODE], before)
    told = ordered.mutate(tied=one_if((ordered[PLACE] > 0) & (ordered[AT] == at_before) & differs))
    counted = answer(told.aggregate(known=told[NODE].notnull().sum().fill_null(0), ties=told.tied.sum().fill_null(0)))
    known, ties = (int(number) for number in counted.iloc[0])
    return Walked(_walk(ordered.filter(ordered[NODE].notnull()), steps), log.n_events - known, ties)


def _walk(rows: Any, steps: int) -> Any:
    first = (rows.begins == 1).ifelse(rows[PLACE], ibis.null("int64"))
    rows = rows.mutate(first=first.min().over(group_by=CUSTOMER))
    rows = rows.filter(rows["first"].notnull(), rows[PLACE] >= rows["first"])
    before = rows[NODE].lag().over(group_by=CUSTOMER, order_by=rows[PLACE])
    rows = rows.mutate(before=before, last_at=rows[AT].max().over(group_by=CUSTOMER))
    rows = rows.filter((rows[PLACE] == rows["first"]) | (rows[NODE] != rows.before))
    rows = rows.mutate(**{STEP: ibis.row_number().over(group_by=CUSTOMER, order_by=rows[PLACE]) + 1})
    rows = rows.filter(rows[STEP] <= steps + 1)
    rows = rows.mutate(
        **{NEXT: rows[NODE].lead().over(group_by=CUSTOMER, order_by=rows[STEP])},
        goes_on=one_if(rows[STEP] < rows[STEP].max().over(group_by=CUSTOMER)),
    )
    return rows.select(CUSTOMER, STEP, NODE, NEXT, "goes_on", "last_at")


def _nodes(log: WarehouseLog, journey: Journey | None, over: str) -> Any:
    rows = log.rows
    if over == "event":
        return rows.mutate(**{NODE: rows[EVENT]})
    if over == "stage" and journey is not None:
        for stage in journey.stages:
            log.check_properties(stage.rule)
        rows = rows.mutate(**{NODE: first_stage(rows, [stage.rule for stage in journey.stages], log.engine)})
        return rows.filter(rows[NODE] > 0)
    log.check_property(over)
    return rows.mutate(**{NODE: rows[over]})


def _order(log: WarehouseLog, journey: Journey | None, over: str, rows: Any) -> list[Any]:
    """Return time and name, and every property where one decides to which node an event belongs."""
    keys = row_order(rows, log.engine)
    if over == "event":
        return keys[:2]
    if over == "stage" and journey is not None and not any(property_names(s.rule) for s in journey.stages):
        return keys[:2]
    return keys


def _is_start(log: WarehouseLog, nodes: Any, journey: Journey | None, over: str, start: str | None) -> Any:
    if start is None:
        return ibis.literal(True)  # noqa: FBT003
    if over == "stage" and journey is not None:
        journey.stage(start)
        return nodes[NODE] == journey.stage_names.index(start) + 1
    names = answer(nodes.select(NODE).distinct().limit(MOST_NAMES))[NODE].dropna().tolist()
    meant = [name for name in names if str(name) == start]
    if not meant:
        raise unknown(
            over if over == "event" else f"value of {over}", start, sorted(map(str, names)), owner="the log"
        )
    return (nodes[NODE] == meant[0]).fill_null(False)  # noqa: FBT003


def _differs(one: Any, other: Any) -> Any:
    return (one.isnull() != other.isnull()) | (one != other).fill_null(False)  # noqa: FBT003


def largest_nodes(rows: Any, *, steps: int, top: int) -> dict[int, list[Any]]:
    """Find the nodes that stand alone in each column, most customers first."""
    counts = rows.filter(rows[STEP] <= steps).group_by([STEP, NODE]).aggregate(customers=lambda t: t.count())
    ranked = counts.mutate(
        place=ibis.rank().over(group_by=STEP, order_by=counts.customers.desc())
    )
    found = answer(ranked.filter(ranked.place < top))
    shown: dict[int, list[Any]] = {}
    for step, of_step in found.groupby(STEP):
        pairs = sorted(zip(of_step["customers"], of_step[NODE], strict=True), key=lambda pair: (-pair[0], pair[1]))
        shown[int(step)] = [node for _, node in pairs[:top]]
    return shown


def links(rows: Any, shown: dict[int, list[Any]], *, fresh_after: int, by: str) -> pd.DataFrame:
    """Count the customers of every link.

    Returns
    -------
    pandas.DataFrame
        `by`, `jm_step`, `source` and `target` (missing: a node that does not stand alone), `goes_on`, `customers`, and
        `recent`: how many of them were active after `fresh_after`.
    """
    missing = ibis.null(rows[NODE].type())
    marked = rows.mutate(
        source=_shown(rows[STEP], rows[NODE], shown).ifelse(rows[NODE], missing),
        target=((rows.goes_on == 1) & _shown(rows[STEP] + 1, rows[NEXT], shown)).ifelse(rows[NEXT], missing),
        recent=one_if(rows.last_at > fresh_after),
    )
    return answer(
        marked.group_by([by, STEP, "source", "target", "goes_on"]).aggregate(
            customers=marked.count(), recent=marked.recent.sum()
        )
    )


def _shown(step: Any, node: Any, shown: dict[int, list[Any]]) -> Any:
    met = ibis.literal(False)  # noqa: FBT003
    for column, nodes in shown.items():
        met = met | ((step == column) & node.isin(nodes).fill_null(False))  # noqa: FBT003
    return met
