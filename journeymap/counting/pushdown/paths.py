"""Paths inside an engine: what each customer does from the first start on, step by step, repeats merged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis

from journeymap.counting.pushdown.stage_events import first_stage
from journeymap.counting.pushdown.tallies import largest
from journeymap.events.warehouse.asking import answer
from journeymap.events.warehouse.selecting import AT, CUSTOMER, EVENT, one_if, row_order
from journeymap.journeys import unknown
from journeymap.rules import property_names

if TYPE_CHECKING:
    import pandas as pd

    from journeymap.events.warehouse.log import WarehouseLog
    from journeymap.journeys import Journey

NODE, HAS_NODE, PLACE, STEP, NEXT = "jm_node", "jm_has_node", "jm_place", "jm_step", "jm_next"
MOST_NAMES = 10_000


def paths(
    log: WarehouseLog,
    journey: Journey | None,
    *,
    over: str,
    start: str | None,
    steps: int,
    period: tuple[int, int] | None,
) -> Any:
    """Compile the walk of each customer from the first start in the period; one step more than asked is kept.

    Returns
    -------
    ibis.Table
        One row per customer and step: `jm_customer`, `jm_step` (from 1), `jm_node` (a name, or the place of a stage from 1),
        `goes_on` (0 or 1), `jm_next` (the node after, if it goes on), `last_at`, and at the first step `ties`, how many
        neighbours at one instant only their names put in order, and `skipped`, how many events had no node.
    """
    nodes = _nodes(log, journey, over)
    begins = (nodes[HAS_NODE] == 1) & _is_start(nodes, journey, over, start)
    begins = begins & (nodes[AT] < entry_end(log, period))
    if period is not None:
        begins = begins & (nodes[AT] >= period[0])
    order = _order(log, journey, over, nodes)
    ordered = nodes.mutate(
        **{PLACE: ibis.row_number().over(group_by=CUSTOMER, order_by=order), "begins": one_if(begins)}
    ).select(CUSTOMER, AT, NODE, HAS_NODE, PLACE, "begins")
    return _merged(_from_start(ordered), steps)


def _from_start(rows: Any) -> Any:
    """Keep each customer's rows from the first at which a path may begin."""
    first = (rows.begins == 1).ifelse(rows[PLACE], ibis.null("int64"))
    rows = rows.mutate(first=first.min().over(group_by=CUSTOMER))
    return rows.filter(rows["first"].notnull(), rows[PLACE] >= rows["first"])


def _merged(rows: Any, steps: int) -> Any:
    """Put numbers on the steps of each path, repeats merged; events without a node stand apart, and are counted."""
    with_node, apart = rows[HAS_NODE] == 1, [CUSTOMER, HAS_NODE]
    in_turn = {"group_by": apart, "order_by": rows[PLACE]}
    rows = rows.mutate(before=rows[NODE].lag().over(**in_turn), at_before=rows[AT].lag().over(**in_turn))
    is_first = rows[PLACE] == rows["first"]
    rows = rows.mutate(new=one_if(with_node & (is_first | (rows[NODE] != rows.before))))
    tied = one_if((rows.new == 1) & (rows[PLACE] > rows["first"]) & (rows[AT] == rows.at_before))
    so_far = ibis.window(group_by=apart, order_by=rows[PLACE], preceding=None, following=0)
    rows = rows.mutate(**{STEP: rows.new.sum().over(so_far)}, tied=tied)
    read = ((rows[HAS_NODE] == 1) & (rows[STEP] <= steps + 1)).ifelse(rows[AT], ibis.null("int64"))
    rows = rows.mutate(last_at=read.max().over(group_by=CUSTOMER))
    in_path = one_if(rows[AT] <= rows.last_at)
    rows = rows.mutate(
        all_ties=(rows.tied * in_path).sum().over(group_by=CUSTOMER),
        all_skipped=((1 - rows[HAS_NODE]) * in_path).sum().over(group_by=CUSTOMER),
    )
    rows = rows.filter(rows.new == 1, rows[STEP] <= steps + 1)
    at_first = one_if(rows[STEP] == 1)
    rows = rows.mutate(
        **{NEXT: rows[NODE].lead().over(group_by=CUSTOMER, order_by=rows[STEP])},
        goes_on=one_if(rows[STEP] < rows[STEP].max().over(group_by=CUSTOMER)),
        ties=rows.all_ties * at_first,
        skipped=rows.all_skipped * at_first,
    )
    return rows.select(CUSTOMER, STEP, NODE, NEXT, "goes_on", "last_at", "ties", "skipped")


def entry_end(log: WarehouseLog, period: tuple[int, int] | None) -> int:
    """Return the instant before which entries lie; without a period they reach up to the data end."""
    return log.data_end + 1 if period is None else period[1]


def _nodes(log: WarehouseLog, journey: Journey | None, over: str) -> Any:
    """Return the rows with the node of each, and whether it has one."""
    rows = log.rows
    if over == "event":
        return rows.mutate(**{NODE: rows[EVENT], HAS_NODE: ibis.literal(1, type="int64")})
    if over == "stage" and journey is not None:
        for stage in journey.stages:
            log.check_properties(stage.rule)
        rows = rows.mutate(**{NODE: first_stage(rows, [stage.rule for stage in journey.stages], log.engine)})
        return rows.mutate(**{HAS_NODE: one_if(rows[NODE] > 0)})
    log.check_property(over)
    rows = rows.mutate(**{NODE: rows[over]})
    return rows.mutate(**{HAS_NODE: one_if(rows[NODE].notnull())})


def _order(log: WarehouseLog, journey: Journey | None, over: str, rows: Any) -> list[Any]:
    """Return time and name, and every property where one decides to which node an event belongs."""
    keys = row_order(rows, log.engine)
    if over == "event":
        return keys[:2]
    if over == "stage" and journey is not None and not any(property_names(s.rule) for s in journey.stages):
        return keys[:2]
    return keys


def _is_start(nodes: Any, journey: Journey | None, over: str, start: str | None) -> Any:
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


def largest_nodes(rows: Any, *, steps: int, top: int) -> dict[int, list[Any]]:
    """Find the nodes that stand alone in each column, most customers first."""
    counts = rows.filter(rows[STEP] <= steps).group_by([STEP, NODE]).aggregate(customers=lambda t: t.count())
    found = answer(largest(counts, "customers", top=top, within=[STEP]))
    shown: dict[int, list[Any]] = {}
    for step, of_step in found.groupby(STEP):
        pairs = sorted(
            zip(of_step["customers"], of_step[NODE], strict=True), key=lambda pair: (-pair[0], pair[1])
        )
        shown[int(step)] = [node for _, node in pairs[:top]]
    return shown


def links(rows: Any, shown: dict[int, list[Any]], *, fresh: tuple[int, int], by: str) -> pd.DataFrame:
    """Count the customers of every link.

    Returns
    -------
    pandas.DataFrame
        `by`, `jm_step`, `source` and `target` (missing: a node that does not stand alone), `goes_on`, `customers`, how many
        of them were `recent` (active last after the first and up to the second of `fresh`), `ties` and `skipped`.
    """
    missing = ibis.null(rows[NODE].type())
    marked = rows.mutate(
        source=_shown(rows[STEP], rows[NODE], shown).ifelse(rows[NODE], missing),
        target=((rows.goes_on == 1) & _shown(rows[STEP] + 1, rows[NEXT], shown)).ifelse(rows[NEXT], missing),
        recent=one_if((rows.last_at > fresh[0]) & (rows.last_at <= fresh[1])),
    )
    return answer(
        marked.group_by([by, STEP, "source", "target", "goes_on"]).aggregate(
            customers=marked.count(),
            recent=marked.recent.sum(),
            ties=marked.ties.sum(),
            skipped=marked.skipped.sum(),
        )
    )


def _shown(step: Any, node: Any, shown: dict[int, list[Any]]) -> Any:
    met = ibis.literal(False)  # noqa: FBT003
    for column, nodes in shown.items():
        met = met | ((step == column) & node.isin(nodes).fill_null(False))  # noqa: FBT003
    return met
