"""Conditions are decided on distinct values: a list means any of it, whatever stands in it."""

from __future__ import annotations

import numpy as np
import pytest

from journeymap.events.selecting import holds
from journeymap.values import at_least, demand

TEXTS = np.array(["3", "/cart", "/shop/a", "/shop/b", "true"], dtype=object)


@pytest.mark.parametrize(
    ("asked", "met"),
    [
        (["/cart", "3"], [True, True, False, False, False]),
        ([3, True], [True, False, False, False, True]),
        (["/cart", "/shop*"], [False, True, True, True, False]),
        (["/cart", None], [False, True, False, False, False]),
        (["/other"], [False] * 5),
    ],
)
def test_a_list_of_texts_means_any_of_it(asked: list[object], met: list[bool]) -> None:
    assert holds(demand(asked), TEXTS).tolist() == met


def test_a_list_of_numbers_means_any_of_it() -> None:
    assert holds(demand([1, 2.5]), np.array([1.0, 2.0, 2.5])).tolist() == [True, False, True]
    assert holds(demand([1, at_least(2)]), np.array([1, 2, 3])).tolist() == [True, True, True]
