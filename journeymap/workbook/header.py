"""The header: what the data is, and what can be taken away."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import ipywidgets as w

from journeymap import notation
from journeymap.analyses.scope import day, moment
from journeymap.charts import numbers
from journeymap.errors import counted
from journeymap.maps import notation as map_notation
from journeymap.report.saving import render
from journeymap.workbook.clipboard import CodeButton
from journeymap.workbook.file_name import file_name
from journeymap.workbook.maps.panel import MapPanel
from journeymap.workbook.menu import Menu
from journeymap.workbook.places import VOILA_TEMPLATE

if TYPE_CHECKING:
    from collections.abc import Callable

    from journeymap.workbook.state import State

MARK = (VOILA_TEMPLATE / "mark.svg").read_text(encoding="utf-8")
MIME = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "html": "text/html",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "yaml": "application/yaml",
}
ITEMS = [
    ("png", "PNG", "for slides", "Picture", "Making the picture…"),
    ("svg", "SVG", "sharp at any size", "Picture", "Making the picture…"),
    ("pdf", "PDF", "for print", "Picture", "Making the picture…"),
    ("xlsx", "Excel", "table and scope", "Table", "Writing the table…"),
    ("csv", "CSV", "table alone", "Table", "Writing the table…"),
    ("html", "HTML", "opens without internet", "Page", "Making the page…"),
    ("yaml", "YAML", "journey and segments", "Definition", "Writing the definition…"),
]


class Header(w.HBox):  # type: ignore[misc]
    """The mark, the scope of the data, the code of what is on the screen, and the export menu.

    Parameters
    ----------
    shown
        Returns the result that is on the screen, or None.
    look
        Returns how it is drawn there.
    on_aside
        Shows the rows that were set aside.
    """

    def __init__(
        self,
        state: State,
        *,
        title: str,
        shown: Callable[[], Any],
        look: Callable[[], dict[str, Any]],
        on_aside: Callable[[], object],
    ) -> None:
        self._state, self._shown, self._look = state, shown, look
        items = [dict(zip(("id", "label", "hint", "group", "busy"), item, strict=True)) for item in ITEMS]
        self.menu = Menu(items=items)
        self.menu.on_choose(self._export)
        self._code = CodeButton()
        about = w.HTML(_about(state, title)).add_class("jm-about")
        super().__init__([about, *_badge(state, on_aside), self._code, self.menu])
        self.add_class("jm-head")
        self._tell_code()
        state.observe(lambda _: self._tell_code(), "question")

    def _tell_code(self) -> None:
        self._code.text = str(self._state.question)

    def _export(self, suffix: str) -> None:
        asked = self._state.question
        content = self._definition() if suffix == "yaml" else render(self._shown(), suffix, **self._look())
        name = file_name(asked.journey.name, self._state.tab, suffix=suffix)
        self.menu.send_file(name, content, mime=MIME[suffix])

    def _definition(self) -> bytes:
        """Write what the tab is about: the map, or the journey and the segments."""
        if self._state.tab == MapPanel.title:
            return map_notation.dumps(self._shown()).encode()
        asked = self._state.question
        return notation.dumps(asked.journey, segments=asked.segments).encode()


def _about(state: State, title: str) -> str:
    log = state.log
    first, last = log.span
    facts = [
        f"<b>{numbers.count(log.n_customers)}</b> {'customer' if log.n_customers == 1 else 'customers'}",
        f"<b>{numbers.count(log.n_events)}</b> {'event' if log.n_events == 1 else 'events'}",
        f"{escape(day(first))} to {escape(day(last))}",
        f"complete to {escape(moment(log.moment(log.data_end)))}",
        escape(log.timezone),
    ]
    name = f"<strong>{escape(title)}</strong>"
    return f"{MARK}{name}<i></i>{''.join(f'<span>{fact}</span>' for fact in facts)}"


def _badge(state: State, on_aside: Callable[[], object]) -> list[w.Widget]:
    """Make the button that says how many rows were set aside, and leads to them; none if there are none."""
    log = state.log
    aside = len(log.quality.set_aside)
    badge = w.Button(description=f"! {counted(aside, 'row')} set aside", tooltip=_reasons(log))
    badge.add_class("jm-badge").add_class("jm-badge-warn")
    badge.on_click(lambda _: on_aside())
    return [badge] if aside else []


def _reasons(log: Any) -> str:
    return "; ".join(f"{count:,} {reason}" for reason, count in log.quality.reasons.items())
