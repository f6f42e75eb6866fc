"""A field for a length of time, such as 45d; what is no length is said, with one that would be right."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import ipywidgets as w

from journeymap.durations import canonical
from journeymap.errors import DefinitionError

if TYPE_CHECKING:
    from collections.abc import Callable


class LengthField(w.VBox):  # type: ignore[misc]
    """A text that is a length of time, or empty.

    Parameters
    ----------
    description, placeholder
        What stands above the field, and in it while it is empty.
    ask
        Takes the length, None for an empty field; what it refuses is said under the field.

    Examples
    --------
    >>> asked = []
    >>> field = LengthField("At most", placeholder="No limit", ask=asked.append)
    >>> field.field.value = "2 w"
    >>> field.field.value = "two weeks"
    >>> asked, "A number and one of" in field.said.value
    (['14d'], True)
    """

    def __init__(self, description: str, *, placeholder: str, ask: Callable[[str | None], object]) -> None:
        self._ask, self._shown = ask, ""
        self.field = w.Text(description=description, placeholder=placeholder, continuous_update=False)
        self.said = w.HTML().add_class("jm-said")
        super().__init__([self.field, self.said])
        self.add_class("jm-length-field")
        self.field.observe(lambda _: self._try(), "value")

    def show(self, length: str | None) -> None:
        """Show a length that is asked for already."""
        self._shown = length or ""
        self.field.value = self._shown
        self._tell("")

    def _try(self) -> None:
        typed = self.field.value.strip()
        if typed == self._shown:
            self._tell("")
            return
        try:
            self._ask(canonical(typed) if typed else None)
        except DefinitionError as problem:
            self._tell(f"{problem.wrong} {problem.right}")
        else:
            self._tell("")

    def _tell(self, problem: str) -> None:
        self.said.value = f"<p role='alert'>{escape(problem, quote=False)}</p>" if problem else ""
