import pytest

import journeymap as jm
from journeymap.wording import words_of

SEE, BUY = jm.event("see"), jm.event("buy")


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (SEE | BUY, "see or buy"),
        (jm.event(["see", "buy"], price=jm.at_least(5)), "see or buy (price is at least 5)"),
        (jm.event(page=["/shop*", None]), "any event (page is /shop* or missing)"),
        (SEE & ~jm.event(staff=True), "see and not any event (staff is true)"),
        ((SEE | BUY) & jm.event(price=jm.between(1, 2)), "(see or buy) and any event (price is from 1 to 2)"),
        (
            jm.where(plan="pro", pick="last", until="entry"),
            "customers whose last plan is pro before the entry",
        ),
        (jm.did(BUY), "customers who did buy"),
        (jm.did(BUY, at_least=2), "customers who did buy at least 2 times"),
        (jm.did(SEE | BUY, at_most=1), "customers who did (see or buy) at most once"),
        (
            ~(jm.did(BUY) & jm.where(plan="pro")),
            "not (customers who did buy and customers whose plan is pro)",
        ),
    ],
)
def test_rules_are_said_in_plain_words(rule, words):
    assert words_of(rule) == words


@pytest.mark.parametrize(
    ("rule", "caption"),
    [
        (jm.event(["product_view", "search"]), "product_view or search"),
        (jm.event("product_view", price=jm.at_least(50)) | jm.event("search"), "product_view or search"),
        (jm.event(list("abcde")), "a, b, c or 2 more"),
        (jm.event("buy") & ~jm.event(staff=True), "buy and not any event (staff is true)"),
        (SEE | jm.event(page="home"), "see or any event (page is home)"),
    ],
)
def test_a_stage_says_which_events_it_holds(rule, caption):
    assert jm.Stage("S", rule).caption == caption
