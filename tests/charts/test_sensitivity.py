import pytest

import journeymap as jm
from journeymap.charts import chart
from journeymap.charts.findings import finding
from journeymap.charts.sensitivity import drawing
from journeymap.charts.theme import role
from tests.charts.test_reconcile import SHOP, shop_log

FOUND = jm.sensitivity(shop_log(), SHOP)


@pytest.mark.parametrize("width", [320, 600, 1400])
def test_every_settled_row_has_a_dot_on_one_axis(width):
    drawn = drawing(FOUND, width=width).spec["datasets"]
    settled = FOUND.table[FOUND.table["settled"] > 0]
    at = dict(zip(settled["arrived_share"], [dot["x"] for dot in drawn["dots"]], strict=False))
    assert len(drawn["dots"]) == len(settled)
    assert [at[share] for share in sorted(at)] == sorted(at.values())
    assert all(0 <= dot["x"] <= width for dot in drawn["dots"])


def test_the_chosen_rules_have_a_colour_of_their_own_and_few_are_hollow():
    dots = drawing(FOUND, width=600).spec["datasets"]["dots"]
    assert sum(dot["stroke"] == role("accent") for dot in dots) == int(FOUND.table["chosen"].sum())
    assert {dot["fill"] for dot in dots} == {role("surface")}


def test_nobody_settled_is_said():
    early = jm.sensitivity(shop_log(), SHOP, period=("1971-01-01", "1971-02-01"))
    assert "Nobody is settled under any of these rules." in str(drawing(early, width=600).spec)


def test_it_says_finding_and_scope():
    drawn = chart(FOUND, width=600).to_dict()
    assert " ".join(drawn["title"]["text"]) == finding(FOUND).text
    footer = " ".join(row["text"] for row in drawn["datasets"]["footer_texts"])
    assert footer == " ".join([str(FOUND.scope), *FOUND.notes])
