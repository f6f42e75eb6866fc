"""The counts of a funnel inside an engine: one small table of sums for each segment and group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis

from journeymap.counting.pushdown.chains import NOTHING, reached
from journeymap.events.warehouse.asking import answer
from journeymap.events.warehouse.selecting import CUSTOMER, customers_of, one_if
from journeymap.rules import AnyOf

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from journeymap.events.warehouse.log import WarehouseLog
    from journeymap.journeys import Segment

SEGMENT, GROUP, ANY_SEGMENT = "jm_segment", "jm_group", -1


@dataclass(frozen=True)
class Values:
    """The values that stand alone in a breakdown, most customers first, and whether there are others and missing ones."""

    shown: tuple[Any, ...]
    others: bool
    missing: bool


def values_at_entry(rows: Any, by: str, *, top: int) -> Values:
    """Find the values by which most units entered."""
    labelled = rows.mutate(value=rows[by])
    counts = labelled.group_by("value").aggregate(units=labelled.overall.sum(), rows=labelled.count())
    known = counts.filter(counts.value.notnull(), counts.units > 0)
    found = answer(largest(known.mutate(of=known.count().over()), "units", top=top))
    order = sorted(range(len(found)), key=lambda i: (-found["units"][i], found["value"][i]))[:top]
    missing = answer(counts.filter(counts.value.isnull()).count().as_table()).iloc[0, 0]
    shown = tuple(found["value"][i] for i in order)
    return Values(shown, bool(len(found)) and int(found["of"].max()) > len(shown), int(missing) > 0)


def largest(table: Any, number: str, *, top: int, within: Sequence[str] = ()) -> Any:
    """Keep the rows with the largest numbers, and those that equal the last of them.

    The rank of a row is not asked for: with the frame that Ibis writes, ClickHouse ranks equal rows one after another.
    Its counts have no sign, unlike a missing number beside them, so they are taken below zero.
    """
    parts = {"group_by": list(within)} if within else {}
    placed = table.mutate(jm_place=ibis.row_number().over(**parts, order_by=table[number].desc()))
    below_zero = 0 - placed[number]
    among = (placed.jm_place < top).ifelse(below_zero, NOTHING)
    edged = placed.mutate(jm_least=among.max().over(**parts))
    return edged.filter(0 - edged[number] <= edged.jm_least).drop("jm_place", "jm_least")


def in_segments(rows: Any, log: WarehouseLog, segments: Sequence[Segment]) -> Any:
    """Return rows once for each segment that their customer is in, and once for being in any (`ANY_SEGMENT`)."""
    if not segments:
        return rows.mutate(**{SEGMENT: ibis.literal(0, type="int64")})
    rules = [(place, segment.rule) for place, segment in enumerate(segments)]
    if len(segments) > 1:
        rules.append((ANY_SEGMENT, AnyOf(tuple(segment.rule for segment in segments))))
    parts = []
    for place, rule in rules:
        log.check_properties(rule)
        found = customers_of(log.rows, rule, log.engine)
        parts.append(found.select(jm_member=CUSTOMER, **{SEGMENT: ibis.literal(place, type="int64")}))
    members = ibis.union(*parts) if len(parts) > 1 else parts[0]
    return rows.inner_join(members, rows[CUSTOMER] == members.jm_member).drop("jm_member")


def tallies(rows: Any, n_stages: int, *, by: str | None, values: Values | None) -> pd.DataFrame:
    """Count by segment and group: what entered, is open, barred and settled at each stage, and the middle gaps.

    Returns
    -------
    pandas.DataFrame
        `jm_segment`, `jm_group` (the place of the value; after those shown the others, then the missing ones), `removed`
        and for each stage k `entered_k`, `open_k`, `barred_k`, `settled_k`, `low_k`, `high_k` (microseconds).
    """
    rows = rows.mutate(**{GROUP: _group(rows, by, values)})
    rows = rows.mutate(**_places(rows, n_stages))
    sums: dict[str, Any] = {"removed": rows.removed.sum()}
    for stage in range(1, n_stages + 1):
        deep, here = one_if(rows.depth >= stage), one_if(rows.depth == stage)
        sums[f"entered_{stage}"] = (rows.overall * deep).sum()
        sums[f"open_{stage}"] = (rows.overall * here * rows.still_open).sum()
        sums[f"barred_{stage}"] = (rows.overall * here * (1 - rows.still_open) * rows.barred).sum()
        sums[f"settled_{stage}"] = (rows.settled * deep).sum()
        if stage > 1:
            for edge in ("low", "high"):
                is_middle = (rows[f"timed_{stage}"] == 1) & (
                    rows[f"place_{stage}"] == rows[f"{edge}_place_{stage}"]
                )
                sums[f"{edge}_{stage}"] = is_middle.ifelse(rows[f"gap_{stage}"], NOTHING).max()
    return answer(rows.group_by([SEGMENT, GROUP]).aggregate(**sums))


def _group(rows: Any, by: str | None, values: Values | None) -> Any:
    if by is None or values is None:
        return ibis.literal(0, type="int64")
    branches = [
        (rows[by] == value, ibis.literal(place, type="int64")) for place, value in enumerate(values.shown)
    ]
    n = len(values.shown)
    missing = (rows[by].isnull(), ibis.literal(n + 1, type="int64"))
    return ibis.cases(missing, *branches, else_=ibis.literal(n, type="int64"))


def _places(rows: Any, n_stages: int) -> dict[str, Any]:
    """Return for each stage the gap from the one before, its place among those of the part, and the middle places."""
    columns: dict[str, Any] = {}
    for stage in range(2, n_stages + 1):
        timed = rows.settled * one_if(rows.depth >= stage)
        gap = rows[reached(stage)] - rows[reached(stage - 1)]
        number = timed.sum().over(group_by=[SEGMENT, GROUP])
        columns |= {f"timed_{stage}": timed, f"gap_{stage}": gap}
        columns[f"place_{stage}"] = ibis.row_number().over(group_by=[SEGMENT, GROUP, timed], order_by=gap)
        columns[f"low_place_{stage}"] = (number - 1) // 2
        columns[f"high_place_{stage}"] = number // 2
    return columns
