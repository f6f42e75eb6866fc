"""The rail's period: everything, the last 30 days, a month, a quarter, or two dates."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import ipywidgets as w
import pandas as pd

from journeymap.analyses.scope import day

if TYPE_CHECKING:
    from journeymap.workbook.state import State

CUSTOM = "custom"
MOST_MONTHS = 12
EARLIEST, LATEST = dt.date(1990, 1, 1), dt.date(2100, 12, 31)  # a year that is still being typed lies outside


class PeriodPicker(w.VBox):  # type: ignore[misc]
    """A choice of periods; custom brings two dates, both included."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._choices = periods(*state.log.span)
        options = [*((label, label) for label in self._choices), ("Custom…", CUSTOM)]
        self._choice = w.Dropdown(description="Period of entry", options=options)
        first, last = (moment.date() for moment in state.log.span)
        self._first = w.DatePicker(description="From", value=first)
        self._last = w.DatePicker(description="To, included", value=last)
        self._dates = w.VBox([self._first, self._last])
        self._said = w.HTML().add_class("jm-said")
        super().__init__([self._choice, self._dates, self._said])
        self.add_class("jm-section")
        self._show()
        for control in (self._choice, self._first, self._last):
            control.observe(lambda _: self._ask(), "value")
        state.observe(lambda _: self._show(), "question")

    def lead(self) -> None:
        """Take the focus."""
        self._choice.focus()

    def _show(self) -> None:
        """Bring the controls in line with the question."""
        asked = self._state.question.period
        label = next((label for label, period in self._choices.items() if period == asked), CUSTOM)
        if asked is None or self._choice.value != CUSTOM or asked != self._custom():
            self._choice.value = label
        if label == CUSTOM and asked is not None:
            self._first.value = dt.date.fromisoformat(asked[0][:10])
            self._last.value = dt.date.fromisoformat(asked[1][:10]) - dt.timedelta(days=1)
        elif self._choice.value != CUSTOM:
            self._first.value, self._last.value = (moment.date() for moment in self._state.log.span)
            self._said.value = ""
        self._dates.layout.display = None if self._choice.value == CUSTOM else "none"

    def _ask(self) -> None:
        custom = self._choice.value == CUSTOM
        self._dates.layout.display = None if custom else "none"
        period = self._custom() if custom else self._choices[self._choice.value]
        backwards = custom and period is None
        self._said.value = "Choose a first day and a last day that is not before it." if backwards else ""
        if not backwards:
            self._state.ask(period=period)

    def _custom(self) -> tuple[str, str] | None:
        first, last = self._first.value, self._last.value
        if first is None or last is None or not EARLIEST <= first <= last <= LATEST:
            return None
        return first.isoformat(), (last + dt.timedelta(days=1)).isoformat()


def periods(first: pd.Timestamp, last: pd.Timestamp) -> dict[str, Any]:
    """Return half-open periods that lie in a span, by their labels; None is all of it.

    Examples
    --------
    >>> import pandas as pd
    >>> list(periods(pd.Timestamp("2026-01-01"), pd.Timestamp("2026-03-31")))[:3]
    ['All: 1 Jan 2026 to 31 Mar 2026', 'Last 30 days', 'First quarter 2026']
    """
    begin, end = first.date(), last.date() + dt.timedelta(days=1)
    choices: dict[str, Any] = {f"All: {day(first)} to {day(last)}": None}
    if (end - begin).days > 30:
        choices["Last 30 days"] = ((end - dt.timedelta(days=30)).isoformat(), end.isoformat())
    names = ("First", "Second", "Third", "Fourth")
    for quarter in pd.period_range(begin, end - dt.timedelta(days=1), freq="Q")[::-1][:4]:
        if quarter.start_time.date() >= begin and quarter.end_time.date() < end:
            choices[f"{names[quarter.quarter - 1]} quarter {quarter.year}"] = _bounds(quarter)
    for month in pd.period_range(begin, end - dt.timedelta(days=1), freq="M")[::-1][:MOST_MONTHS]:
        if month.end_time.date() >= begin and month.start_time.date() < end:
            choices[f"{month.start_time:%B %Y}"] = _bounds(month)
    return choices


def _bounds(period: pd.Period) -> tuple[str, str]:
    return period.start_time.date().isoformat(), (period.end_time.date() + dt.timedelta(days=1)).isoformat()
