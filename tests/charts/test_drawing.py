import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.charts.drawing import ELLIPSIS, fold, middle_cut, one_line, text_width, wrap

NAMES = st.text(max_size=60)
WIDTHS = st.integers(min_value=30, max_value=400)


def test_wider_text_measures_wider():
    assert text_width("iii", size=11) < text_width("WWW", size=11) < text_width("WWW", size=11, weight=600)
    assert text_width("日本", size=11) > text_width("ab", size=11)
    assert text_width("e\N{COMBINING ACUTE ACCENT}", size=11) == text_width("e", size=11)


@given(NAMES, WIDTHS)
def test_a_cut_name_fits_and_keeps_both_ends(name, width):
    cut = middle_cut(name, width, size=12)
    assert text_width(cut, size=12) <= width or cut == ELLIPSIS
    if cut != one_line(name) and cut != ELLIPSIS:
        head, tail = cut.split(ELLIPSIS, 1)
        assert one_line(name).startswith(head.strip())
        assert one_line(name).endswith(tail.strip()) or ELLIPSIS in name


@pytest.mark.parametrize("width", [110, 120, 150])
def test_a_name_is_cut_between_words(width):
    words = middle_cut("Came from paid search brand", width, size=12).split(f" {ELLIPSIS} ")
    assert words[0] in {"Came", "Came from", "Came from paid"}
    assert words[-1] in {"brand", "search brand"}


@given(NAMES, WIDTHS)
def test_wrapped_lines_fit_and_hold_the_whole_text(text, width):
    lines = wrap(one_line(text), width, size=11)
    assert "".join(lines).replace(" ", "") == one_line(text).replace(" ", "")
    assert all(text_width(line, size=11) <= width or len(line) == 1 for line in lines)


@given(NAMES, WIDTHS)
def test_a_folded_name_takes_two_lines_at_most(text, width):
    lines = fold(text, width, size=11)
    assert len(lines) <= 2
    assert all(text_width(line, size=11) <= width or line == ELLIPSIS for line in lines)


def test_a_folded_name_loses_words_of_its_middle_only():
    assert fold("Saw an advertisement on a network", 400, size=12) == ["Saw an advertisement on a network"]
    first, second = fold("Saw an advertisement on a social network", 110, size=12)
    assert (first.split()[0], second.split()[-1]) == ("Saw", "network")


def test_text_from_data_is_one_line_that_can_be_written():
    assert one_line(" two\n\tlines \ud800") == "two lines ?"
