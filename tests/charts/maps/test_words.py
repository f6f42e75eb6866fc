"""Words in px: measured as they are drawn, and broken so that every line fits."""

from __future__ import annotations

import re

import pytest
import vl_convert
from hypothesis import given
from hypothesis import strategies as st

from journeymap.charts.maps.words import FONT, balanced, broken, collapsed, cut, text_width

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)


@given(ANY, st.integers(30, 300), st.integers(1, 4))
def test_every_line_fits_and_there_are_no_more_than_asked(text, room, most):
    lines = broken(text, room, most=most)
    assert 1 <= len(lines) <= most
    assert all(text_width(line) <= room + 1e-6 for line in lines)


@given(st.lists(st.sampled_from(["one", "waiting", "e-mail", "of", "60", "s"]), min_size=1, max_size=30))
def test_what_fits_is_all_there(words):
    text = " ".join(words)
    assert " ".join(broken(text, 120, most=99)).replace("\N{NO-BREAK SPACE}", " ") == text


@given(ANY)
def test_one_line_has_neither_breaks_nor_signs_that_cannot_be_seen(text):
    assert not re.search(r"[\x00-\x1f\u2028\u2029\u202a-\u202e\u2066-\u2069]|  ", collapsed(text))


def test_a_number_keeps_its_unit_and_a_short_prefix_its_word():
    assert broken("offered after 60 s", 88) == ["offered after", "60\N{NO-BREAK SPACE}s"]
    assert "e-" not in broken("I wait for the e-mail", 82)[0]
    assert broken("Vorname-Nachname", 70) == ["Vorname-", "Nachname"]


def test_what_is_cut_ends_between_words_where_that_costs_little():
    assert broken("lands in the spam folder of one in six", 80, most=2) == ["lands in the", "spam folder…"]
    assert cut("Donaudampfschiff", 50) == "Donau…"


def test_a_title_does_not_break_inside_a_quotation_if_it_can_be_helped():
    text = "At “Confirm” customers did not move on, and “I wait for the e-mail” is rated low"
    assert balanced(text, 560, size=20)[1].startswith("and “I wait")


@pytest.mark.parametrize("bold", [False, True])
def test_widths_are_those_of_the_drawn_text(bold):
    said = "Waiting for the confirmation e-mail: 2,310 of 8,180 (28.7 %)"
    mark = {"type": "text", "font": FONT, "fontSize": 20, "fontWeight": 700 if bold else 400, "align": "left"}
    spec = {
        "data": {"values": [{"text": said}]},
        "mark": mark,
        "encoding": {"text": {"field": "text"}, "x": {"value": 0}, "y": {"value": 20}},
        "padding": 0,
        "view": {"stroke": None},
    }
    svg = vl_convert.vegalite_to_svg(spec | {"width": 1, "height": 1}, allowed_base_urls=[])
    drawn = float(re.search(r'<svg[^>]* width="([\d.]+)"', svg)[1])
    assert text_width(said, size=20, bold=bold) == pytest.approx(drawn, abs=4)
