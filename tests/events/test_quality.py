"""The account of a reading."""

from __future__ import annotations

from journeymap.events.quality import Quality, aside


def test_reasons_are_counted_most_first() -> None:
    found = Quality(
        rows=9, set_aside=aside([3, 5, 6], ["no event", "no time", "no time"], ["", "", ""], ["a", "a", "a"])
    )
    assert list(found.reasons.items()) == [("no time", 2), ("no event", 1)]


def test_an_empty_account_has_its_columns() -> None:
    found = Quality(rows=0)
    assert list(found.set_aside.columns) == ["line", "reason", "text", "source"]
    assert list(found.columns.columns) == ["role", "column", "how"]
    assert found.reasons.empty
