"""The order of rows: as if all keys were compared at once, whatever the order they came in."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeymap.events.reading.ordering import Order

SMALL = st.integers(0, 2)


@settings(deadline=None)  # the first run loads what was compiled
@given(
    keys=st.lists(st.tuples(SMALL, SMALL, SMALL, SMALL), min_size=1, max_size=30),
    spread=st.sampled_from([1, 10**6, 10**17]),
)
def test_rows_are_ordered_by_all_keys(keys: list[tuple[int, ...]], spread: int) -> None:
    customers, at, first, second = (np.array(key) for key in zip(*keys, strict=True))
    order = Order(customers=customers * 10**5, at=at * spread)
    order.refine(lambda rows: first[rows])
    order.refine(lambda rows: second[rows])
    ordered = [keys[row] for row in order.rows]
    assert ordered == sorted(keys)
    assert order.new.tolist() == [
        place == 0 or ordered[place] != ordered[place - 1] for place in range(len(keys))
    ]
    counted = np.bincount(customers * 10**5 - customers.min() * 10**5)
    assert np.diff(order.offsets).tolist() == counted.tolist()
    assert order.at.tolist() == [key[1] * spread for key in ordered]


def test_a_key_is_not_made_where_nothing_ties() -> None:
    order = Order(customers=np.array([0, 0]), at=np.array([5, 6]))
    order.refine(lambda _: pytest.fail("it was made"))
    assert order.rows.tolist() == [0, 1]
