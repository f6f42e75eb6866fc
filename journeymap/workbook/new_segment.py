"""The rail's small form for a new segment: customers who have a value, or who did an event."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import ipywidgets as w

from journeymap.analyses.splitting import as_text
from journeymap.analyses.suggestions import splitting_properties
from journeymap.conditions import did, event, where
from journeymap.journeys import Segment
from journeymap.workbook.choices import Choices
from journeymap.workbook.event_field import EventField

if TYPE_CHECKING:
    from collections.abc import Callable

    from journeymap.events.log import EventLog
    from journeymap.rules import Rule

MOST_VALUES = 50
MOST_TIMES = 1000


class NewSegment(w.VBox):  # type: ignore[misc]
    """A form for one segment; opening it moves the focus into it.

    Parameters
    ----------
    add
        Takes the segment that was made.
    closed
        Called when the form has closed: it takes the focus back.
    """

    def __init__(self, log: EventLog, *, add: Callable[[Segment], None], closed: Callable[[], None]) -> None:
        self._log, self._add, self._closed = log, add, closed
        properties = splitting_properties(log)
        kinds = [("Who have", "have"), ("Who did", "did")] if properties else [("Who did", "did")]
        self._kind = Choices(kinds, description="Customers")
        self._property = w.Dropdown(options=properties, description="Property")
        self._value = w.Dropdown(options=[], description="Value")
        self._event = EventField(log.event_names, description="Event")
        self._times = w.IntText(1, description="At least, times")
        self._name = w.Text(description="Name", placeholder="Named by its rule")
        self._said = w.HTML().add_class("jm-said")
        make = w.Button(description="Add segment").add_class("jm-main-button")
        cancel = w.Button(description="Cancel").add_class("jm-quiet-button")
        self._have, self._did = w.VBox([self._property, self._value]), w.VBox([self._event, self._times])
        buttons = w.HBox([make, cancel])
        super().__init__([self._kind, self._have, self._did, self._said, self._name, buttons])
        self.add_class("jm-form")
        self.layout.display = "none"
        self._kind.observe(lambda _: self._fit(), "value")
        self._property.observe(lambda _: self._fit(), "value")
        for field in (self._times, self._event.field):
            field.observe(lambda _: self._tell(""), "value")
        make.on_click(lambda _: self._make())
        cancel.on_click(lambda _: self.toggle())
        self._fit()

    def toggle(self) -> None:
        """Open the form and move the focus into it, or close it."""
        opens = self.layout.display == "none"
        self.layout.display = None if opens else "none"
        self._tell("")
        if opens:
            self._kind.focus()
        else:
            self._closed()

    def _fit(self) -> None:
        have = self._kind.value == "have"
        self._have.layout.display = None if have else "none"
        self._did.layout.display = "none" if have else None
        self._tell("")
        if have:
            values = self._log.values(self._property.value, most=MOST_VALUES)
            self._value.options = [(as_text(value), value) for value in values.index]
            self._value.index = 0 if len(values) else None

    def _tell(self, problem: str) -> None:
        """Say what keeps the segment from being made; too few times are said at once."""
        times = self._times.value
        if not problem and self._kind.value == "did" and not 1 <= times <= MOST_TIMES:
            problem = f"At least {times:,} times is no segment. Type 1 to {MOST_TIMES:,}."
        self._said.value = f"<p role='alert'>{escape(problem)}</p>" if problem else ""

    def _make(self) -> None:
        have = self._kind.value == "have"
        if not have and self._event.event is None:
            self._tell("" if self._event.field.value else "Choose an event first.")
            self._event.field.focus()
        elif not have and not 1 <= self._times.value <= MOST_TIMES:
            self._times.focus()
        else:
            said, rule = self._having() if have else self._doing()
            self._add(Segment(self._name.value.strip() or said, rule))
            self._name.value = ""
            self.toggle()

    def _having(self) -> tuple[str, Rule]:
        name, value = self._property.value, self._value.value
        literal: Any = value.replace("*", "[*]") if isinstance(value, str) else value
        once: dict[str, Any] = {} if name in self._log.attributes else {"pick": "first"}
        return f"{name}: {as_text(value)}", where({name: literal}, **once)

    def _doing(self) -> tuple[str, Rule]:
        name, times = str(self._event.event), self._times.value
        said = f"did {name}" + (f" at least {times:,} times" if times > 1 else "")
        return said, did(event(name.replace("*", "[*]")), at_least=times)
