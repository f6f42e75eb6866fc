"""Without a period only what is known counts: entries up to the data end."""

from __future__ import annotations

import pytest

import journeymap as jm
from tests.charts.walks import journey
from tests.small_logs import small_log

DAY = 86_400
LOG = small_log([("a", "e0", 0), ("a", "e1", DAY), ("b", "e0", 60 * DAY)], data_end=40 * DAY)


def counts(**asked):
    return jm.funnel(LOG, journey(2), **asked).table["customers"].tolist()


def test_an_entry_after_the_data_end_counts_only_where_a_period_holds_it():
    assert counts() == [1, 1]
    assert counts(period=("1970-01-01", "1970-04-01")) == [2, 1]
    assert jm.funnel(LOG, journey(2)).notes[0] == "1 event after the data end is no entry."
    within = jm.funnel(LOG, journey(2), period=("1970-01-01", "1970-04-01"))
    assert not any("data end" in note for note in within.notes)


@pytest.mark.parametrize("bounds", ["entry", "all"])
def test_without_a_period_entries_settle_by_their_window(bounds):
    log = small_log([("a", "e0", 0), ("b", "e0", 39 * DAY)], data_end=40 * DAY)
    table = jm.funnel(log, journey(2), counting=jm.Counting(bounds=bounds)).table
    assert table[["customers", "still_open", "settled"]].iloc[0].tolist() == [2, 1, 1]
