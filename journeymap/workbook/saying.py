"""What stands in place of a picture that cannot be shown: a sentence, what would be right, and the ways out."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import ipywidgets as w

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from journeymap.errors import JourneymapError
    from journeymap.workbook.state import State

EDITS = {
    "journey": "Edit stages",
    "segments": "Edit segments",
    "by": "Edit breakdown",
    "period": "Edit period",
    "counting": "Edit how we count",
    "flow": "Edit the flow",
}


class Saying(w.VBox):  # type: ignore[misc]
    """A badge, a sentence, its support, code to paste, and buttons, the first of which is the one proposed."""

    def __init__(self) -> None:
        super().__init__()
        self.add_class("jm-empty")

    def say(
        self,
        sentence: str,
        support: str,
        *,
        ways_out: Sequence[w.Widget],
        code: str = "",
        badge: str = "",
    ) -> None:
        """Say this; all of it is text."""
        said = f"<span class='jm-badge jm-badge-bad'>{escape(badge)}</span>" if badge else ""
        said += f"<h2 role='status'>{escape(sentence)}</h2><p>{escape(support)}</p>"
        said += f"<pre>{escape(code)}</pre>" if code else ""
        for position, way in enumerate(ways_out):
            way.add_class("jm-plain-button" if position else "jm-main-button")
        self.children = [w.HTML(said), w.HBox(ways_out)]


def edit_button(state: State, error: JourneymapError, *, lead_to: Callable[[str, str], None]) -> w.Button:
    """Make the button that leads to the stage that is wrong, or else to what was changed last."""
    match getattr(error, "path", ()):
        case ("stages", int(position), *_):
            part, stage = "journey", state.question.journey.stage_names[position]
        case _:
            part, stage = state.last_changed, ""
    edit = w.Button(description=f"Edit {stage}" if stage else EDITS[part])
    edit.on_click(lambda _: lead_to(part, stage))
    return edit


def undo_button(state: State) -> list[w.Button]:
    """Make the button that takes the last change back, if there is one."""
    undo = w.Button(description="Undo last change")
    undo.on_click(lambda _: state.undo())
    return [undo] if state.can_undo else []


def use_all_button(state: State) -> list[w.Button]:
    """Make the button that asks for everybody in all of the data, if less is asked for."""
    whole = w.Button(description="Use all data")
    whole.on_click(lambda _: state.ask(period=None, segments=()))
    return [whole] if state.question.period is not None or state.question.segments else []
