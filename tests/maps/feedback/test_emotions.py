"""Pooling answers, and the net promoter score."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeymap.maps.feedback.emotions import pooled
from journeymap.maps.feedback.nps import Nps, nps_of
from journeymap.maps.measuring.observing import median

ANSWERS = st.lists(
    st.tuples(st.integers(-1, 1), st.integers(0, 3), st.sampled_from(["csat", "ces"])),
    min_size=1,
    max_size=60,
)


def estimate(answers, shift=0.0):
    emotions, places, kinds = (np.array(column) for column in zip(*answers, strict=True))
    return pooled(emotions + shift, places, kinds, n_places=4)


@settings(max_examples=100, deadline=None)
@given(ANSWERS)
def test_estimates_lie_between_the_answers_and_their_intervals_around_them(answers):
    found = estimate(answers)
    shown = found.n >= 5
    assert np.isnan(found.value[~shown]).all()
    assert (found.value[shown] >= -1 - 1e-9).all()
    assert (found.value[shown] <= 1 + 1e-9).all()
    assert ((found.low < found.value) & (found.value < found.high))[shown].all()
    assert found.n.sum() == len(answers)


@settings(max_examples=50, deadline=None)
@given(ANSWERS, st.floats(-0.9, 0.9))
def test_shifting_all_answers_shifts_the_estimates(answers, shift):
    before, after = estimate(answers), estimate(answers, shift)
    np.testing.assert_allclose(after.value, before.value + shift, atol=1e-9)


@settings(max_examples=50, deadline=None)
@given(st.data(), ANSWERS)
def test_the_order_of_answers_does_not_matter(data, answers):
    again = data.draw(st.permutations(answers))
    np.testing.assert_allclose(estimate(again).value, estimate(answers).value, atol=1e-9)


def test_one_place_is_its_own_mean():
    found = pooled([1, 1, 2, 0, 1, 1], [0] * 6, ["csat"] * 6, n_places=1)
    assert found.value[0] == pytest.approx(1)
    assert found.drawn[0] == 0


def test_places_that_do_not_differ_beyond_chance_become_their_common_mean():
    rng = np.random.default_rng(1)
    answers = rng.normal(0, 1, 100).clip(-2, 2)
    found = pooled(answers - answers.mean(), np.arange(100) % 5, ["csat"] * 100, n_places=5)
    assert np.ptp(found.value) < np.ptp([answers[k::5].mean() for k in range(5)]) / 2


def test_few_answers_are_drawn_further_than_many():
    answers = [-1.5, -0.5] * 100 + [1, 2] * 3 + [0.5, 1.5] * 100
    places = [0] * 200 + [1] * 6 + [2] * 200
    found = pooled(answers, places, ["csat"] * len(answers), n_places=3)
    assert found.drawn[1] > 10 * max(found.drawn[0], found.drawn[2]) > 0
    assert found.value[1] < 1.5
    assert (found.high - found.low)[1] > (found.high - found.low)[0]


def test_a_noisier_kind_of_answer_counts_less():
    steady, noisy = [1, 1.2, 0.8, 1] * 5, [-2, 2] * 10
    found = pooled(steady + noisy, [0] * 40, ["csat"] * 20 + ["words"] * 20, n_places=1)
    assert found.value[0] > 0.8


def test_intervals_hold_the_truth_nineteen_times_of_twenty():
    rng, inside, total = np.random.default_rng(11), 0, 0
    for _ in range(300):
        truth, sizes = rng.normal(0.2, 0.6, 6).clip(-1.5, 1.5), rng.integers(5, 80, 6)
        places = np.repeat(np.arange(6), sizes)
        answers = np.rint(truth[places] + rng.normal(0, 0.9, len(places))).clip(-2, 2)
        expected = np.array([np.rint(t + rng.normal(0, 0.9, 4000)).clip(-2, 2).mean() for t in truth])
        found = pooled(answers, places, ["csat"] * len(places), n_places=6)
        inside += int(((found.low <= expected) & (expected <= found.high)).sum())
        total += 6
    assert 0.925 < inside / total < 0.975


def test_the_net_promoter_score_and_its_adjusted_interval():
    found = nps_of([10] * 20 + [9] * 10 + [8] * 10 + [7] * 5 + [6] * 10 + [0] * 5)
    assert (found, found.score) == (Nps(30, 15, 15), 25)
    assert [round(number, 1) for number in found.adjusted] == [23.8, 3.4, 44.2]


@pytest.mark.parametrize("counts", [Nps(5, 0, 0), Nps(0, 0, 5), Nps(0, 5, 0), Nps(1, 0, 1)])
def test_extreme_net_promoter_scores_keep_their_interval_on_the_scale(counts):
    _, low, high = counts.adjusted
    assert -100 <= low < counts.score < high <= 100 or counts.score in (low, high)
    assert high > low


def test_the_interval_of_a_median_holds_it_nineteen_times_of_twenty():
    rng = np.random.default_rng(5)
    for n in (6, 15, 40):
        found = [median("a", "median_hours", rng.exponential(10, n)) for _ in range(400)]
        share = np.mean([one.low <= 10 * np.log(2) <= one.high for one in found])
        assert share > 0.93
    assert median("a", "median_hours", np.array([1.0, 3.0])).value == 2
    assert median("a", "median_hours", np.array([1.0, 3.0])).low is None
    assert median("a", "median_hours", np.array([])).value is None
