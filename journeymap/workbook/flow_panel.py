"""The Flow tab: what customers do, step by step."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import ipywidgets as w

from journeymap.analyses.scope import day
from journeymap.charts import flow as picture
from journeymap.charts import numbers
from journeymap.charts.flow_finding import flow_finding
from journeymap.errors import counted
from journeymap.questions import FlowOptions
from journeymap.workbook.choices import Choices
from journeymap.workbook.drawer import Listing
from journeymap.workbook.panel import Panel
from journeymap.workbook.steps_pager import StepsPager

if TYPE_CHECKING:
    from collections.abc import Callable

    from journeymap.analyses.flow import Flow
    from journeymap.charts.drawing import Drawing
    from journeymap.charts.findings import Finding
    from journeymap.workbook.drawer import Drawer
    from journeymap.workbook.state import State

LEGEND = (
    "<span class='jm-key jm-key-left'></span>(left) <span class='jm-key jm-key-other'></span>(other) "
    "<span class='jm-key jm-key-continues'></span>(continues)"
)
TOUCHES = ("channel", "page")
FIRST = ""  # a Dropdown takes None for no choice at all


class FlowPanel(Panel):
    """Ribbons as wide as their counts; a click on a node or a ribbon isolates it."""

    title = "Flow"

    def __init__(self, state: State, drawer: Drawer, *, on_edit: Callable[[str, str], None]) -> None:
        self._listed: dict[str, Any] | None = None
        super().__init__(state, drawer, on_edit=on_edit)
        self._pager = StepsPager(self.view, on_turn=lambda: self._guarded(self._turn_to_steps))
        place = self.full.children.index(self.view)
        self.full.children = [*self.full.children[:place], self._pager, *self.full.children[place:]]

    def watched(self) -> list[str]:
        """Name the selections of a ribbon and of a node."""
        return ["pick", "node"]

    def own_tools(self) -> list[w.Widget]:
        """Make the choices: over what, from where, how many steps, how many nodes, whose flow."""
        log = self.state.log
        overs = [
            ("Stages", "stage"),
            ("Events", "event"),
            *((f"{n.capitalize()}s", n) for n in TOUCHES if n in log.properties),
        ]
        self._over = Choices(overs, description="Flow over").add_class("jm-segmented")
        self._start = w.Dropdown(description="Start", options=[("Start: first seen", FIRST)])
        self._steps = w.Dropdown(description="Steps", options=[(f"{n} steps", n) for n in range(3, 9)])
        self._top = w.Dropdown(
            description="Nodes in a column", options=[(f"Top {n}", n) for n in range(3, 12)]
        )
        self._segment = w.Dropdown(description="Segment", options=[])
        self._coloured: list[str] = []
        self._selection = w.HBox().add_class("jm-selection")
        self._syncing = False
        for control in (self._over, self._start, self._steps, self._top):
            control.observe(self._ask, "value")
        self._segment.observe(lambda _: self._guarded(self._turn_to_segment), "value")
        for name, control in (
            ("Start", self._start),
            ("Steps", self._steps),
            ("Nodes", self._top),
            ("Segment", self._segment),
        ):
            control.tooltip = name
        return [
            self._over,
            self._start,
            self._steps,
            self._top,
            self._segment,
            w.HTML(LEGEND).add_class("jm-legend"),
        ]

    def _sync(self) -> None:
        options = self.state.question.flow
        self._syncing = True
        if options.over not in [value for _, value in self._over.options]:
            self._over.options = [*self._over.options, (options.over, options.over)]
        self._over.value = options.over
        self._start.options = self._starts()
        self._start.value = options.start or FIRST
        for control, value, word in (
            (self._steps, options.steps, "{} steps"),
            (self._top, options.top, "Top {}"),
        ):
            if value not in [known for _, known in control.options]:
                control.options = [*control.options, (word.format(value), value)]
            control.value = value
        names = [segment.name for segment in self.state.question.segments]
        chosen = self._segment.value
        self._segment.options = names
        self._segment.value = chosen if chosen in names else next(iter(names), None)
        self._segment.layout.display = None if len(names) > 1 else "none"
        self._syncing = False

    def _starts(self) -> list[tuple[str, str]]:
        options, log = self.state.question.flow, self.state.log
        if options.over == "stage":
            names = self.state.question.journey.stage_names
        elif options.over == "event":
            names = log.event_names[:100]
        else:
            known = options.over in log.properties or options.over in log.attributes
            names = [str(value) for value in log.values(options.over, most=50).index] if known else []
        shown = names if options.start is None or options.start in names else [*names, options.start]
        return [("Start: first seen", FIRST), *((f"Start: {name}", name) for name in shown)]

    def _ask(self, change: dict[str, Any]) -> None:
        if self._syncing:
            return
        over = self._over.value
        start = None if change["owner"] is self._over else self._start.value or None
        self.state.ask(flow=FlowOptions(over, start, self._steps.value, self._top.value))

    def refresh(self) -> None:
        """Bring the choices in line with the question, then show the answer."""
        self._guarded(self._sync)
        super().refresh()

    def result(self) -> Flow:
        """Return the flow."""
        return self.state.answer.flow

    def draw(self, result: Flow, width: int) -> Drawing:
        """Draw nodes and ribbons of the chosen segment."""
        self._coloured = picture.coloured(result, known=self._coloured)
        first, columns = self._pager.stretch(result, width)
        return picture.drawing(
            result,
            width=width,
            segment=self._drawn(result),
            first_step=first,
            columns=columns,
            known=self._coloured,
        )

    def look(self) -> dict[str, Any]:
        """Name the segments and the nodes in order of their colours."""
        return {"known": self.state.coloured, "nodes": self._coloured}

    def found(self, result: Flow) -> Finding:
        """Return the finding of the segment that is drawn."""
        return flow_finding(result, segment=self._drawn(result))

    def lead_to(self, part: str, stage: str) -> None:
        """Lead to the tools of the flow if they are what is to be changed."""
        if part == "flow":
            self._start.focus()
        else:
            super().lead_to(part, stage)

    def _turn_to_segment(self) -> None:
        if not self._syncing and self.shown is not None:
            self.tell(self.shown)
            self.redraw()
            self.keep_pick()

    def _turn_to_steps(self) -> None:
        self.let_go()
        self.redraw()

    def _drawn(self, flow: Flow) -> str:
        names = list(flow.masks)
        return self._segment.value if self._segment.value in names else names[0]

    def nobody(self, result: Flow) -> str:
        """Say that nobody started."""
        return (
            ""
            if result.scope.counted
            else f"No path starts from {day(result.scope.begin)} to {day(result.scope.end)}."
        )

    def pick(self) -> None:
        """Say what was picked beneath the picture; a ribbon's customers are listed at once, a node's only by List."""
        flow, what = self.shown, picture.picked(self.view.signals)
        if flow is None or what is None:
            self.drawer.close_list()
            self.beneath.children = []
            return
        if "node" in what:
            title = f"{what['node']}, {_step(flow, what['step'])}"
        else:
            steps = f"step {what['step']} to {what['step'] + 1}"
            place = steps if what["step"] < flow.steps else _step(flow, what["step"] + 1)
            title = f"{what['source']} to {what['target']}, {place}"
        customers = flow.customers(segment=self._drawn(flow), **what)
        listing = Listing(
            title=f"{counted(len(customers), 'customer')}, {title}",
            subtitle=self._drawn(flow),
            name=[self.state.question.journey.name, self._drawn(flow) if flow.segments else "", title],
            customers=customers,
            since="Entered",
        )
        self._tell(title, customers, listing, what)
        if "source" in what or (self.drawer.shown and what == self._listed):
            self._list(listing, what)
        else:
            self.drawer.close_list()

    def _list(self, listing: Listing, what: dict[str, Any]) -> None:
        self._listed = what
        self.drawer.open_list(listing)

    def _tell(self, title: str, customers: Any, listing: Listing, what: dict[str, Any]) -> None:
        said = f"<strong>{escape(title)}</strong> <b>{numbers.count(len(customers))}</b> {'customer' if len(customers) == 1 else 'customers'} <span>{escape(self._around(what))}</span>"
        show = w.Button(description=f"List the {numbers.count(len(customers))}").add_class("jm-main-button")
        show.on_click(lambda _: self._guarded(lambda: self._list(listing, what)))
        buttons = [show]
        name = what.get("node")
        if name is not None and name in [value for _, value in self._start.options]:
            here = w.Button(description="Start here").add_class("jm-plain-button")
            here.on_click(lambda _: setattr(self._start, "value", name))
            buttons.append(here)
        clear = w.Button(description="Clear").add_class("jm-quiet-button")
        clear.on_click(lambda _: self.go_back())
        self._selection.children = [w.HTML(said), *buttons, clear]
        self.beneath.children = [self._selection]

    def _around(self, what: dict[str, Any]) -> str:
        """Say where most of a node's customers came from and go next."""
        if "node" not in what:
            return ""
        table = self.shown.table[self.shown.table["segment"] == self._drawn(self.shown)]
        came = table[(table["step"] == what["step"] - 1) & (table["target"] == what["node"])].nlargest(
            1, "customers"
        )
        goes = table[(table["step"] == what["step"]) & (table["source"] == what["node"])].nlargest(
            2, "customers"
        )
        said = [f"{numbers.count(row.customers)} from {row.source}" for row in came.itertuples()]
        said += [f"{numbers.count(row.customers)} to {row.target}" for row in goes.itertuples()]
        return ", ".join(said)


def _step(flow: Flow, step: int) -> str:
    """Name a column as its head does; the last is what comes after the steps."""
    return f"step {step}" if step <= flow.steps else f"after step {flow.steps}"
