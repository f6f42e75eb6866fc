"""A map against a log: counted again customer by customer, and by pandas on the sample."""

from __future__ import annotations

from itertools import groupby, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import journeymap as jm
from journeymap.errors import DefinitionError
from journeymap.events.sample.shop import shop
from journeymap.maps.comparing.fitting import fit
from tests.small_logs import small_log

DRAWN = jm.JourneyMap(
    "Shop",
    stages=[
        {"name": "See", "milestone": jm.event("a")},
        "Think",
        {"name": "Buy", "milestone": jm.event("d")},
        {"name": "Keep", "milestone": jm.event("e")},
    ],
    steps=[
        jm.Step("I look", stage="see", match=jm.event("a")),
        jm.Step("I search", stage="see", match=jm.event(["b", "a"])),
        jm.Step("I talk", stage="think", next=[{"to": "i-look"}]),
        jm.Step("I ask", stage="think", match=jm.event("c"), next=[{"to": "i-talk"}, {"to": "nowhere"}]),
    ],
    touchpoints=[jm.Touchpoint("Mail", match=jm.event("f"))],
)
NODE = {"a": "i-look", "b": "i-search", "c": "i-ask", "d": "buy", "e": "keep"}
FORWARD = {
    ("i-look", "i-search"),
    ("i-look", "i-ask"),
    ("i-search", "i-ask"),
    ("i-ask", "buy"),
    ("buy", "keep"),
}
ALLOWED = FORWARD | {("i-ask", "i-look")}  # by next, through a step that no log shows
SMALL_LOGS = st.lists(
    st.tuples(st.sampled_from("xyz"), st.sampled_from("abcdefg"), st.integers(0, 50)), min_size=1, max_size=25
)


@settings(max_examples=60, deadline=None)
@given(SMALL_LOGS)
def test_movements_are_those_counted_customer_by_customer(rows):
    found = fit(DRAWN, small_log(rows))
    counted, walkers, astray = {}, set(), set()
    for customer in {row[0] for row in rows}:
        events = [
            name for _, name, _ in sorted((r for r in rows if r[0] == customer), key=lambda r: (r[2], r[1]))
        ]
        path = [node for node, _ in groupby(NODE[name] for name in events if name in NODE)]
        for movement in pairwise(path):
            walkers.add(customer)
            counted.setdefault(movement, []).append(customer)
            if movement not in ALLOWED:
                astray.add(customer)
    table = {(row.source, row.target): row for row in found.table.itertuples()}
    assert {pair: (row.movements, row.customers) for pair, row in table.items()} == {
        pair: (len(who), len(set(who))) for pair, who in counted.items()
    }
    assert all(row.explained == (pair in ALLOWED) for pair, row in table.items())
    assert (found.customers, found.fitting) == (len(walkers), len(walkers - astray))


@settings(max_examples=40, deadline=None)
@given(SMALL_LOGS)
def test_rules_and_unmapped_events_are_those_counted_one_by_one(rows):
    found = fit(DRAWN, small_log(rows))
    everybody = {row[0] for row in rows}
    of_g = [row for row in rows if row[1] == "g"]
    told = found.unmapped.to_dict("records")
    share = len({row[0] for row in of_g}) / len(everybody)
    assert told == (
        [{"event": "g", "events": len(of_g), "customers": len({r[0] for r in of_g}), "customer_share": share}]
        if of_g
        else []
    )
    search = found.rules.set_index("part").loc["i-search"]
    assert search["events"] == sum(row[1] in "ab" for row in rows)
    assert search["customers"] == len({row[0] for row in rows if row[1] in "ab"})


def test_why_a_movement_is_not_explained():
    found = fit(DRAWN, small_log([("x", name, at) for at, name in enumerate("adbca")]))
    why = {(row.source, row.target): row.why for row in found.table.itertuples()}
    assert why == {
        ("i-look", "buy"): "skips a stage",
        ("buy", "i-search"): "goes back",
        ("i-search", "i-ask"): "order",
        ("i-ask", "i-look"): "next",
    }
    assert found.movement_share == 0.5
    assert found.customer_share[0] == 0


def test_only_events_of_the_period_are_read():
    log = small_log([("x", "a", 0), ("x", "c", 86_400), ("x", "a", 200_000), ("y", "a", 10)])
    assert fit(DRAWN, log).customers == 1
    assert fit(DRAWN, log, period=("1970-01-01", "1970-01-02")).customers == 0
    assert "1 customer was at one step only" in " ".join(fit(DRAWN, log).notes)


def test_dead_and_rare_steps_on_the_sample_shop():
    sample = shop(customers=600, seed=4)
    log = jm.read_events(sample.events, customer="customer", event="event", at="at")
    drawn = jm.JourneyMap(
        "Shop",
        stages=["Shop"],
        steps=[
            jm.Step("I browse", stage="shop", match=jm.event(["page_view", "product_view"])),
            jm.Step("I am wed", stage="shop", match=jm.event("wedding")),
            jm.Step("I pay", stage="shop", match=jm.event("purchase")),
        ],
    )
    found = fit(drawn, log)
    events = sample.events.dropna(subset=["customer", "at"])
    people = events["customer"].nunique()
    assert found.dead["part"].tolist() == ["i-am-wed"]
    bought = events.loc[events["event"] == "purchase", "customer"].nunique()
    assert found.rules.set_index("part").loc["i-pay", "customer_share"] == pytest.approx(bought / people)
    rest = events[~events["event"].isin(["page_view", "product_view", "purchase"])]
    by_pandas = rest.groupby("event")["customer"].agg(["size", "nunique"])
    told = found.unmapped.set_index("event")
    assert told["events"].to_dict() == by_pandas["size"].to_dict()
    assert told["customers"].to_dict() == by_pandas["nunique"].to_dict()
    assert found.unmapped["customers"].is_monotonic_decreasing


def test_a_map_that_says_nothing_of_events_is_refused():
    with pytest.raises(DefinitionError, match="match"):
        fit(jm.JourneyMap("Shop", stages=["See"]), small_log([("x", "a", 0)]))


def test_it_says_in_a_few_lines_what_fits():
    log = small_log([("x", "a", 0), ("x", "c", 1), ("y", "d", 0), ("y", "a", 1), ("z", "a", 0)])
    said = repr(fit(DRAWN, log)).splitlines()
    assert (
        said[0] == "Fit: the map explains the whole path of 1 (50%) of 2 customers who moved between steps."
    )
    assert said[-1] == "2 rows are in .table; .rules, .unmapped, .scope and .notes say the rest."
