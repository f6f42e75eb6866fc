"""A map drafted from a log: what is drawn, in which words, and that nothing is invented."""

from __future__ import annotations

import pandas as pd
import pytest

import journeymap as jm
from journeymap.maps.drafting.voice import voiced
from journeymap.maps.notation import dumps, loads
from tests.test_real_logs import grocery, mixpanel, retail
from tests.test_real_logs import pytestmark as needs_data

# Ten customers see a page and add; five read in between, one of ten writes; four buy, and three of these on their phone.
SHOP = jm.Journey(
    "Shop",
    stages=[
        jm.Stage("See", jm.event("page_view"), lifecycle="awareness"),
        jm.Stage("Add", jm.event(["add_to_cart", "wish"], price=jm.at_least(5)), lifecycle="of our own"),
        jm.Stage("Buy", jm.event("purchase")),
    ],
)


def shop_log():
    rows = []
    for number in range(20):
        who = f"c{number:02d}"
        rows.append((who, "page_view", 1, "/home", "email", None))
        if number < 10:
            rows.append((who, "reviews_read", 2, "/reviews", "email", None))
        if number == 0:
            rows.append((who, "support_ticket", 3, None, None, None))
        rows.append((who, "add_to_cart", 4, "/cart", "email" if number % 2 else "direct", 9.0))
        if number < 4:
            rows.append((who, "purchase", 5, "/thanks", "direct", None))
    rows += [
        ("late", "page_view", 1, "/home", "direct", None),
        ("late", "add_to_cart", 5, "/cart", "direct", 1.0),
    ]
    frame = pd.DataFrame(rows, columns=["who", "what", "hour", "page", "channel", "price"])
    frame["when"] = pd.Timestamp("2026-01-01", tz="UTC") + pd.to_timedelta(frame.pop("hour"), "h")
    return jm.read_events(frame, customer="who", event="what", at="when", complete_to="2026-03-01")


@pytest.fixture(scope="module")
def drawn():
    return jm.JourneyMap.from_log(
        shop_log(), SHOP, personas=[jm.Segment("By mail", jm.where(channel="email", pick="first"))]
    )


def test_stages_are_those_of_the_journey(drawn):
    assert drawn.journey.stage_names == SHOP.stage_names
    assert [stage.milestone for stage in drawn.stages] == [stage.rule for stage in SHOP.stages]
    assert [stage.lifecycle for stage in drawn.stages] == ["awareness", "", ""]


def test_steps_are_what_most_do_between_two_stages(drawn):
    assert [(step.stage, step.title) for step in drawn.steps] == [
        ("see", "I view page"),
        ("see", "I read reviews"),
        ("add", "I add to cart"),
        ("buy", "I purchase"),
    ]
    assert drawn.part("i-read-reviews").match == jm.event("reviews_read")
    assert drawn.part("i-add-to-cart").match == jm.event("add_to_cart") & SHOP.stages[1].rule


def test_ways_lead_where_customers_went(drawn):
    ways = {step.id: [way.to for way in step.next] for step in drawn.steps}
    assert ways["i-view-page"] == ["i-read-reviews", "i-add-to-cart"]
    assert ways["i-add-to-cart"] == ["i-purchase"]
    assert ways["i-purchase"] == []


def test_touchpoints_and_channels_come_from_properties(drawn):
    assert {one.name: one.kind for one in drawn.channels} == {"email": "email", "direct": "web"}
    assert [one.name for one in drawn.touchpoints] == ["/home", "/reviews", "/cart", "/thanks"]
    assert drawn.part("i-add-to-cart").touchpoints == ("at-cart",)
    by_channel = jm.JourneyMap.from_log(
        shop_log().without(jm.event("support_ticket")), SHOP, touchpoint="channel"
    )
    assert {one.name for one in by_channel.touchpoints} == {"email", "direct"}


def test_it_is_measured_at_once_for_everybody_and_each_persona(drawn):
    measured = drawn.measurements
    assert measured.of("see", "customers").value == 21
    assert measured.of("add", "customers").value == 20
    assert measured.of("i-read-reviews", "reach_share").num == 10
    assert measured.of("see", "customers", persona="by-mail").value == 20


def test_nothing_is_invented(drawn):
    assert not [*drawn.pains, *drawn.gains, *drawn.opportunities, *drawn.kpis]
    assert all(step.claims is None and not step.thoughts and not step.moment_of_truth for step in drawn.steps)
    assert drawn.status == "draft"
    assert [one.kind for one in drawn.evidence] == ["events"]


def test_events_that_are_no_step_are_named(drawn):
    assert "support_ticket (1)" in drawn.extra["notes"][-1]
    assert loads(dumps(drawn)) == drawn


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(jm.DefinitionError, match="top"):
        jm.JourneyMap.from_log(shop_log(), SHOP, top=0)
    with pytest.raises(jm.DefinitionError, match="channel"):
        jm.JourneyMap.from_log(shop_log(), SHOP, channel="chanel")


def test_ids_differ_and_stars_are_stars():
    frame = pd.DataFrame(
        {
            "who": ["a", "a", "a"],
            "what": ["see*", "see", "buy it!"],
            "when": pd.date_range("2026-01-01", periods=3),
        }
    )
    log = jm.read_events(frame, customer="who", event="what", at="when")
    journey = jm.Journey(
        "J", stages=[jm.Stage("Log", jm.event("see*")), jm.Stage("Buy", jm.event("buy it!"))]
    )
    drawn = jm.JourneyMap.from_log(log, journey)
    assert [step.id for step in drawn.steps] == ["i-see", "i-see-2", "i-buy-it"]
    assert [stage.id for stage in drawn.stages] == ["log-2", "buy"]
    assert {one.evidence for one in drawn.steps} == {("log",)}
    assert {drawn.part(one).match for one in ("i-see", "i-see-2")} == {jm.event("see[*]"), jm.event("see")}


def test_steps_stand_in_the_order_in_which_most_take_them_and_lead_back_to_what_comes_later():
    walks = [(range(40), "browse start compare ask pay browse"), (range(40, 80), "browse start ask")]
    rows = [
        (who, what, day) for people, walk in walks for who in people for day, what in enumerate(walk.split())
    ]
    frame = pd.DataFrame(rows, columns=["who", "what", "day"])
    frame["when"] = pd.Timestamp("2026-01-01") + pd.to_timedelta(frame.pop("day"), "D")
    log = jm.read_events(frame, customer="who", event="what", at="when", complete_to="2026-03-01")
    last = jm.Stage("Last", jm.event(["browse", "pay"]))
    drawn = jm.JourneyMap.from_log(log, jm.Journey("J", stages=[jm.Stage("Start", jm.event("start")), last]))
    assert [step.id for step in drawn.steps] == ["i-start", "i-compare", "i-ask", "i-pay", "i-browse"]
    assert [way.to for way in drawn.part("i-browse").next] == ["i-start", "i-compare", "i-ask", "i-pay"]
    assert not [finding for finding in drawn.check(log=log) if finding.rule == "JM01"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("add_to_cart", "I add to cart"),
        ("Product Viewed", "I view Product"),
        ("checkoutStarted", "I start checkout"),
        ("payment_submitted", "I submit payment"),
        ("search", "I search"),
        ("reviews_read", "I read reviews"),
        ("campaign_start_Type A", "Campaign start Type A"),
        ("Repaired", "Repaired"),
        ("order_confirmation", "Order confirmation"),
        ("login_page", "Login page"),
        ("user_signup", "I sign up"),
        ("customer_profile", "Customer profile"),
        ("order_delivered", "My order is delivered"),
        ("first order", "First order"),
        ("$$$", "$$$"),
    ],
)
def test_titles_are_in_the_customers_voice(name, said):
    assert voiced(name) == said


@pytest.mark.parametrize(
    ("opened", "steps"),
    [
        (grocery, ["Campaign start Type B", "Basket", "I redeem coupon"]),
        (retail, ["First order", "Second order", "Third order"]),
        (mixpanel, ["I view page", "I view item", "I add to cart", "I check out"]),
    ],
    ids=["grocery", "retail", "mixpanel"],
)
@needs_data
def test_real_logs_are_drawn(opened, steps):
    log, journey, window, *_ = opened()
    counting = jm.Counting(window=window)
    drawn = jm.JourneyMap.from_log(log, journey, counting=counting)
    assert [drawn.steps_of(stage.id)[0].title for stage in drawn.stages] == steps
    counted = jm.funnel(log, journey, counting=counting).table["customers"].tolist()
    assert [drawn.measurements.of(stage.id, "customers").value for stage in drawn.stages] == counted
    assert not [finding for finding in drawn.check(log=log) if finding.rule == "JM01"]
