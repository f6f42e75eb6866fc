"""The rail at the left: everything that can be asked, as controls that edit the question."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import ipywidgets as w

from journeymap.analyses.suggestions import splitting_properties
from journeymap.workbook.choices import Choices
from journeymap.workbook.history import History
from journeymap.workbook.how_we_count import HowWeCount
from journeymap.workbook.period_picker import PeriodPicker
from journeymap.workbook.rule_changes import with_rules
from journeymap.workbook.segments_picker import SegmentsPicker
from journeymap.workbook.stages_picker import StagesPicker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from journeymap.journeys import Journey, Segment
    from journeymap.workbook.state import State

NOTHING = ""  # the controls take None for no choice at all
WINDOWS = {"7 d": "7d", "14 d": "14d", "30 d": "30d", "90 d": "90d", "None": NOTHING}


class Rail(w.VBox):  # type: ignore[misc]
    """Journey, segments, breakdown, period, window, rules; Undo and Reset all.

    Parameters
    ----------
    on_edit
        Called with ``"journey"`` or ``"rules"``: opens what edits the stages one by one, or the rules of the count.
    on_done
        Called when the reader is done with the rail, where it covers the page.
    """

    def __init__(
        self,
        state: State,
        *,
        journeys: Sequence[Journey],
        segments: Sequence[Segment],
        on_edit: Callable[[str], object] = lambda _: None,
        on_done: Callable[[], object] = lambda: None,
    ) -> None:
        self._stages = StagesPicker(state, journeys, on_edit=lambda: on_edit("journey"))
        self._sections: dict[str, Any] = {
            "journey": self._stages,
            "segments": SegmentsPicker(state, segments),
            "by": Breakdown(state),
            "period": PeriodPicker(state),
            "counting": Window(state),
            "rules": HowWeCount(state, on_change=lambda: on_edit("rules")),
        }
        done = w.Button(description="Done").add_class("jm-main-button").add_class("jm-done")
        done.on_click(lambda _: on_done())
        super().__init__([*self._sections.values(), History(state), done])
        self.add_class("jm-rail")

    def lead_to(self, part: str, stage: str = "") -> None:
        """Move the focus to the control of a part of the question, perhaps to one of the stages."""
        if stage:
            self._stages.lead_to(stage)
        elif part in self._sections:
            self._sections[part].lead()

    def lead_back(self, part: str) -> None:
        """Take the focus back from what was opened to edit a part."""
        (self._stages.edit if part == "journey" else self._sections["rules"].change).focus()

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
            lambda change: state.ask(
                counting=with_rules(state.question.counting, window=change["new"] or None)
            ),
            "value",
        )
        state.observe(lambda _: self._show(), ["question", "tab"])

    def lead(self) -> None:
        """Take the focus."""
        self._control.focus()

    def _show(self) -> None:
        window = self._state.question.counting.window or NOTHING
        if window not in [value for _, value in self._control.options]:
            self._control.options = [*WINDOWS.items(), (_short(window), window)]
        self._control.value = window
        _use(self, self._control, self._unused, used=self._state.tab == "Funnel")


def _short(window: str) -> str:
    """Write a window as short as its place is: 45 d."""
    return "Session" if window == "session" else re.sub(r"(?<=\d)(?=\D)", " ", window)


def _use(section: w.VBox, control: w.Widget, unused: w.HTML, *, used: bool) -> None:
    """Keep a control in its place, faded and with a word, where the tab does not use it."""
    control.disabled = not used
    unused.layout.display = "none" if used else None
    if used:
        section.remove_class("jm-faded")
    else:
        section.add_class("jm-faded")
