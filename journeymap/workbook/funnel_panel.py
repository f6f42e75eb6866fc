"""The Funnel tab: where customers leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as w

from journeymap.analyses.scope import day
from journeymap.charts import funnel as picture
from journeymap.charts import numbers
from journeymap.charts.funnel_series import MOST_COLUMNS, places
from journeymap.workbook.drawer import Listing
from journeymap.workbook.panel import Panel

if TYPE_CHECKING:
    from journeymap.analyses.funnel import Funnel
    from journeymap.charts.drawing import Drawing

LEGEND = (
    "<span class='jm-key jm-key-moved-on'></span>moved on <span class='jm-key jm-key-left'></span>left "
    "<span class='jm-key jm-key-open'></span>still open <small>Bars: all who entered. Rates: settled only.</small>"
)
WORDS = {
    "moved_on": "moved on from",
    "left": "left at",
    "still_open": "are still open at",
    "settled_moved_on": "of the settled moved on from",
}


class FunnelPanel(Panel):
    """Bars of what moved on, left and is still open; rates with their intervals."""

    title = "Funnel"

    def watched(self) -> list[str]:
        """Name the selection of a part of a bar."""
        return ["pick"]

    def own_tools(self) -> list[w.Widget]:
        """Make the legend and the choice of scale."""
        self._scale = w.ToggleButtons(options=[("Share", "share"), ("Customers", "customers")]).add_class(
            "jm-segmented"
        )
        self._scale.observe(lambda _: self._guarded(self.redraw), "value")
        return [w.HTML(LEGEND).add_class("jm-legend"), self._scale]

    def result(self) -> Funnel:
        """Return the funnel."""
        return self.state.answer.funnel

    def draw(self, result: Funnel, width: int) -> Drawing:
        """Draw bars and rates."""
        known = self.state.coloured if result.by is None else ()
        return picture.drawing(result, width=width, scale=self._scale.value, known=known)

    def too_wide(self, result: Funnel) -> str:
        """Say that segments and groups make more columns than fit."""
        return picture.fits(result) or ""

    def nobody(self, result: Funnel) -> str:
        """Say that nobody entered."""
        if result.scope.counted:
            return ""
        stage = result.journey.stages[0].name
        who = " of the chosen segments" if result.segments else ""
        return f"No customer{who} entered {stage} from {day(result.scope.begin)} to {day(result.scope.end)}."

    def pick(self) -> None:
        """List the customers of a part of a bar."""
        picked = picture.picked(self.view.signals.get("pick") or {})
        if picked is None or self.shown is None:
            self.drawer.close_list()
        else:
            self.drawer.open_list(self._listing(self.shown, picked))

    def _listing(self, funnel: Funnel, picked: dict[str, Any]) -> Listing:
        customers = funnel.customers(**picked)
        stage, outcome = picked["stage"], picked["outcome"]
        return Listing(
            title=f"{numbers.count(len(customers))} customers {WORDS.get(outcome, 'reached')} {stage}",
            subtitle=", ".join(part for part in (picked["segment"], picked["group"]) if part),
            customers=customers,
            since=f"Entered {stage}",
            tone=outcome if outcome in {"left", "still_open"} else "moved_on",
            series=self._series(funnel, picked["segment"]),
            did_next=funnel.did_next(**picked),
            who_did_next=lambda events: {
                one for event in events for one in funnel.customers_who_did_next(event, **picked)
            },
        )

    def _series(self, funnel: Funnel, segment: str) -> int:
        names = [one.name for one in funnel.segments]
        signs = places(names, segments=funnel.segments, known=self.state.coloured)
        return signs[segment][0] % MOST_COLUMNS + 1 if segment in signs else 0
