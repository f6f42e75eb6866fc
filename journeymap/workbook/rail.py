"""The rail at the left: everything that can be asked, as controls that edit the question."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import ipywidgets as w

from journeymap.analyses.suggestions import splitting_properties
from journeymap.counting.contract import Counting
from journeymap.workbook.period_picker import PeriodPicker
from journeymap.workbook.segments_picker import SegmentsPicker
from journeymap.workbook.stages_picker import StagesPicker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journeymap.journeys import Journey, Segment
    from journeymap.workbook.state import State

NOTHING = ""  # the controls take None for no choice at all
WINDOWS = {"7 d": "7d", "14 d": "14d", "30 d": "30d", "90 d": "90d", "None": NOTHING}


class Rail(w.VBox):  # type: ignore[misc]
    """Journey, segments, breakdown, period, window; Undo and Reset all."""

    def __init__(self, state: State, *, journeys: Sequence[Journey], segments: Sequence[Segment]) -> None:
        sections = [
            StagesPicker(state, journeys),
            SegmentsPicker(state, segments),
            Breakdown(state),
            PeriodPicker(state),
            Window(state),
            Rules(state),
            History(state),
        ]
        super().__init__(sections)
        self.add_class("jm-rail")


class Breakdown(w.VBox):  # type: ignore[misc]
    """One property or attribute to break down by."""

    def __init__(self, state: State) -> None:
        names = splitting_properties(state.log)
        self._control = w.Dropdown(
            description="Break down by", options=[("Nothing", NOTHING), *((n, n) for n in names)]
        )
        self._unused = w.HTML("<span>not used here</span>").add_class("jm-unused")
        super().__init__([self._control, self._unused])
        self.add_class("jm-section")
        self._state = state
        self._show()
        self._control.observe(lambda change: state.ask(by=change["new"] or None), "value")
        state.observe(lambda _: self._show(), ["question", "tab"])

    def _show(self) -> None:
        by = self._state.question.by or NOTHING
        known = [value for _, value in self._control.options]
        if by not in known:
            self._control.options = [*self._control.options, (by, by)]
        self._control.value = by
        _use(self, self._control, self._unused, used=self._state.tab != "Flow")


class Window(w.VBox):  # type: ignore[misc]
    """The longest time from entry."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._control = w.ToggleButtons(description="Window from entry", options=list(WINDOWS.items()))
        self._unused = w.HTML("<span>not used here</span>").add_class("jm-unused")
        super().__init__([self._control, self._unused])
        self.add_class("jm-section")
        self._show()
        self._control.observe(
            lambda change: state.ask(counting=Counting(window=change["new"] or None)), "value"
        )
        state.observe(lambda _: self._show(), ["question", "tab"])

    def _show(self) -> None:
        window = self._state.question.counting.window or NOTHING
        if window not in [value for _, value in self._control.options]:
            self._control.options = [*WINDOWS.items(), (window, window)]
        self._control.value = window
        _use(self, self._control, self._unused, used=self._state.tab != "Flow")


class Rules(w.VBox):  # type: ignore[misc]
    """The rules of the count, in plain words."""

    def __init__(self, state: State) -> None:
        self._state, self._text = state, w.HTML()
        super().__init__([w.HTML("<h3>How we count</h3>"), self._text])
        self.add_class("jm-section").add_class("jm-rules")
        self._show()
        state.observe(lambda _: self._show(), ["question", "tab"])

    def _show(self) -> None:
        counting, flow = self._state.question.counting, self._state.tab == "Flow"
        if flow:
            said, badge = "First occurrence, whole history. Adjacent repeats merged.", "All as default"
        else:
            said = "Best attempt, stages in order, equal times never chain. Open windows stay apart."
            badge = (
                f"1 rule changed: {next(iter(counting.changed))}" if counting.changed else "All as default"
            )
        self._text.value = f"<p>{escape(said)}</p><span class='jm-badge'>{escape(badge)}</span>"


class History(w.HBox):  # type: ignore[misc]
    """Undo one question; ask the first one again."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._undo = w.Button(description="Undo").add_class("jm-quiet-button")
        self._reset = w.Button(description="Reset all").add_class("jm-quiet-button")
        super().__init__([self._undo, self._reset])
        self.add_class("jm-history")
        self._undo.on_click(lambda _: state.undo())
        self._reset.on_click(lambda _: state.reset())
        self._show()
        state.observe(lambda _: self._show(), "question")

    def _show(self) -> None:
        self._undo.disabled = not self._state.can_undo
        self._reset.disabled = self._state.question == self._state.first


def _use(section: w.VBox, control: w.Widget, unused: w.HTML, *, used: bool) -> None:
    """Keep a control in its place, faded and with a word, where the tab does not use it."""
    control.disabled = not used
    unused.layout.display = "none" if used else None
    if used:
        section.remove_class("jm-faded")
    else:
        section.add_class("jm-faded")
