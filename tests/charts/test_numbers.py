import numpy as np
import pandas as pd
import pytest

from journeymap.analyses.intervals import wilson
from journeymap.charts.numbers import MISSING, count, hours, interval, points, share, short_count


@pytest.mark.parametrize(
    ("n", "text"), [(0, "0"), (999, "999"), (1_204_743, "1,204,743"), (np.int64(5), "5"), (pd.NA, MISSING)]
)
def test_counts_are_written_in_full(n, text):
    assert count(n) == text


@pytest.mark.parametrize(("n", "text"), [(999_999, "999,999"), (1_000_000, "1.0\u202fM"), (None, MISSING)])
def test_short_counts_are_short_over_a_million_only(n, text):
    assert short_count(n) == text


@pytest.mark.parametrize(
    ("p", "n", "text"),
    [
        (0.46, None, "46.0"),
        (0.46, 100, "46.0"),
        (11 / 24, 24, "46"),
        (0.0004, 10_000, "<0.1"),
        (0.0005, 10_000, "0.1"),
        (0.9996, 10_000, ">99.9"),
        (0.9995, 10_000, ">99.9"),
        (0, 50, "0"),
        (1, 50, "100"),
        (98 / 99, 99, "99"),
    ],
)
def test_shares_never_say_a_false_0_or_100(p, n, text):
    assert share(p, n) == f"{text}\u202f%"


def test_what_is_not_defined_is_a_dash():
    assert {share(np.nan), points(None), interval(np.nan, np.nan), hours(pd.NA)} == {MISSING}


@pytest.mark.parametrize(
    ("difference", "n", "text"),
    [
        (-0.16, None, "\N{MINUS SIGN}16.0 points"),
        (0.16, None, "+16.0 points"),
        (-0.0001, None, "0.0 points"),
        (0.0001, None, "0.0 points"),
        (0.16, 40, "+16 points"),
    ],
)
def test_differences_carry_their_sign(difference, n, text):
    assert points(difference, n) == text


def test_intervals_do_not_repeat_the_unit():
    assert interval(-0.178, 0.0141) == "(\N{MINUS SIGN}17.8 to 1.4)"
    assert interval(0.1, 0.62, 12) == "(10 to 62)"


@pytest.mark.parametrize(
    ("reached", "n", "text"),
    [
        (0, 30, "(0 to 11)"),
        (30, 30, "(89 to 100)"),
        (0, 20_000, "(0.0 to 0.1)"),
        (20_000, 20_000, "(99.9 to 100.0)"),
    ],
)
def test_no_interval_is_empty(reached, n, text):
    low, high = wilson(reached, n)
    assert interval(float(low), float(high), n) == text


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (0, "0 s"),
        (0.0001, "<1 s"),
        (48 / 3600, "48 s"),
        (90 / 3600, "1 min 30 s"),
        (12.4 / 60, "12 min"),
        (59.9 / 60, "1 h"),
        (6, "6 h"),
        (23 + 59 / 60, "23 h 59 min"),
        (23.999, "1 d"),
        (52.2, "2 d 4 h"),
        (24 * 1000, "1,000 d"),
    ],
)
def test_times_take_at_most_two_units(length, text):
    assert hours(length) == text
