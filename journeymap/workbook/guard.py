"""What happens in a callback stays in its panel: an error becomes a sentence, and the rest of the page lives on."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from journeymap.errors import JourneymapError

if TYPE_CHECKING:
    from collections.abc import Callable

LOGGER = logging.getLogger("journeymap")
UNFORESEEN = JourneymapError(
    "This could not be counted.",
    right="The rest of the page still works; the details are in the log of the server.",
)


def guarded(action: Callable[[], Any], *, failed: Callable[[JourneymapError], None]) -> None:
    """Do something for the page; what goes wrong is handed to `failed` as an error that can be shown."""
    try:
        action()
    except JourneymapError as error:
        failed(error)
    except Exception:  # the one place where a callback's surprise ends, or the page would be silent
        LOGGER.exception("a callback of the workbook failed")
        failed(UNFORESEEN)
