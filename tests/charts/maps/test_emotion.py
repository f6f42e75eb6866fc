"""The emotion lane: curve, band, markers, what the team says, and what is planned."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from journeymap.charts.maps.curve import Curve
from journeymap.charts.maps.drawing import drawing
from tests.charts import maps_to_draw
from tests.charts.maps.test_drawing import drawn, rows, texts
from tests.charts.maps_to_draw import TODAY, seen

MINUS = "\N{MINUS SIGN}"


@given(st.lists(st.floats(-2, 2), min_size=2, max_size=9))
def test_a_curve_never_swings_beyond_its_points(ys):
    xs = [10.0 * place for place in range(len(ys))]
    curve = Curve(xs, ys)
    for place, (before, after) in enumerate(pairwise(ys)):
        assert abs(curve.at(xs[place]) - before) < 1e-9
        for part in (0.1, 0.5, 0.9):
            assert min(before, after) - 1e-9 <= curve.at(xs[place] + 10 * part) <= max(before, after) + 1e-9


def measured_with(*observations):
    return drawing(maps_to_draw.membership(measurements={"observations": observations}), today=TODAY)


def curves(picture):
    return [
        row
        for row in rows(picture, "shapes")
        if row["stroke"] == "ink" and row["width"] == 2.2 and "C" in row["path"]
    ]


def bands(picture):
    return [row for row in rows(picture, "shapes") if row["stroke"] == "band_edge" and row["x"] == 0]


def test_a_step_without_data_ends_the_curve_and_says_so():
    picture = drawn("membership")
    assert len(curves(picture)) == len(bands(picture)) == 2
    assert texts(picture).count("no data") == 1


def test_a_band_is_as_high_as_its_interval():
    picture = measured_with(
        seen("wait", "emotion", 0, low=-1, high=1, n=40), seen("click", "emotion", 0, low=-1, high=1, n=40)
    )
    heights = [float(one) for one in re.findall(r",(-?[\d.]+)", bands(picture)[0]["path"])]
    lane = next(cell for cell in rows(picture, "cells") if cell["cell"] == "emotion:wait")
    assert max(heights) - min(heights) == round((lane["y2"] - lane["y"] - 40) / 2, 1)


def test_a_point_alone_has_an_upright_bar():
    picture = measured_with(seen("wait", "emotion", -1, low=-1.5, high=-0.5, n=40))
    assert not curves(picture)
    assert [row for row in rows(picture, "shapes") if row["stroke"] == "band_edge"]


def test_few_answers_are_hollow_and_fewer_than_five_are_none():
    few = measured_with(seen("password", "emotion", -0.7, low=-1, high=-0.4, n=29))
    marker = [
        row for row in rows(few, "shapes") if row["fill"] == "surface" and row["stroke"] == "emotion_m1"
    ]
    assert len(marker) == 1
    none = measured_with(seen("password", "emotion", -0.7, n=4), seen("see", "emotion", 1, n=90))
    assert f"{MINUS}0.7" not in texts(none)


def test_the_sign_is_a_shape_and_a_moment_of_truth_a_star():
    picture = drawn("membership")
    paints = {row["fill"] for row in rows(picture, "shapes") if row["path"].count("L") == 9}
    assert {"emotion_m2", "emotion_p2"} <= paints  # stars have ten points
    for words in ("+1.2", f"{MINUS}1.3", "+0.2"):
        assert words in texts(picture)


def test_what_the_team_said_is_written_where_it_is_disproved():
    assert texts(drawn("membership")).count("team said +1.0") == 2
    assert texts(drawn("eight")).count("said +1.0") == 2


def test_a_whole_stage_can_be_measured_where_its_steps_are_not():
    picture = measured_with(seen("use", "emotion", 0.6, low=0.4, high=0.8, n=90))
    cell = next(cell for cell in rows(picture, "cells") if cell["cell"] == "emotion:use")
    assert "measured +0.6" in cell["says"]
    assert "+0.6" in texts(picture)


def test_what_nobody_measured_is_a_thin_line_of_what_the_team_says():
    picture = drawn("day")
    assert not bands(picture)
    assert "emotion as the team tells it, not measured" in texts(picture)
    assert [
        row["width"]
        for row in rows(picture, "shapes")
        if row["stroke"] == "ink_2" and "C" in row["path"] and row["x"] == 0
    ] == [1.4]


def test_a_plan_is_dashed_over_the_curve_of_today():
    picture = drawn("future")
    dashed = [row for row in rows(picture, "shapes") if row["dash"] == [6, 4] and "C" in row["path"]]
    assert len(dashed) == 1
    assert len(curves(picture)) == 2
    assert {"plan +0.5", "planned"} <= set(texts(picture))
    alone = drawing(maps_to_draw.future(), today=TODAY)
    assert not curves(alone)
    assert "+0.5" in texts(alone)
