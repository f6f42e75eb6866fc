"""The rail's word on how it is counted: a sentence, what was changed, and the way to change it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import ipywidgets as w

from journeymap.workbook.rule_changes import badge, sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from journeymap.workbook.state import State

OF_A_FLOW = "First occurrence, whole history. Adjacent repeats merged."
OF_THE_DATA = "Nothing is counted by rules here."


class HowWeCount(w.VBox):  # type: ignore[misc]
    """The rules of the count, in plain words.

    Parameters
    ----------
    on_change
        Opens what changes them.
    """

    def __init__(self, state: State, *, on_change: Callable[[], object]) -> None:
        self._state, self._text = state, w.HTML()
        self.change = w.Button(description="Change", tooltip="Change how we count").add_class("jm-as-link")
        head = w.HBox([w.HTML("<h3>How we count</h3>"), self.change]).add_class("jm-section-head")
        super().__init__([head, self._text])
        self.add_class("jm-section").add_class("jm-rules")
        self.change.on_click(lambda _: on_change())
        self._show()
        state.observe(lambda _: self._show(), ["question", "tab"])

    def lead(self) -> None:
        """Take the focus."""
        self.change.focus()

    def _show(self) -> None:
        counting, tab = self._state.question.counting, self._state.tab
        self.change.disabled = tab != "Funnel"
        if tab == "Funnel":
            said, mark = sentence(counting), f"<span class='jm-badge'>{escape(badge(counting))}</span>"
        else:
            said, mark = (OF_A_FLOW if tab == "Flow" else OF_THE_DATA), ""
        self._text.value = f"<p>{escape(said)}</p>{mark}"
