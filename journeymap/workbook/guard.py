"""What happens in a callback stays in its panel: an error becomes a sentence, and the rest of the page lives on."""

from __future__ import annotations

import logging
import traceback
from typing import TYPE_CHECKING, Any

from journeymap.errors import JourneymapError

if TYPE_CHECKING:
    from collections.abc import Callable

LOGGER = logging.getLogger("journeymap")
UNFORESEEN = JourneymapError(
    "This could not be shown.",
    right="The rest of the page still works. The details are for whoever looks after journeymap.",
)


def guarded(action: Callable[[], Any], *, failed: Callable[[JourneymapError, str], None]) -> None:
    """Do something for the page; what goes wrong is handed to `failed` as an error that can be shown, with its details."""
    try:
        action()
    except JourneymapError as error:
        failed(error, traceback.format_exc())
    except Exception:
        LOGGER.exception("a callback of the workbook failed")
        failed(UNFORESEEN, traceback.format_exc())
