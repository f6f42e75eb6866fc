"""The bootstrap over customers, held against one that draws customer by customer."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from journeymap.maps.fixing.bootstrap import interval95, resampled_sums, top_share

RANDOM = np.random.default_rng(3)
ROWS = np.column_stack([np.ones(400), RANDOM.random(400) < 0.4, RANDOM.poisson(0.3, 400)]).astype(int)
AMOUNT = np.where(ROWS[:, 1] == 1, RANDOM.gamma(2, 40, 400), 0)


def drawn_one_by_one(values, times=4000):
    picked = np.random.default_rng(5).integers(0, len(values), size=(times, len(values)))
    return values[picked].sum(axis=1)


def test_every_sample_has_as_many_customers():
    assert (resampled_sums(ROWS, times=200, seed=1)[:, 0] == 400).all()


@pytest.mark.parametrize("column", [1, 2])
def test_sums_vary_as_those_of_customers_drawn_one_by_one(column):
    ours = resampled_sums(ROWS, times=4000, seed=1)[:, column]
    theirs = drawn_one_by_one(ROWS[:, column])
    assert ours.mean() == pytest.approx(theirs.mean(), rel=0.02)
    assert ours.std() == pytest.approx(theirs.std(), rel=0.05)
    assert stats.ks_2samp(ours, theirs).pvalue > 0.001


def test_amounts_vary_as_those_of_customers_drawn_one_by_one():
    ours = resampled_sums(ROWS, times=4000, seed=1, amount=AMOUNT)[:, -1]
    theirs = drawn_one_by_one(AMOUNT)
    assert ours.mean() == pytest.approx(theirs.mean(), rel=0.02)
    assert ours.std() == pytest.approx(theirs.std(), rel=0.05)


def test_amounts_vary_with_those_who_have_them():
    draws = resampled_sums(ROWS, times=4000, seed=1, amount=AMOUNT)
    picked = np.random.default_rng(5).integers(0, 400, size=(4000, 400))
    theirs = np.corrcoef(ROWS[:, 1][picked].sum(axis=1), AMOUNT[picked].sum(axis=1))[0, 1]
    assert np.corrcoef(draws[:, 1], draws[:, -1])[0, 1] == pytest.approx(theirs, abs=0.04)


def test_a_seed_gives_the_same_samples_also_in_blocks(monkeypatch):
    whole = resampled_sums(ROWS, times=50, seed=9)
    assert (resampled_sums(ROWS, times=50, seed=9) == whole).all()
    assert (resampled_sums(ROWS, times=50, seed=8) != whole).any()
    monkeypatch.setattr("journeymap.maps.fixing.bootstrap.ROOM", 40)
    assert (resampled_sums(ROWS, times=50, seed=9) == whole).all()


def test_rows_that_share_a_number_are_told_apart_by_sorting(monkeypatch):
    rows = np.array([[1, 0], [0, 1], [1, 0], [0, 0]])
    expected = resampled_sums(rows, times=300, seed=1).mean(axis=0)

    class Same:
        def integers(self, *_, size, dtype):
            return np.ones(size, dtype=dtype)

    true = np.random.default_rng
    monkeypatch.setattr(np.random, "default_rng", lambda seed: Same() if seed == 0 else true(seed))
    assert resampled_sums(rows, times=300, seed=1).mean(axis=0) == pytest.approx(expected, abs=0.2)


def test_intervals_are_percentiles_and_missing_where_most_samples_are_undefined():
    draws = np.column_stack(
        [np.arange(200.0), np.full(200, np.nan), np.r_[np.full(50, np.nan), np.arange(150.0)]]
    )
    low, high = interval95(draws)
    assert (low[0], high[0]) == pytest.approx(tuple(np.percentile(draws[:, 0], [2.5, 97.5])))
    assert np.isnan(low[1])
    assert low[2] == pytest.approx(np.percentile(np.arange(150.0), 2.5))


def test_the_top_is_counted_as_by_sorting():
    draws = np.random.default_rng(2).normal(size=(300, 6)) + np.arange(6) / 2
    by_sorting = np.zeros(6)
    for row in draws:
        for column in sorted(range(6), key=lambda k: -row[k])[:3]:
            by_sorting[column] += 1 / 300
    assert top_share(draws) == pytest.approx(by_sorting)
