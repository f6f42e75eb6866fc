"""The workbook: the widgets together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as w

from journeymap.errors import DefinitionError
from journeymap.journeys import Journey
from journeymap.questions import Answer, Question
from journeymap.report.saving import render
from journeymap.workbook.drawer import Drawer
from journeymap.workbook.filters import Filters
from journeymap.workbook.flow_panel import FlowPanel
from journeymap.workbook.funnel_panel import FunnelPanel
from journeymap.workbook.header import MIME, Header
from journeymap.workbook.opened import opened
from journeymap.workbook.rail import Rail
from journeymap.workbook.state import State
from journeymap.workbook.style import css

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from journeymap.events.log import EventLog
    from journeymap.journeys import Segment


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
    ) -> None:
        journeys = [journey] if isinstance(journey, Journey) else list(journey)
        if not journeys:
            raise DefinitionError(
                "The workbook was given no journey.", right="At least one.", fix="jm.suggest_journey(log)"
            )
        self.state = State(log, Question(journeys[0]), tab=FunnelPanel.title)
        self.drawer = Drawer(log, on_close=self._let_go, on_download=self._download)
        self.panels = {panel.title: panel(self.state, self.drawer) for panel in (FunnelPanel, FlowPanel)}
        self._pages = [w.VBox() for _ in self.panels]
        self.tabs = w.Tab(self._pages, titles=list(self.panels)).add_class("jm-main")
        self.header = Header(self.state, title=title, shown=self._result)
        rail = Rail(self.state, journeys=journeys, segments=segments)
        body = w.HBox([rail, self.tabs, self.drawer]).add_class("jm-body")
        style = w.HTML(f"<style>{css()}</style>").add_class("jm-style")
        super().__init__([style, self.header, Filters(self.state, rail), body])
        self.add_class("jm-app")
        self.tabs.observe(lambda change: self._turn_to(change["new"]), "selected_index")
        self.state.observe(lambda _: self.panels[self.state.tab].refresh(), "question")
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
        self.drawer.close_list()
        self._pages[position].children = [self.panels[name]]
        self.state.tab = name
        self.panels[name].refresh()

    def _result(self) -> Any:
        return self.panels[self.state.tab].result()

    def _let_go(self) -> None:
        self.panels[self.state.tab].let_go()

    def _download(self, customers: pd.DataFrame) -> None:
        self.header.menu.send_file("customers.csv", render(customers, "csv"), mime=MIME["csv"])


def open_workbook() -> Workbook:
    """Open the workbook on what `journeymap demo` or `journeymap open` was started with, else on the generated sample."""
    found = opened()
    return Workbook(found.log, found.journeys, segments=found.segments, title=found.title)
