"""What the editor of a map has to say above it: each a sentence with the ways out, until one is taken."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import ipywidgets as w

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class MapNotices(w.VBox):  # type: ignore[misc]
    """Sentences above the map, one of a kind at a time.

    Examples
    --------
    >>> notices = MapNotices()
    >>> notices.say("clash", "map.yaml was changed.", {"Load theirs": lambda: None})
    >>> notices.said("clash"), notices.said("draft")
    ('map.yaml was changed.', '')
    """

    def __init__(self) -> None:
        self._said: dict[str, tuple[str, w.HBox]] = {}
        super().__init__()
        self.add_class("jm-notices")

    def said(self, kind: str) -> str:
        """Return what is said of a kind; nothing if nothing is."""
        return self._said[kind][0] if kind in self._said else ""

    def say(
        self, kind: str, sentence: str, ways_out: Mapping[str, Callable[[], object]], *, details: str = ""
    ) -> None:
        """Say something; all of it is text. The same again is not said anew. Each way out ends it."""
        if self.said(kind) == sentence + details:
            return
        more = f"<span>{escape(details)}</span>" if details else ""
        words = w.HTML(f"<p role='alert'>{escape(sentence)} {more}</p>")
        buttons = [self._button(kind, label, answer) for label, answer in ways_out.items()]
        row = w.HBox([words, *buttons]).add_class("jm-notice").add_class(f"jm-notice-{kind}")
        self._said[kind] = (sentence + details, row)
        self._show()

    def end(self, kind: str) -> None:
        """Say it no longer."""
        if self._said.pop(kind, None):
            self._show()

    def _button(self, kind: str, label: str, answer: Callable[[], object]) -> w.Button:
        button = w.Button(description=label).add_class("jm-plain-button")

        def press() -> None:
            self.end(kind)
            answer()

        button.on_click(lambda _: press())
        return button

    def _show(self) -> None:
        self.children = [row for _, row in self._said.values()]
