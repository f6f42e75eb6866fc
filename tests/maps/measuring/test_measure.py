"""What is measured of a map: the funnel's counts, recounts in plain Python and pandas, and laws."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import journeymap as jm
from journeymap.events.sample import shop
from journeymap.maps.claims import claims
from journeymap.maps.feedback.reading import read_feedback
from journeymap.maps.notation import dumps, loads
from tests.counting.brute_force import best_attempt
from tests.small_logs import small_log

MIXPANEL = Path(__file__).parents[3] / "shared" / "data" / "journeys" / "sim_mixpanel"
AT = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
BUYING = {"Look": "product_view", "Fill": "add_to_cart", "Pay": "checkout_started", "Own": "purchase"}
SHOP = jm.JourneyMap(
    "Shop",
    personas=[
        jm.Persona("Members", segment_rule=jm.where(plan=["member", "plus"])),
        jm.Persona("Searchers", segment_rule=jm.did(jm.event("search"))),
        jm.Persona("Nobody in particular"),
    ],
    stages=[
        *(jm.MapStage(name, milestone=jm.event(event)) for name, event in BUYING.items()),
        jm.MapStage("Remember"),
    ],
    channels=[jm.Channel("Help", match=jm.event("page_view", page="/help")), jm.Channel("Shop floor")],
    touchpoints=[jm.Touchpoint("Reviews", match=jm.event("reviews_read"))],
    steps=[
        jm.Step("I read reviews", stage="look", match=jm.event("reviews_read"), claims={"share": 0.9}),
        jm.Step("I search", stage="look", match=jm.event("search")),
        jm.Step("I think", stage="look"),
        jm.Step(
            "I pay", stage="pay", match=jm.event("payment_submitted"), claims={"emotion": -2, "hours": 1}
        ),
        jm.Step("I wait", stage="own", claims={"emotion": -2}),
    ],
    pains=[
        jm.Pain("It is late", theme="late, wait*", steps=["i-wait"]),
        jm.Pain("It costs", theme="price, postage"),
        jm.Pain("It is a pain"),
    ],
    kpis=[
        jm.Kpi("Conversion", metric="moved_on_share"),
        jm.Kpi("Mood", of="own", metric="emotion", baseline=2),
        jm.Kpi("Told", of="own"),
        jm.Kpi("Lost", of="remember", metric="left_share"),
    ],
)


def answers(made, **more):
    said = made.events[made.events["event"] == "survey_answered"]
    named = {"customer": "customer", "at": "at", "score": "score", "scale": (0, 10), "comment": "comment"}
    return read_feedback(said, **named | more)


@pytest.fixture(scope="module")
def sample():
    made = shop(customers=2000, seed=3)
    log = jm.read_events(made.events, customer="customer", event="event", at="at", timezone="Europe/Berlin")
    return made, log.with_customers(made.customers, customer="customer")


@pytest.fixture(scope="module")
def measured(sample):
    made, log = sample
    return SHOP.measure(log, answers(made), at=AT)


def numbers(journey_map):
    return {(one.target, one.metric, one.persona): one for one in journey_map.measurements.observations}


@pytest.mark.parametrize("counting", [jm.Counting(), jm.Counting(window=None), jm.Counting(window="7d", attempts="first"), jm.Counting(window="session", attempts="session")], ids=repr)  # fmt: skip
@pytest.mark.parametrize("period", [None, ("2026-01-10", "2026-02-10")])
def test_stages_are_counted_as_the_funnel_counts_them(sample, counting, period):
    log = sample[1]
    found = SHOP.measure(log, counting=counting, period=period).measurements
    for persona, segments in (
        ("", []),
        *((p.id, [jm.Segment(p.id, p.segment_rule)]) for p in SHOP.personas[:2]),
    ):
        table = jm.funnel(log, SHOP.journey, segments=segments, counting=counting, period=period).table
        for place, (stage, row) in enumerate(zip(SHOP.stages[:4], table.to_dict("records"), strict=True)):
            last = place == 3
            assert found.of(stage.id, "customers", persona=persona).value == row["customers"]
            for metric in ("moved_on", "left", "still_open"):
                one = found.of(stage.id, metric, persona=persona)
                assert (one is None) if last else (one.value == row[metric])
            one = found.of(stage.id, "moved_on_share", persona=persona)
            if last or not counting.settles:
                assert one is None
                continue
            assert (one.num, one.den) == (row["settled_moved_on"], row["settled"])
            assert (one.value, one.low, one.high) == pytest.approx(
                (row["settled_share"], row["low"], row["high"]), abs=1e-6
            )
            assert found.of(stage.id, "settled", persona=persona).value == row["settled"]
            assert found.of(stage.id, "left_share", persona=persona).value == pytest.approx(
                1 - row["settled_share"], abs=1e-6
            )
            hours = found.of(stage.id, "median_hours", persona=persona).value
            assert hours == pytest.approx(table["median_hours"].iloc[place + 1], abs=1e-5, nan_ok=True)


def test_the_whole_map_is_the_way_from_its_first_stage_to_its_last(sample, measured):
    table = jm.funnel(sample[1], SHOP.journey).table
    one = measured.measurements.of("", "moved_on_share")
    assert (one.num, one.den) == (table["settled"].iloc[-1], table["settled"].iloc[0])
    assert measured.measurements.of("conversion", "kpi").value == one.value
    assert measured.measurements.of("", "customers").value == table["customers"].iloc[0]


def settled_entries(log, **more):
    """List the settled customers of each stage: when they entered, reached it, and reached the next one."""
    listed = jm.funnel(log, SHOP.journey, **more)
    end = pd.Timestamp(log.moment(log.data_end)) - pd.Timedelta(days=30)
    frames = []
    for name in SHOP.journey.stage_names:
        outcomes = ["settled_moved_on", "settled_left"] if name != "Own" else [None]
        frames.append(
            pd.concat([listed.customers(stage=name, outcome=one) for one in outcomes]).assign(stage=name)
        )
    found = pd.concat(frames)
    found = found[found["entered_at"] <= end]
    following = found[["customer", "entered_at", "reached_at"]].sort_values("reached_at")
    found = found.merge(
        following.rename(columns={"reached_at": "next_at"}), on=["customer", "entered_at"], how="left"
    )
    found["next_at"] = found["next_at"].where(found["next_at"] > found["reached_at"])
    keys = ["customer", "stage", "entered_at", "reached_at"]
    return found.groupby(keys, as_index=False)["next_at"].min()


def test_steps_are_counted_as_plain_pandas_counts_them(sample, measured):
    made, log = sample
    entries = settled_entries(log)
    events = made.events.dropna(subset=["customer", "at"])[["customer", "event", "at"]]
    events = events.assign(at=events["at"].dt.tz_convert("UTC"))
    for step, stage, name in (("i-read-reviews", "Look", "reviews_read"), ("i-search", "Look", "search"), ("i-pay", "Pay", "payment_submitted")):  # fmt: skip
        mine = entries[entries["stage"] == stage]
        both = mine.merge(events[events["event"] == name], on="customer")
        end = both["entered_at"] + pd.Timedelta(days=30)
        inside = (both["at"] >= both["reached_at"]) & (both["at"] <= end)
        inside &= both["next_at"].isna() | (both["at"] < both["next_at"])
        first = both[inside].groupby("customer")[["at", "reached_at"]].min()
        one = measured.measurements.of(step, "reach_share")
        assert (one.num, one.den) == (len(first), len(mine))
        assert measured.measurements.of(step, "customers").value == len(first) > 0
        if step != "i-search":
            hours = (first["at"] - first["reached_at"]).median() / pd.Timedelta(hours=1)
            assert measured.measurements.of(step, "median_hours").value == pytest.approx(hours, abs=1e-5)


def test_touchpoints_are_counted_as_plain_pandas_counts_them(sample, measured):
    made, log = sample
    entries = settled_entries(log)
    entered = entries[entries["stage"] == "Look"]
    read = made.events[made.events["event"] == "reviews_read"].dropna(subset=["customer", "at"])
    both = entered.merge(read[["customer", "at"]], on="customer")
    both = both[
        (both["at"] >= both["entered_at"]) & (both["at"] <= both["entered_at"] + pd.Timedelta(days=30))
    ]
    found = measured.measurements
    assert found.of("reviews", "events").value == len(both)
    assert found.of("reviews", "customers").value == both["customer"].nunique()
    assert found.of("reviews", "reach_share").den == len(entered)
    assert found.of("shop-floor", "customers") is None


def test_personas_have_their_own_numbers_and_their_rest_adds_up(sample):
    made, log = sample
    rule = jm.where(plan=["member", "plus"])
    split = SHOP.change(personas=[jm.Persona("In", segment_rule=rule), jm.Persona("Out", segment_rule=~rule)])
    found = numbers(split.measure(log, answers(made)))
    counts = {
        "customers",
        "settled",
        "moved_on",
        "left",
        "still_open",
        "answers",
        "unassigned",
        "mentions",
        "events",
    }
    sums = [key for key in found if key[1] in counts and not key[2]]
    assert len(sums) > 30
    for target, metric, _ in sums:
        parts = sum(found[target, metric, persona].value for persona in ("in", "out"))
        assert parts == found[target, metric, ""].value, (target, metric)


def test_answers_are_in_one_stage_or_in_none(measured):
    found = measured.measurements
    stages = sum(found.of(stage.id, "answers").value for stage in measured.stages[:4])
    assert (
        stages + found.of("", "unassigned").num
        == found.of("", "answers").value
        == found.of("", "unassigned").den
    )
    assert found.of("", "unassigned").num > 0
    assert "beyond the window" in found.of("", "unassigned").method


def test_emotions_are_near_the_plain_means_and_the_small_ones_are_withheld(sample, measured):
    feedback = answers(sample[0]).frame
    found = measured.measurements
    own = found.of("own", "emotion")
    assert own.n == found.of("own", "answers").value > 30
    assert own.low < own.value < own.high
    whole = found.of("", "emotion")
    assert whole.value == pytest.approx(feedback["emotion"].mean(), abs=1e-6)
    assert found.of("", "negative_share").num == (feedback["emotion"] < 0).sum()
    for one in found.observations:
        if one.metric in ("emotion", "negative_share"):
            assert (one.value is None) == (one.n < 5)


def test_mentions_are_comments_with_a_word_of_the_theme(sample, measured):
    comments = answers(sample[0]).frame["comment"].dropna()
    spoken = comments.str.lower().str.contains(r"\bprice\b|\bpostage\b", regex=True).sum()
    one = measured.measurements.of("it-costs", "mentions")
    assert (one.value, one.den) == (spoken, len(comments))
    assert spoken > 0
    late = measured.measurements.of("it-is-late", "mentions")
    assert 0 < late.den < len(comments)
    assert measured.measurements.of("it-is-a-pain", "mentions") is None


def test_kpis_repeat_the_number_they_are_of(measured):
    found = measured.measurements
    mood, emotion = found.of("mood", "kpi"), found.of("own", "emotion")
    assert replace(mood, target="own", metric="emotion") == emotion
    assert found.of("mood", "kpi", persona="members").n == found.of("own", "emotion", persona="members").n
    assert found.of("told", "kpi") is None
    assert found.of("lost", "kpi") is None


def test_nothing_that_is_told_changes(sample, measured):
    assert replace(measured, measurements=None) == SHOP
    assert [claim.said for claim in claims(measured)] == [claim.said for claim in claims(SHOP)]
    assert {claim.status for claim in claims(SHOP)} == {"assumed"}
    status = {(claim.part, claim.field): claim.status for claim in claims(measured, today=AT.date())}
    assert status["i-read-reviews", "claims.share"] == "contradicted"
    assert status["i-wait", "claims.emotion"] == "contradicted"


def test_measurements_are_written_and_read_back(measured):
    assert loads(dumps(measured)) == measured


def test_a_run_is_known_by_its_data_and_its_rules(sample, measured):
    made, log = sample
    run = measured.measurements.run
    assert (run.at, run.version, run.params["personas"]) == (
        "2026-06-01T00:00:00+00:00",
        jm.__version__,
        ["members", "searchers"],
    )
    again = SHOP.measure(log, answers(made), at=AT + dt.timedelta(days=1)).measurements
    assert (again.run.id, again.observations) == (run.id, measured.measurements.observations)
    assert SHOP.measure(log, answers(made), counting=jm.Counting(window="7d")).measurements.run.id != run.id
    assert SHOP.measure(log).measurements.run.data_hash != run.data_hash


def test_the_order_of_answers_does_not_matter(sample, measured):
    made, log = sample
    shuffled = replace(made, events=made.events.sample(frac=1, random_state=1))
    assert SHOP.measure(log, answers(shuffled), at=AT) == measured


def test_shifting_all_scores_shifts_every_emotion(sample):
    made, log = sample
    feedback = answers(made)
    inner = feedback.frame["emotion"] / 4
    found = [
        numbers(SHOP.measure(log, replace(feedback, frame=feedback.frame.assign(emotion=emotion))))
        for emotion in (inner, inner + 0.5)
    ]
    emotions = [key for key, one in found[0].items() if key[1] == "emotion" and one.value is not None]
    assert len(emotions) > 3
    for key in emotions:
        assert found[1][key].value == pytest.approx(found[0][key].value + 0.5, abs=1e-5)


def test_words_count_only_where_there_are_no_scores(sample):
    made, log = sample
    said = made.events[made.events["event"] == "survey_answered"].assign(score=np.nan)
    named = {"customer": "customer", "at": "at", "comment": "comment"}
    words = read_feedback(said, **named)
    found = SHOP.measure(log, words).measurements
    assert found.of("own", "emotion").method.startswith("words")
    assert found.of("own", "emotion").n < found.of("own", "answers").value
    both = SHOP.measure(log, words + answers(made)).measurements
    assert len(numbers(replace(SHOP, measurements=both))) == len(both.observations)
    alone = SHOP.measure(log, answers(made)).measurements
    assert both.of("own", "emotion").method.startswith("scores")
    assert both.of("own", "emotion") == alone.of("own", "emotion")
    told = [one.of("own", "answers").value for one in (found, alone, both)]
    assert told[0] + told[1] == told[2] > told[1] > told[0] > 0


def test_nps_is_a_number_of_the_whole_map_alone(sample):
    made, log = sample
    nps = answers(made, scale="nps")
    found = SHOP.measure(log, nps).measurements
    one = found.of("", "nps")
    scores = nps.frame["score"]
    assert (one.num, one.den) == (int((scores >= 9).sum() - (scores <= 6).sum()), len(scores))
    assert one.value == pytest.approx(100 * one.num / one.den, abs=1e-6)
    assert one.low < one.value < one.high
    assert not [seen for seen in found.observations if seen.metric in ("emotion", "negative_share")]
    assert [seen.target for seen in found.observations if seen.metric == "nps" and not seen.persona] == [""]


def test_answers_of_customers_who_are_not_in_the_log_are_counted_apart(sample):
    made, log = sample
    said = made.events[made.events["event"] == "survey_answered"].head(60)
    known = answers(made)
    both = known + answers(type(made)(said.assign(customer="new-" + said["customer"]), made.customers))
    assert len(both) > len(known)
    plan = made.customers.set_index("customer")["plan"]
    members = int(known.frame["customer"].map(plan).eq("member").sum())
    for kept, n_known in ((log, len(known)), (log.only(jm.where(plan="member")), members)):
        found, alone = (SHOP.measure(kept, told).measurements for told in (both, known))
        assert found.of("", "answers").value == n_known
        for metric in ("emotion", "negative_share"):
            assert found.of("", metric) == alone.of("", metric)
        unassigned = found.of("", "unassigned")
        assert unassigned.den == len(both)
        assert f"{len(both) - n_known:,} of customers not in the log" in unassigned.method


def test_with_a_period_the_whole_map_has_the_answers_given_in_it(sample):
    made, log = sample
    feedback, period = answers(made, scale="nps"), ("2026-02-01", "2026-03-01")
    begin, end = (pd.Timestamp(day, tz="Europe/Berlin") for day in period)
    inside = feedback.frame[(feedback.frame["at"] >= begin) & (feedback.frame["at"] < end)]
    found = SHOP.measure(log, feedback, period=period).measurements
    assert found.of("", "answers").value == found.of("", "nps").den == len(inside)
    entered = jm.funnel(log, SHOP.journey, period=period).customers(stage="Look")
    theirs = inside["customer"].isin(entered["customer"]).sum()
    assert len(inside) - theirs <= found.of("", "unassigned").num < len(inside)


@pytest.mark.parametrize("theme", ["", " , ", "((", "a*b", "€", "\\d+", "[*]"])
def test_any_theme_can_be_asked_for(sample, theme):
    made, log = sample
    found = SHOP.change(pains=[jm.Pain("It hurts", theme=theme)]).measure(log, answers(made)).measurements
    one = found.of("it-hurts", "mentions")
    assert one is None if not theme.strip(" ,") else one.value == 0


@pytest.mark.parametrize(
    "counting",
    [
        jm.Counting(order="any"),
        jm.Counting(entry="any stage"),
        jm.Counting(order="strict"),
        jm.Counting(tolerance="1h"),
        jm.Counting(unit="session", window="session"),
        jm.Counting(attempts="every"),
        jm.Counting(exclude=[jm.event("remove_from_cart")], excluded="removed"),
        jm.Counting(open="left"),
    ],
    ids=repr,
)
def test_a_map_is_measured_under_any_rules(sample, counting):
    made, log = sample
    found = SHOP.measure(log, answers(made), counting=counting).measurements
    table = jm.funnel(log, SHOP.journey, counting=counting).table
    counts = [found.of(stage.id, "customers").value for stage in SHOP.stages[:4]]
    assert counts == table["customers"].tolist()
    told = [found.of(stage.id, "answers").value for stage in SHOP.stages[:4]]
    assert sum(told) + found.of("", "unassigned").num == found.of("", "answers").value


def test_feedback_that_was_not_read_is_refused(sample):
    with pytest.raises(jm.DefinitionError, match="is no feedback"):
        SHOP.measure(sample[1], sample[0].events)


def test_a_map_whose_stages_are_not_tied_to_events_says_so(sample):
    with pytest.raises(jm.DefinitionError, match="Fewer than two stages"):
        jm.JourneyMap("Shop", stages=["Look", "Buy"]).measure(sample[1])


def test_more_personas_than_a_funnel_shows_are_measured(sample):
    rules = [jm.where(country=code) for code in ("DE", "AT", "CH", "NL", "PL", "CZ", "FR", "IT")]
    many = SHOP.change(
        personas=[jm.Persona(f"P{place}", segment_rule=rule) for place, rule in enumerate(rules)]
    )
    found = many.measure(sample[1]).measurements
    assert all(found.of("look", "customers", persona=one.id) is not None for one in many.personas)


EVENTS = st.tuples(st.sampled_from("pq"), st.sampled_from("abx"), st.integers(0, 14))


def test_the_edges_of_a_stage_on_paper():
    rows = [
        ("first", "a", 0), ("first", "x", 0), ("first", "y", 7200),  # as the stage is reached; y two hours after x
        ("last", "a", 0), ("last", "x", 36_000),  # at the last instant of the window
        ("late", "a", 0), ("late", "x", 36_001),
        ("next", "a", 0), ("next", "b", 100), ("next", "x", 100),  # as the next stage is reached: in that one
        ("other", "a", 0), ("other", "y", 60), ("other", "x", 90),  # y before x: no time from x to y
        ("only", "a", 0), ("only", "y", 60),
    ]  # fmt: skip
    stages = [jm.MapStage(name, milestone=jm.event(name)) for name in "ab"]
    steps = [
        jm.Step(f"{event} in {stage}", id=event + stage, stage=stage, match=jm.event(event))
        for event, stage in (("x", "a"), ("y", "a"), ("x", "b"))
    ]
    told = jm.JourneyMap("J", stages=stages, steps=steps)
    found = told.measure(small_log(rows, data_end=100_000), counting=jm.Counting(window="10h")).measurements
    assert [found.of(step.id, "reach_share").num for step in steps] == [3, 3, 1]
    assert [found.of(step.id, "reach_share").den for step in steps] == [6, 6, 1]
    hours = found.of("ya", "median_hours")
    assert (hours.value, hours.n) == (2, 1)


@settings(max_examples=120, deadline=None)
@given(st.lists(EVENTS, min_size=1, max_size=16))
def test_a_step_is_taken_within_its_stage(rows):
    log, window = small_log(rows, data_end=16), 6
    stages = [jm.MapStage(name, milestone=jm.event(name)) for name in "ab"]
    steps = [
        jm.Step("x in a", id="xa", stage="a", match=jm.event("x")),
        jm.Step("x in b", id="xb", stage="b", match=jm.event("x")),
    ]
    told = jm.JourneyMap("J", stages=stages, steps=steps)
    found = told.measure(log, counting=jm.Counting(window=f"{window}s")).measurements
    expected = {"xa": [0, 0], "xb": [0, 0]}
    for customer in {row[0] for row in rows}:
        mine = sorted((when, name) for who, name, when in rows if who == customer)
        chain = [(name, when, None) for when, name in mine]
        depth, entry = best_attempt(chain, ("a", "b"), window=window, until=16 - window)
        if not depth:
            continue
        then = (
            min(when for when, name in mine if name == "b" and when > entry)
            if depth == 2
            else entry + window + 1
        )
        spans = {"xa": (entry, then)} | ({"xb": (then, entry + window + 1)} if depth == 2 else {})
        for step, (begin, end) in spans.items():
            expected[step][1] += 1
            expected[step][0] += any(name == "x" and begin <= when < end for when, name in mine)
    for step, (num, den) in expected.items():
        one = found.of(step, "reach_share")
        assert (one.num, one.den) == (num, den)


@pytest.mark.skipif(not MIXPANEL.exists(), reason="needs the example data, which the project does not ship")
def test_the_nps_of_a_real_log_is_its_maps_kpi():
    log = jm.read_events(
        MIXPANEL / "EVENTS.json.gz", customer="$user_id", event="event", at="time", complete_to="2026-11-20"
    )
    path = MIXPANEL / "SCD.json.gz"
    feedback = read_feedback(path, customer="distinct_id", at="startTime", score="NPS", scale="nps")
    names = ("page view", "view item", "add to cart", "checkout")
    told = jm.JourneyMap(
        "Shop",
        stages=[jm.MapStage(name, milestone=jm.event(name)) for name in names],
        kpis=[jm.Kpi("NPS", metric="nps", baseline=90)],
    )
    done = told.measure(log, feedback)
    raw = pd.read_json(path, lines=True)["NPS"]
    one = done.measurements.of("nps", "kpi")
    assert (one.num, one.den) == (int((raw >= 9).sum() - (raw <= 6).sum()), len(raw))
    assert claims(done)[0].status == "contradicted"
    assert done.measurements.of("page-view", "answers").value + done.measurements.of(
        "", "unassigned"
    ).value <= len(raw)
