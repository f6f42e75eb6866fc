"""The Funnel tab: where customers leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as w

from journeymap.analyses.funnel_words import labels
from journeymap.charts import funnel as picture
from journeymap.charts.findings import finding
from journeymap.charts.funnel_series import MOST_COLUMNS, places
from journeymap.errors import counted
from journeymap.workbook.choices import Choices
from journeymap.workbook.drawer import Listing
from journeymap.workbook.panel import Panel

if TYPE_CHECKING:
    import pandas as pd

    from journeymap.analyses.funnel import Funnel
    from journeymap.charts.drawing import Drawing

SWATCHES = {"moved_on": "moved-on", "left": "left", "still_open": "open"}
WORDS = {
    "moved_on": "moved on from",
    "left": "left at",
    "still_open": "still open at",
    "settled_moved_on": "of the settled moved on from",
}
AFTER = {"left": "left after", "still_open": "still open after"}
HEADINGS = {
    "customers": "Who they are",
    "sessions": "Whose sessions they are",
    "attempts": "Whose attempts they are",
}
NO_NEXT = "What was done next is shown where customers are counted."


class FunnelPanel(Panel):
    """Bars of what moved on, left and is still open; rates with their intervals."""

    title = "Funnel"

    def watched(self) -> list[str]:
        """Name the selection of a part of a bar."""
        return ["pick"]

    def own_tools(self) -> list[w.Widget]:
        """Make the legend and the choice of scale."""
        self._scale = Choices(
            [("Share", "share"), ("Customers", "customers")], description="Bars show"
        ).add_class("jm-segmented")
        self._scale.observe(lambda _: self._guarded(self.redraw), "value")
        self._legend = w.HTML().add_class("jm-legend")
        return [self._legend, self._scale]

    def result(self) -> Funnel:
        """Return the funnel."""
        return self.state.answer.funnel

    def draw(self, result: Funnel, width: int) -> Drawing:
        """Draw bars and rates."""
        self._scale.options = [("Share", "share"), (result.scope.unit.capitalize(), "customers")]
        self._legend.value = _legend(result)
        return picture.drawing(result, width=width, **self.look())

    def look(self) -> dict[str, Any]:
        """Name the scale, and the segments in order of their colours; groups have colours of their own."""
        known = self.state.coloured if self.state.question.by is None else ()
        return {"scale": self._scale.value, "known": known}

    def twin(self, result: Funnel) -> pd.DataFrame:
        """Return the table; where stages may change places, its rows are named as in the picture too."""
        named = {stage: row_name(result, stage) for stage in result.journey.stage_names}
        names = {stage: f"{row} ({stage})" if free else stage for stage, (row, free) in named.items()}
        return result.table.assign(stage=result.table["stage"].map(names))

    def too_wide(self, result: Funnel) -> str:
        """Say that segments and groups make more columns than fit."""
        return picture.fits(result) or ""

    def nobody(self, result: Funnel) -> str:
        """Say that nobody entered."""
        return "" if result.scope.counted else finding(result).text

    def pick(self) -> None:
        """List the customers of a part of a bar."""
        picked = picture.picked(self.view.signals.get("pick") or {})
        if picked is None or self.shown is None:
            self.drawer.close_list()
        else:
            self.drawer.open_list(self._listing(self.shown, picked))

    def _listing(self, funnel: Funnel, picked: dict[str, Any]) -> Listing:
        customers = funnel.customers(**picked)
        outcome, unit, who = picked["outcome"], funnel.scope.unit, str(customers.columns[0])
        row, free = row_name(funnel, picked["stage"])
        words = WORDS | AFTER if free else WORDS
        segment = picked["segment"] if funnel.segments else ""
        return Listing(
            title=f"{things(len(customers), unit)} {words.get(outcome, 'reached')} {row}",
            subtitle=", ".join(part for part in (picked["segment"], picked["group"]) if part),
            name=[funnel.journey.name, segment, picked["group"] or "", row, outcome or "reached"],
            customers=customers,
            since=f"{'Reached' if free else 'Entered'} {row}",
            tone=outcome if outcome in {"left", "still_open"} else "moved_on",
            series=self._series(funnel, picked["segment"]),
            who=who,
            heading=HEADINGS.get(unit) or f"Each {who}, and of its customers the one who entered",
            did_next=funnel.did_next(**picked) if unit == "customers" else None,
            no_next="" if unit == "customers" else f"{NO_NEXT} Here {unit} are counted.",
            who_did_next=lambda events: {
                one for event in events for one in funnel.customers_who_did_next(event, **picked)
            },
        )

    def _series(self, funnel: Funnel, segment: str) -> int:
        names = [one.name for one in funnel.segments]
        signs = places(names, segments=funnel.segments, known=self.state.coloured)
        return signs[segment][0] % MOST_COLUMNS + 1 if segment in signs else 0


def row_name(funnel: Funnel, stage: str) -> tuple[str, bool]:
    """Name a row of a funnel, and say whether other stages may take the place of the one that it has in the table."""
    names = funnel.journey.stage_names
    label = labels(funnel.journey, funnel.counting)[names.index(stage)]
    return label, label != stage


def things(number: int, unit: str) -> str:
    """Write how many of what is counted.

    Examples
    --------
    >>> things(1, "sessions"), things(2300, "sessions"), things(1, "values of company")
    ('1 session', '2,300 sessions', '1 value of company')
    """
    kind, of, column = unit.partition(" of ")
    one = kind.removesuffix("s")
    return counted(number, f"{one}{of}{column}", unit)


def _legend(funnel: Funnel) -> str:
    swatches = (
        f"<span class='jm-key jm-key-{SWATCHES[part]}'></span>{word}" for word, part in picture.key(funnel)
    )
    return f"{' '.join(swatches)} <small>{picture.key_note(funnel)}</small>"
