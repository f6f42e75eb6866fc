"""The rail's stand-in on a narrow page: a button that opens it, and what is chosen as chips."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anywidget
import pandas as pd
import traitlets

from journeymap.analyses.scope import day
from journeymap.charts.funnel_series import places
from journeymap.counting.contract import Counting
from journeymap.durations import in_words
from journeymap.workbook.assets import script
from journeymap.workbook.period_picker import periods
from journeymap.workbook.rule_changes import badge, own_window, with_rules
from journeymap.workbook.segments_picker import sign

if TYPE_CHECKING:
    from collections.abc import Iterator

    from journeymap.workbook.rail import Rail
    from journeymap.workbook.state import State

Chip = dict[str, Any]


class Filters(anywidget.AnyWidget):
    """Shown by the stylesheet only where the rail has no room beside the panel.

    Attributes
    ----------
    opened
        Whether the rail is shown; both sides write it.
    chips
        ``{"id": text, "label": text, "changed": bool, "sign": {}}`` each. A chip that is changed can be taken off;
        a segment's has its sign: shape and series.
    """

    _esm = script("parts/element", "parts/signs", "filters")

    opened = traitlets.Bool(default_value=False).tag(sync=True)
    chips = traitlets.List(traitlets.Dict()).tag(sync=True)

    def __init__(self, state: State, rail: Rail) -> None:
        self._state, self._rail = state, rail
        self._labels = {period: label for label, period in periods(*state.log.span).items()}
        super().__init__()
        self.add_class("jm-filters")
        self._show()
        self.observe(lambda _: self._turn(), "opened")
        self.on_msg(self._hear)
        state.observe(lambda _: self._show(), ["question", "tab"])

    def lead(self) -> None:
        """Move the focus to the button."""
        self.send({"do": "focus"})

    def _turn(self) -> None:
        (self._rail.add_class if self.opened else self._rail.remove_class)("jm-open")

    def _show(self) -> None:
        self.chips = [*self._segments(), *self._breakdown(), self._period(), *self._window(), *self._rules()]

    def _segments(self) -> list[Chip]:
        chosen = self._state.question.segments
        signs = places([one.name for one in chosen], segments=chosen, known=self._state.coloured)
        return [_chip(f"segment {name}", name, sign=sign(*look)) for name, look in signs.items()] or [
            _chip("segments", "Everybody", changed=False)
        ]

    def _breakdown(self) -> Iterator[Chip]:
        by = self._state.question.by
        if by and self._is_funnel:
            yield _chip("by", f"By {by}")

    def _period(self) -> Chip:
        period = self._state.question.period
        if period is None:
            first, last = self._state.log.span
        else:
            first, last = pd.Timestamp(period[0]), pd.Timestamp(period[1]) - pd.Timedelta(1)
        known = self._labels.get(period) if period else None
        return _chip("period", known or f"{day(first)} to {day(last)}", changed=period is not None)

    def _window(self) -> Iterator[Chip]:
        counting = self._state.question.counting
        if self._is_funnel:
            window = {None: "No window", "session": "Window: the session"}.get(counting.window)
            label = window or f"Window {in_words(str(counting.window))}"
            yield _chip("window", label, changed=counting.window != own_window(counting.preset))

    def _rules(self) -> Iterator[Chip]:
        counting = self._state.question.counting
        if self._is_funnel and (counting.preset or counting.changed.keys() - {"window"}):
            yield _chip("rules", badge(counting if counting.preset else with_rules(counting, window="30d")))

    @property
    def _is_funnel(self) -> bool:
        """Whether breakdown and window are used by the tab that is looked at."""
        return self._state.tab == "Funnel"

    def _hear(self, _widget: object, message: object, _buffers: object) -> None:
        found = [chip["id"] for chip in self.chips if chip["changed"]]
        if isinstance(message, dict) and message.get("take_off") in found:
            self._take_off(message["take_off"])

    def _take_off(self, chip: str) -> None:
        if chip == "by":
            self._state.ask(by=None)
        elif chip == "period":
            self._state.ask(period=None)
        elif chip == "window":
            asked = self._state.question.counting
            window = own_window(asked.preset)
            self._state.ask(counting=with_rules(asked, window=Counting().window if window == "" else window))
        elif chip == "rules":
            self._state.ask(counting=Counting(window=self._state.question.counting.window))
        else:
            kept = [one for one in self._state.question.segments if f"segment {one.name}" != chip]
            self._state.ask(segments=tuple(kept))


def _chip(name: str, label: str, *, changed: bool = True, sign: Chip | None = None) -> Chip:
    return {"id": name, "label": label, "changed": changed} | ({"sign": sign} if sign else {})
