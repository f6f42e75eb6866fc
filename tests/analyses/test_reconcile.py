"""Two sets of rules held against one another: every customer on whom they differ has one reason, and the rows add up."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import journeymap as jm
from journeymap.analyses.reconcile import SAME
from journeymap.analyses.reconcile_reasons import REASONS, changes
from journeymap.charts.findings import finding
from tests.counting.test_contract import journey_of, rule_sets
from tests.small_logs import small_log

DAY = 86_400
SHOP = jm.Journey("Shop", stages=[jm.Stage(name, jm.event(name)) for name in ("See", "Cart", "Buy")])


def days(*walks, data_end=60, **more):
    """Build a log from texts such as "See1 Cart2": an event and its day; customers are a, b, c …"""
    rows = [
        (who, *re.fullmatch(r"([A-Za-z]+)([\d.]+)", event).groups())
        for who, walk in zip("abcdefghij", walks, strict=False)
        for event in walk.split()
    ]
    return small_log(
        [(who, event, round(float(at) * DAY)) for who, event, at in rows], data_end=data_end * DAY, **more
    )


def reconciled(log, a, b, **more):
    return jm.reconcile(log, SHOP, a, b, **more)


def reasons(found, **asked):
    listed = found.customers(**asked)
    return dict(zip(listed["customer"], listed["reason"], strict=True))


RESULT = [  # what a customer did, the rules of b, and why they are counted differently
    ("See1 Cart2 Buy20", {"window": "7d"}, "window"),
    ("See1 See5 Cart6 Buy40", {"attempts": "first", "window": "35d"}, "attempt"),
    ("See1 Cart1 Buy1", {"ties": "either"}, "tie"),
    ("See1 X2 Cart3", {"order": "strict"}, "order"),
    ("See1 X2 Cart3", {"exclude": jm.event("X")}, "exclusion"),
    ("See1 Cart2 Buy40", {"bounds": "all", "window": "60d"}, "window"),
    ("Cart1 Buy2", {"entry": "any stage"}, "attempt"),
    ("Buy1 Cart2 See3", {"order": "any"}, "order"),
]


@pytest.mark.parametrize(("walk", "rules", "reason"), RESULT)
def test_a_customer_has_the_reason_of_the_rule_that_parts_the_counts(walk, rules, reason):
    a = jm.Counting(window=rules.get("window") if reason == "attempt" else "30d")
    rules = {"window": a.window} | rules
    assert reasons(reconciled(days(walk), a, jm.Counting(**rules))) == {"a": reason}


def test_one_event_for_two_stages_is_event_reuse():
    both = jm.Journey("B", stages=[jm.Stage("1", jm.event("M")), jm.Stage("2", jm.event("M"))])
    log = small_log([("a", "M", 0)])
    assert reasons(jm.reconcile(log, both, jm.Counting(), jm.Counting(reuse=True))) == {"a": "event reuse"}


def test_values_held_the_same_are_a_reason():
    rows = [("a", "See", 0), ("a", "Cart", DAY)]
    log = small_log(rows, columns={"page": ["x", "y"]})
    found = jm.reconcile(log, SHOP, jm.Counting(), jm.Counting(same="page"))
    assert reasons(found) == {"a": "held the same"}


def test_a_period_that_bounds_every_event_is_the_date_range():
    found = reconciled(
        days("See29 Cart33"), jm.Counting(), jm.Counting(bounds="all"), period=("1970-01-01", "1970-01-31")
    )
    assert reasons(found) == {"a": "date range"}


def test_open_entries_part_the_settled_only():
    log, left = days("See50 Cart51", "See1"), jm.Counting(open="left")
    assert reasons(reconciled(log, jm.Counting(), left)) == {}
    found = reconciled(log, jm.Counting(), left, count="settled", stage="Cart")
    assert reasons(found) == {"a": "unsettled"}
    assert finding(found).text == (
        "Rules b count 1 more settled customer at Cart than the default rules: 1 more by the rule for open entries."
    )


def test_the_last_change_that_matters_is_the_reason():
    """Within 5 days the first attempt gets to Cart, the best one to Buy: the window alone changes nothing for good."""
    log = days("See1 Cart3 Buy9 See20 Cart21 Buy22")
    a, b = jm.Counting(), jm.Counting(window="5d", attempts="first")
    assert reasons(reconciled(log, a, b)) == {"a": "attempt"}


def test_the_table_and_the_lists_of_a_log_counted_on_paper():
    log = days("See1 Cart2 Buy3", "See1 Cart2 Buy20", "See1 See5 Cart6 Buy7", "See1", "X1")
    found = reconciled(log, jm.Counting(), jm.Counting(window="5d", attempts="first"))
    rows = found.table.drop(columns="position").values.tolist()
    assert rows == [
        ["See", "window", 1, 1, 0, 0],
        ["See", "attempt", 1, 1, 0, 0],
        ["See", SAME, 2, 2, 0, 0],
        ["Cart", "window", 1, 1, 0, 0],
        ["Cart", "attempt", 1, 1, 0, 0],
        ["Cart", SAME, 1, 1, 0, 0],
        ["Buy", "window", 1, 0, -1, 1],
        ["Buy", "attempt", 1, 0, -1, 1],
        ["Buy", SAME, 1, 1, 0, 0],
    ]
    listed = found.customers(reason="attempt")
    columns = ["customer", "furthest_a", "furthest_b", "depth_a", "depth_b"]
    assert listed[columns].values.tolist() == [["c", "Buy", "Cart", 3, 2]]
    assert listed["entered_at_a"].dt.day.tolist() == [2]


tests_rows = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("ABCDPQRXEF"), st.integers(0, 9)),
    min_size=1,
    max_size=16,
)


@st.composite
def two_rule_sets(draw):
    n, first, _ = draw(rule_sets())
    second_n, second, _ = draw(rule_sets())
    for rules in (first, second):
        rules["attempts"] = "best" if rules["attempts"] == "every" else rules["attempts"]
        kept = [name for name in rules.get("anchored", ()) if int(name) < min(n, second_n)]
        if "anchored" in rules:
            rules["anchored"] = tuple(kept)
        fits = [one for one in rules.get("exclude", ()) if int(one.before) < min(n, second_n)]
        rules.pop("exclude", None)
        if fits:
            rules["exclude"] = tuple(fits)
    return min(n, second_n), jm.Counting(**first), jm.Counting(**second)


@given(drawn=tests_rows, asked=two_rule_sets(), period=st.booleans(), settled=st.booleans())
@settings(max_examples=300, deadline=None)
def test_reasons_part_those_who_differ_and_rows_add_up(drawn, asked, period, settled):
    n, a, b = asked
    journey, log = journey_of(n, ()), small_log(drawn, data_end=9)
    settled = settled and a.settles and b.settles
    dates = ("1970-01-01 00:00:02", "1970-01-01 00:00:07") if period else None
    found = jm.reconcile(log, journey, a, b, period=dates, count="settled" if settled else "customers")
    column = "settled" if settled else "customers"
    tables = [jm.funnel(log, journey, counting=rules, period=dates).table for rules in (a, b)]
    of_stage = found.table.groupby("position")[["a", "b", "difference"]].sum()
    assert of_stage["a"].tolist() == tables[0][column].tolist()
    assert of_stage["b"].tolist() == tables[1][column].tolist()
    assert (of_stage["b"] - of_stage["a"] == of_stage["difference"]).all()
    everybody = found.customers()
    assert not everybody["customer"].duplicated().any()
    parts = [len(found.customers(reason=reason)) for reason in found.reasons.names]
    assert sum(parts) == len(everybody)
    for row in found.table.itertuples():
        assert len(found.customers(reason=row.reason, stage=row.stage)) == row.customers
        assert abs(row.difference) <= row.customers
    known = [jm.reconcile(log, journey, rules, rules, period=dates).customers() for rules in (a, b)]
    assert [len(one) for one in known] == [0, 0]


@given(asked=two_rule_sets())
@settings(max_examples=200, deadline=None)
def test_every_change_ends_at_the_other_rules(asked):
    _, a, b = asked
    steps = list(changes(a, b))
    assert [reason for reason, _ in steps] == [reason for reason in REASONS if reason in dict(steps)]
    assert (steps[-1][1] if steps else a) == b


def test_every_rule_that_may_part_counts_has_a_reason():
    named = {name for fields in REASONS.values() for name in fields}
    rules = set(jm.Counting.__dataclass_fields__)
    assert rules - named == {"unit", "breakdown", "preset"}


def test_an_exclusion_waits_for_the_order_it_needs():
    a, b = jm.Counting(order="any"), jm.Counting(exclude=jm.event("X"))
    assert [reason for reason, _ in changes(a, b)] == ["order"]


def test_what_is_counted_must_be_the_same():
    log = days("See1 Cart2")
    with pytest.raises(jm.DefinitionError, match="Customers and sessions cannot be told apart one by one"):
        reconciled(log, jm.Counting(), jm.Counting(unit="session"))
    with pytest.raises(jm.DefinitionError, match="cannot be told apart"):
        reconciled(log, jm.Counting(attempts="every"), jm.Counting(attempts="every"))


@pytest.mark.parametrize(
    ("a", "more", "said"),
    [
        ("mixpanel", {}, "'mixpanel' is no set of rules"),
        (jm.Counting(), {"count": "entered"}, "count='entered' is not known"),
        (jm.Counting(window=None), {"count": "settled"}, "nobody is ever settled"),
        (jm.Counting(), {"stage": "Pay"}, "Pay"),
    ],
)
def test_what_cannot_be_compared_is_said(a, more, said):
    with pytest.raises(jm.DefinitionError, match=said):
        reconciled(days("See1"), a, jm.Counting(), **more)
    with pytest.raises(jm.DefinitionError, match="weather"):
        reconciled(days("See1"), jm.Counting(), jm.Counting()).customers(reason="weather")


def test_sessions_and_companies_are_told_apart_too():
    rows = [("a", "See", 0), ("a", "Cart", 60), ("b", "See", 0), ("b", "Cart", 60)]
    log = small_log(rows, columns={"company": ["x", "x", "y", "y"]})
    short = {"window": "30s"}
    of_company = jm.reconcile(log, SHOP, jm.Counting(unit="company"), jm.Counting(unit="company", **short))
    assert of_company.customers()["company"].tolist() == ["x", "y"]
    of_session = jm.reconcile(log, SHOP, jm.Counting(unit="session"), jm.Counting(unit="session", **short))
    assert of_session.customers()["customer"].tolist() == ["a", "b"]
