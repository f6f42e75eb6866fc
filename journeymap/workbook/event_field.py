"""A field for one event of the log: the most frequent are offered, any other can be typed."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import ipywidgets as w

from journeymap.charts.numbers import count
from journeymap.errors import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_OFFERED = 200


class EventField(w.VBox):  # type: ignore[misc]
    """A name to choose or to type; what the log does not have is said, with the nearest name.

    Parameters
    ----------
    names
        The names of all events, most frequent first.
    description
        What stands above the field.

    Examples
    --------
    >>> field = EventField(["view", "purchase"], description="Event")
    >>> field.field.value = "pruchase"
    >>> field.event, field.said.value
    (None, "<p role='alert'>The log has no event “pruchase”. Type: purchase</p>")
    """

    def __init__(self, names: Sequence[str], *, description: str) -> None:
        self._names = list(names)
        self.field = w.Combobox(
            description=description, placeholder="Choose or type an event", continuous_update=False
        )
        self.said = w.HTML().add_class("jm-said")
        super().__init__([self.field, self.said])
        self.add_class("jm-event-field")
        self.offer(self._names)
        self.field.observe(lambda _: self._check(), "value")

    @property
    def event(self) -> str | None:
        """The event that is named, or None."""
        return self.field.value if self.field.value in self._names else None

    def offer(self, names: Sequence[str]) -> None:
        """Offer the first of these names."""
        self.field.options = tuple(names[:MOST_OFFERED])
        self._check()

    def clear(self) -> None:
        """Empty the field."""
        self.field.value = ""

    def _check(self) -> None:
        typed = self.field.value
        if typed and self.event is None:
            near = nearest(typed, self._names)
            problem = f"The log has no event “{typed}”." + (f" Type: {near}" if near else "")
            self.said.value = f"<p role='alert'>{escape(problem, quote=False)}</p>"
        elif len(self._names) > MOST_OFFERED:
            self.said.value = f"The {MOST_OFFERED} most frequent of {count(len(self._names))} are listed; type any other name."
        else:
            self.said.value = ""
