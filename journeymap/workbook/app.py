"""The workbook: the widgets together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as w

from journeymap.errors import DefinitionError
from journeymap.journeys import Journey
from journeymap.questions import Answer, Question
from journeymap.report.saving import render
from journeymap.workbook.data_panel import DataPanel
from journeymap.workbook.drawer import Drawer
from journeymap.workbook.file_name import file_name
from journeymap.workbook.filters import Filters
from journeymap.workbook.finding import SkipLink
from journeymap.workbook.flow_panel import FlowPanel
from journeymap.workbook.funnel_panel import FunnelPanel
from journeymap.workbook.header import MIME, Header
from journeymap.workbook.maps.panel import MapPanel
from journeymap.workbook.opened import opened
from journeymap.workbook.rail import Rail
from journeymap.workbook.rules_pane import RulesPane
from journeymap.workbook.stages_pane import StagesPane
from journeymap.workbook.state import State
from journeymap.workbook.style import css

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd

    from journeymap.events.log import EventLog
    from journeymap.journeys import Segment
    from journeymap.maps.document import JourneyMap
    from journeymap.maps.feedback.reading import Feedback


class Workbook(w.VBox):  # type: ignore[misc]
    """The page on which a marketer picks segments and stages and sees funnels and flows.

    Parameters
    ----------
    log
        The events.
    journey
        A journey, or several to choose from.
    segments
        The segments to choose from; none is ticked at first, which is everybody.
    title
        What stands in the header.
    journey_map, feedback
        A map, or the path of its file: it gets a tab in which it is edited; and the answers that its checks may look at.
    allow_saving
        Whether that file may be written. Without a word: in a notebook yes, on a published page no.

    Attributes
    ----------
    question, answer
        What is on the screen, for the next cell.

    Examples
    --------
    >>> import pandas as pd, journeymap as jm
    >>> frame = pd.DataFrame({"who": ["a", "a", "b"], "what": ["see", "buy", "see"], "when": ["2026-01-01", "2026-01-02", "2026-01-01"]})
    >>> log = jm.read_events(frame, customer="who", event="what", at="when")
    >>> workbook = jm.Workbook(log, jm.suggest_journey(log))
    >>> workbook.answer.funnel.table["customers"].tolist()
    [2, 1]
    """

    def __init__(
        self,
        log: EventLog,
        journey: Journey | Sequence[Journey],
        /,
        *,
        segments: Sequence[Segment] = (),
        title: str = "journeymap",
        journey_map: JourneyMap | str | Path | None = None,
        feedback: Feedback | None = None,
        allow_saving: bool | None = None,
    ) -> None:
        journeys = [journey] if isinstance(journey, Journey) else list(journey)
        if not journeys:
            raise DefinitionError(
                "The workbook was given no journey.", right="At least one.", fix="jm.suggest_journey(log)"
            )
        self.state = State(log, Question(journeys[0]), tab=FunnelPanel.title)
        self.drawer = Drawer(log, on_close=self._go_back, on_download=self._download)
        self.panels: dict[str, Any] = {
            panel.title: panel(self.state, self.drawer, on_edit=self._lead_to)
            for panel in (FunnelPanel, FlowPanel, DataPanel)
        }
        if journey_map is not None:
            told = MapPanel(journey_map, log=log, feedback=feedback, allow_saving=allow_saving)
            self.panels[MapPanel.title] = told
            self.panels[DataPanel.title] = self.panels.pop(DataPanel.title)  # the last tab
        self._pages = [w.VBox() for _ in self.panels]
        self.tabs = w.Tab(self._pages, titles=list(self.panels)).add_class("jm-main")
        self.header = Header(
            self.state, title=title, shown=self._result, look=self._look, on_aside=self._open_data
        )
        self._panes = {
            "journey": StagesPane(self.state, closed=lambda: self._rail.lead_back("journey")),
            "rules": RulesPane(self.state, closed=lambda: self._rail.lead_back("rules")),
        }
        self._rail = Rail(
            self.state, journeys=journeys, segments=segments, on_edit=self._edit, on_done=self._fold
        )
        self._filters = Filters(self.state, self._rail)
        body = w.HBox([self._rail, self.tabs, *self._panes.values(), self.drawer]).add_class("jm-body")
        style = w.HTML(f"<style>{css()}</style>").add_class("jm-style")
        beginning = w.VBox([style, SkipLink()]).add_class("jm-beginning")
        super().__init__([beginning, self.header, self._filters, body])
        self.add_class("jm-app")
        self.tabs.observe(lambda change: self._turn_to(change["new"]), "selected_index")
        self.state.observe(lambda _: self._refresh(), "question")
        self.drawer.observe(lambda change: self._shut() if change["new"] else None, "shown")
        self._turn_to(0)

    @property
    def question(self) -> Question:
        """What is asked on the screen."""
        return self.state.question

    @property
    def answer(self) -> Answer:
        """The answer to what is asked on the screen."""
        return self.state.answer

    def _turn_to(self, position: int) -> None:
        """Show a tab; its page is empty until it is first chosen, and it looks at the answer now."""
        name = list(self.panels)[position]
        self._panel.let_go()
        self._shut()
        self._pages[position].children = [self.panels[name]]
        self.state.tab = name
        self._refresh()

    def _refresh(self) -> None:
        self._panel.refresh()
        self._rail.count()

    @property
    def _panel(self) -> Any:
        return self.panels[self.state.tab]

    def _result(self) -> Any:
        return self._panel.result()

    def _look(self) -> dict[str, Any]:
        return self._panel.look()

    def _go_back(self) -> None:
        self._panel.go_back()

    def _lead_to(self, part: str, stage: str) -> None:
        if part == "counting" and self.state.tab == FunnelPanel.title:
            self._edit("rules")
            return
        self._filters.opened = True
        self._rail.lead_to(part, stage)

    def _edit(self, part: str) -> None:
        """Open a pane in place of what else is open at the right; a second time closes it."""
        pane, was_open = self._panes[part], self._panes[part].opened
        self._panel.let_go()
        self._shut()
        if not was_open:
            pane.unfold()

    def _shut(self) -> None:
        for pane in self._panes.values():
            pane.shut()

    def _fold(self) -> None:
        self._filters.opened = False
        self._filters.lead()

    def _open_data(self) -> None:
        self.tabs.selected_index = list(self.panels).index(DataPanel.title)

    def _download(self, words: list[str], customers: pd.DataFrame) -> None:
        name = file_name(*words, suffix="csv")
        self.header.menu.send_file(name, render(customers, "csv"), mime=MIME["csv"])


def open_workbook() -> Workbook:
    """Open the workbook on what `journeymap demo` or `journeymap open` was started with, else on the generated sample."""
    found = opened()
    return Workbook(
        found.log,
        found.journeys,
        segments=found.segments,
        title=found.title,
        journey_map=found.journey_map,
        allow_saving=found.allow_saving,
    )
