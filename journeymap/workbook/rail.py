"""The rail at the left: everything that can be asked, as controls that edit the question."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import ipywidgets as w

from journeymap.analyses.suggestions import splitting_properties
from journeymap.counting.contract import Counting
from journeymap.workbook.choices import Choices
from journeymap.workbook.history import History
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
        self._stages = StagesPicker(state, journeys)
        self._sections: dict[str, Any] = {
            "journey": self._stages,
            "segments": SegmentsPicker(state, segments),
            "by": Breakdown(state),
            "period": PeriodPicker(state),
            "counting": Window(state),
        }
        super().__init__([*self._sections.values(), Rules(state), History(state)])
        self.add_class("jm-rail")

    def lead_to(self, part: str, stage: str = "") -> None:
        """Move the focus to the control of a part of the question, perhaps to one of the stages."""
        if stage:
            self._stages.lead_to(stage)
        elif part in self._sections:
            self._sections[part].lead()

    def count(self) -> None:
        """Write the counts that the answer holds by now."""
        self._stages.count()


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

    def lead(self) -> None:
        """Take the focus."""
        self._control.focus()

    def _show(self) -> None:
        by = self._state.question.by or NOTHING
        known = [value for _, value in self._control.options]
        if by not in known:
            self._control.options = [*self._control.options, (by, by)]
        self._control.value = by
        _use(self, self._control, self._unused, used=self._state.tab == "Funnel")


class Window(w.VBox):  # type: ignore[misc]
    """The longest time from entry."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._control = Choices(list(WINDOWS.items()), description="Window from entry")
        self._unused = w.HTML("<span>not used here</span>").add_class("jm-unused")
        super().__init__([self._control, self._unused])
        self.add_class("jm-section")
        self._show()
        self._control.observe(
            lambda change: state.ask(counting=Counting(window=change["new"] or None)), "value"
        )
        state.observe(lambda _: self._show(), ["question", "tab"])

    def lead(self) -> None:
        """Take the focus."""
        self._control.focus()

    def _show(self) -> None:
        window = self._state.question.counting.window or NOTHING
        if window not in [value for _, value in self._control.options]:
            self._control.options = [*WINDOWS.items(), (window, window)]
        self._control.value = window
        _use(self, self._control, self._unused, used=self._state.tab == "Funnel")


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


def _use(section: w.VBox, control: w.Widget, unused: w.HTML, *, used: bool) -> None:
    """Keep a control in its place, faded and with a word, where the tab does not use it."""
    control.disabled = not used
    unused.layout.display = "none" if used else None
    if used:
        section.remove_class("jm-faded")
    else:
        section.add_class("jm-faded")
