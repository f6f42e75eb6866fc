"""When a claim is supported, contradicted, stale or assumed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

import journeymap as jm
from journeymap.maps.claims import Distances, claims, status_of, statuses

TODAY = dt.date(2026, 6, 1)
RUN = {"id": "r", "at": "2026-05-30T10:00:00+00:00"}


def seen(target, metric, value, low=None, high=None, n=100, persona=""):
    return {
        "target": target,
        "metric": metric,
        "value": value,
        "low": low,
        "high": high,
        "n": n,
        "persona": persona,
    }


def told(*, observations=(), run=RUN, **said):
    said = {"stages": ["Buy"], "measurements": {"run": run, "observations": list(observations)}} | said
    return jm.JourneyMap("Shop", **said)


def only(journey_map, **more):
    (claim,) = claims(journey_map, today=TODAY, **more)
    return claim


def step(**said):
    return jm.Step("I pay", stage="buy", claims=said)


@pytest.mark.parametrize(
    ("said", "value", "low", "high", "n", "status"),
    [
        (1, 1.1, 0.9, 1.3, 100, "supported"),  # inside
        (1, 1.4, 1.2, 1.6, 100, "supported"),  # outside, but near
        (2, 1.4, 1.2, 1.6, 100, "contradicted"),  # outside and far
        (2, 1.4, 1.2, 1.6, 29, "assumed"),  # on too few
        (2, 1.4, 1.2, 1.6, 30, "contradicted"),
        (1, 0, -1.5, 1.5, 100, "assumed"),  # inside, but so is nearly everything
        (0.4, 0, -0.6, 0.6, 100, "assumed"),  # near, but not sharp
        (0.4, 0, -0.5, 0.5, 100, "supported"),  # just sharp enough
        (-2, 0.5, -0.4, 1.4, 100, "contradicted"),  # too blunt to support, not to contradict
        (1, None, None, None, 3, "assumed"),  # withheld
    ],
)
def test_an_emotion_is_held_against_its_interval(said, value, low, high, n, status):
    found = seen("i-pay", "emotion", value, low, high, n)
    assert only(told(steps=[step(emotion=said)], observations=[found])).status == status


@pytest.mark.parametrize(
    ("said", "found", "status"),
    [
        ({"share": 0.5}, seen("i-pay", "reach_share", 0.52, 0.48, 0.56), "supported"),
        ({"share": 0.5}, seen("i-pay", "reach_share", 0.60, 0.56, 0.64), "contradicted"),
        ({"share": 0.5}, seen("i-pay", "reach_share", 0.52, 0.42, 0.62), "assumed"),
        ({"hours": 50}, seen("i-pay", "median_hours", 48, 40, 58), "supported"),
        ({"hours": 2}, seen("i-pay", "median_hours", 1, 0.9, 1.1), "contradicted"),
        ({"hours": 49}, seen("i-pay", "median_hours", 48, 20, 120), "assumed"),
    ],
)
def test_shares_and_hours_have_distances_of_their_own(said, found, status):
    assert only(told(steps=[step(**said)], observations=[found])).status == status


@pytest.mark.parametrize(
    ("metric", "baseline", "found", "status"),
    [
        ("nps", 30, seen("mood", "kpi", 25, 18, 32), "supported"),
        ("nps", 60, seen("mood", "kpi", 25, 18, 32), "contradicted"),
        ("moved_on_share", 0.3, seen("mood", "kpi", 0.2, 0.18, 0.22), "contradicted"),
        ("customers", 1000, seen("mood", "kpi", 900, n=900), "supported"),
        ("customers", 1000, seen("mood", "kpi", 500, n=500), "contradicted"),
        ("nps", 30, seen("other", "kpi", 25, 18, 32), "assumed"),
    ],
)
def test_a_baseline_is_held_against_its_kpi(metric, baseline, found, status):
    kpi = jm.Kpi("Mood", metric=metric, baseline=baseline)
    assert only(told(kpis=[kpi], observations=[found])).status == status


def test_the_sentence_has_the_numbers_and_the_distance():
    found = seen("i-pay", "emotion", -1.1, -1.3, -0.9, 263)
    claim = only(told(steps=[step(emotion=1)], observations=[found]))
    assert claim.why == (
        "Measured -1.1 (95 % interval -1.3 to -0.9, n = 263). "
        "The claim of +1 is outside the interval and more than 0.5 away."
    )
    wider = only(told(steps=[step(emotion=1)], observations=[found]), distances=Distances(emotion=3))
    assert wider.status == "supported"
    assert "within 3" in wider.why


def test_large_numbers_are_written_out():
    found = seen("mood", "kpi", 120_000, n=120_000)
    claim = only(told(kpis=[jm.Kpi("Mood", metric="customers", baseline=1_500_000)], observations=[found]))
    assert claim.why == "Measured 120,000 (n = 120,000). The claim of 1,500,000 is more than 25% of it away."


def test_a_step_of_one_persona_is_held_against_that_persona():
    found = [seen("i-pay", "emotion", 1, 0.9, 1.1), seen("i-pay", "emotion", -1, -1.1, -0.9, persona="new")]
    steps = [jm.Step("I pay", stage="buy", personas=["new"], claims={"emotion": -1})]
    assert only(told(steps=steps, observations=found)).observation.persona == "new"
    assert only(told(steps=steps, observations=found)).status == "supported"
    assert only(told(steps=steps, observations=found[:1])).status == "contradicted"


def test_the_only_step_of_a_stage_is_held_against_the_stage():
    found = [seen("i-pay", "emotion", None, n=2), seen("buy", "emotion", -1, -1.2, -0.8)]
    one = told(steps=[step(emotion=1)], observations=found)
    assert only(one).observation.target == "buy"
    assert only(one).status == "contradicted"
    two = one.add(jm.Step("I wait", stage="buy"))
    assert only(two).status == "assumed"


def evidence(**said):
    return jm.Evidence("Source", id="e", **said)


@pytest.mark.parametrize(
    ("found", "status"),
    [
        (None, "assumed"),
        ({"kind": "survey", "n": 30}, "supported"),
        ({"kind": "survey", "n": 29}, "assumed"),
        ({"kind": "events", "n": 5000}, "supported"),
        ({"kind": "workshop", "n": 5000}, "assumed"),
        ({"kind": "assumption"}, "assumed"),
        ({"kind": "interview", "quote": "I gave up"}, "supported"),
        ({"kind": "ticket", "locator": "4711"}, "supported"),
        ({"kind": "interview", "n": 4}, "assumed"),
        ({"kind": "survey", "n": 4, "quote": "I gave up"}, "assumed"),
        ({"kind": "survey", "n": 300, "expires": TODAY}, "supported"),
        ({"kind": "survey", "n": 300, "expires": TODAY - dt.timedelta(1)}, "stale"),
        ({"kind": "survey", "n": 300, "collected_at": "2026-03-03"}, "supported"),
        ({"kind": "survey", "n": 300, "collected_at": "2026-03-02"}, "stale"),
        ({"kind": "workshop", "expires": "2026-01-01"}, "stale"),
    ],
)
def test_words_stand_on_fresh_evidence_from_outside_the_team(found, status):
    listed = [evidence(**found)] if found else []
    pain = jm.Pain("It is slow", evidence=["e"] if found else [])
    assert only(told(pains=[pain], evidence=listed, review_every_days=90)).status == status


def test_a_review_makes_evidence_fresh_again_unless_it_has_expired():
    old = {"kind": "survey", "n": 300, "collected_at": "2025-01-01"}
    pain, reviewed = (
        jm.Pain("It is slow", evidence=["e"]),
        {"review_every_days": 90, "reviewed_at": "2026-05-01"},
    )
    assert only(told(pains=[pain], evidence=[evidence(**old)], **reviewed)).status == "supported"
    expired = evidence(**old, expires="2026-05-02")
    assert only(told(pains=[pain], evidence=[expired], **reviewed)).status == "stale"


def test_one_fresh_piece_of_evidence_is_enough():
    listed = [evidence(kind="survey", n=300, expires="2020-01-01"), jm.Evidence("New", kind="survey", n=50)]
    pain = jm.Pain("It is slow", evidence=["e", "new"])
    assert only(told(pains=[pain], evidence=listed)).why == "By New (survey, n = 50)."


@pytest.mark.parametrize(("times", "status"), [(9, "assumed"), (10, "supported")])
def test_comments_carry_a_pain(times, status):
    found = seen("it-is-slow", "mentions", times, n=50)
    assert only(told(pains=["It is slow"], observations=[found])).status == status


@pytest.mark.parametrize(
    ("at", "status"), [("2026-03-03T00:00:00", "contradicted"), ("2026-03-02T23:59:59", "stale")]
)
def test_an_old_measurement_says_nothing_of_today(at, status):
    found = seen("i-pay", "emotion", -1, -1.1, -0.9)
    journey_map = told(
        steps=[step(emotion=1)], observations=[found], run={"id": "r", "at": at}, review_every_days=90
    )
    assert only(journey_map).status == status


def test_a_number_without_a_measurement_is_stale_where_its_evidence_is():
    old = evidence(kind="survey", n=300, expires="2026-01-01")
    unmeasured = jm.Step("I pay", stage="buy", claims={"emotion": 1}, evidence=["e"])
    assert only(told(steps=[unmeasured], evidence=[old])).status == "stale"
    fresh = evidence(kind="survey", n=300)
    assert only(told(steps=[unmeasured], evidence=[fresh])).status == "assumed"


def test_everything_told_of_customers_is_a_claim_and_nothing_else():
    journey_map = told(
        personas=[
            jm.Persona("Ann", traits=["busy", "curious"], empathy={"says": ["Hm"], "feels": ["rushed"]})
        ],
        stages=[jm.MapStage("Buy", customer_goal="Pay fast", business_goal="Money")],
        steps=[
            jm.Step(
                "I pay",
                stage="buy",
                actions=["type"],
                thoughts=["Safe?"],
                claims={"emotion": 1, "share": 0.5},
            )
        ],
        pains=["Slow"],
        gains=["Fun"],
        kpis=[jm.Kpi("A", baseline=1), jm.Kpi("B", target=2)],
        opportunities=["Faster"],
    )
    found = [(claim.part, claim.field, claim.said) for claim in claims(journey_map, today=TODAY)]
    assert found == [
        ("ann", "traits", "busy; curious"),
        ("ann", "empathy", "Hm; rushed"),
        ("buy", "customer_goal", "Pay fast"),
        ("i-pay", "claims.emotion", 1),
        ("i-pay", "claims.share", 0.5),
        ("i-pay", "actions", "type"),
        ("i-pay", "thoughts", "Safe?"),
        ("slow", "text", "Slow"),
        ("fun", "text", "Fun"),
        ("a", "baseline", 1),
    ]


def test_the_status_of_a_part_is_its_worst():
    found = [seen("i-pay", "emotion", 1, 0.9, 1.1), seen("i-pay", "reach_share", 0.1, 0.08, 0.12)]
    journey_map = told(steps=[step(emotion=1, share=0.5)], observations=found)
    assert [claim.status for claim in claims(journey_map, today=TODAY)] == ["supported", "contradicted"]
    assert status_of(journey_map, "i-pay", today=TODAY) == "contradicted"
    assert status_of(journey_map, "buy", today=TODAY) is None
    assert statuses(claims(journey_map, today=TODAY)) == {"i-pay": "contradicted"}


def test_a_target_is_not_held_against_today_but_the_baseline_is():
    found = [seen("i-pay", "emotion", -1, -1.2, -0.8), seen("mood", "kpi", -1, -1.2, -0.8)]
    kpi = jm.Kpi("Mood", metric="emotion", baseline=1, target=1)
    future = told(kind="future_state", steps=[step(emotion=1)], kpis=[kpi], observations=found)
    assert [claim.status for claim in claims(future, today=TODAY)] == ["assumed", "contradicted"]


def test_a_map_without_measurements_is_assumed():
    assert only(jm.JourneyMap("Shop", stages=["Buy"], steps=[step(emotion=1)])).status == "assumed"


@given(
    st.floats(-2, 2),
    st.floats(-2, 2),
    st.floats(0, 1.5),
    st.floats(0, 1.5),
    st.integers(5, 200),
    st.integers(1, 100),
)
def test_more_answers_never_take_a_verdict_back(said, value, below, above, n, more):
    """What enough answers support or contradict, more answers with the same interval do too."""

    def status(n):
        found = seen("i-pay", "emotion", value, value - below, value + above, n)
        return only(told(steps=[step(emotion=said)], observations=[found])).status

    assert status(n) in ("assumed", status(n + more))
