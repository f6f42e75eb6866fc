"""The attempts that count: the vectors from which funnels, splits and lists are read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from journeymap.counting.kernels import FOREVER
from journeymap.counting.plan import numbers_of, plan_of
from journeymap.counting.running import over_customers
from journeymap.counting.search import best_attempt_of, every_attempt_of, searched_arrays
from journeymap.counting.search_kernels import trace_attempts
from journeymap.counting.searching import in_room
from journeymap.counting.stage_rows import stage_rows
from journeymap.counting.units import quiet_since, strands_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from journeymap.counting.contract import Counting
    from journeymap.counting.plan import Numbers, Plan
    from journeymap.counting.search import Best
    from journeymap.counting.stage_rows import StageRows
    from journeymap.events.log import EventLog
    from journeymap.journeys import Journey

Period = tuple[int, int]
ALWAYS: Period = (-FOREVER, FOREVER)


@dataclass(frozen=True)
class States:
    """What the codes of units stand for: depth, start, still open and excluded as in :class:`Best`, one for each code."""

    depth: NDArray[np.int64]
    start: NDArray[np.int64]
    still_open: NDArray[np.bool_]
    excluded: NDArray[np.bool_]

    def __len__(self) -> int:
        """How many codes there are."""
        return len(self.depth)


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
    _kept: dict[Any, Any] = field(default_factory=dict, repr=False)

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

    def states(self, best: Best) -> tuple[NDArray[np.uint16], States]:
        """Return one small code for each unit, and what each code stands for: so that any split is one count of codes."""
        return self._held(("states", best is self.settled), lambda: self._coded(best))

    def steps_to(self, position: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the units whose settled attempt passed a stage and the required one before it, and how long that took.

        In ascending order of the time, in units of the store.
        """
        return self._held(("steps", position), lambda: self._timed(position))

    def rows_of(self, best: Best) -> NDArray[np.int64]:
        """Return the row of each stage of the journey that each attempt reached, -1 for none (units x stages)."""
        if best is self.overall or best is self.settled:
            return self._held(("rows", best is self.settled), lambda: self._traced(best))
        return self._traced(best)

    def reached_at(self, best: Best, units: NDArray[np.int64], position: int) -> NDArray[np.int64]:
        """Return when the attempts of some units, which reached a stage, reached it.

        A stage that is taken out of order, within the tolerance, is reached with the one before it.
        """
        rows, positions = self.rows_of(best)[units], [position]
        if self.numbers.rules.grace > 0 and position in self.plan.required:
            positions = [k for k in self.plan.required if k <= position]
        reached = np.full(len(units), -FOREVER)
        for k in positions:
            reached = np.maximum(reached, taken(self.rows.at, rows[:, k], missing=-FOREVER))
        return reached

    def _held(self, name: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]

    def _coded(self, best: Best) -> tuple[NDArray[np.uint16], States]:
        n = len(self.plan.required) + 1
        codes = best.depth.astype(np.uint16)
        if best.start.any():
            codes += best.start.astype(np.uint16) * np.uint16(n)
        flags = self.still_open.astype(np.uint16) + np.uint16(2) * best.excluded
        codes, size = codes + flags * np.uint16(n * n), 4 * n * n
        code = np.arange(size)
        return codes, States(code % n, code // n % n, code // (n * n) % 2 == 1, code // (n * n) >= 2)

    def _timed(self, position: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        before = self.plan.required_before(position)
        if before is None:
            nobody = np.empty(0, dtype=np.int64)
            return nobody, nobody
        best = self.settled
        units = np.flatnonzero(self.entered(best, position) & self.entered(best, before))
        steps = self.reached_at(best, units, position) - self.reached_at(best, units, before)
        order = np.argsort(steps)
        return units[order], steps[order]

    def _traced(self, best: Best) -> NDArray[np.int64]:
        n_units, n_required, n_optional = len(best.entry), len(self.plan.required), len(self.plan.optional)
        required = np.full((n_units, n_required), -1, dtype=np.int64)
        entered = np.flatnonzero(best.entry >= 0)
        required[entered, best.start[entered]] = best.entry[entered]
        further = best.depth > best.start + (0 if n_optional else 1)
        places = np.flatnonzero(further)
        optional = np.full((n_units, n_optional), -1, dtype=np.int64)
        over_customers(
            in_room(trace_attempts, self.rows.longest),
            np.arange(len(places) + 1),
            *searched_arrays(self.rows, self.quiet, self.numbers),
            self.numbers.optional,
            places,
            np.searchsorted(self.rows.offsets, best.entry[places], side="right") - 1,
            best.entry,
            required,
            optional,
        )
        if not n_optional:
            return required
        found = np.empty((n_units, n_required + n_optional), dtype=np.int64)
        found[:, list(self.plan.required)], found[:, list(self.plan.optional)] = required, optional
        return found


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
    rules = tuple(stage.rule for stage in plan.sought)
    strands = log.held.get(
        ("strands", rules, counting.unit, counting.same, counting.in_sessions),
        lambda: strands_of(log, stage_rows(log, plan.sought), counting),
    )
    n_stages = len(plan.required)
    overlapping = log.held.get(("overlapping", rules, n_stages), lambda: _overlapping(strands.rows, n_stages))
    numbers = numbers_of(plan, journey, counting, log=log, period=period, overlapping=overlapping)
    settled_until = _settled_until(log, counting, period)
    rows, quiet = strands.rows, np.empty(0, dtype=np.int64)
    if numbers.rules.strict:
        quiet = quiet_since(log, rows, counting)
    search = every_attempt_of if counting.attempts == "every" else best_attempt_of
    overall, settled, still_open = search(strands, quiet, numbers, settled_until)
    removed = overall.excluded & (counting.excluded == "removed")
    if removed.any():
        overall, settled = overall.only(~removed), settled.only(~removed & ~settled.excluded)
    if not counting.settles:
        still_open = overall.depth > 0
    by_customer = counting.unit == "customer" and counting.attempts != "every"
    return Attempts(overall, settled, still_open, int(removed.sum()), rows, by_customer, plan, numbers, quiet)


def _overlapping(rows: StageRows, n_stages: int) -> bool:
    """Whether any row belongs to several of the first stages."""
    kind = rows.stages.dtype.type
    required = rows.stages & kind((1 << n_stages) - 1)
    return bool((required & (required - kind(1)) & required).any()) if n_stages > 1 else False


def _settled_until(log: EventLog, counting: Counting, period: Period) -> int:
    """Return the last instant at which an entry is settled, sessions aside."""
    ended = period[0] > ALWAYS[0] and period[1] - 1 <= log.data_end
    if counting.open == "left" or (counting.bounds == "all" and ended):
        return FOREVER
    if counting.window not in (None, "session"):
        return log.data_end - log.length(counting.window)
    return -FOREVER if counting.in_sessions else FOREVER
