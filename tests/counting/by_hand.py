"""The whole contract by exhaustive search, in plain Python: slow, and written from the contract alone.

Events are dictionaries: `at`, `key` (sequence key or None), `stages` (the places of the required stages it serves),
`optional` (of the optional ones), `excludes` (which exclusions it triggers), and the values of columns.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

FOREVER = float("inf")


@dataclass(frozen=True)
class Case:
    """The rules of one count, with lengths in seconds."""

    n: int
    window: float = FOREVER
    begin: float = -FOREVER
    end: float = FOREVER
    bounds_all: bool = False
    grace: float | None = None
    reuse: bool = False
    order: str = "sequential"
    blocks: tuple = ()
    any_start: bool = False
    attempts: str = "best"
    latest: bool = False
    guards: tuple = ()
    gaps: tuple = ()
    optional: tuple = ()
    settled_until: float = FOREVER


@dataclass
class Attempt:
    entry: dict
    start: int
    rows: list
    clocks: list
    ended: float = FOREVER
    optional: list = field(default_factory=list)

    @property
    def reached(self):
        return self.start + len(self.rows)


def after(later, earlier):
    """Strictly later, or at one instant with a larger key."""
    if later["at"] != earlier["at"]:
        return later["at"] > earlier["at"]
    return None not in (later["key"], earlier["key"]) and later["key"] > earlier["key"]


def may_follow(event, rows, clock, case):
    if case.grace is not None:
        return event["at"] >= clock - case.grace and (case.reuse or event not in rows)
    return after(event, rows[-1]) or (case.reuse and event is rows[-1])


def clean(event, stage, attempt_start, clocks, events, case):
    """No excluded event between the guarded stages, no visible one between chained times under strict order."""
    for which, first, last in case.guards:
        if first >= attempt_start and first < stage <= last:
            since, until = clocks[first - attempt_start], event["at"]
            if any(which in other["excludes"] and since < other["at"] < until for other in events):
                return False
    if case.order == "strict":
        return not any(clocks[-1] < other["at"] < event["at"] for other in events)
    return True


def within(event, entry, case):
    return event["at"] - entry["at"] <= case.window and not (case.bounds_all and event["at"] >= case.end)


def continuations(rows, clocks, start, events, case):
    """Yield each event that the next stage may take."""
    stage = start + len(rows)
    fit = [
        event
        for event in events
        if stage in event["stages"]
        and within(event, rows[0], case)
        and may_follow(event, rows, clocks[-1], case)
    ]
    if case.gaps:
        least, most = case.gaps[stage]
        fit = [e for e in fit if least <= e["at"] - clocks[-1] <= most]
    elif fit:
        earliest = min(event["at"] for event in fit)
        reach = earliest + (case.grace or 0) if case.grace is not None and not case.reuse else earliest
        if case.guards or case.order == "strict" or case.grace is None or case.reuse:
            fit = [event for event in fit if event["at"] <= reach and not _as_good(fit, event, stage)]
        if case.grace is None:
            fit.sort(key=lambda e: (e["at"], e["key"] is None, e["key"] or 0))
            fit = fit[:1]
    return [event for event in fit if clean(event, stage, start, clocks, events, case)]


def _as_good(fit, event, stage):
    """Whether an earlier event serves the same stages from here on: of such, each stage takes the earliest."""
    ahead = {s for s in event["stages"] if s >= stage}
    return any(e["at"] < event["at"] and {s for s in e["stages"] if s >= stage} == ahead for e in fit)


def chains(rows, clocks, start, events, case):
    """Yield every chain that continues this one, itself included."""
    yield rows, clocks
    if start + len(rows) == case.n:
        return
    for event in continuations(rows, clocks, start, events, case):
        yield from chains([*rows, event], [*clocks, max(clocks[-1], event["at"])], start, events, case)


def follow(entry, start, events, case):
    """Return the attempt that enters here: furthest, then passing its stages earliest."""
    rows, clocks = max(
        chains([entry], [entry["at"]], start, events, case),
        key=lambda found: (len(found[0]), [-clock for clock in found[1]]),
    )
    attempt = Attempt(entry, start, rows, clocks)
    attempt.ended = ended(attempt, events, case)
    return attempt


def ended(attempt, events, case):
    if attempt.reached == case.n:
        return FOREVER
    instants = [FOREVER]
    for which, first, last in case.guards:
        if first >= attempt.start and first < attempt.reached <= last:
            since = attempt.clocks[first - attempt.start]
            instants += [
                other["at"]
                for other in events
                if which in other["excludes"]
                and other["at"] > since
                and within(other, attempt.entry, case)
                and (not case.gaps or other["at"] - attempt.clocks[-1] <= case.gaps[attempt.reached][1])
            ]
    return min(instants)


def gathered(entry, events, case):  # noqa: C901
    """Return the attempt in any order: the most stages, block by block, by different events of one window."""
    best = []

    def grow(served, block, rows_before, rows_now, clocks=()):
        nonlocal best
        first, beyond = case.blocks[block]
        everything = [*rows_before, *rows_now]
        instants = list(itertools.accumulate((*clocks, *sorted(e["at"] for e in rows_now)), max))
        if (len(instants), [-i for i in instants]) > (len(best), [-i for i in best]):
            best = instants
        if set(range(first, beyond)) <= served and block + 1 < len(case.blocks):
            grow(served, block + 1, everything, [], instants)
            return
        for event in events:
            if (event["at"] < entry["at"] and not rows_before) or not within(event, entry, case):
                continue
            if not case.reuse and event in everything:
                continue
            if rows_before:
                last = clocks[-1]
                fits = (
                    event["at"] >= last - case.grace
                    if case.grace is not None
                    else all(after(event, e) or (case.reuse and event is e) for e in rows_before)
                )
                if not fits:
                    continue
            for stage in sorted(event["stages"] - served):
                if first <= stage < beyond:
                    grow(served | {stage}, block, rows_before, [*rows_now, event], clocks)

    first, beyond = case.blocks[0]
    for stage in entry["stages"]:
        if first <= stage < beyond:
            grow({stage}, 0, [], [entry])
    return Attempt(entry, 0, best, best)


def attempts_from(entry, events, case):
    """Return the attempts that may enter at an event."""
    if case.order == "any":
        first, beyond = case.blocks[0]
        return [gathered(entry, events, case)] if any(first <= s < beyond for s in entry["stages"]) else []
    starts = sorted(entry["stages"]) if case.any_start else [s for s in (0,) if s in entry["stages"]]
    found = [follow(entry, start, events, case) for start in starts]
    return [max(found, key=lambda a: (a.reached, -a.start))] if found else []


def all_attempts(events, case):
    """Return the attempt of each entry, in order of time."""
    inside = [e for e in events if case.begin <= e["at"] < case.end]
    inside.sort(key=lambda e: e["at"])
    return [attempt for entry in inside for attempt in attempts_from(entry, events, case)]


def merit(attempt, case):
    """Larger is better."""
    if case.latest:
        return (attempt.reached, -attempt.clocks[-1], attempt.entry["at"], -attempt.start)
    return (attempt.reached, -attempt.entry["at"], -attempt.start)


def choose(found, case):
    """Return the attempts that may represent: one, or several that differ only in which tied event they took."""
    if not found:
        return []
    if case.attempts == "first":
        found = [attempt for attempt in found if attempt.entry["at"] == found[0].entry["at"]]
    best = max(merit(attempt, case) for attempt in found)
    return [attempt for attempt in found if merit(attempt, case) == best]


def one_after_another(events, case):
    """Return the attempts of which each starts only after the one before is over, each as `choose` returns it."""
    kept, over = [], -FOREVER
    for instant, group in itertools.groupby(all_attempts(events, case), key=lambda a: a.entry["at"]):
        if instant <= over:
            continue
        equal = choose(list(group), case)
        attempt = equal[0]
        kept.append(equal)
        timed_out = min(attempt.ended, instant + case.window)
        over = attempt.clocks[-1] if attempt.reached == case.n else timed_out
    return kept
