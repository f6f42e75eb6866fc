"""The finding of a map: what the numbers say, and no more than that."""

from __future__ import annotations

import pytest

import journeymap as jm
from journeymap.charts.findings import finding
from journeymap.charts.maps.facts import facts
from journeymap.charts.maps.finding import FRICTION, LOSS, LOW, SAID, map_finding
from tests.charts import maps_to_draw
from tests.charts.maps_to_draw import TODAY, measurements, seen

MINUS = "\N{MINUS SIGN}"


def found(told, baseline=None):
    return map_finding(facts(told, baseline=baseline, persona=None, today=TODAY))


def without(*metrics):
    """Return the measured map without some metrics."""
    kept = [one for one in measurements().observations if one.metric not in metrics]
    return maps_to_draw.membership(measurements={"observations": kept})


def test_the_largest_loss_beyond_a_target_comes_first_with_the_claim_it_disproves():
    said = found(maps_to_draw.membership())
    assert (said.stage, said.tab) == ("confirm", LOSS)
    assert said.texts[0] == (
        "At “Confirm” 2,310 of 8,036 settled customers did not move on, "
        f"and “I wait for the e-mail” is rated {MINUS}1.3 where the map says +1.0"
    )


def test_how_far_beyond_its_target_a_loss_is_can_be_counted():
    assert "1,506 more than its target allows" in found(without("emotion")).texts[0]  # 8,036 x 0.9 - 5,726


def test_a_loss_within_its_target_is_not_called_avoidable():
    told = maps_to_draw.membership(kpis=[])
    assert found(told).tab == SAID
    assert found(told).texts[0].startswith("Customers rate “I wait for the e-mail”")


def test_without_a_disproved_claim_the_lowest_sure_emotion_is_named():
    told = maps_to_draw.membership(kpis=[])
    told = told.change("wait", claims={"emotion": -1.3}).change("form", claims={"emotion": -0.3})
    said = found(told)
    assert (said.stage, said.tab) == ("confirm", LOW)
    assert said.texts == (f"Customers feel worst at “I wait for the e-mail”: {MINUS}1.3 from 263 answers",)


def test_with_counts_alone_the_largest_loss_is_named_and_nothing_is_framed():
    kept = [
        one
        for one in measurements().observations
        if one.metric in ("customers", "left_share", "moved_on_share")
    ]
    said = found(maps_to_draw.membership(kpis=[], measurements={"observations": kept}))
    assert said.stage == ""
    assert said.texts == ("Most are lost at “Discover”: 25,988 of 47,328 settled customers did not move on",)


def test_where_nothing_is_measured_it_says_so():
    told = jm.JourneyMap("Shop", stages=["Look", "Buy"])
    assert finding(told).text == "Shop: 2 stages and 0 steps as the team tells them; nothing is measured yet"
    assert found(maps_to_draw.membership(measurements=None)).texts[0].endswith("nothing is measured yet")


def test_numbers_of_fewer_than_five_are_not_spoken_of():
    few = [seen("wait", "emotion", -1.9, low=-2, high=-1.8, n=4)]
    assert "no measured number" in found(maps_to_draw.membership(measurements={"observations": few})).texts[0]


def test_a_plan_names_the_largest_rise_over_today():
    said = found(maps_to_draw.future(), baseline=maps_to_draw.membership())
    assert said.texts == (f"Planned: “I wait for the e-mail” is to rise from {MINUS}1.3 today to +0.5",)
    assert "nothing measured to hold them against" in found(maps_to_draw.future()).texts[0]


@pytest.mark.parametrize("name", ["day", "blueprint", "future"])
def test_only_the_map_of_today_is_framed(name):
    assert found(maps_to_draw.MAPS[name]()).stage == ""


def test_a_blueprint_counts_where_it_breaks_and_names_the_card_that_is_drawn():
    told = maps_to_draw.blueprint()
    first = next(card for card in told.blueprint if card.fail_point)
    assert found(told).texts[0].startswith(f"2 fail points and 1 wait point, first at “{first.text}”")


def test_where_friction_was_counted_its_worst_stage_is_framed():
    seen_too = [
        seen("discover", "friction", 80, low=60, high=99),
        seen("confirm", "friction", 120, low=90, high=150),
    ]
    told = maps_to_draw.membership(measurements={"observations": [*measurements().observations, *seen_too]})
    said = found(told)
    assert (said.stage, said.tab) == ("confirm", FRICTION)
    assert said.texts == ("“Confirm” costs most: 120 customers a month (90 to 150) are lost or unhappy",)
