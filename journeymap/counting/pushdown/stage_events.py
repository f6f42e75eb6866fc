"""The events of stages inside an engine: one row for each event and each stage it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis

from journeymap.events.warehouse.asking import answer
from journeymap.events.warehouse.selecting import AT, CUSTOMER, event_filter, one_if

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journeymap.rules import Rule

STAGE = "jm_stage"


@dataclass(frozen=True)
class Seen:
    """How many events each rule picks, and the most rules that pick one event."""

    events: tuple[int, ...]
    most_rules: int


def seen(rows: Any, rules: Sequence[Rule], engine: str) -> Seen:
    """Count the events of each rule, in one pass."""
    marked = rows.select(
        **{f"rule{i}": one_if(event_filter(rows, rule, engine)) for i, rule in enumerate(rules)}
    )
    together = marked.rule0
    for i in range(1, len(rules)):
        together = together + marked[f"rule{i}"]
    counted = marked.aggregate(
        **{f"rule{i}": marked[f"rule{i}"].sum().fill_null(0) for i in range(len(rules))},
        most=together.max().fill_null(0),
    )
    numbers = [int(number) for number in answer(counted).iloc[0]]
    return Seen(tuple(numbers[:-1]), numbers[-1])


def stage_events(
    rows: Any, rules: Sequence[Rule], engine: str, *, apart: bool, keep: Sequence[str] = ()
) -> Any:
    """Return customer, instant, stage (from 1) and other columns of the events of stages.

    Parameters
    ----------
    apart
        Whether no event belongs to several stages, so that one pass over the rows is enough.
    keep
        Columns to keep.
    """
    columns = list(dict.fromkeys([CUSTOMER, AT, *keep]))
    if apart:
        named = rows.select(*columns, **{STAGE: first_stage(rows, rules, engine)})
        return named.filter(named[STAGE] > 0)
    parts = [
        rows.filter(event_filter(rows, rule, engine)).select(
            *columns, **{STAGE: ibis.literal(place, type="int64")}
        )
        for place, rule in enumerate(rules, start=1)
    ]
    return ibis.union(*parts) if len(parts) > 1 else parts[0]


def first_stage(rows: Any, rules: Sequence[Rule], engine: str) -> Any:
    """Return the place of the first rule that picks each row, from 1; 0 for none."""
    branches = [
        (event_filter(rows, rule, engine), ibis.literal(place, type="int64"))
        for place, rule in enumerate(rules, start=1)
    ]
    return ibis.cases(*branches, else_=ibis.literal(0, type="int64"))
