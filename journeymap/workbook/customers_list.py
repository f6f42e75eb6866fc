"""The drawer: who is behind a number, what they did next, and one customer's timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from journeymap.workbook.assets import script

if TYPE_CHECKING:
    from collections.abc import Callable


class CustomersList(anywidget.AnyWidget):
    """A paged list of customers. It holds the rows of one page only; all of its text is text.

    Attributes
    ----------
    shown
        Whether the list is open. Opening moves the focus to its title, closing gives it back.
    title, subtitle
        The heading and the line beneath.
    series
        1 to 6 puts that segment's mark before the subtitle; 0 puts none.
    columns
        ``{"label": text, "align": "left" or "right"}`` each; the first column opens the customer.
    rows
        The current page: a list of texts for each customer.
    rows_heading
        The heading above the rows.
    total, page, page_size
        How many customers there are, which page is shown (from 1; both sides write it), and its length.
    bars
        ``{"label": text, "count": int, "share_text": text, "fraction": 0 to 1}`` each: what they did next.
    bars_heading
        The heading above the bars.
    no_bars
        Why there are no bars, where that is to be said.
    tone
        The outcome that colours the bars: ``"left"``, ``"moved_on"`` or ``"still_open"``.
    picked_bar
        Position of the bar that narrows the list, -1 for none; both sides write it.
    actions
        ``{"id": text, "label": text}`` each: the buttons at the foot.
    timeline, timeline_heading
        ``{"at": text, "event": text, "detail": text}`` each: one customer's events, in place of the list.
    busy
        The list is fading while the next page is read.

    Examples
    --------
    >>> people = CustomersList(title="3 customers left at Decide", total=3, columns=[{"label": "Customer"}])
    >>> people.on_do("close", lambda message: print("closed"))
    >>> people.picked_bar
    -1
    """

    _esm = script("parts/element", "customers_list")

    shown = traitlets.Bool(default_value=False).tag(sync=True)
    title = traitlets.Unicode("").tag(sync=True)
    subtitle = traitlets.Unicode("").tag(sync=True)
    series = traitlets.Int(0, min=0, max=6).tag(sync=True)
    columns = traitlets.List(traitlets.Dict()).tag(sync=True)
    rows = traitlets.List(traitlets.List()).tag(sync=True)
    rows_heading = traitlets.Unicode("Who they are").tag(sync=True)
    total = traitlets.Int(0, min=0).tag(sync=True)
    page = traitlets.Int(1, min=1).tag(sync=True)
    page_size = traitlets.Int(10, min=1).tag(sync=True)
    bars = traitlets.List(traitlets.Dict()).tag(sync=True)
    bars_heading = traitlets.Unicode("What they did next").tag(sync=True)
    no_bars = traitlets.Unicode("").tag(sync=True)
    tone = traitlets.Enum(["left", "moved_on", "still_open"], default_value="left").tag(sync=True)
    picked_bar = traitlets.Int(-1, min=-1).tag(sync=True)
    actions = traitlets.List(traitlets.Dict()).tag(sync=True)
    timeline = traitlets.List(traitlets.Dict()).tag(sync=True)
    timeline_heading = traitlets.Unicode("").tag(sync=True)
    busy = traitlets.Bool(default_value=False).tag(sync=True)

    def on_do(self, what: str, answer: Callable[[dict[str, Any]], object]) -> None:
        """Call `answer` with the message when the reader does `what`.

        `what` is ``"close"``, ``"back"`` (from a timeline), the id of an action, or ``"customer"``, whose
        message has the position in `rows` as ``"row"``; a position that is not there is passed over.
        """

        def hear(_widget: object, message: object, _buffers: object) -> None:
            if isinstance(message, dict) and message.get("do") == what and self._is_there(message):
                answer(message)

        self.on_msg(hear)

    def _is_there(self, message: dict[str, Any]) -> bool:
        row = message.get("row")
        return message["do"] != "customer" or (type(row) is int and 0 <= row < len(self.rows))
