import pytest

import journeymap as jm
from journeymap.charts import chart
from journeymap.charts.findings import finding
from journeymap.charts.numbers import MINUS
from journeymap.charts.reconcile import drawing, key
from journeymap.report.saving import SUFFIXES, render
from tests.small_logs import small_log

DAY = 86_400
SHOP = jm.Journey("Shop", stages=[jm.Stage("See", jm.event("See")), jm.Stage("Buy", jm.event("Buy"))])


def shop_log():
    """12 buy at once, 5 after 10 days, 3 at the second attempt, 2 at the very time they see."""
    rows = [(f"a{n}", event, at) for n in range(12) for event, at in (("See", 0), ("Buy", DAY))]
    rows += [(f"b{n}", event, at) for n in range(5) for event, at in (("See", 0), ("Buy", 10 * DAY))]
    rows += [
        (f"c{n}", event, at)
        for n in range(3)
        for event, at in (("See", 0), ("See", 40 * DAY), ("Buy", 41 * DAY))
    ]
    rows += [(f"d{n}", event, DAY) for n in range(2) for event in ("See", "Buy")]
    return small_log(rows, data_end=90 * DAY)


RULES = jm.Counting(window="7d", attempts="first", ties="either")
FOUND = jm.reconcile(shop_log(), SHOP, jm.Counting(), RULES)


def test_the_finding_says_how_many_by_which_rule():
    assert finding(FOUND).text.replace(MINUS, "-") == (
        "Rules b count 6 fewer customers at Buy than the default rules: window -5, attempt -3 and tie +2."
    )
    assert finding(FOUND).support == "20 by the default rules, 14 by rules b."


def test_a_finding_of_agreement_says_so():
    same = jm.reconcile(shop_log(), SHOP, jm.Counting(), jm.Counting(open="left"))
    assert finding(same).text == "Both rules count the same 20 customers at Buy."
    assert finding(same).support == "They agree at every stage."
    first = jm.reconcile(shop_log(), SHOP, jm.Counting(), RULES, stage="See")
    assert finding(first).support == "They differ at another stage on 10 customers."


def test_as_many_but_others_are_not_the_same():
    rows = [("a", "See", 0), ("a", "Buy", 10 * DAY), ("b", "See", 0), ("b", "Buy", 0)]
    log = small_log(rows, data_end=90 * DAY)
    rules = [jm.Counting.like("mixpanel", window=window) for window in ("30d", "7d")]
    swapped = jm.reconcile(log, SHOP, jm.Counting(), jm.Counting(window="7d", ties="either"))
    assert finding(swapped).text == "Both rules count 1 customer at Buy, but not the same: they differ on 2."
    assert finding(jm.reconcile(log, SHOP, *rules)).text == (
        "Mixpanel's rules (b) count 1 fewer customer at Buy than Mixpanel's rules (a): 1 fewer by the window."
    )


@pytest.mark.parametrize("width", [320, 600, 1400])
def test_bars_are_as_long_as_what_they_count(width):
    bars = drawing(FOUND, width=width).spec["datasets"]["bars"]
    a, b, *parts = [bar["x2"] - bar["x"] for bar in bars]
    assert a / b == pytest.approx(20 / 14)
    counts = [int(bar["description"].split(": ")[1].split()[0]) for bar in bars[2:]]
    assert sorted(counts) == [2, 3, 5]
    assert [length / parts[0] for length in parts] == pytest.approx([n / counts[0] for n in counts])
    assert max(bar["x2"] for bar in bars) <= width


def test_a_bar_opens_to_the_customers_it_counts():
    for bar in drawing(FOUND, width=600).spec["datasets"]["bars"][2:]:
        listed = FOUND.customers(stage=bar["stage"], reason=bar["reason"])
        assert f": {len(listed)} customers counted" in bar["description"]


def test_the_colours_are_named_as_the_rules_are():
    other = jm.reconcile(shop_log(), SHOP, jm.Counting(), jm.Counting.like("mixpanel"))
    assert [word for word, _ in key(other)] == [
        "counted under the default rules",
        "counted under Mixpanel's rules",
    ]
    drawn = str(drawing(other, width=900).spec["datasets"])
    assert "right of it under Mixpanel's rules only" in drawn
    assert "counted under the default rules only" in drawn


def test_in_any_order_the_picture_is_about_a_number_of_stages():
    rules = [jm.Counting(order="any", window=window) for window in ("30d", "7d")]
    found = jm.reconcile(shop_log(), SHOP, *rules)
    assert finding(found).text.startswith("Rules b count 5 fewer customers after all 2 stages than rules a")


def test_it_shows_itself_and_says_its_scope():
    drawn = chart(FOUND, width=600).to_dict()
    assert " ".join(drawn["title"]["text"]) == finding(FOUND).text
    footer = " ".join(row["text"] for row in drawn["datasets"]["footer_texts"])
    assert footer == " ".join([str(FOUND.scope), *FOUND.notes])
    assert FOUND._repr_mimebundle_()["image/svg+xml"].startswith("<svg")


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    "result", [FOUND, jm.sensitivity(shop_log(), SHOP)], ids=["reconcile", "sensitivity"]
)
def test_it_can_be_saved_as_everything(suffix, result):
    assert len(render(result, suffix)) > 100


def test_other_units_have_their_own_words():
    rows = [("a", "See", 0), ("a", "Buy", 10 * DAY), ("b", "See", 0), ("b", "Buy", 10 * DAY)]
    log = small_log(rows, columns={"company": ["x", "x", "y", "y"]}, data_end=90 * DAY)
    of_company = [jm.Counting(unit="company", window=window) for window in ("30d", "7d")]
    assert finding(jm.reconcile(log, SHOP, *of_company)).text == (
        "Rules b count 2 fewer values of company at Buy than rules a: 2 fewer by the window."
    )
