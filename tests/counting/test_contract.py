"""Every rule of the contract against an exhaustive search, on small logs full of ties and repeats."""

from __future__ import annotations

import os

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import journeymap as jm
from journeymap.counting import attempts as module
from tests.counting import by_hand
from tests.counting.by_hand import FOREVER, Case
from tests.small_logs import small_log

EXAMPLES = int(os.environ.get("JOURNEYMAP_EXAMPLES", "600"))
EVENTS = {
    "A": {0},
    "B": {1},
    "C": {2},
    "D": {3},
    "P": {0, 1},
    "Q": {1, 2},
    "R": {0, 2},
    "X": set(),
    "E": set(),
    "F": {1},
}

rows = st.lists(
    st.tuples(st.sampled_from("ABCDPQRXEF"), st.integers(0, 9), st.one_of(st.none(), st.integers(0, 2))),
    min_size=1,
    max_size=8,
)
lengths = st.one_of(st.none(), st.integers(1, 10))


@st.composite
def rule_sets(draw):
    """Draw counting rules that may stand together, and the gaps of the stages."""
    order = draw(st.sampled_from(["sequential", "sequential", "strict", "any"]))
    ties = draw(st.sampled_from(["apart", "apart", "either"]))
    tolerance = draw(st.sampled_from(["0s", "0s", "1s", "2s"]))
    reuse = draw(st.booleans())
    rules = {
        "window": draw(lengths.map(lambda w: None if w is None else f"{w}s")),
        "attempts": draw(st.sampled_from(["best", "best", "first", "every"])),
        "represent": draw(st.sampled_from(["earliest", "latest"])),
        "order": order,
        "ties": ties,
        "tolerance": tolerance,
        "reuse": reuse,
        "bounds": draw(st.sampled_from(["entry", "all"])),
        "open": draw(st.sampled_from(["apart", "left"])),
    }
    n = draw(st.integers(1, 4))
    if order == "any":
        rules["anchored"] = tuple(str(k) for k in draw(st.sets(st.integers(0, n - 1), max_size=2)))
    else:
        rules["entry"] = draw(st.sampled_from(["first stage", "first stage", "any stage"]))
        if n > 1 and draw(st.booleans()):
            first = draw(st.integers(0, n - 2))
            last = draw(st.integers(first + 1, n - 1))
            rules["exclude"] = (jm.Exclusion(jm.event(["E", "F"]), after=str(first), before=str(last)),)
    gaps = ()
    if order != "any" and ties == "apart" and tolerance == "0s" and not reuse and draw(st.booleans()):
        gaps = tuple((draw(st.integers(0, 2)), draw(st.integers(2, 6))) for _ in range(n))
    return n, rules, gaps


def journey_of(n, gaps):
    stages = []
    for k in range(n):
        names = [name for name, serves in EVENTS.items() if k in serves]
        gap = (
            {"least": f"{gaps[k][0]}s" if gaps[k][0] else None, "most": f"{gaps[k][1]}s"}
            if gaps and k
            else {}
        )
        stages.append(jm.Stage(str(k), jm.event(names), **gap))
    return jm.Journey("J", stages=stages)


def case_of(n, rules, gaps, *, data_end, period):
    """Write the same rules for the search by hand."""
    seconds = lambda text: int(text.removesuffix("s"))  # noqa: E731
    window = FOREVER if rules["window"] is None else seconds(rules["window"])
    tolerance = seconds(rules["tolerance"])
    if rules["open"] == "left" or (rules["bounds"] == "all" and period[1] - 1 <= data_end):
        settled_until = FOREVER
    else:
        settled_until = FOREVER if window == FOREVER else data_end - window
    blocks, at = [], 0
    anchored = {int(name) for name in rules.get("anchored", ())}
    while at < n:
        stop = at + 1
        if at not in anchored:
            while stop < n and stop not in anchored:
                stop += 1
        blocks.append((at, stop))
        at = stop
    return Case(
        n=n,
        window=window,
        begin=period[0],
        end=period[1],
        bounds_all=rules["bounds"] == "all",
        grace=tolerance if tolerance or rules["ties"] == "either" else None,
        reuse=rules["reuse"],
        order=rules["order"],
        blocks=tuple(blocks),
        any_start=rules.get("entry") == "any stage",
        attempts=rules["attempts"],
        latest=rules["represent"] == "latest",
        guards=tuple((0, int(one.after), int(one.before)) for one in rules.get("exclude", ())),
        gaps=tuple((least, most) for least, most in gaps),
        settled_until=settled_until,
    )


def events_of(drawn, n):
    return [
        {
            "id": i,
            "at": at,
            "key": key,
            "stages": {k for k in EVENTS[name] if k < n},
            "excludes": {0} if name in "EF" else set(),
        }
        for i, (name, at, key) in enumerate(drawn)
    ]


@given(
    drawn=rows,
    asked=rule_sets(),
    data_end=st.integers(0, 14),
    begin=st.integers(0, 3),
    length=st.integers(1, 12),
    keyed=st.booleans(),
)
@settings(max_examples=EXAMPLES, deadline=None)
def test_search_finds_what_exhaustive_search_finds(drawn, asked, data_end, begin, length, keyed):
    n, rules, gaps = asked
    if not keyed:
        drawn = [(name, at, None) for name, at, _ in drawn]
    period = (begin, begin + length)
    case = case_of(n, rules, gaps, data_end=data_end, period=period)
    events = events_of(drawn, n)
    log = small_log(
        [("c", name, at) for name, at, _ in drawn], keys=[key for *_, key in drawn], data_end=data_end
    )
    found = module.attempts(log, journey_of(n, gaps), counting=jm.Counting(**rules), period=period)
    if rules["attempts"] == "every":
        overall = by_hand.one_after_another(events, case)
        assert agree(seen(found, found.overall), overall)
        assert agree(
            seen(found, found.settled), [e for e in overall if e[0].entry["at"] <= case.settled_until]
        )
        return
    everything = by_hand.all_attempts(events, case)
    best = by_hand.choose(everything, case)
    if case.attempts == "first":
        everything = [a for a in everything if a.entry["at"] == everything[0].entry["at"]]
    settled = by_hand.choose([a for a in everything if a.entry["at"] <= case.settled_until], case)
    assert agree(seen(found, found.overall), [best] if best else [])
    assert agree(seen(found, found.settled), [settled] if settled else [])
    if best and best[0].reached < n:
        still_open = any(a.entry["at"] > case.settled_until for a in everything)
        assert bool(found.still_open[0]) == (still_open if jm.Counting(**rules).settles else True)


def agree(found, by_hand_):
    """Say whether each attempt found is one of the equals that were found by hand."""
    return len(found) == len(by_hand_) and all(
        one in [told(a) for a in equals] for one, equals in zip(found, by_hand_, strict=True)
    )


def told(attempt):
    return (
        attempt.start,
        attempt.reached,
        attempt.entry["at"],
        list(attempt.clocks),
        attempt.ended < FOREVER,
    )


def seen(found, best):
    """Return what the compiled search says of each unit that has an attempt."""
    units = np.arange(len(best.depth))
    reached = np.stack([found.reached_at(best, units, k) for k in found.plan.required], axis=1)
    said = []
    for unit in np.flatnonzero(best.depth):
        start, depth = int(best.start[unit]), int(best.depth[unit])
        times = reached[unit, start:depth].tolist()
        said.append((start, depth, int(found.rows.at[best.entry[unit]]), times, bool(best.excluded[unit])))
    return said
