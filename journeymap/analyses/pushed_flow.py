"""The flow of a log that stays in its engine: the same tables, from links that the engine counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np
import pandas as pd

from journeymap.analyses.flow import Flow, checked_flow
from journeymap.analyses.flow_scope import notes_of, scope_of
from journeymap.analyses.flow_table import CONTINUES, LEFT, nodes_of, typed
from journeymap.analyses.splitting import (
    EVERYBODY,
    OTHER,
    as_text,
    beyond_data_end,
    checked,
    instants,
    told_apart,
)
from journeymap.counting.pushdown.paths import NODE, STEP, largest_nodes, links, paths
from journeymap.counting.pushdown.refusing import refused
from journeymap.counting.pushdown.tallies import ANY_SEGMENT, SEGMENT, in_segments
from journeymap.events.warehouse.asking import answer
from journeymap.events.warehouse.selecting import EVENT, event_filter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from journeymap.events.warehouse.log import WarehouseLog
    from journeymap.journeys import Journey, Segment


@dataclass(frozen=True, eq=False)
class PushedFlow(Flow):
    """A flow whose customers stay in their engine."""

    def customers(self, **_: Any) -> NoReturn:
        """Refuse the list: only counts leave the engine."""
        raise refused("The list of customers behind a number", self.log.engine)  # type: ignore[attr-defined]


def pushed_flow(
    log: WarehouseLog,
    journey: Journey | None,
    over: str,
    start: str | None,
    steps: int,
    top: int,
    segments: Sequence[Segment],
    period: Sequence[Any] | None,
) -> PushedFlow:
    """Count a flow inside the engine; see :func:`journeymap.flow`."""
    checked_flow(journey, over, start, steps, top)
    segments = checked(segments)
    bounds = instants(log, period)
    found = paths(log, journey, over=over, start=start, steps=steps, period=bounds)
    rows = in_segments(found, log, segments)
    everybody = ANY_SEGMENT if len(segments) > 1 else 0
    shown = largest_nodes(rows.filter(rows[SEGMENT] == everybody), steps=steps, top=top)
    fresh = (log.data_end - log.length(log.session_gap), log.data_end)
    rows = rows.filter(rows[STEP] <= steps)
    counts = links(rows, shown, fresh=fresh, by=SEGMENT)
    names = [segment.name for segment in segments] or [EVERYBODY]
    labels = _Labels(journey.stage_names if over == "stage" and journey is not None else None)
    tables, nodes = [], []
    for place, name in enumerate(names):
        table, recent = _links_of(name, counts[counts[SEGMENT] == place], labels, steps)
        tables.append(table)
        nodes.append(nodes_of(table, recent, steps=steps))
    all_nodes = pd.concat(nodes, ignore_index=True)
    whole = counts[(counts[SEGMENT] == everybody) & (counts[STEP] == 1)]
    scope = scope_of(
        log,
        journey,
        int(whole["customers"].sum()),
        over=over,
        start=start,
        steps=steps,
        top=top,
        segments=segments,
        period=bounds,
    )
    skipped, ties = int(whole["skipped"].sum()), int(whole["ties"].sum())
    return PushedFlow(
        typed(pd.concat(tables, ignore_index=True)),
        typed(all_nodes),
        scope,
        (*beyond_data_end(log, bounds), *notes_of(log, all_nodes, over=over, skipped=skipped, ties=ties)),
        over,
        start,
        steps,
        top,
        segments,
        _goals(log, journey, over),
        log,  # type: ignore[arg-type]
        [*labels.named(shown), OTHER, LEFT, CONTINUES],
        None,  # type: ignore[arg-type]
        dict.fromkeys(names, np.zeros(0, dtype=bool)),
        None,  # type: ignore[arg-type]
    )


@dataclass(frozen=True)
class _Labels:
    """What nodes are called; stages by their place."""

    stages: list[str] | None

    def of(self, node: Any) -> str:
        if pd.isna(node):
            return OTHER
        name = self.stages[int(node) - 1] if self.stages is not None else as_text(node)
        return told_apart(name, ours=(OTHER, LEFT, CONTINUES))

    def named(self, shown: Mapping[int, Sequence[Any]]) -> list[str]:
        """Name the nodes that stand alone in any column, stages in their order."""
        nodes = sorted({node for column in shown.values() for node in column})
        return list(dict.fromkeys(self.of(node) for node in nodes))


def _links_of(
    segment: str, counts: pd.DataFrame, labels: _Labels, steps: int
) -> tuple[pd.DataFrame, dict[int, int]]:
    """Return the links of a segment, "(left)" carried on to the last column, and who may come back of each column."""
    rows: list[tuple[int, str, str, int]] = []
    recent = dict.fromkeys(range(1, steps + 2), 0)
    leaving = dict.fromkeys(range(1, steps + 1), 0)
    for one in counts.itertuples():
        step, goes_on, customers = int(getattr(one, STEP)), bool(one.goes_on), int(one.customers)  # type: ignore[arg-type]
        target = LEFT if not goes_on else CONTINUES if step == steps else labels.of(one.target)
        rows.append((step, labels.of(one.source), target, customers))
        if not goes_on:
            leaving[step] += customers
            recent[step + 1] += int(one.recent)  # type: ignore[arg-type]
    gone = 0
    for step in range(1, steps + 1):
        if gone:
            rows.append((step, LEFT, LEFT, gone))
        gone += leaving[step]
    table = pd.DataFrame(rows, columns=["step", "source", "target", "customers"])
    table = table.groupby(["step", "source", "target"])[["customers"]].sum().reset_index()
    table.insert(0, "segment", segment)
    return table.sort_values(["step", "source", "target"], ignore_index=True), recent


def _goals(log: WarehouseLog, journey: Journey | None, over: str) -> tuple[str, ...]:
    if journey is None or len(journey.stages) < 2 or over not in {"stage", "event"}:
        return ()
    last = journey.stages[-1]
    if over == "stage":
        return (last.name,)
    log.check_properties(last.rule)
    picked = log.rows.filter(event_filter(log.rows, last.rule, log.engine)).select(**{NODE: log.rows[EVENT]})
    return tuple(sorted(answer(picked.distinct())[NODE]))
