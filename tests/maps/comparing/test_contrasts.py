import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from journeymap.maps.comparing.contrasts import beyond, chi_square

TABLES = st.tuples(st.integers(2, 5), st.integers(2, 5)).flatmap(
    lambda shape: arrays(np.int64, shape, elements=st.integers(1, 500))
)


@given(TABLES)
def test_as_scipy_has_it(table):
    expected = stats.chi2_contingency(table, correction=False)
    found = chi_square(table)
    assert found.p == pytest.approx(expected.pvalue, rel=1e-6, abs=1e-12)
    assert found.v == pytest.approx(stats.contingency.association(table, method="cramer"), rel=1e-9)


@pytest.mark.parametrize("degrees", [1, 2, 3, 10, 49])
@pytest.mark.parametrize("statistic", [0, 0.1, 5, 60, 2000])
def test_tails(statistic, degrees):
    assert beyond(statistic, degrees) == pytest.approx(
        stats.chi2.sf(statistic, degrees), rel=1e-8, abs=1e-300
    )


def test_empty_rows_and_columns_say_nothing():
    assert chi_square([[0, 0], [5, 6]]) == (1.0, 0.0)
    assert chi_square([[5, 0, 9], [1, 0, 9], [0, 0, 0]]) == chi_square([[5, 9], [1, 9]])
