"""What customers do, step by step: true flows, in which what enters a node leaves it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from journeymap.analyses.flow_scope import notes_of, scope_of
from journeymap.analyses.flow_table import CONTINUES, LEFT, links_of, nodes_of, recent_of, slots_of, typed
from journeymap.analyses.pushing import pushed
from journeymap.analyses.showing import Shown
from journeymap.analyses.splitting import (
    EVERYBODY,
    beyond_data_end,
    checked,
    checked_log,
    checked_number,
    entry_bounds,
    instants,
    members,
)
from journeymap.counting.paths import Paths, paths
from journeymap.counting.stage_rows import check_properties
from journeymap.errors import DefinitionError
from journeymap.events.selecting import event_mask
from journeymap.events.warehouse.log import WarehouseLog
from journeymap.journeys import Journey, Segment, unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from journeymap.analyses.scope import Scope
    from journeymap.events.log import EventLog

__all__ = ["CONTINUES", "LEFT", "Flow", "flow"]


@dataclass(frozen=True, eq=False)
class Flow(Shown):
    """The answer of :func:`flow`.

    Attributes
    ----------
    table
        One row per link: `segment`, `step` (the column it starts in, from 1), `source`, `target`, `customers`.
        A link joins column `step` to `step + 1`; those with `step = steps` lead to "(left)" or "(continues)".
        "(left)" is carried on, so every column adds up to all who entered.
    nodes
        One row per node: `segment`, `step` (the last column is `steps + 1`), `node`, `customers`, and `recent`: of those
        newly in "(left)", how many were active less than a session gap before the data end, so that they may come back.
    scope
        Who was counted, when and under which rules.
    notes
        What the reader must know.
    goals
        The nodes after which leaving is no loss: the journey's last stage, or its events.
    """

    table: pd.DataFrame
    nodes: pd.DataFrame
    scope: Scope
    notes: tuple[str, ...]
    over: str
    start: str | None
    steps: int
    top: int
    segments: tuple[Segment, ...]
    goals: tuple[str, ...]
    log: EventLog = field(repr=False)
    labels: list[str] = field(repr=False)
    slots: NDArray[np.int16 | np.int32] = field(repr=False)
    masks: dict[str, NDArray[np.bool_]] = field(repr=False)
    paths: Paths = field(repr=False)

    def customers(
        self,
        *,
        step: int,
        node: str | None = None,
        source: str | None = None,
        target: str | None = None,
        segment: str | None = None,
    ) -> pd.DataFrame:
        """List exactly the customers of a node (`step`, `node`) or of a link (`step`, `source`, `target`).

        Returns
        -------
        pandas.DataFrame
            `customer`, `entered_at` (the start of the path), `last_active_at`; in order of entry.
        """
        mask = self._members(segment)
        if not 1 <= step <= self.steps + 1:
            raise DefinitionError(f"There is no step {step}.", right=f"Steps go from 1 to {self.steps + 1}.")
        for column, name in ((step, node), (step, source), (step + 1, target)):
            if name is not None:
                mask = mask & (self.slots[column - 1] == self._slot(name))
        codes = np.flatnonzero(mask)
        visible = self.log.visible
        frame = pd.DataFrame(
            {
                "customer": pd.Series(self.log.store.customers[codes], dtype="str"),
                "entered_at": self.log.moments(visible.at[self.paths.origin[codes]]),
                "last_active_at": self.log.moments(visible.at[visible.offsets[codes + 1] - 1]),
            }
        )
        return frame.sort_values(["entered_at", "customer"], ignore_index=True)

    def _members(self, segment: str | None) -> NDArray[np.bool_]:
        if segment is None and len(self.masks) == 1:
            return next(iter(self.masks.values()))
        if segment not in self.masks:
            raise unknown("segment", segment, list(self.masks), owner="this flow")
        return self.masks[segment]

    def _slot(self, name: str) -> int:
        if name not in self.labels:
            raise unknown("node", name, self.labels, owner="this flow")
        return self.labels.index(name)


def flow(
    log: EventLog | WarehouseLog,
    journey: Journey | None = None,
    /,
    *,
    over: str = "stage",
    start: str | None = None,
    steps: int = 6,
    top: int = 10,
    segments: Sequence[Segment] = (),
    period: Sequence[Any] | None = None,
) -> Flow:
    """Follow customers from where they start, one step at a time.

    A path begins at the customer's first start in the period and goes on through the whole history. Adjacent repeats
    are one step. Events of one instant are taken in order of the sequence key, then of the event's name.

    Parameters
    ----------
    journey
        Its stages are the nodes of a flow over stages, which is the default where a journey is given.
    over
        ``"stage"``, ``"event"`` or a property of events. What belongs to no stage, or has no value, is skipped.
    start
        The stage, event or value at which paths start; None is the first one of each customer.
    steps
        How many columns, 2 to 20.
    top
        How many nodes a column shows; the rest are "(other)".
    segments
        Up to six; none is everybody.
    period
        Two dates or moments, half-open in the zone of reports. They bound the start of a path.

    Returns
    -------
    Flow

    Examples
    --------
    >>> import pandas as pd, journeymap as jm
    >>> frame = pd.DataFrame({"who": ["a", "a", "b"], "what": ["see", "buy", "see"], "when": ["2026-01-01", "2026-01-02", "2026-01-01"]})
    >>> log = jm.read_events(frame, customer="who", event="what", at="when")
    >>> jm.flow(log, over="event", steps=2).table[["step", "source", "target", "customers"]].values.tolist()
    [[1, 'see', '(left)', 1], [1, 'see', 'buy', 1], [2, '(left)', '(left)', 1], [2, 'buy', '(left)', 1]]
    """
    if isinstance(log, WarehouseLog):
        return pushed("flow", log, journey, over, start, steps, top, segments, period)
    checked_log(log)
    checked_flow(journey, over, start, steps, top)
    segments = checked(segments)
    bounds = instants(log, period)
    found = paths(log, journey, over=over, start=start, steps=steps, period=entry_bounds(log, bounds))
    masks = {
        EVERYBODY if segment is None else segment.name: _followed(log, segment, found)
        for segment in segments or (None,)
    }
    everybody = np.logical_or.reduce(list(masks.values()))
    labels, slots = slots_of(found, everybody, top)
    parts = {name: links_of(name, slots, mask, labels, steps) for name, mask in masks.items()}
    fresh = (found.last_at > log.data_end - log.length(log.session_gap)) & (found.last_at <= log.data_end)
    recent = {name: recent_of(slots, mask & fresh, labels) for name, mask in masks.items()}
    nodes = pd.concat(
        [nodes_of(part, recent[name], steps=steps) for name, part in parts.items()], ignore_index=True
    )
    scope = scope_of(
        log,
        journey,
        int(everybody.sum()),
        over=over,
        start=start,
        steps=steps,
        top=top,
        segments=segments,
        period=bounds,
    )
    skipped, ties = (int(number[everybody].sum()) for number in (found.skipped, found.ties))
    return Flow(
        typed(pd.concat(parts.values(), ignore_index=True)),
        typed(nodes),
        scope,
        (*beyond_data_end(log, bounds), *notes_of(log, nodes, over=over, skipped=skipped, ties=ties)),
        over,
        start,
        steps,
        top,
        segments,
        _goals(log, journey, over),
        log,
        labels,
        slots,
        masks,
        found,
    )


def _followed(log: EventLog, segment: Segment | None, found: Paths) -> NDArray[np.bool_]:
    """Say for each customer whether they have a path and belong to a segment."""
    return members(log, segment, at=log.visible.at, entry=found.origin) & (found.origin >= 0)


def _goals(log: EventLog, journey: Journey | None, over: str) -> tuple[str, ...]:
    if journey is None or len(journey.stages) < 2 or over not in {"stage", "event"}:
        return ()
    last = journey.stages[-1]
    if over == "stage":
        return (last.name,)
    check_properties(log, journey.stages, len(journey.stages) - 1)
    picked = np.bincount(
        log.visible.event, weights=event_mask(log, last.rule), minlength=len(log.store.event_names)
    )
    return tuple(str(name) for name in log.store.event_names[picked > 0])


def checked_flow(journey: Journey | None, over: str, start: object, steps: int, top: int) -> None:
    """Refuse a flow that cannot be followed."""
    if over == "stage" and journey is None:
        raise DefinitionError(
            "A flow over stages needs a journey.",
            right="Give one, or follow events.",
            fix='jm.flow(log, over="event")',
        )
    if start is not None and not isinstance(start, str):
        raise DefinitionError(
            f"start={start!r} is no name.",
            right="The name of a stage, an event or a value, as text; None starts at the first one.",
            fix=f'start="{start}"',
        )
    checked_number("steps", steps, least=2, most=20)
    checked_number("top", top, least=1, most=10_000)
