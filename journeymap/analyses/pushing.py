"""Where a question goes that is asked of a log in an engine; what answers it needs Ibis, and is loaded only then."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from journeymap.events.warehouse.log import WarehouseLog
from journeymap.events.warehouse.refusing import only_read


def pushed(question: str, /, *asked: Any, **options: Any) -> Any:
    """Answer a question, such as ``"funnel"``, inside the engine of the log that comes first."""
    return getattr(import_module(f"journeymap.analyses.pushed_{question}"), f"pushed_{question}")(
        *asked, **options
    )


def check_read(log: object, question: str) -> None:
    """Refuse a log in an engine for a question that needs its rows here."""
    if isinstance(log, WarehouseLog):
        raise only_read(f"jm.{question}", log.engine)
