"""The conversion under one changed rule at a time: each number is that of a funnel with these rules."""

from __future__ import annotations

import pytest

import journeymap as jm
from journeymap.charts.findings import finding
from tests.small_logs import small_log

DAY = 86_400
SHOP = jm.Journey("Shop", stages=[jm.Stage(name, jm.event(name)) for name in ("See", "Cart", "Buy")])


def shop_log(customers=40, data_end=100, **more):
    """Every customer sees on day 1; half buy within 2 days, a quarter within 20, an eighth only at the second attempt."""
    rows = []
    for number in range(customers):
        who, wait = f"{number:02}", 2 if number % 2 else 20 if number % 4 else None
        rows.append((who, "See", DAY))
        if wait:
            rows += [(who, "Cart", 2 * DAY), (who, "Buy", (1 + wait) * DAY)]
        elif number % 8 == 0:
            rows += [(who, "See", 40 * DAY), (who, "Cart", 40 * DAY + 60), (who, "Buy", 40 * DAY + 2700)]
    return small_log(rows, data_end=data_end * DAY, **more)


def share_of(result, rule):
    return result.table[result.table["rule"] == rule].set_index("value")["arrived_share"].to_dict()


@pytest.mark.parametrize("counting", [None, jm.Counting(window="7d"), jm.Counting(window="session")])
def test_each_number_is_that_of_a_funnel_with_these_rules(counting):
    result = jm.sensitivity(shop_log(), SHOP, counting=counting)
    assert len(result.settings) == len(result.table) > 10
    for setting, row in zip(result.settings, result.table.itertuples(), strict=True):
        rows = jm.funnel(setting.log, SHOP, counting=setting.counting).table
        assert (row.settled, row.arrived) == (rows["settled"].iloc[0], rows["settled"].iloc[-1])
        assert row.arrived_share == pytest.approx(rows["settled_of_first_share"].iloc[-1])


def test_the_numbers_of_a_log_counted_on_paper():
    result = jm.sensitivity(shop_log(), SHOP)
    assert share_of(result, "window") == {
        "1 day": 0.125,
        "3 days": 0.625,
        "7 days": 0.625,
        "14 days": 0.625,
        "30 days": 0.875,
        "60 days": 0.875,
        "90 days": 0.875,
    }
    assert share_of(result, "attempts") == {
        "best attempt": 0.875,
        "first attempt only": 0.75,
        "best attempt within one session": 0.0,
    }
    assert share_of(result, "session gap") == {
        "10 minutes": 0.0,
        "30 minutes": 0.0,
        "1 hour": 0.125,
        "2 hours": 0.125,
        "4 hours": 0.125,
    }
    assert set(share_of(result, "ties").values()) == {0.875}


def test_the_chosen_rules_are_marked_once_in_each_rule_that_they_have():
    chosen = lambda result: result.table[result.table["chosen"]].groupby("rule").size().to_dict()  # noqa: E731
    assert chosen(jm.sensitivity(shop_log(), SHOP)) == {"window": 1, "attempts": 1, "ties": 1}
    within = jm.sensitivity(shop_log(), SHOP, counting=jm.Counting(attempts="session", tolerance="5s"))
    assert chosen(within) == {"window": 1, "attempts": 1, "session gap": 1, "ties": 1}
    odd = jm.sensitivity(shop_log(session_gap="45min"), SHOP, counting=jm.Counting(window="10d"))
    assert "45 minutes" in share_of(odd, "session gap")
    assert "10 days" in share_of(odd, "window")


def test_the_finding_is_the_range_and_the_rule_that_moves_it_most():
    said = finding(jm.sensitivity(shop_log(), SHOP))
    assert said.text.replace("\u202f", " ") == (
        "From See to Buy, between 0.0 % and 87.5 % arrive depending on the rules; the attempt rule matters most (0.0 % to 87.5 %)."
    ).replace("0.0 %", "0 %")
    assert said.support.replace("\u202f", " ").startswith("With the chosen rules 35 of 40 settled, 88 % (")


def test_rules_that_this_journey_cannot_be_counted_by_are_left_out_and_named():
    gapped = jm.Journey("Shop", stages=[SHOP.stages[0], jm.Stage("Buy", jm.event("Buy"), least="1h")])
    result = jm.sensitivity(shop_log(), gapped)
    assert list(share_of(result, "ties")) == ["equal times never chain"]
    assert result.notes[0].startswith("Not with this journey: ties in either direction, ties up to 1 second")


def test_too_few_are_not_compared():
    assert finding(jm.sensitivity(shop_log(8), SHOP)).text == (
        "Too few settled customers from See to Buy to compare rules: it takes 30."
    )
    nobody = jm.sensitivity(shop_log(data_end=50), SHOP, counting=jm.Counting(window=None))
    assert not nobody.table[nobody.table["rule"] == "attempts"]["settled"].iloc[0]


def test_what_has_no_such_share_is_said():
    with pytest.raises(jm.DefinitionError, match="Shop has one stage"):
        jm.sensitivity(shop_log(), jm.Journey("Shop", stages=SHOP.stages[:1]))
    with pytest.raises(jm.DefinitionError, match="no share of the first stage"):
        jm.sensitivity(shop_log(), SHOP, counting=jm.Counting(entry="any stage"))
