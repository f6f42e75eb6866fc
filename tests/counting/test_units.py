"""Sessions, other units, properties held constant and optional stages, each counted again from its definition."""

from __future__ import annotations

import itertools
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import journeymap as jm
from journeymap.counting import attempts as module
from journeymap.errors import DefinitionError
from tests.counting import by_hand
from tests.counting.by_hand import Case
from tests.small_logs import small_log

NAMES = "ABC"
GAP = 3

rows = st.lists(
    st.tuples(
        st.sampled_from("xyz"),
        st.sampled_from([*NAMES, "-"]),
        st.integers(0, 14),
        st.sampled_from(["p", "q", None]),
        st.sampled_from([1, 2, None]),
    ),
    min_size=1,
    max_size=12,
)
journey = jm.Journey("J", stages=[jm.Stage(name, jm.event(name)) for name in NAMES])
windows = st.sampled_from([2, 5, 20])


def log_of(drawn, *, data_end=20):
    columns = {"team": [row[3] for row in drawn], "cart": [row[4] for row in drawn]}
    return small_log([row[:3] for row in drawn], columns=columns, data_end=data_end, session_gap=f"{GAP}s")


def events_of(drawn):
    """Return the drawn rows as the search by hand takes them."""
    return [
        {
            "id": i,
            "customer": row[0],
            "at": row[2],
            "key": None,
            "stages": {NAMES.index(row[1])} if row[1] in NAMES else set(),
            "excludes": set(),
            "team": row[3],
            "cart": row[4],
        }
        for i, row in enumerate(drawn)
    ]


def sessions(events):
    """Divide one customer's events into sessions."""
    found = []
    for event in sorted(events, key=lambda e: e["at"]):
        if not found or event["at"] - found[-1][-1]["at"] > GAP:
            found.append([])
        found[-1].append(event)
    return found


def grouped(events, key):
    groups = defaultdict(list)
    for event in events:
        groups[key(event)].append(event)
    return groups


def alike(events, same):
    """Group events by the values of some columns; those without one are left out."""
    found = grouped(events, lambda event: tuple(event[name] for name in same))
    return [strand for values, strand in found.items() if None not in values]


def depths_by_hand(strands_of_units, case):
    """Return how deep the best attempt of each unit went, over its strands; units that never entered are left out."""
    depths = []
    for strands in strands_of_units:
        found = [a for strand in strands for a in by_hand.all_attempts(strand, case)]
        if found:
            depths.append(by_hand.choose(found, case)[0].reached)
    return sorted(depths)


def depths(drawn, **rules):
    found = module.attempts(log_of(drawn), journey, counting=jm.Counting(**rules))
    return sorted(found.overall.depth[found.overall.depth > 0].tolist())


@given(drawn=rows, window=windows)
@settings(max_examples=150, deadline=None)
def test_properties_held_constant(drawn, window):
    customers = grouped(events_of(drawn), lambda e: e["customer"]).values()
    case = Case(n=3, window=window)
    for same in (["team"], ["team", "cart"]):
        units = [alike(events, same) for events in customers]
        assert depths(drawn, window=f"{window}s", same=same) == depths_by_hand(units, case)


@given(drawn=rows, window=windows)
@settings(max_examples=150, deadline=None)
def test_best_attempt_within_a_session(drawn, window):
    customers = grouped(events_of(drawn), lambda e: e["customer"]).values()
    units = [sessions(events) for events in customers]
    assert depths(drawn, window=f"{window}s", attempts="session") == depths_by_hand(
        units, Case(n=3, window=window)
    )
    assert depths(drawn, window="session") == depths_by_hand(units, Case(n=3))


@given(drawn=rows, window=windows)
@settings(max_examples=150, deadline=None)
def test_sessions_and_columns_as_units(drawn, window):
    events, case = events_of(drawn), Case(n=3, window=window)
    customers = grouped(events, lambda e: e["customer"]).values()
    each = [[session] for own in customers for session in sessions(own)]
    assert depths(drawn, window=f"{window}s", unit="session") == depths_by_hand(each, case)
    teams = [[own] for team, own in grouped(events, lambda e: e["team"]).items() if team is not None]
    assert depths(drawn, window=f"{window}s", unit="team") == depths_by_hand(teams, case)


@given(drawn=rows, data_end=st.integers(0, 20))
@settings(max_examples=150, deadline=None)
def test_a_session_settles_when_it_is_over(drawn, data_end):
    found = module.attempts(
        log_of(drawn, data_end=data_end), journey, counting=jm.Counting(unit="session", window="session")
    )
    customers = grouped(events_of(drawn), lambda e: e["customer"]).values()
    entered = over = 0
    for own in customers:
        for session in sessions(own):
            enters = any(0 in event["stages"] for event in session)
            entered += enters
            over += enters and session[-1]["at"] + GAP <= data_end
    assert (found.overall.depth > 0).sum() == entered
    assert (found.settled.depth > 0).sum() == over


@given(
    drawn=rows,
    unit=st.sampled_from(["customer", "session", "team"]),
    attempts=st.sampled_from(["best", "every"]),
)
@settings(max_examples=150, deadline=None)
def test_every_number_opens_to_its_list(drawn, unit, attempts):
    log = log_of(drawn)
    counting = jm.Counting(window="5s", unit=unit, attempts=attempts, entry="any stage")
    funnel = jm.funnel(log, journey, counting=counting, by="cart")
    for row in funnel.table.to_dict("records"):
        asked = {"stage": row["stage"], "group": row["group"]}
        assert len(funnel.customers(**asked)) == row["customers"]
        if row["position"] < 3:
            parts = [len(funnel.customers(**asked, outcome=o)) for o in ("moved_on", "left", "still_open")]
            assert parts == [row["moved_on"], row["left"], row["still_open"]]
            assert sum(parts) == row["customers"]
            assert len(funnel.customers(**asked, outcome="settled_moved_on")) == row["settled_moved_on"]


optional_journey = jm.Journey(
    "J",
    stages=[
        jm.Stage("A", jm.event("A")),
        jm.Stage("B", jm.event("B"), optional=True),
        jm.Stage("C", jm.event("C")),
    ],
)


@given(drawn=rows, window=windows)
@settings(max_examples=150, deadline=None)
def test_an_optional_stage_is_taken_between_its_neighbours(drawn, window):
    table = jm.funnel(log_of(drawn), optional_journey, counting=jm.Counting(window=f"{window}s")).table
    taken = moved_on = reached = 0
    for own in grouped(events_of(drawn), lambda e: e["customer"]).values():
        required = [{**e, "stages": {{0: 0, 2: 1}[s] for s in e["stages"] if s != 1}} for e in own]
        found = by_hand.choose(by_hand.all_attempts(required, Case(n=2, window=window)), Case(n=2))
        if not found:
            continue
        attempt = found[0]
        until = attempt.clocks[1] if attempt.reached == 2 else attempt.clocks[0] + window + 1
        took = any(1 in e["stages"] and attempt.clocks[0] < e["at"] < until for e in own)
        taken += took
        moved_on += took and attempt.reached == 2
        reached += attempt.reached == 2
    assert table["customers"].tolist()[1:] == [taken, reached]
    assert table["moved_on"].tolist()[:2] == [reached, moved_on]


def test_breakdown_reads_where_it_is_told_to():
    drawn = [
        ("x", "A", 0, None, None),
        ("x", "B", 1, "p", None),
        ("x", "C", 2, "q", None),
        ("y", "A", 0, "q", None),
    ]
    log = log_of(drawn)
    expected = {
        "entry": {"(not set)": 1, "q": 1},
        "first": {"p": 1, "q": 1},
        "last": {"q": 2},
        "B": {"p": 1, "(did not reach B)": 1},
    }
    for where, groups in expected.items():
        table = jm.funnel(log, journey, by="team", counting=jm.Counting(window="9s", breakdown=where)).table
        first = table[table["stage"] == "A"]
        assert dict(zip(first["group"], first["customers"], strict=True)) == groups


def test_rules_that_do_not_fit_are_refused_by_name():
    log = log_of([("x", "A", 0, None, None)])
    gapped = jm.Journey("J", stages=[journey.stages[0], jm.Stage("B", jm.event("B"), most="1d")])
    for bad, asked in [
        (journey, {"breakdown": "Bye"}),
        (journey, {"exclude": [jm.Exclusion(jm.event("-"), after="C", before="A")]}),
        (journey, {"order": "any", "anchored": ["Z"]}),
        (gapped, {"ties": "either"}),
        (optional_journey, {"order": "strict"}),
        (journey, {"unit": "nobody"}),
        (journey, {"same": ["nothing"]}),
    ]:
        with pytest.raises(DefinitionError):
            jm.funnel(log, bad, counting=jm.Counting(**asked))
    for asked in ({"anchored": ["A"]}, {"attempts": "all"}, {"window": "0d"}, {"same": list("abcd")}):
        with pytest.raises(DefinitionError):
            jm.Counting(**asked)


def test_a_heavy_customer_costs_no_more_than_rows_times_stages():
    n = 200_000
    drawn = [("bot", "A", i) for i in range(n)] + [("bot", "B", n + i) for i in range(n)]
    log = small_log(drawn, data_end=3 * n)
    stages = jm.Journey("J", stages=[jm.Stage(x, jm.event(x)) for x in "ABC"])
    rules = [{}, {"represent": "latest"}, {"ties": "either"}, {"order": "any"}, {"attempts": "every"}]
    for asked in rules:
        found = module.attempts(log, stages, counting=jm.Counting(window=None, **asked))
        assert int(found.overall.depth.max()) == 2


def test_presets_say_what_they_are():
    for product, window in itertools.product(
        ("posthog", "mixpanel", "mixpanel-optimized", "amplitude"), (None, "3d")
    ):
        counting = jm.Counting.like(product, **({"window": window} if window else {}))
        assert counting.sentences[-1].startswith("Rules like")
        assert counting.window == (window or {"posthog": "14d", "amplitude": "1d"}.get(product, "7d"))
    with pytest.raises(DefinitionError, match="ClickHouse"):
        jm.Counting.like("clickhouse")
    assert np.all([jm.Counting.like("clickhouse", window="1d").reuse])
