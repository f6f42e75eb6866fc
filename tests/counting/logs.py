"""Small random logs full of ties and repeats, for laws."""

from __future__ import annotations

from hypothesis import strategies as st

import journeymap as jm

EVENTS = "ABCX"

rows = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sampled_from(EVENTS),
        st.integers(0, 12),
        st.one_of(st.none(), st.integers(0, 3)),
    ),
    min_size=1,
    max_size=14,
)
stage_sets = st.lists(st.sets(st.sampled_from("ABC"), min_size=1, max_size=2), min_size=1, max_size=4)
windows = st.one_of(st.none(), st.integers(1, 14))


def journey_of(stages):
    """Name stages 1, 2, 3 … that hold these events."""
    return jm.Journey(
        "J", stages=[jm.Stage(str(i), jm.event(sorted(names))) for i, names in enumerate(stages, start=1)]
    )


def by_customer(drawn):
    """Group drawn rows by customer, as the brute-force search takes them."""
    return [[row[1:] for row in drawn if row[0] == who] for who in sorted({row[0] for row in drawn})]
