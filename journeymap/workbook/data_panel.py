"""The Data tab: what was read, what was set aside and why."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import ipywidgets as w
import pandas as pd

from journeymap.charts import numbers
from journeymap.charts.findings import Finding
from journeymap.report.saving import render
from journeymap.workbook.menu import Menu
from journeymap.workbook.panel import Panel
from journeymap.workbook.table_view import TableView

if TYPE_CHECKING:
    from journeymap.charts.drawing import Drawing
    from journeymap.events.log import EventLog

MOST_ROWS = 200
"""The rows of one reason that are shown; the download has all."""
LONGEST = 300
"""The characters of a row that are shown."""
FILES = {
    "csv": ("CSV", "text/csv"),
    "xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


class DataPanel(Panel):
    """Counts of the reading, the columns as they were understood, and the rows that were set aside, by reason.

    It has no picture; what it shows is the same for every question.
    """

    title = "Data"

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._counts, self._columns = TableView(), TableView()
        super().__init__(*arguments, **named)
        tables = w.HBox(
            [
                w.VBox([_heading("What was read"), self._counts]),
                w.VBox([_heading("How the columns were understood"), self._columns]),
            ]
        ).add_class("jm-side-by-side")
        self.tools.children = [self._reason, self._download]
        self._about = w.HTML().add_class("jm-said")
        self._aside = w.VBox([_heading("Rows set aside"), self.tools, self._about, self.table])
        self._aside.add_class("jm-aside")
        self.full.children = [tables, self._aside, self.footer]
        self.children = [self.finding, self.full, self.empty]

    def watched(self) -> list[str]:
        """Name nothing: there is no picture."""
        return []

    def own_tools(self) -> list[w.Widget]:
        """Make the choice of a reason, and the download."""
        self._reason = w.Dropdown(description="Reason", options=[])
        self._reason.observe(lambda _: self._guarded(self._list), "value")
        items = [
            {"id": suffix, "label": label, "hint": "all rows", "busy": "Writing the rows…"}
            for suffix, (label, _) in FILES.items()
        ]
        self._download = Menu(label="Download", items=items)
        self._download.on_choose(self._hand_out)
        return [self._reason, self._download]

    def result(self) -> pd.DataFrame:
        """Return the rows that were set aside."""
        return self.state.log.quality.set_aside

    def draw(self, result: Any, width: int) -> Drawing:
        """Refuse: there is no picture."""
        raise NotImplementedError

    def look(self) -> dict[str, Any]:
        """Say nothing: a table is saved as it is."""
        return {}

    def nobody(self, result: Any) -> str:  # noqa: ARG002 - there is always something to tell
        """Say nothing: something was always read."""
        return ""

    def pick(self) -> None:
        """Do nothing: there is no picture."""

    def redraw(self) -> None:
        """Draw nothing: there is no picture."""

    def found(self, result: pd.DataFrame) -> Finding:
        """Say how many rows were set aside."""
        log = self.state.log
        rows, left = numbers.count(log.quality.rows), log.quality.rows - len(result)
        source = f"The source is {log.name}."
        if result.empty:
            return Finding(f"All {rows} rows could be read.", source)
        verb = "is" if len(result) == 1 else "are"
        whole = left == log.n_events
        used = f"the other {numbers.count(left)}" if whole else f"{numbers.count(log.n_events)} events"
        text = f"{numbers.count(len(result))} of {rows} rows {verb} set aside; the counts use {used}."
        return Finding(text, source)

    def open_at(self, reason: str) -> None:
        """Show the rows of one reason."""
        self._guarded(lambda: setattr(self._reason, "value", reason))

    def _show(self, result: pd.DataFrame) -> None:
        """Show the account of the reading; it is the same whatever is asked."""
        self.shown = result
        self.tell(result)
        log = self.state.log
        self._counts.show(_counts(log))
        self._columns.show(log.quality.columns)
        self.footer.layout.display = None if log.notes else "none"
        self.footer.value = f"<ul>{''.join(f'<li>{escape(note)}</li>' for note in log.notes)}</ul>"
        self._aside.layout.display = "none" if result.empty else None
        reasons = [(f"{reason} ({count:,})", reason) for reason, count in log.quality.reasons.items()]
        if [value for _, value in self._reason.options] != [value for _, value in reasons]:
            self._reason.options = reasons
            self._reason.value = reasons[0][1]
        self._list()

    def _list(self) -> None:
        """List the first rows of the chosen reason."""
        if self.shown is None or self._reason.value is None:
            return
        rows = self.shown[self.shown["reason"] == self._reason.value]
        first = rows.drop(columns="reason").head(MOST_ROWS)
        first["text"] = first["text"].str.slice(0, LONGEST) + first["text"].str.slice(LONGEST).map(_cut)
        if self.shown["source"].nunique() < 2:
            first = first.drop(columns="source")
        self.table.show(first)
        more = f"; the first {MOST_ROWS} are shown, the download has all" if len(rows) > MOST_ROWS else ""
        self._about.value = escape(f"{numbers.count(len(rows))} with {self._reason.value}{more}.")

    def _choose_twin(self) -> None:
        """Show the table, always."""

    def _hand_out(self, suffix: str) -> None:
        self._download.send_file(
            f"rows-set-aside.{suffix}", render(self.result(), suffix), mime=FILES[suffix][1]
        )


def _counts(log: EventLog) -> pd.DataFrame:
    """Account for every row of the source."""
    quality = log.quality
    rows = {"rows in the source": quality.rows}
    rows |= {f"set aside: {reason}": count for reason, count in quality.reasons.items()}
    if quality.duplicates_dropped:
        rows["left out: rows that repeat another"] = quality.duplicates_dropped
    rows["events in the log"] = log.store.n_events
    kept = quality.duplicates - quality.duplicates_dropped
    rows["of these, rows that repeat another"] = kept
    rows["of these, in the future"] = quality.future
    if log.filters:
        rows[f"events {'; '.join(map(str, log.filters))}"] = log.n_events
    return pd.DataFrame({"what": list(rows), "rows": list(rows.values())})


def _heading(text: str) -> w.HTML:
    return w.HTML(f"<h3>{escape(text)}</h3>")


def _cut(rest: str) -> str:
    return "…" if rest else ""
