"""The first journey of a log is one that customers walk."""

from __future__ import annotations

import pytest

import journeymap as jm
from tests.small_logs import small_log


def walks(*each):
    rows = [
        (f"{who}{n}", event, at * 60)
        for who, (names, customers) in enumerate(each)
        for n in range(customers)
        for at, event in enumerate(names)
    ]
    return small_log([(f"c{who}", event, at) for who, event, at in rows], data_end=90 * 86_400)


@pytest.mark.parametrize(
    ("log", "stages"),
    [
        (walks((["view", "cart", "purchase"], 5)), ["view", "cart", "purchase"]),
        (walks((["view", "cart", "purchase"], 5), (["view", "view, now"], 3)), ["view", "cart", "purchase"]),
        (walks((["view", "help"], 5), (["view", "purchase"], 2)), ["view", "purchase"]),
        (walks((["see"], 3), (["hear"], 2)), ["see"]),
    ],
)
def test_every_stage_of_the_first_journey_is_reached(log, stages):
    journey = jm.suggest_journey(log)
    assert journey.stage_names == stages
    assert (jm.funnel(log, journey).table["customers"] > 0).all()
