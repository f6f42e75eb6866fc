"""Where an answer belongs: against a search by hand, and against plain pandas."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import journeymap as jm
from journeymap.counting.attempts import attempts
from journeymap.events.sample import shop
from journeymap.maps.feedback.joining import BEFORE, BEYOND, NEVER, UNKNOWN, passages, places_of
from tests.counting.brute_force import best_attempt
from tests.small_logs import small_log

STAGES = ("a", "b", "c")
JOURNEY = jm.Journey("J", stages=[jm.Stage(name, jm.event(name)) for name in STAGES])
STEPS = [(0, jm.event(["a", "x"])), (0, jm.event("x")), (1, jm.event(["x", "y"])), (2, jm.event("y"))]
EVENTS = st.tuples(st.sampled_from("pqr"), st.sampled_from("abcxy"), st.integers(0, 30))
ANSWERS = st.tuples(st.sampled_from("pqrs"), st.integers(-2, 40))


def joined(log, answers, counting, journey=JOURNEY, steps=STEPS):
    found = attempts(log, journey, counting=counting)
    reached = passages(log, found, found.overall, window=counting.window)
    frame = pd.DataFrame(answers, columns=["customer", "at"])
    if not isinstance(frame["at"].dtype, pd.DatetimeTZDtype):
        frame["at"] = pd.to_datetime(frame["at"].astype("int64"), unit="s", utc=True)
    return places_of(log, reached, frame, steps=steps)


def by_hand(rows, customer, at, window):
    """Return (stage, step, why not) of one answer."""
    if customer not in {row[0] for row in rows}:
        return -1, -1, UNKNOWN
    mine = sorted((when, name) for who, name, when in rows if who == customer)
    depth, entry = best_attempt([(name, when, None) for when, name in mine], STAGES, window=window)
    if not depth:
        return -1, -1, NEVER
    reached = [entry]
    for stage in range(1, depth):
        reached.append(min(when for when, name in mine if name == STAGES[stage] and when > reached[-1]))
    if at < entry:
        return -1, -1, BEFORE
    if window is not None and at > entry + window:
        return -1, -1, BEYOND
    stage = max(place for place, when in enumerate(reached) if when <= at)
    for when, name in reversed(mine):
        if reached[stage] <= when <= at:
            for step, (position, rule) in enumerate(STEPS):
                if position == stage and name in rule_names(rule):
                    return stage, step, ""
    return stage, -1, ""


def rule_names(rule):
    return {name for name in "abcxy" if f"'{name}'" in repr(rule)}


@settings(max_examples=120, deadline=None)
@given(
    rows=st.lists(EVENTS, min_size=1, max_size=18),
    answers=st.lists(ANSWERS, min_size=1, max_size=8),
    window=st.sampled_from([None, 5, 12]),
)
def test_answers_belong_where_a_search_by_hand_puts_them(rows, answers, window):
    counting = jm.Counting(window=None if window is None else f"{window}s")
    found = joined(small_log(rows), answers, counting)
    expected = [by_hand(rows, customer, at, window) for customer, at in answers]
    assert list(zip(found.stage, found.step, found.why_not, strict=True)) == expected


def test_the_window_and_the_answers_instant_are_inside():
    log = small_log([("p", "a", 0), ("p", "b", 10), ("p", "c", 20)])
    found = joined(
        log, [("p", 0), ("p", 9), ("p", 10), ("p", 20), ("p", 25), ("p", 26)], jm.Counting(window="25s")
    )
    assert found.stage.tolist() == [0, 0, 1, 2, 2, -1]
    assert found.why_not.tolist() == ["", "", "", "", "", BEYOND]


def test_an_answer_between_two_instants_of_a_coarse_log_is_not_before_what_it_follows():
    log = small_log([("p", "a", 10), ("p", "b", 11)])
    at = pd.to_datetime(["1970-01-01 00:00:10.999"], utc=True)
    assert joined(log, {"customer": ["p"], "at": at}, jm.Counting()).stage.tolist() == [0]


def test_several_attempts_of_one_customer_each_have_their_answers():
    rows = [("p", "a", 0), ("p", "b", 2), ("p", "c", 3), ("p", "a", 100), ("p", "b", 101)]
    counting = jm.Counting(window="10s", attempts="every")
    found = joined(small_log(rows), [("p", 1), ("p", 5), ("p", 50), ("p", 100), ("p", 105)], counting)
    assert found.stage.tolist() == [0, 2, -1, 0, 1]
    assert len(set(found.unit[[0, 3]])) == 2


def test_a_window_of_a_session_ends_with_it():
    rows = [("p", "a", 0), ("p", "x", 60), ("p", "b", 4000)]
    found = joined(small_log(rows), [("p", 60), ("p", 61)], jm.Counting(window="session", attempts="session"))
    assert found.stage.tolist() == [0, -1]


@pytest.fixture(scope="module")
def sample():
    made = shop(customers=1500, seed=3)
    log = jm.read_events(made.events, customer="customer", event="event", at="at", timezone="Europe/Berlin")
    return made, log


def test_the_shops_surveys_belong_where_plain_pandas_puts_them(sample):
    made, log = sample
    journey = jm.Journey(
        "Buy",
        stages=[
            jm.Stage("Look", jm.event("product_view")),
            jm.Stage("Fill", jm.event("add_to_cart")),
            jm.Stage("Pay", jm.event("purchase")),
        ],
    )
    listed = jm.funnel(log, journey)
    window = pd.Timedelta(days=30)
    reached = [
        listed.customers(stage=stage)[["customer", "entered_at", "reached_at"]].assign(stage=position)
        for position, stage in enumerate(journey.stage_names)
    ]
    reached = pd.concat(reached).sort_values(["reached_at", "stage"], kind="stable")
    answers = made.events[made.events["event"] == "survey_answered"].dropna(subset=["customer", "at"])
    answers = answers[["customer", "at"]].sort_values("at", kind="stable").reset_index(drop=True)
    answers["at"] = answers["at"].dt.tz_localize("UTC") if answers["at"].dt.tz is None else answers["at"]
    same = {
        name: reached[name].dt.tz_convert("UTC").dt.as_unit("ns") for name in ("reached_at", "entered_at")
    }
    merged = pd.merge_asof(
        answers.assign(at=answers["at"].dt.as_unit("ns")),
        reached.assign(**same),
        left_on="at",
        right_on="reached_at",
        by="customer",
    )
    inside = merged["at"] <= merged["entered_at"] + window
    expected = merged["stage"].where(inside, -1).fillna(-1).astype(int)
    found = joined(log, answers, jm.Counting(), journey, steps=[])
    assert (expected >= 0).sum() > 30
    np.testing.assert_array_equal(found.stage, expected)


@pytest.mark.parametrize(
    "counting",
    [
        jm.Counting(window="12s"),
        jm.Counting(window=None),
        jm.Counting(window="12s", ties="either"),
        jm.Counting(window="12s", tolerance="2s"),
        jm.Counting(window="12s", order="strict"),
        jm.Counting(window="12s", represent="latest"),
        jm.Counting(window="6s", attempts="every"),
        jm.Counting(window="12s", unit="session"),
        jm.Counting(window="12s", entry="any stage"),
    ],
    ids=repr,
)
@settings(max_examples=15, deadline=None)
@given(rows=st.lists(EVENTS, min_size=1, max_size=18))
def test_passages_are_the_funnels_customers(rows, counting):
    log = small_log(rows)
    table = jm.funnel(log, JOURNEY, counting=counting).table
    found = attempts(log, JOURNEY, counting=counting, period=(-(2**62), log.data_end + 1))
    reached = passages(log, found, found.overall, window=counting.window)
    assert np.bincount(reached.stage, minlength=3).tolist() == table["customers"].tolist()
    assert (reached.begin <= reached.end).all()
