"""Friction: counted again customer by customer on small logs, and by pandas on the sample shop."""

from __future__ import annotations

from math import isnan, nan

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import journeymap as jm
from journeymap.errors import DataError, DefinitionError
from journeymap.events.quality import Quality
from journeymap.events.sample.shop import shop
from journeymap.maps.feedback.reading import Feedback
from journeymap.maps.fixing.friction import DAYS_A_MONTH, friction
from tests.small_logs import small_log

DAY = 86_400
WINDOW = 5 * DAY
COUNTING = jm.Counting(window="5d")
END = 40 * DAY
MAP = jm.JourneyMap(
    "Shop",
    stages=[
        {"name": "See", "milestone": jm.event("a")},
        {"name": "Pick", "milestone": jm.event("b")},
        {"name": "Buy", "milestone": jm.event("c")},
    ],
    steps=[jm.Step("I ask", stage="pick", match=jm.event("q"))],
    kpis=[
        jm.Kpi("On", of="see", metric="moved_on_share", target=0.7),
        jm.Kpi("Off", of="pick", metric="left_share", target=0.2),
    ],
)


def feedback(answers):
    """Make feedback of (customer, second, emotion)."""
    frame = pd.DataFrame(answers, columns=["customer", "at", "emotion"])
    frame["at"] = pd.to_datetime(frame["at"], unit="s", utc=True)
    blank = {"score": nan, "comment": None, "scale": None, "basis": "scores", "words": None}
    return Feedback(frame.assign(**blank), Quality(rows=len(frame)))


def attempt_of(events):
    """Return when a customer's best settled attempt reached each stage: the furthest, of those the earliest."""
    best = []
    for name, entry in events:
        if name != "a" or entry + WINDOW > END:
            continue
        reached = [entry]
        for stage in "bc":
            later = [at for name, at in events if name == stage and reached[-1] < at <= entry + WINDOW]
            if not later:
                break
            reached.append(min(later))
        if len(reached) > len(best):
            best = reached
    return best


def by_hand(rows, answers, benchmark):
    """Count friction of stages and of the step, customer by customer."""
    people = {}
    for customer in sorted({row[0] for row in rows}):
        events = sorted(((name, at) for who, name, at in rows if who == customer), key=lambda event: event[1])
        reached = attempt_of(events)
        if reached:
            people[customer] = reached, events
    counts = {
        place: [0, 0, 0, 0, 0] for place in ("see", "pick", "buy", "i-ask")
    }  # reach, moved, arrived, answers, negative
    for customer, (reached, events) in people.items():
        ends = [*reached[1:], reached[0] + WINDOW + 1]
        asked = len(reached) > 1 and [at for name, at in events if name == "q" and reached[1] <= at < ends[1]]
        here = ["see", "pick", "buy"][: len(reached)] + (["i-ask"] if asked else [])
        for place in here:
            position = {"see": 0, "pick": 1, "buy": 2, "i-ask": 1}[place]
            moved = len(reached) > position + 1
            counts[place][0] += 1
            counts[place][1] += moved
            counts[place][2] += moved and len(reached) == 3
        for who, at, emotion in answers:
            if who != customer or isnan(emotion) or not reached[0] <= at <= reached[0] + WINDOW:
                continue
            position = sum(begin <= at for begin in reached) - 1
            places = [["see", "pick", "buy"][position]]
            if position == 1 and asked and min(asked) <= at:
                places.append("i-ask")
            for place in places:
                counts[place][3] += 1
                counts[place][4] += emotion < 0
    of_stages = [counts[place] for place in ("see", "pick", "buy")]
    n, bad = sum(one[3] for one in of_stages), sum(one[4] for one in of_stages)
    found = {}
    for place, (reach, moved, arrived, answers_here, negative) in counts.items():
        drop = nan if place == "buy" or not reach else 1 - moved / reach
        excess = max(0.0, drop - benchmark) if drop == drop else nan
        unhappy = (negative + 10 * bad / n) / (answers_here + 10) if answers_here >= 5 else nan
        together = 1 - (1 - excess) * (1 - (unhappy if answers_here >= 5 else 0))
        outcome = arrived / moved if moved else nan
        found[place] = reach, drop, excess, unhappy, unhappy if place == "buy" else together, outcome
    return found


EVENTS = st.lists(
    st.tuples(st.sampled_from("uvwxyz"), st.sampled_from("aabbcq"), st.integers(0, 39 * DAY)),
    min_size=4,
    max_size=40,
    unique_by=lambda row: row[2],
)
ANSWERS = st.lists(
    st.tuples(
        st.sampled_from("uvwxyz"), st.integers(0, 39 * DAY), st.sampled_from([-2.0, -0.5, 0.0, 1.0, nan])
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(EVENTS, ANSWERS)
def test_friction_is_that_counted_customer_by_customer(rows, answers):
    expected = by_hand(rows, answers, 0.25)
    log = small_log([*rows, ("u", "z", 0)], data_end=END)
    if not expected["see"][0]:
        with pytest.raises(DataError, match="settled"):
            friction(MAP, log, feedback(answers), benchmark=0.25, counting=COUNTING)
        return
    found = friction(MAP, log, feedback(answers), benchmark=0.25, value=50, counting=COUNTING, replicates=100)
    a_month = DAYS_A_MONTH / ((END - WINDOW + 1) / DAY)
    assert found.a_month == pytest.approx(a_month)
    for row in found.table.to_dict("records"):
        reach, drop, excess, negative, affected, outcome = expected[row["part"]]
        assert row["settled"] == reach
        told = [
            row[name]
            for name in ("drop_share", "excess_share", "negative_share", "lost", "friction", "value_at_stake")
        ]
        hand = [
            drop,
            excess,
            negative,
            reach * excess * a_month,
            reach * affected * a_month,
            reach * excess * a_month * outcome * 50,
        ]
        assert told == pytest.approx(hand, nan_ok=True)


def test_a_step_lies_between_its_stage_and_the_next_and_within_the_window():
    rows = [("u", "a", 0), ("u", "b", 10), ("u", "c", 20), ("v", "a", 0), ("v", "b", 10)]

    def took(who, at):
        log = small_log([*rows, (who, "q", at)], data_end=END)
        return int(friction(MAP, log, counting=COUNTING).table.set_index("part")["settled"]["i-ask"])

    assert [took("u", at) for at in (9, 10, 19, 20)] == [0, 1, 1, 0]
    assert [took("v", at) for at in (WINDOW, WINDOW + 1)] == [1, 0]


def many(left, moved, *, bad_left, bad_moved, good_left, good_moved):
    """Make customers who leave or move on from See, some of whom say how it was there."""
    rows, answers, k = [], [], 0
    for n, bad, good, goes_on in ((left, bad_left, good_left, False), (moved, bad_moved, good_moved, True)):
        for place in range(n):
            who, at, k = f"c{k:04}", (k % 30) * DAY, k + 1
            rows += [(who, "a", at)] + [(who, "b", at + 100)] * goes_on
            if place < bad + good:
                answers.append((who, at + 50, -1.0 if place < bad else 1.0))
    return small_log(rows, data_end=END), feedback(answers)


def test_mood_and_leaving_are_joined_as_measured_where_both_groups_answered():
    log, said = many(100, 300, bad_left=36, good_left=4, bad_moved=8, good_moved=72)
    row = friction(MAP, log, said, benchmark=0.1, counting=COUNTING).table.iloc[0]
    negative = (44 + 10 * 44 / 120) / 130
    of_left, of_moved = (36 + 10 * negative) / 50, (8 + 10 * negative) / 90
    assert row["union"] == "measured"
    assert row["negative_share"] == pytest.approx(negative)
    together = 0.15 + 0.10 * of_left + 0.75 * of_moved
    assert row["friction"] == pytest.approx(400 * together * DAYS_A_MONTH / ((END - WINDOW + 1) / DAY))
    independent = 1 - (1 - 0.15) * (1 - negative)
    assert together < independent  # who left is also who is unhappy, so fewer customers are affected


def test_few_answers_of_either_group_are_taken_as_independent():
    log, said = many(100, 300, bad_left=20, good_left=4, bad_moved=8, good_moved=72)
    assert friction(MAP, log, said, benchmark=0.1, counting=COUNTING).table["union"].iloc[0] == "independent"


LOG, SAID = many(100, 300, bad_left=10, good_left=0, bad_moved=0, good_moved=20)


def of(benchmark, **options):
    return friction(
        MAP, LOG, SAID, benchmark=benchmark, counting=COUNTING, replicates=200, **options
    ).table.set_index("part")


def test_where_hardly_anybody_answered_friction_is_what_is_lost():
    found = friction(MAP, LOG, SAID, benchmark=0.1, counting=COUNTING, replicates=200)
    table = found.table.set_index("part")
    assert table["answers"][["see", "pick"]].tolist() == [30, 0]
    assert table.loc["pick", ["negative_share", "unhappy", "unhappy_low"]].isna().all()
    assert table["friction"]["pick"] == table["lost"]["pick"]
    assert isnan(table["friction"]["buy"])
    assert any(note.startswith("Fewer than 5 answers at Pick, I ask and Buy") for note in found.notes)


def test_the_interval_of_few_answers_shows_how_little_they_say():
    def width(n):
        log, said = many(1000, 3000, bad_left=n, good_left=n, bad_moved=0, good_moved=0)
        row = friction(MAP, log, said, benchmark=0.1, counting=COUNTING).table.iloc[0]
        return (row["unhappy_high"] - row["unhappy_low"]) / row["reach"]

    assert width(3) > 0.45
    assert width(150) < 0.15


def test_targets_of_kpis_are_the_benchmark():
    shares = of("target")["benchmark_share"]
    assert shares[["see", "pick", "i-ask"]].tolist() == pytest.approx([0.3, 0.2, 0.2])
    lonely = MAP.change("off", target=None)
    found = friction(lonely, LOG, benchmark="target", counting=COUNTING)
    assert "Pick" in found.notes[0]
    assert found.table.set_index("part")["friction"].isna()[["pick", "i-ask"]].all()


def test_shares_by_id_hold_for_the_steps_of_a_stage():
    shares = of({"see": 0.1, "pick": 0.3})["benchmark_share"]
    assert shares[["see", "pick", "i-ask"]].tolist() == [0.1, 0.3, 0.3]


def test_an_earlier_period_is_the_benchmark():
    before, now = ("1970-01-01", "1970-01-11"), ("1970-01-11", "1970-02-01")
    funnel = jm.funnel(LOG, MAP.journey, period=before, counting=COUNTING).table
    found = of(before, period=now)
    assert found["benchmark_share"]["see"] == pytest.approx(1 - funnel["settled_share"].iloc[0])
    assert (
        found["settled"]["see"]
        == jm.funnel(LOG, MAP.journey, period=now, counting=COUNTING).table["settled"].iloc[0]
    )


def test_the_best_of_some_segments_with_enough_customers_is_the_benchmark():
    rows = [
        (f"c{k:03}", name, k % 30 * DAY + at)
        for k in range(200)
        for at, name in enumerate("ab")
        if at == 0 or k % 4 < k // 100 + 2
    ]
    rows += [(f"few{k}", name, k * DAY + at) for k in range(8) for at, name in enumerate("ab")]
    kind = ["old" if who < "c100" else "few" if who.startswith("few") else "new" for who, _, _ in rows]
    log = small_log(rows, columns={"kind": kind}, data_end=END)
    segments = [jm.Segment(name, jm.where(kind=name)) for name in ("old", "new", "few")]
    found = friction(MAP, log, benchmark=segments, counting=COUNTING)
    assert found.table["benchmark_share"].iloc[0] == pytest.approx(0.25)
    assert any("looks better than it is" in note for note in found.notes)
    people = MAP.change(personas=[jm.Persona(one.name, segment_rule=one.rule) for one in segments])
    by_persona = friction(people, log, benchmark="persona", counting=COUNTING)
    assert by_persona.table["lost"].iloc[0] == found.table["lost"].iloc[0]


def test_without_a_benchmark_nothing_is_called_lost():
    found = friction(MAP, LOG, SAID, counting=COUNTING)
    assert found.table[["lost", "friction", "value_at_stake"]].isna().all(axis=None)
    assert found.notes[0].startswith("Not all drop-off is friction")
    assert found.stages["part"].tolist() == ["pick", "see", "buy"]  # by how many left


def test_the_outcome_may_be_a_stage_before_the_last():
    rows = [
        ("c1", "a", 0),
        ("c1", "b", 10),
        ("c2", "a", 5),
        ("c2", "b", 9),
        ("c2", "c", 20),
        ("c3", "a", DAY),
    ]
    worth = [None, 10.0, None, 30.0, 99.0, None]
    log = small_log(rows, columns={"worth": worth}, data_end=END)
    table = friction(MAP, log, benchmark=0, value="worth", outcome="pick", counting=COUNTING).table.set_index(
        "part"
    )
    a_month = DAYS_A_MONTH / ((END - WINDOW + 1) / DAY)
    assert table["value_at_stake"]["see"] == pytest.approx(1 * 1 * 20 * a_month)
    assert table["value_at_stake"][["pick", "buy"]].isna().all()
    last = friction(MAP, log, benchmark=0, value="worth", counting=COUNTING).table.set_index("part")
    assert last["value_at_stake"]["see"] == pytest.approx(1 * 0.5 * 99 * a_month)


def test_a_seed_gives_the_same_intervals_and_they_hold_the_estimate():
    table = of(0.1, value=20)
    assert table.equals(of(0.1, value=20))
    assert not table.equals(of(0.1, value=20, seed=1))
    row = table.loc["see"]
    for name, low, high in (
        ("friction", "friction_low", "friction_high"),
        ("value_at_stake", "value_low", "value_high"),
    ):
        assert row[low] <= row[name] <= row[high]


def test_intervals_of_lost_customers_are_those_of_a_plain_bootstrap():
    row = friction(MAP, LOG, benchmark=0.1, counting=COUNTING, replicates=4000).table.iloc[0]
    left = np.random.default_rng(1).binomial(400, 0.25, 20_000) / 400
    ends = (
        np.percentile(400 * np.maximum(0, left - 0.1), [2.5, 97.5])
        * DAYS_A_MONTH
        / ((END - WINDOW + 1) / DAY)
    )
    assert (row["lost_low"], row["lost_high"]) == pytest.approx(ends, rel=0.04)


def test_the_sample_shop_by_pandas():
    sample = shop(customers=1500, seed=2)
    log = jm.read_events(sample.events, customer="customer", event="event", at="at")
    drawn = jm.JourneyMap(
        "Shop",
        stages=[
            {"name": "View", "milestone": jm.event("product_view")},
            {"name": "Basket", "milestone": jm.event("add_to_cart")},
            {"name": "Buy", "milestone": jm.event("purchase")},
        ],
    )
    told = sample.events[sample.events["event"] == "survey_answered"].dropna(subset=["customer", "at"])
    said = told.assign(
        emotion=told["score"] / 10 * 4 - 2,
        at=pd.to_datetime(told["at"], utc=True).astype("datetime64[ns, UTC]"),
    )
    said = said[["customer", "at", "emotion"]].assign(
        score=nan, comment=None, scale=None, basis="scores", words=None
    )
    found = friction(
        drawn, log, Feedback(said, Quality(rows=len(said))), benchmark=0.2, value="value", replicates=200
    )
    funnel = jm.funnel(log, drawn.journey)
    assert found.table["settled"].tolist() == funnel.table["settled"].tolist()
    listed = [
        funnel.customers(stage="View", outcome=one).assign(stage=0)
        for one in ("settled_moved_on", "settled_left")
    ]
    buyers = funnel.customers(stage="Basket", outcome="settled_moved_on")
    basket = funnel.customers(stage="Basket", outcome="settled_left")
    entered = pd.concat(listed).set_index("customer")["entered_at"]
    reached_basket = pd.concat([buyers, basket]).set_index("customer")["reached_at"]
    joined = said[said["customer"].isin(entered.index)].copy()
    joined["entry"] = joined["customer"].map(entered)
    joined = joined[
        (joined["at"] >= joined["entry"]) & (joined["at"] <= joined["entry"] + pd.Timedelta(days=30))
    ]
    early = joined[~(joined["at"] >= joined["customer"].map(reached_basket))]
    view = found.table.iloc[0]
    assert view["answers"] == len(early)
    overall = (joined["emotion"] < 0).mean()
    negative = ((early["emotion"] < 0).sum() + 10 * overall) / (len(early) + 10)
    assert view["negative_share"] == pytest.approx(negative if len(early) >= 5 else nan, nan_ok=True)
    assert found.table["answers"].sum() == len(joined)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"benchmark": "best"}, "persona"),
        ({"benchmark": 1.5}, "share"),
        ({"benchmark": {"sea": 0.1}}, "sea"),
        ({"benchmark": "persona"}, "persona"),
        ({"value": -1}, "value"),
        ({"value": "kind"}, "kind"),
        ({"outcome": "bye"}, "bye"),
        ({"counting": jm.Counting(attempts="every")}, "customers"),
        ({"counting": jm.Counting(window="90d")}, "settled"),
    ],
)
def test_what_cannot_be_used_is_refused(options, words):
    with pytest.raises((DefinitionError, DataError), match=words):
        friction(MAP, LOG, SAID, **{"counting": COUNTING, **options})


def test_a_map_of_one_measured_stage_is_refused():
    with pytest.raises(DefinitionError, match="milestone"):
        friction(jm.JourneyMap("Shop", stages=["See"]), LOG)


def test_it_tells_itself_in_a_few_lines():
    text = repr(friction(MAP, LOG, SAID, benchmark=0.1, counting=COUNTING))
    assert text.startswith("Friction: 400 of 400 customers. Settled entries of See.")
    assert len(text.splitlines()) < 12
