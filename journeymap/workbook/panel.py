"""The frame of every tab: finding, tools, picture or table, footer; and its states: busy, empty, error."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import ipywidgets as w

from journeymap.analyses.scope import moment
from journeymap.charts.findings import Finding, finding
from journeymap.errors import JourneymapError
from journeymap.workbook.choices import Choices
from journeymap.workbook.clipboard import CopyButton
from journeymap.workbook.finding import Finding as FindingView
from journeymap.workbook.guard import guarded
from journeymap.workbook.saying import Saying, edit_button, undo_button, use_all_button
from journeymap.workbook.table_view import TableView
from journeymap.workbook.vega import VegaView

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from journeymap.charts.drawing import Drawing
    from journeymap.workbook.drawer import Drawer
    from journeymap.workbook.state import State


class Panel(w.VBox):  # type: ignore[misc]
    """One tab. It looks at the answer only while it is seen, and once per question.

    A panel says which result it shows (`result`), how it is drawn (`draw`) and what a click on a mark lists (`pick`).
    `on_edit` is called with a part of the question, and perhaps the name of a stage, that the reader wants to change.
    """

    title = ""

    def __init__(self, state: State, drawer: Drawer, *, on_edit: Callable[[str, str], None]) -> None:
        self.state, self.drawer, self._on_edit = state, drawer, on_edit
        self.shown: Any = None
        self._turned = False
        self.finding = FindingView().add_class("jm-answer-place")
        self.view = VegaView(watch=self.watched())
        self.table = TableView()
        self.chart_or_table = Choices(
            [("Chart", "Chart"), ("Table", "Table")], description="Chart or table"
        ).add_class("jm-segmented")
        *tools, last = self.own_tools()
        end = w.HBox([last, self.chart_or_table]).add_class("jm-tools-end")
        self.tools = w.HBox([*tools, end]).add_class("jm-tools")
        self.beneath = w.VBox()
        self.footer = w.HTML().add_class("jm-footer")
        self.empty = Saying()
        self.full = w.VBox([self.view, self.table, self.beneath, self.footer])
        self.empty.layout.display = "none"
        super().__init__([self.finding, self.tools, self.full, self.empty])
        self.add_class("jm-panel")
        self.chart_or_table.observe(lambda _: self._choose_twin(), "value")
        self.view.observe(lambda _: self._guarded(self.redraw), "width")
        self.view.observe(lambda _: self._guarded(self.pick), "signals")
        self.view.observe(lambda change: self._guarded(lambda: _refuse(change["new"])), "problem")
        self._choose_twin()

    def watched(self) -> list[str]:
        """Name the signals of the picture that the panel listens to."""
        raise NotImplementedError

    def own_tools(self) -> list[w.Widget]:
        """Make the tools that stand before Chart and Table."""
        raise NotImplementedError

    def result(self) -> Any:
        """Return the result that the panel shows."""
        raise NotImplementedError

    def draw(self, result: Any, width: int) -> Drawing:
        """Draw the result."""
        raise NotImplementedError

    def look(self) -> dict[str, Any]:
        """Say how `jm.save` draws the result as it is on the screen."""
        raise NotImplementedError

    def twin(self, result: Any) -> pd.DataFrame:
        """Return the table that stands for the picture."""
        table: pd.DataFrame = result.table
        return table

    def too_wide(self, result: Any) -> str:  # noqa: ARG002 - a panel that can be too wide looks at it
        """Say why the table is shown in place of the picture; nothing if the picture fits."""
        return ""

    def nobody(self, result: Any) -> str:
        """Say in a sentence that there is nothing to show; nothing if there is something."""
        raise NotImplementedError

    def pick(self) -> None:
        """List the customers of the mark that was clicked."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Show the answer to the question; called when the question changes and when the tab is first looked at."""
        result = self._counted()
        if result is not None and result is not self.shown:
            self._guarded(lambda: self._show(result))

    def _counted(self) -> Any:
        """Look at the answer; whoever looks first has it worked out."""
        self.view.busy = self.finding.busy = True
        found: list[Any] = []
        self._guarded(lambda: found.append(self.result()))
        self.view.busy = self.finding.busy = False
        return found[0] if found else None

    def _show(self, result: Any) -> None:
        self.shown = result
        missing = self.nobody(result)
        if missing:
            complete = f"The log is complete to {moment(result.scope.complete_to)}."
            ways_out = [*undo_button(self.state), *use_all_button(self.state)]
            self._say(missing, complete, ways_out=ways_out)
            return
        self.tell(result)
        notes = "".join(f"<li>{escape(note)}</li>" for note in result.notes)
        self.footer.value = f"<p>{escape(str(result.scope))}</p>" + (f"<ul>{notes}</ul>" if notes else "")
        self._fit(self.too_wide(result))
        self.redraw()
        self._choose_twin()
        self.remove_class("jm-saying")
        self.full.layout.display, self.empty.layout.display = None, "none"
        self.keep_pick()

    def found(self, result: Any) -> Finding:
        """Return the finding of the result."""
        return finding(result)

    def tell(self, result: Any) -> None:
        """Write the finding above the picture."""
        said = self.found(result)
        with self.finding.hold_sync():
            self.finding.text, self.finding.support = said.text, said.support

    def _fit(self, reason: str) -> None:
        """Open the table where the picture has no room, and go back to the picture where it has."""
        if reason:
            self.finding.support = f"{self.finding.support} {reason}.".strip()
        if reason and self.chart_or_table.value == "Chart":
            self.chart_or_table.value, self._turned = "Table", True
        elif not reason and self._turned:
            self.chart_or_table.value, self._turned = "Chart", False

    def redraw(self) -> None:
        """Draw what is shown again, at the width that the page has."""
        if self.shown is None or self.view.width == 0:
            return
        drawing = self.draw(self.shown, self.view.width)
        rest = {name: part for name, part in drawing.spec.items() if name != "datasets"}
        self.view.show(rest, data=drawing.spec["datasets"], description=drawing.description)

    def keep_pick(self) -> None:
        """List what is picked anew where the picture still has it; let go of it where not."""
        if all(self._has(mark) for mark in self.view.signals.values()):
            self.pick()
        else:
            self.let_go()

    def _has(self, mark: dict[str, list[Any]]) -> bool:
        """Say whether a row of the picture is the mark that a selection holds; an empty one holds none."""
        wanted = {field: values[0] for field, values in (mark or {}).items() if values}.items()
        return not wanted or any(wanted <= row.items() for rows in self.view.data.values() for row in rows)

    def let_go(self) -> None:
        """Let go of what was picked, and close the list of it."""
        self.view.set_signals(**dict.fromkeys(self.watched(), {}))
        self.drawer.close_list()

    def go_back(self) -> None:
        """Let go by the reader's hand: the focus goes back to the mark."""
        self.let_go()
        self.view.focus()

    def _choose_twin(self) -> None:
        table = self.chart_or_table.value == "Table"
        self.view.layout.display = "none" if table else None
        self.table.layout.display = None if table else "none"
        if table and self.shown is not None:
            self.table.show(self.twin(self.shown), unit=self.shown.scope.unit)

    def _guarded(self, action: Any) -> None:
        guarded(action, failed=self._fail)

    def _fail(self, error: JourneymapError, details: str) -> None:
        self.shown = None
        edit = edit_button(self.state, error, lead_to=self.lead_to)
        copy = CopyButton(label="Copy details", text=details)
        ways_out, badge = [edit, *undo_button(self.state), copy], f"! Cannot show the {self.title.lower()}"
        self._say(error.wrong, error.right, ways_out=ways_out, code=error.fix, badge=badge)

    def _say(self, sentence: str, support: str, **more: Any) -> None:
        """Say something in place of the picture."""
        self.let_go()
        self.empty.say(sentence, support, **more)
        self.add_class("jm-saying")
        self.full.layout.display, self.empty.layout.display = "none", None

    def lead_to(self, part: str, stage: str) -> None:
        """Lead to the control of a part of the question."""
        self._on_edit(part, stage)


def _refuse(problem: str) -> None:
    if problem:
        raise JourneymapError("The picture could not be drawn.", right=f"The page says: {problem}")
