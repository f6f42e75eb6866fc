"""The export menu: a choice goes to Python, a file comes back and is saved by the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anywidget
import traitlets

from journeymap.errors import JourneymapError
from journeymap.workbook.assets import script

if TYPE_CHECKING:
    from collections.abc import Callable

FAILED = "The file could not be made. The message is in the log of the server."


class Menu(anywidget.AnyWidget):
    """A button with a menu of things to take away.

    Attributes
    ----------
    label
        What the button says.
    items
        ``{"id", "label", "hint", "group", "busy"}`` each, all texts: what is chosen, what the row says, a
        quiet word at its right, the heading above it, and what stands there until the file comes ("Making
        the slide…").

    Examples
    --------
    >>> menu = Menu(items=[{"id": "csv", "label": "CSV", "group": "Table", "busy": "Writing the table…"}])
    >>> menu.on_choose(lambda item: menu.send_file("funnel.csv", b"stage,customers", mime="text/csv"))
    """

    _esm = script("parts/element", "parts/floating", "parts/copy", "menu")

    label = traitlets.Unicode("Export").tag(sync=True)
    items = traitlets.List(traitlets.Dict()).tag(sync=True)

    def on_choose(self, answer: Callable[[str], object]) -> None:
        """Call `answer` with the id of what is chosen; it answers with a file, a text, `done` or `failed`.

        What goes wrong in it is said in the menu: our own errors in their words, any other as a plain
        sentence, and that one goes on to the caller. An id that is not in `items` is passed over.
        """

        def hear(_widget: object, message: object, _buffers: object) -> None:
            chosen = message.get("do") if isinstance(message, dict) else None
            if chosen in [item.get("id") for item in self.items]:
                self._answer(answer, str(chosen))

        self.on_msg(hear)

    def _answer(self, answer: Callable[[str], object], chosen: str) -> None:
        try:
            answer(chosen)
        except JourneymapError as problem:
            self.failed(str(problem))
        except BaseException:
            self.failed(FAILED)
            raise

    def send_file(self, name: str, content: bytes, *, mime: str) -> None:
        """Have the browser save `content` under `name`."""
        self.send({"do": "file", "name": name, "mime": mime}, buffers=[content])

    def copy_text(self, text: str) -> None:
        """Put `text` on the reader's clipboard."""
        self.send({"do": "text", "text": text})

    def done(self) -> None:
        """End the waiting of the chosen row where nothing is to be saved."""
        self.send({"do": "done"})

    def failed(self, text: str) -> None:
        """End the waiting with a sentence in the menu."""
        self.send({"do": "failed", "text": text})
