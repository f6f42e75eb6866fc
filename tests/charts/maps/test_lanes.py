"""What stands in the lanes: steps, touchpoints, thoughts, cards, KPIs, the ribbon, and the words below the map."""

from __future__ import annotations

from dataclasses import replace

import pytest

from journeymap.charts.maps.drawing import drawing
from journeymap.charts.maps.facts import facts
from journeymap.charts.maps.icons import CHANNELS
from journeymap.charts.maps.kpis import in_words, is_met
from journeymap.charts.maps.legend import SIGNS, sentences
from journeymap.maps.measurements import Observation
from journeymap.maps.parts import CHANNEL_KINDS
from journeymap.maps.plans import Kpi
from tests.charts import maps_to_draw
from tests.charts.maps.test_drawing import drawn, rows, texts
from tests.charts.maps_to_draw import TODAY, measurements, seen


def cell(picture, name):
    return next(cell for cell in rows(picture, "cells") if cell["cell"] == name)


def inside(picture, name):
    """Return the words that begin inside a cell."""
    place = cell(picture, name)
    return [
        row["text"].replace("\n", " ").replace("\N{NO-BREAK SPACE}", " ")
        for row in rows(picture, "words")
        if place["x"] <= row["x"] <= place["x2"] and place["y"] <= row["y"] <= place["y2"]
    ]


def test_each_kind_of_channel_has_a_sign():
    assert set(CHANNELS) == set(CHANNEL_KINDS)


def test_more_than_fits_is_counted():
    many = [
        {"text": f"Pain number {n}", "id": f"more-{n}", "steps": ["wait"], "severity": 1} for n in range(3)
    ]
    told = maps_to_draw.membership()
    told = told.change(pains=[*told.pains, *many])
    picture = drawing(told, today=TODAY)
    assert "+ 3 more" in inside(picture, "pains:confirm")
    assert "Pain number 2" in cell(picture, "pains:confirm")["says"]


def test_a_pain_has_squares_for_its_severity_and_its_mentions():
    picture = drawn("membership")
    place = cell(picture, "pains:discover")
    squares = [
        box["fill"]
        for box in rows(picture, "boxes")
        if box["stroke"] == "left"
        and place["y"] <= box["y"] <= place["y2"]
        and place["x"] <= box["x"] <= place["x2"]
    ]
    assert squares == ["left", "left", "surface", "surface", "surface"]
    assert "14 mentions" in inside(picture, "pains:discover")


def test_gains_are_a_lane_of_their_own():
    told = maps_to_draw.membership(gains=[{"text": "The price is honest", "steps": ["see"], "severity": 4}])
    assert "The price is honest" in inside(drawing(told, today=TODAY), "gains:discover")


def test_the_ribbon_is_as_high_as_there_are_customers():
    picture = drawn("membership")
    ribbon = next(row for row in rows(picture, "shapes") if row["fill"] == "ribbon")
    first = float(ribbon["path"].split("L")[1].split(",")[1])
    ground = float(ribbon["path"][1:].split("L")[0].split(",")[1])
    assert ground - first == pytest.approx(42)
    assert inside(picture, "measured:confirm") == [
        "8,180", "customers", "5,726 moved on", "71.3 %", "2,310 left", "28.7 %", "median 41 min", "144 open",
    ]  # fmt: skip


def test_words_of_the_ribbon_shrink_before_they_are_cut():
    assert "5,726 on" in inside(drawn("membership", width=900), "measured:confirm")
    assert "5,726" in inside(drawn("eight", width=900), "measured:confirm")


def test_a_map_without_measurements_has_no_ribbon():
    picture = drawing(maps_to_draw.membership(measurements=None), today=TODAY)
    assert not [row for row in rows(picture, "cells") if row["cell"].startswith("measured")]
    assert texts(picture)[-1].startswith("Nothing on this map is measured")


@pytest.mark.parametrize(
    ("direction", "value", "met"),
    [
        ("up", 0.9, True),
        ("up", 0.899, False),
        ("up", 0.8999, False),
        ("up", 0.3 + 0.6, True),
        ("down", 0.91, False),
        ("down", 0.5, True),
    ],
)
def test_a_target_is_met_before_anything_is_rounded(direction, value, met):
    kpi = Kpi("Confirmed", metric="moved_on_share", target=0.9, direction=direction)
    assert is_met(kpi, value) is met


def test_a_kpi_shows_value_target_and_interval_to_those_who_hear_it():
    picture = drawn("membership")
    assert inside(picture, "kpis:confirm") == ["Confirmed within 24 h", "71.3 %", "target 90 %"]
    assert "95 % interval 70.1" in cell(picture, "kpis:confirm")["says"].replace(
        "\N{NARROW NO-BREAK SPACE}", " "
    ).replace("\N{NO-BREAK SPACE}", " ")


def test_nps_stands_with_the_whole_journey_and_on_no_stage():
    found = [*measurements().observations, seen("", "nps", 12.4, low=4, high=20, n=812)]
    picture = drawing(maps_to_draw.membership(measurements={"observations": found}), today=TODAY)
    assert "WHOLE JOURNEY" in texts(picture)
    assert [text for text in texts(picture) if text.startswith("NPS +12 (+4 to +20)")]


def test_the_legend_explains_what_is_used_and_nothing_else():
    said = texts(drawn("day"))
    assert "moment of truth" in said
    assert not {"contradicted", "target met", "planned", SIGNS["curve"][2]} & set(said)


def test_how_much_is_known_is_counted_from_the_claims():
    known = facts(maps_to_draw.membership(), baseline=None, persona=None, today=TODAY)
    supported = sum(claim.status == "supported" for claim in known.claims)
    assert f"{supported} supported" in texts(drawn("membership"))


def test_the_footer_says_who_was_counted_when_it_was_reviewed_and_what_bends_it():
    known = facts(maps_to_draw.membership(), baseline=None, persona=None, today=TODAY)
    said = " ".join(sentences(known))
    assert said.startswith(
        "48,210 customers counted, 2026-05-01 to 2026-05-31 Europe/Berlin. Measured 2 Jun 2026."
    )
    assert "Only those who answered are heard" in said
    assert said.endswith("Reviewed 3 Jun 2026, next 1 Sep 2026. Owner: CX, Hanna.")


def test_a_kpi_that_is_missed_by_little_has_one_more_decimal():
    mood = Kpi("Mood", metric="emotion", target=1.2)
    assert in_words(mood, Observation("mood", "kpi", value=1.169)) == "Mood: +1.17, target +1.20, missed"


def test_a_kpi_of_the_whole_map_stands_once():
    kpi = Kpi("Letters", metric="nps", target=10)
    told = maps_to_draw.membership(kpis=[kpi])
    everywhere = replace(told, stages=tuple(replace(one, kpis=("letters",)) for one in told.stages))
    assert not [row for row in rows(drawing(everywhere, today=TODAY), "cells") if "kpis:" in row["cell"]]
    assert any("Letters" in text for text in texts(drawing(everywhere, today=TODAY)))
