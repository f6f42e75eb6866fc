"""The same few rows twice: as a log that is read here, and as a table of an engine."""

from __future__ import annotations

import pandas as pd
from hypothesis import strategies as st

import journeymap as jm
from tests.small_logs import small_log

EVENTS = "ABCX"
EPOCH = pd.Timestamp("2026-03-28 00:00:00")
START = int(EPOCH.value) // 10**9

rows = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sampled_from(EVENTS),
        st.integers(0, 12),
        st.sampled_from([None, "web", "app"]),
        st.sampled_from([None, 1, 2]),
    ),
    min_size=1,
    max_size=16,
)
lone_stages = st.lists(st.sampled_from("ABC"), min_size=1, max_size=4, unique=True).map(
    lambda names: [{name} for name in names]
)
stage_sets = st.lists(st.sets(st.sampled_from("ABC"), min_size=1, max_size=2), min_size=1, max_size=4)


def frame_of(drawn):
    """Write drawn rows as a table of who, what, when and two properties."""
    return pd.DataFrame(
        {
            "who": pd.Series([row[0] for row in drawn], dtype="str"),
            "what": pd.Series([row[1] for row in drawn], dtype="str"),
            "at": pd.Series([EPOCH + pd.Timedelta(seconds=row[2]) for row in drawn], dtype="datetime64[us]"),
            "device": pd.Series([row[3] for row in drawn], dtype="str"),
            "size": pd.Series([row[4] for row in drawn], dtype="Int64"),
        }
    )


def local_twin(drawn, *, data_end=None, timezone="UTC"):
    moments = [(row[0], row[1], START + row[2]) for row in drawn]
    columns = {"device": [row[3] for row in drawn], "size": [row[4] for row in drawn]}
    end = None if data_end is None else START + data_end
    return small_log(moments, columns=columns, data_end=end, timezone=timezone)


def pushed_twin(table, *, data_end=None, timezone="UTC"):
    complete_to = None if data_end is None else (EPOCH + pd.Timedelta(seconds=data_end)).isoformat() + "Z"
    return jm.connect(
        table, customer="who", event="what", at="at", timezone=timezone, complete_to=complete_to
    )


def same_table(pushed, local):
    """Compare two results cell by cell."""
    pd.testing.assert_frame_equal(pushed.table, local.table, rtol=1e-12, atol=0)
