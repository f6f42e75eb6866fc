"""What to do first: scores counted by hand, reach and value from customers, and the backlog that comes of it."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

import journeymap as jm
from journeymap.maps.fixing.friction import DAYS_A_MONTH, friction
from journeymap.maps.fixing.opportunities import opportunities
from tests.small_logs import small_log

DAY = 86_400
SHOP = jm.JourneyMap(
    "Shop",
    currency="EUR",
    stages=[
        {"name": "See", "milestone": jm.event("a")},
        {"name": "Pick", "milestone": jm.event("b")},
        {"name": "Buy", "milestone": jm.event("c")},
    ],
    steps=[
        jm.Step("I search", stage="pick", match=jm.event("s")),
        jm.Step("I ask", stage="pick", match=jm.event("q")),
        jm.Step("I wonder", stage="see"),
    ],
    pains=[
        jm.Pain("Nothing found", steps=["i-search"], evidence=["survey"]),
        jm.Pain("No answer", steps=["i-ask", "i-wonder"], evidence=["talks"]),
        jm.Pain("Elsewhere"),
    ],
    kpis=[jm.Kpi("Baskets", of="pick", metric="moved_on_share", target=0.6)],
    evidence=[
        jm.Evidence("Survey of March", id="survey", kind="survey", n=263),
        jm.Evidence("Eight talks", id="talks", kind="interview", n=8),
    ],
    opportunities=[
        jm.Opportunity("Drop it", status="dropped", pains=["nothing-found"], effort=1, impact=1),
        jm.Opportunity(
            "Answer at once",
            pains=["no-answer"],
            effort=4,
            impact=2,
            owner="Ann",
            team="Service",
            kpi="baskets",
            due="2026-09-01",
            status="next",
            importance=0.9,
            satisfaction=0.2,
        ),
        jm.Opportunity(
            "Better search", pains=["nothing-found", "no-answer"], effort=2, impact=3, confidence=0.5
        ),
        jm.Opportunity("Dream", pains=["elsewhere"]),
    ],
)


def log_of_shop():
    rows = []
    for k in range(300):
        who, at = f"c{k:03}", k % 30 * DAY
        rows.append((who, "a", at))
        if k % 3:
            rows.append((who, "b", at + 10))
            rows += [(who, "s", at + 20)] * (k % 2 == 0) + [(who, "q", at + 30)] * (k % 5 == 0)
            rows += [(who, "c", at + 40)] * (k % 4 == 0)
    return small_log(rows, data_end=40 * DAY)


FOUND = friction(
    SHOP, log_of_shop(), benchmark=0.1, value=20, counting=jm.Counting(window="5d"), replicates=200
)
RANKED = opportunities(SHOP, FOUND)
ROWS = RANKED.table.set_index("opportunity")
A_MONTH = DAYS_A_MONTH / (35 + 1 / DAY)


def test_reach_counts_each_customer_once():
    asked_or_searched = sum(k % 3 > 0 and (k % 2 == 0 or k % 5 == 0) for k in range(300))
    assert ROWS["places"]["better-search"] == "see, i-search, i-ask"  # what no log shows stands for its stage
    assert ROWS["reach"]["better-search"] == pytest.approx(300 * A_MONTH)
    assert ROWS["reach"]["answer-at-once"] == pytest.approx(300 * A_MONTH)
    alone = SHOP.change("no-answer", steps=["i-ask"])
    reach = opportunities(alone, FOUND).table.set_index("opportunity")["reach"]
    assert reach["better-search"] == pytest.approx(asked_or_searched * A_MONTH)


def test_of_steps_of_one_stage_the_largest_value_counts_and_stages_add_up():
    value = FOUND.table.set_index("part")["value_at_stake"]
    assert ROWS["value"]["better-search"] == pytest.approx(
        value["see"] + max(value["i-search"], value["i-ask"])
    )
    places = [place.part for place in FOUND.places]
    larger = max("i-search", "i-ask", key=lambda part: value[part])
    draws = FOUND.draws.at_stake[:, [places.index("see"), places.index(larger)]].sum(axis=1) * FOUND.a_month
    assert (ROWS["value_low"]["better-search"], ROWS["value_high"]["better-search"]) == pytest.approx(
        tuple(np.percentile(draws, [2.5, 97.5]))
    )


def test_rice_takes_the_measured_reach_and_the_confidence_of_the_evidence():
    assert ROWS["confidence"].to_dict() == {
        "better-search": 0.5, "answer-at-once": 0.8, "drop-it": 1.0, "dream": 0.5,
    }  # fmt: skip
    assert ROWS["confidence_from"]["better-search"] == "said"
    assert ROWS["rice"]["answer-at-once"] == pytest.approx(300 * A_MONTH * 2 * 0.8 / 4)
    assert ROWS["rice"]["better-search"] == pytest.approx(300 * A_MONTH * 3 * 0.5 / 2)
    assert RANKED.table["opportunity"].tolist() == ["better-search", "answer-at-once", "dream", "drop-it"]
    assert RANKED.table["rank"].isna().tolist() == [False, False, True, True]


def test_importance_and_satisfaction_are_scored():
    assert (ROWS["ulwick"]["answer-at-once"], ROWS["band"]["answer-at-once"]) == (16.0, "above 15")
    assert ROWS["band"]["dream"] == ""


def test_the_matrix_places_by_the_medians_and_leaves_out_what_was_dropped():
    matrix = RANKED.matrix.set_index("opportunity")
    assert matrix.index.tolist() == ["better-search", "answer-at-once", "dream"]
    assert matrix["quadrant"].tolist() == ["do first", "leave", ""]
    assert matrix["number"].tolist() == [1, 2, 3]
    assert matrix["owner"]["answer-at-once"] == "Ann"


def test_the_backlog_says_who_does_what_by_when_and_on_what_it_stands():
    row = RANKED.backlog.set_index("opportunity").loc["answer-at-once"]
    assert row[["title", "pain", "evidence", "owner", "team", "metric", "kpi", "status"]].tolist() == [
        "Answer at once", "No answer", "Eight talks (interview, n = 8)", "Ann", "Service", "moved_on_share", "Baskets", "next",
    ]  # fmt: skip
    assert row["due"] == dt.date(2026, 9, 1)
    assert row["reach"] == pytest.approx(300 * A_MONTH)
    assert row["value_low"] <= row["value"] <= row["value_high"]


def test_without_friction_what_is_said_remains():
    found = opportunities(SHOP)
    assert found.table[["reach", "value", "rice"]].isna().all(axis=None)
    assert found.table["ulwick"].max() == 16
    assert found.scope == "No friction was given, so nothing was measured."
    assert "opportunities" in repr(found).lower()


def test_without_a_value_customers_are_the_worth():
    found = opportunities(
        SHOP, friction(SHOP, log_of_shop(), benchmark=0.1, counting=jm.Counting(window="5d"))
    )
    assert found.worth == "friction"
    assert found.matrix["worth"].max() == found.table["friction"].max()


def test_a_map_without_opportunities_has_an_empty_list():
    found = opportunities(jm.JourneyMap("Shop", stages=["See"]))
    assert (len(found.table), len(found.matrix), len(found.backlog)) == (0, 0, 0)
    assert isinstance(found.table, pd.DataFrame)


def test_formulas_of_authors_stay_text():
    found = opportunities(SHOP.change("dream", title="=1+1", owner="<b>Bob</b>"))
    row = found.backlog.set_index("opportunity").loc["dream"]
    assert (row["title"], row["owner"]) == ("=1+1", "<b>Bob</b>")
