"""Segments that share customers are shown side by side, and not tested against one another."""

from __future__ import annotations

import journeymap as jm
from journeymap.charts.findings import finding
from journeymap.charts.funnel import drawing
from tests.charts.walks import journey, segment, walk_log

LOG = walk_log({"a": [100, 80], "b": [100, 40], "c": [100, 20]})
FIRST = jm.Segment("First", jm.where(kind=["a", "b"]))
SECOND = jm.Segment("Second", jm.where(kind=["b", "c"]))


def funnel_of(*segments):
    return jm.funnel(LOG, journey(2), segments=segments)


def test_who_is_in_both_is_counted_and_said():
    funnel = funnel_of(FIRST, SECOND)
    assert funnel.notes[0] == (
        "Of those who entered, First and Second share 100; such segments are not tested against one another."
    )
    assert finding(funnel).text == (
        "First and Second share 100 customers, so their rates are not tested against one another."
    )


def test_the_number_of_comparisons_is_that_of_the_pairs_that_share_nobody():
    said = finding(funnel_of(FIRST, segment("c"), SECOND))
    assert "1 comparison, corrected by Holm" in said.support
    assert "of First customers move on" in said.text
    assert "of c:" in said.text


def test_the_picture_gives_no_interval_of_a_difference_that_was_not_tested():
    texts = [
        str(drawing(funnel_of(*pair), width=1400).spec["datasets"]["texts"])
        for pair in ((FIRST, SECOND), (FIRST, segment("c")))
    ]
    assert ["points" in text for text in texts] == [False, True]


def test_segments_that_share_nobody_are_tested_as_before():
    funnel = funnel_of(FIRST, segment("c"))
    assert not any("share" in note for note in funnel.notes)
    assert "move on, against" in finding(funnel).text
