"""The attempts that count: the vectors from which funnels, splits and lists are read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from journeymap.counting.kernels import FOREVER
from journeymap.counting.plan import numbers_of, plan_of
from journeymap.counting.running import over_customers
from journeymap.counting.search_kernels import choose_attempts, every_attempt, trace_attempts
from journeymap.counting.searching import in_room
from journeymap.counting.stage_rows import stage_rows
from journeymap.counting.units import quiet_since, strands_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeymap.counting.contract import Counting
    from journeymap.counting.plan import Numbers, Plan
    from journeymap.counting.stage_rows import StageRows
    from journeymap.counting.units import Strands
    from journeymap.events.log import EventLog
    from journeymap.journeys import Journey

Period = tuple[int, int]
ALWAYS: Period = (-FOREVER, FOREVER)


@dataclass(frozen=True)
class Best:
    """The attempt that represents each unit.

    Attributes
    ----------
    depth
        How many required stages it got to, those before its entry included; 0 is no attempt.
    start
        The required stage at which it entered, from 0; not 0 only where attempts may begin at any stage.
    entry
        The row at which it entered, or -1.
    excluded
        Whether an excluded event ended it.
    """

    depth: NDArray[np.int8]
    start: NDArray[np.int8]
    entry: NDArray[np.int64]
    excluded: NDArray[np.bool_]

    @property
    def vectors(self) -> tuple[NDArray[Any], ...]:
        """The four, in this order."""
        return self.depth, self.start, self.entry, self.excluded

    def only(self, kept: NDArray[np.bool_]) -> Best:
        """Return this with no attempt where nothing is kept."""
        return Best(
            np.where(kept, self.depth, 0).astype(np.int8),
            np.where(kept, self.start, 0).astype(np.int8),
            np.where(kept, self.entry, -1),
            self.excluded & kept,
        )


@dataclass(frozen=True)
class Attempts:
    """What became of each unit; a unit is a customer of the store unless the rules say otherwise.

    Attributes
    ----------
    overall, settled
        The attempt that represents each unit, over all entries and over the settled ones. Without a window every entry
        counts as settled here, though none ever is.
    still_open
        Whether any entry is not settled.
    removed
        How many units are not counted, because an excluded event ended their attempt.
    rows
        The rows that were searched.
    by_customer
        Whether units are the customers of the store.
    """

    overall: Best
    settled: Best
    still_open: NDArray[np.bool_]
    removed: int
    rows: StageRows
    by_customer: bool
    plan: Plan
    numbers: Numbers
    quiet: NDArray[np.int64]
    _traced: dict[str, NDArray[np.int64]] = field(default_factory=dict, repr=False)

    def customers(self, log: EventLog, best: Best) -> NDArray[np.int64]:
        """Return the code of the customer who entered each attempt; any customer where there is none."""
        if self.by_customer:
            return np.arange(len(best.entry))
        events = self.rows.index[np.maximum(best.entry, 0)] if len(self.rows.index) else np.zeros(0, np.int64)
        return log.visible.customer[events].astype(np.int64)

    def entered(self, best: Best, position: int) -> NDArray[np.bool_]:
        """Say for each unit whether its attempt entered a stage of the journey, by its position from 0."""
        if position in self.plan.optional:
            return self.rows_of(best)[:, position] >= 0
        place = self.plan.required.index(position)
        return (best.start <= place) & (best.depth > place)

    def moved_on(self, best: Best, position: int) -> NDArray[np.bool_]:
        """Say for each unit whether its attempt entered a stage and also the next required one."""
        following = sum(1 for k in self.plan.required if k <= position)
        return self.entered(best, position) & (best.depth > following)

    def rows_of(self, best: Best) -> NDArray[np.int64]:
        """Return the row of each stage of the journey that each attempt reached, -1 for none (units x stages)."""
        kept = "overall" if best is self.overall else "settled" if best is self.settled else None
        if kept in self._traced:
            return self._traced[kept]
        n_stages = len(self.plan.required) + len(self.plan.optional)
        found = np.full((len(best.entry), n_stages), -1, dtype=np.int64)
        required = np.full((len(best.entry), len(self.plan.required)), -1, dtype=np.int64)
        optional = np.full((len(best.entry), len(self.plan.optional)), -1, dtype=np.int64)
        strands = np.searchsorted(self.rows.offsets, best.entry, side="right") - 1
        places = np.arange(len(best.entry) + 1)
        searched = _searched(self.rows, self.quiet, self.numbers)
        over_customers(
            in_room(trace_attempts), places, *searched, self.numbers.optional, strands, best.entry, required, optional
        )
        found[:, list(self.plan.required)] = required
        found[:, list(self.plan.optional)] = optional
        if kept:
            self._traced[kept] = found
        return found

    def reached_at(self, best: Best) -> NDArray[np.int64]:
        """Return when each attempt reached each stage (units x stages); undefined where it did not.

        A stage that is taken out of order, within the tolerance, is reached with the one before it.
        """
        rows = self.rows_of(best)
        at = self.rows.at[rows] if len(self.rows.at) else np.zeros(rows.shape, dtype=np.int64)
        if self.numbers.rules.grace > 0:
            required = list(self.plan.required)
            at[:, required] = np.maximum.accumulate(
                np.where(rows[:, required] >= 0, at[:, required], -FOREVER), axis=1
            )
        return at


def attempts(log: EventLog, journey: Journey, *, counting: Counting, period: Period = ALWAYS) -> Attempts:
    """Search the attempts of each unit; held by the log, so that splits of it cost no new search.

    Parameters
    ----------
    period
        Entries lie in [from, to), in instants of the store.
    """
    plan = plan_of(journey, counting)
    counting = replace(counting, breakdown="entry", preset=None)
    return log.held.get(
        ("attempts", plan, counting, period), lambda: _search(log, journey, plan, counting, period)
    )


def taken(values: NDArray[Any], rows: NDArray[Any], *, missing: int) -> NDArray[Any]:
    """Return the values at some rows, and `missing` where the row is -1."""
    if not len(values):
        return np.full(len(rows), missing, dtype=np.int64)
    return np.where(rows >= 0, values[rows], missing)


def _search(log: EventLog, journey: Journey, plan: Plan, counting: Counting, period: Period) -> Attempts:
    strands = strands_of(log, stage_rows(log, plan.sought), counting)
    overlapping = _overlapping(strands.rows, len(plan.required))
    numbers = numbers_of(plan, journey, counting, log=log, period=period, overlapping=overlapping)
    settled_until = _settled_until(log, counting, period)
    rows, quiet = strands.rows, np.empty(0, dtype=np.int64)
    if numbers.rules.strict:
        quiet = quiet_since(log, rows, counting, grace=max(numbers.rules.grace, 0))
    search = _search_every if counting.attempts == "every" else _search_best
    overall, settled, still_open = search(strands, quiet, numbers, settled_until)
    removed = overall.excluded & (counting.excluded == "removed")
    if removed.any():
        overall, settled = overall.only(~removed), settled.only(~removed & ~settled.excluded)
    if not counting.settles:
        still_open = overall.depth > 0
    by_customer = counting.unit == "customer" and counting.attempts != "every"
    return Attempts(
        overall, settled, still_open, int(removed.sum()), rows, by_customer, plan, numbers, quiet
    )


def _overlapping(rows: StageRows, n_stages: int) -> bool:
    """Whether any row belongs to several of the first stages."""
    kind = rows.stages.dtype.type
    required = rows.stages & kind((1 << n_stages) - 1)
    return bool((required & (required - kind(1)) & required).any()) if n_stages > 1 else False


def _settled_until(log: EventLog, counting: Counting, period: Period) -> int:
    """Return the last instant at which an entry is settled, sessions aside."""
    if counting.open == "left" or (counting.bounds == "all" and period[1] - 1 <= log.data_end):
        return FOREVER
    if counting.window not in (None, "session"):
        return log.data_end - log.length(counting.window)
    return -FOREVER if counting.in_sessions else FOREVER


def _searched(rows: StageRows, quiet: NDArray[np.int64], numbers: Numbers) -> tuple[Any, ...]:
    """Return the arrays that every search takes, in their order."""
    return (
        rows.offsets,
        rows.at,
        rows.stages,
        rows.sequence,
        quiet,
        numbers.rules,
        numbers.gaps,
        numbers.spans,
    )


def _search_best(
    strands: Strands, quiet: NDArray[np.int64], numbers: Numbers, settled_until: int
) -> tuple[Best, Best, NDArray[np.bool_]]:
    offsets, rules = strands.rows.offsets, numbers.rules
    n_strands = len(offsets) - 1
    overall, settled = _nothing(n_strands), _nothing(n_strands)
    finished, settled_finished = np.zeros(n_strands, dtype=np.int64), np.zeros(n_strands, dtype=np.int64)
    still_open = np.zeros(n_strands, dtype=bool)
    over_customers(
        in_room(choose_attempts),
        offsets,
        *_searched(strands.rows, quiet, numbers),
        settled_until,
        strands.over,
        still_open,
        *overall.vectors,
        finished,
        *settled.vectors,
        settled_finished,
    )
    if strands.unit is None:
        return overall, settled, still_open
    best = _best_of_strands(overall, finished, strands, numbers)
    best_settled = _best_of_strands(settled, settled_finished, strands, numbers)
    open_units = np.zeros(strands.n_units, dtype=bool)
    if rules.first_only:
        entered = np.flatnonzero(best.entry >= 0)
        open_units[entered] = still_open[_strand_of(strands.rows, best.entry[entered])]
    else:
        open_units[strands.unit[still_open]] = True
    return best, best_settled, open_units


def _search_every(
    strands: Strands, quiet: NDArray[np.int64], numbers: Numbers, settled_until: int
) -> tuple[Best, Best, NDArray[np.bool_]]:
    rows = strands.rows
    started, finished = _nothing(len(rows.at)), np.zeros(len(rows.at), dtype=np.int64)
    over_customers(
        in_room(every_attempt), rows.offsets, *_searched(rows, quiet, numbers), *started.vectors, finished
    )
    places = np.flatnonzero(started.depth)
    overall = Best(*(vector[places] for vector in started.vectors))
    is_settled = rows.at[places] <= settled_until
    if len(strands.over):
        is_settled |= strands.over[_strand_of(rows, places)]
    return overall, overall.only(is_settled), ~is_settled


def _strand_of(rows: StageRows, entries: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.searchsorted(rows.offsets, entries, side="right") - 1


def _best_of_strands(
    found: Best, finished: NDArray[np.int64], strands: Strands, numbers: Numbers
) -> Best:
    """Choose among the strands of each unit as among attempts."""
    rules, entered = numbers.rules, np.flatnonzero(found.entry >= 0)
    at, depth = strands.rows.at[found.entry[entered]], found.depth[entered].astype(np.int64)
    merit = [-at, finished[entered], -depth] if rules.latest else [at, -depth]
    if rules.first_only:
        merit = [*merit, at]
    unit = strands.unit[entered]  # type: ignore[index]
    order = np.lexsort([found.start[entered], *merit, unit])
    units, first = np.unique(unit[order], return_index=True)
    best, chosen = _nothing(strands.n_units), entered[order[first]]
    for vector, of_strands in zip(best.vectors, found.vectors, strict=True):
        vector[units] = of_strands[chosen]
    return best


def _nothing(n: int) -> Best:
    """Return room for the attempts of so many units, none so far."""
    return Best(np.zeros(n, np.int8), np.zeros(n, np.int8), np.full(n, -1), np.zeros(n, np.bool_))
