"""A list to tick, and where its order counts to move: the stages and the segments of the rail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from journeymap.workbook.assets import script

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class TickList(anywidget.AnyWidget):
    """Rows with a box to tick. The page sends all that is chosen at each change, so the last state wins.

    Attributes
    ----------
    rows
        What can be chosen: mappings with `id`, `label` and, where there is something to say, `count`, `counted` (what
        that counts, if not the row), `hint` (why, or what it means), `disabled`, `removable` and `sign` (`shape`,
        `series` 1 to 6).
    chosen
        The ids of the ticked rows in their order. What names no row is left out.
    label
        What the list is called.
    ordered
        Whether the order counts: rows are numbered then, and have buttons to move them.

    Examples
    --------
    >>> stages = TickList(label="Stages", ordered=True)
    >>> stages.show([{"id": "see", "label": "See"}, {"id": "buy", "label": "Buy"}], chosen=["buy", "sell"])
    >>> stages.chosen
    ['buy']
    """

    _esm = script("parts/element", "parts/signs", "tick_list")

    rows = traitlets.List(traitlets.Dict()).tag(sync=True)
    chosen = traitlets.List(traitlets.Unicode()).tag(sync=True)
    label = traitlets.Unicode("").tag(sync=True)
    ordered = traitlets.Bool(default_value=False).tag(sync=True)

    @traitlets.validate("chosen")
    def _known(self, proposal: dict[str, Any]) -> list[str]:
        known = {row["id"] for row in self.rows}
        return [name for name in dict.fromkeys(proposal["value"]) if name in known]

    def show(self, rows: Sequence[dict[str, Any]], *, chosen: Sequence[str]) -> None:
        """Show these rows, of which some are chosen."""
        with self.hold_sync():
            self.rows = list(rows)
            self.chosen = list(chosen)

    def lead_to(self, row: str) -> None:
        """Move the focus to the box of a row."""
        self.send({"do": "focus", "id": row})

    def on_remove(self, answer: Callable[[str], object]) -> None:
        """Call `answer` with the id of a row that is to be deleted; only of one that says it can be."""

        def hear(_widget: object, message: object, _buffers: object) -> None:
            asked = message.get("id") if isinstance(message, dict) else None
            if asked in [row["id"] for row in self.rows if row.get("removable")]:
                answer(str(asked))

        self.on_msg(hear)
