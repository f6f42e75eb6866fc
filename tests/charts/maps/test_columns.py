"""Columns: stages across the whole width, steps inside them, side by side where words fit."""

from __future__ import annotations

from itertools import pairwise

import pytest

import journeymap as jm
from journeymap.charts.maps.columns import columns
from tests.charts.maps_to_draw import MAPS


@pytest.mark.parametrize("name", MAPS)
@pytest.mark.parametrize("width", [700, 1400])
def test_stages_fill_the_width_and_steps_their_stage(name, width):
    told = MAPS[name]()
    placed = columns(told, width=width)
    spans = list(placed.stages.values())
    assert spans[0].x == placed.whole.x
    assert spans[-1].right == pytest.approx(placed.whole.right, abs=0.3) == pytest.approx(width - 24, abs=0.3)
    assert all(after.x - before.right == pytest.approx(8, abs=0.3) for before, after in pairwise(spans))
    for step in told.steps:
        stage, room = placed.stages[step.stage], placed.steps[step.id]
        assert stage.x <= room.x
        assert room.right <= stage.right + 0.3


def test_a_stage_of_two_steps_is_half_as_wide_again_as_one_of_one():
    steps = [jm.Step("a", stage="one"), jm.Step("b", stage="two"), jm.Step("c", stage="two")]
    placed = columns(jm.JourneyMap("Shop", stages=["One", "Two"], steps=steps), width=1400)
    assert placed.stages["two"].wide == pytest.approx(1.5 * placed.stages["one"].wide, abs=0.3)


def test_steps_too_narrow_for_words_are_listed_in_columns_of_one_width():
    placed = columns(MAPS["eight"](), width=1400)
    assert not placed.side_by_side
    assert len({round(span.wide) for span in placed.stages.values()}) == 1
    assert columns(MAPS["membership"](), width=1400).side_by_side
