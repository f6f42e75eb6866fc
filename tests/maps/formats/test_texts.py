"""Texts that go into foreign files come back as they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.maps.formats.texts import guarded, lines, storable, texts_of, unguarded
from tests.maps.making import CONTROLLED, HOSTILE

SIGNS = st.text(st.sampled_from("'=+-@\t\r\n []\"a1,.") | st.characters(), max_size=8)


@given(SIGNS)
def test_the_apostrophe_goes_on_and_comes_off(said):
    assert unguarded(guarded(said)) == said
    assert guarded(said)[:1] not in ("=", "@", "\t", "\r")


@given(st.lists(SIGNS, max_size=4))
def test_texts_in_one_cell_stay_apart(said):
    assert texts_of(lines(said)) == said


def test_what_people_type_is_a_line_each():
    assert texts_of(" Web \r\n\r\nApp") == ["Web", "App"]
    assert texts_of("[broken") == ["[broken"]
    assert texts_of("[" * 20_000) == ["[" * 20_000]


@pytest.mark.parametrize("said", HOSTILE)
def test_words_are_storable(said):
    assert storable(said) == said


def test_control_characters_are_not():
    assert storable("".join(CONTROLLED[:4] + ["\ud800"])) == "a\ufffdbbell\ufffdc1\x85\x9f\ufffd[31mred\ufffd"
