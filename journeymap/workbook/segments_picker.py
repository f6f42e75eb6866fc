"""The rail's segments: up to six side by side, and a small form for new ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as w

from journeymap.analyses.splitting import EVERYBODY, MOST_SEGMENTS, as_text, members
from journeymap.analyses.suggestions import splitting_properties
from journeymap.charts.funnel_series import places
from journeymap.charts.numbers import count
from journeymap.charts.theme import tokens
from journeymap.conditions import did, event, where
from journeymap.errors import JourneymapError
from journeymap.journeys import Segment
from journeymap.rules import Rule, reads_until_entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journeymap.workbook.state import State

MOST_VALUES = 50
SHAPES = {
    "circle": "<circle cx='6' cy='6' r='4.5'/>",
    "square": "<rect x='1.5' y='1.5' width='9' height='9'/>",
    "triangle-up": "<path d='M6 1 11 10.5H1Z'/>",
    "diamond": "<path d='M6 .5 11.5 6 6 11.5.5 6Z'/>",
    "triangle-down": "<path d='M6 11 1 1.5H11Z'/>",
    "cross": "<path d='M4 1H8V4H11V8H8V11H4V8H1V4H4Z'/>",
}


class SegmentsPicker(w.VBox):  # type: ignore[misc]
    """Segments to tick; none ticked is everybody."""

    def __init__(self, state: State, segments: Sequence[Segment]) -> None:
        self._state = state
        self._segments = {segment.name: segment for segment in segments}
        self._rows = w.VBox().add_class("jm-segments")
        self._said = w.HTML().add_class("jm-said")
        new = w.Button(description="New segment").add_class("jm-as-link")
        self._form = NewSegment(state, self._add)
        head = w.HBox([w.HTML("<h3>Segments</h3>"), new]).add_class("jm-section-head")
        super().__init__([head, self._rows, self._said, self._form])
        self.add_class("jm-section")
        new.on_click(lambda _: self._form.toggle())
        self._sizes: dict[Segment, tuple[str, str]] = {}
        self._row_of: dict[Segment, w.HBox] = {}
        self._show()
        state.observe(lambda _: self._show(), "question")

    def _show(self) -> None:
        """Bring the rows in line with the question."""
        chosen = self._state.question.segments
        self._segments |= {segment.name: segment for segment in chosen}
        self._signs = places([one.name for one in chosen], segments=chosen, known=self._state.coloured)
        full = len(chosen) >= MOST_SEGMENTS
        self._rows.children = [self._row(segment, full=full) for segment in self._all()]
        empty = "No segment yet: make one with New segment." if not self._segments else ""
        self._said.value = f"{MOST_SEGMENTS} segments fit side by side; untick one first." if full else empty

    def _all(self) -> list[Segment]:
        """List the segments, each followed by the rest of it where it is ticked."""
        rows: list[Segment] = []
        ticked = {segment.name for segment in self._state.question.segments}
        for segment in self._segments.values():
            rest = ~segment
            rows.append(segment)
            if segment.name in ticked and rest.name not in self._segments:
                rows.append(rest)
        return rows

    def _row(self, segment: Segment, *, full: bool) -> w.HBox:
        """Return the row of a segment; the same one each time, so that the keyboard stays where it is."""
        if segment not in self._row_of:
            tick = w.Checkbox(description=segment.name, indent=False)
            tick.observe(lambda change: self._tick(segment, ticked=change["new"]), "value")
            size = w.HTML(self._size(segment)[0]).add_class("jm-count")
            row = w.HBox([tick, w.HTML().add_class("jm-sign"), size]).add_class("jm-segment-row")
            self._row_of[segment] = row
        tick, sign, _ = self._row_of[segment].children
        ticked = segment.name in self._signs
        problem = self._size(segment)[1]
        tick.value, tick.disabled = ticked, not ticked and (full or bool(problem))
        tick.tooltip = problem or repr(segment.rule)
        sign.value = _sign(*self._signs[segment.name]) if ticked else ""
        return self._row_of[segment]

    def _size(self, segment: Segment) -> tuple[str, str]:
        """Return how many customers a segment holds, and why the log cannot tell, if it cannot."""
        if segment not in self._sizes:
            self._sizes[segment] = self._counted(segment)
        return self._sizes[segment]

    def _counted(self, segment: Segment) -> tuple[str, str]:
        if reads_until_entry(segment.rule):
            return "", ""
        visible = self._state.log.visible
        try:
            mask = members(self._state.log, segment, at=visible.at, entry=visible.offsets[:-1])
        except JourneymapError as problem:
            return "!", str(problem)
        return count(int(mask.sum())), ""

    def _tick(self, segment: Segment, *, ticked: bool) -> None:
        if ticked == (segment.name in [one.name for one in self._state.question.segments]):
            return
        chosen = [one for one in self._state.question.segments if one.name != segment.name]
        self._state.ask(segments=(*chosen, segment) if ticked else tuple(chosen))

    def _add(self, segment: Segment) -> None:
        taken = {EVERYBODY, *(one.name for one in self._all())}
        while segment.name in taken:
            segment = segment.named(f"{segment.name} (new)")
        self._segments[segment.name] = segment
        if len(self._state.question.segments) < MOST_SEGMENTS:
            self._tick(segment, ticked=True)
        self._show()


class NewSegment(w.VBox):  # type: ignore[misc]
    """A form for one segment: customers who have a value, or who did an event."""

    def __init__(self, state: State, add: Any) -> None:
        self._log, self._add = state.log, add
        properties = splitting_properties(self._log)
        kinds = [("Who have", "have"), ("Who did", "did")] if properties else [("Who did", "did")]
        self._kind = w.ToggleButtons(options=kinds, description="Customers")
        self._property = w.Dropdown(options=properties, description="Property")
        self._value = w.Dropdown(options=[], description="Value")
        self._event = w.Dropdown(options=self._log.event_names[:200], description="Event")
        self._times = w.BoundedIntText(1, min=1, max=1000, description="At least, times")
        self._name = w.Text(description="Name", placeholder="Named by its rule")
        make = w.Button(description="Add segment").add_class("jm-main-button")
        super().__init__(
            [self._kind, self._property, self._value, self._event, self._times, self._name, make]
        )
        self.add_class("jm-form")
        self.layout.display = "none"
        self._kind.observe(lambda _: self._fit(), "value")
        self._property.observe(lambda _: self._fit(), "value")
        make.on_click(lambda _: self._make())
        self._fit()

    def toggle(self) -> None:
        """Open the form, or close it."""
        self.layout.display = "none" if self.layout.display is None else None

    def _fit(self) -> None:
        have = self._kind.value == "have"
        for field in (self._property, self._value):
            field.layout.display = None if have else "none"
        for field in (self._event, self._times):
            field.layout.display = "none" if have else None
        if have:
            values = self._log.values(self._property.value, most=MOST_VALUES)
            self._value.options = [(as_text(value), value) for value in values.index]
            self._value.index = 0 if len(values) else None

    def _make(self) -> None:
        if self._kind.value == "have":
            name, value = self._property.value, self._value.value
            literal = value.replace("*", "[*]") if isinstance(value, str) else value
            once = {} if name in self._log.attributes else {"pick": "first"}
            rule: Rule
            said, rule = f"{name}: {as_text(value)}", where({name: literal}, **once)  # type: ignore[arg-type]
        else:
            rule = did(event(self._event.value.replace("*", "[*]")), at_least=self._times.value)
            said = f"did {self._event.value}" + (
                f" {self._times.value} times" if self._times.value > 1 else ""
            )
        self._add(Segment(self._name.value.strip() or said, rule))
        self._name.value = ""
        self.toggle()


def _sign(place: int, hollow: bool) -> str:  # noqa: FBT001 - a pair from `places`
    """Draw the shape and colour of a segment."""
    shape = SHAPES[tokens()["series_shapes"][place % len(SHAPES)]]
    colour = f"var(--jm-series-{place % len(SHAPES) + 1})"
    look = f"fill='none' stroke='{colour}' stroke-width='1.5'" if hollow else f"fill='{colour}'"
    return f"<svg width='12' height='12' aria-hidden='true' {look}>{shape}</svg>"
