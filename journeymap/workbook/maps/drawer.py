"""The drawer of the map's editor: one cell, its parts with their fields, claims and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from journeymap.workbook.assets import script

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class MapDrawer(anywidget.AnyWidget):
    """A form for the parts of a cell. It changes nothing itself: each edit is a message, and the answer new sections.

    Attributes
    ----------
    shown
        Whether it is open. Opening moves the focus to its heading, closing gives it back.
    title, subtitle
        The stage or step, and the lane.
    cell
        The id of the cell, which is brought into view in the picture.
    sections
        The parts, as :func:`journeymap.workbook.maps.cells.sections` returns them. A new value keeps what has the focus.
    additions
        ``{"kind", "label", "why"}`` each: what can be added, and why it cannot for now.
    problem
        ``{"part", "field", "text", "typed"}``: a value that was refused, said at its control, in which it stays.

    Examples
    --------
    >>> drawer = MapDrawer(title="Confirm", subtitle="Pain points")
    >>> drawer.shown
    False
    """

    _esm = script("parts/element", "parts/status", "map_controls", "map_drawer")

    shown = traitlets.Bool(default_value=False).tag(sync=True)
    title = traitlets.Unicode("").tag(sync=True)
    subtitle = traitlets.Unicode("").tag(sync=True)
    cell = traitlets.Unicode("").tag(sync=True)
    sections = traitlets.List(traitlets.Dict()).tag(sync=True)
    additions = traitlets.List(traitlets.Dict()).tag(sync=True)
    problem = traitlets.Dict().tag(sync=True)

    def on_do(self, answers: Mapping[str, Callable[[dict[str, Any]], object]]) -> None:
        """Call the answer to what the reader does.

        That is ``"close"``, ``"set"`` (part, field, value, visit), ``"add"`` (kind, words), or ``"earlier"``, ``"later"``
        and ``"remove"`` (part). A message about a part or a field that is not shown is passed over.
        """

        def hear(_widget: object, message: object, _buffers: object) -> None:
            if isinstance(message, dict) and message.get("do") in answers and self._is_there(message):
                answers[message["do"]](message)

        self.on_msg(hear)

    def _is_there(self, message: dict[str, Any]) -> bool:
        if message["do"] == "close":
            return True
        if message["do"] == "add":
            kinds = [one["kind"] for one in self.additions]
            return message.get("kind") in kinds and isinstance(message.get("words"), str)
        section = next((one for one in self.sections if one["part"] == message.get("part")), None)
        if section is None or message["do"] != "set":
            return section is not None and bool(section["moves"])
        return message.get("field") in [one["name"] for one in section["fields"]]

    def lead_to(self, part: str) -> None:
        """Open a part and move the focus to its first field."""
        self.send({"do": "focus", "part": part})

    def accepted(self, kind: str) -> None:
        """Empty the field in which a part was typed that has been added."""
        self.send({"do": "added", "kind": kind})
