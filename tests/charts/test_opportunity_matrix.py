"""The matrix of opportunities: where its dots stand, and what its list says."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

import journeymap as jm
from journeymap.charts.findings import finding
from journeymap.charts.opportunity_matrix import PLOT_HEIGHT, drawing, key
from journeymap.charts.paper import chart
from journeymap.maps.fixing.opportunities import opportunities

EMPTY = opportunities(jm.JourneyMap("Shop", stages=["See"]))


def made(*rows):
    columns = [
        "number",
        "opportunity",
        "title",
        "owner",
        "status",
        "effort",
        "worth",
        "low",
        "high",
        "quadrant",
    ]
    matrix = pd.DataFrame(rows, columns=columns)
    return replace(EMPTY, matrix=matrix, worth="value", currency="EUR")


PLACED = made(
    (1, "mend", "Mend it", "Ann", "next", 2.0, 4000.0, 1000.0, 4521.0, "do first"),
    (2, "big", "Big thing", "", "shipped", 8.0, 3000.0, 2000.0, 3500.0, "plan"),
    (3, "twin", "Twin of it", "Bob", "idea", 2.0, 3990.0, 900.0, 4400.0, "do first"),
    (4, "dream", "<b>Dream</b> =1+1", "", "", float("nan"), float("nan"), float("nan"), float("nan"), ""),
)


def rows(drawn, kind):
    return drawn.spec["datasets"][kind]


def test_dots_stand_at_effort_and_worth():
    dots = rows(drawing(PLACED, width=860), "dots")
    assert len(dots) == 3
    left = dots[1]["x"] - (dots[1]["x"] - dots[0]["x"]) * 8 / 6  # where effort is 0
    assert (dots[0]["x"] - left) / (dots[1]["x"] - left) == pytest.approx(2 / 8)
    assert (PLOT_HEIGHT - dots[0]["y"]) / (PLOT_HEIGHT - dots[1]["y"]) == pytest.approx(4 / 3)


def test_upright_lines_are_the_intervals():
    drawn = drawing(PLACED, width=860)
    dot = rows(drawn, "dots")[0]
    line = next(
        line for line in rows(drawn, "lines") if line["x"] == line["x2"] == dot["x"] and line["thick"] == 3
    )
    heights = [PLOT_HEIGHT - y for y in (line["y"], dot["y"], line["y2"])]
    assert heights == pytest.approx([1000 * heights[1] / 4000, heights[1], 4521 * heights[1] / 4000])


def test_numbers_of_neighbours_do_not_cover_one_another():
    texts = rows(drawing(PLACED, width=860), "texts")
    one, three = (
        next(text for text in texts if text["text"] == number and text["x"] < 440) for number in "13"
    )
    assert abs(one["y"] - three["y"]) >= 14 or abs(one["x"] - three["x"]) >= 16


def test_the_list_names_them_all_also_what_cannot_be_placed():
    for width in (280, 860):
        drawn = drawing(PLACED, width=width)
        words = " ".join(text["text"] for text in rows(drawn, "texts"))
        assert "Mend it" in words
        assert "Dream" in words
        assert "nothing measured · no effort said" in words
        assert all(
            0 <= text["x"] <= width and 0 <= text["y"] <= drawn.height for text in rows(drawn, "texts")
        )


def test_the_finding_is_worth_most_for_least_effort():
    said = finding(PLACED)
    assert said.text == "Do first: Mend it, worth EUR\N{NO-BREAK SPACE}4,000 a month for 2 person-weeks."
    assert said.support == "1 opportunity lacks effort or a measured worth."
    assert ("shipped", "continues") in key(PLACED)


def test_what_lacks_everything_says_so():
    assert finding(EMPTY).text == "The map has no opportunity."
    alone = opportunities(jm.JourneyMap("Shop", stages=["See"], opportunities=[jm.Opportunity("Dream")]))
    assert finding(alone).text.startswith("No opportunity can be placed")
    assert chart(alone).to_dict(validate=False)["title"]["text"]
