"""Where a question goes that is asked of a log in an engine; what answers it needs Ibis, and is loaded only then."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def pushed(question: str, /, *asked: Any, **options: Any) -> Any:
    """Answer a question, such as ``"funnel"``, inside the engine of the log that comes first."""
    return getattr(import_module(f"journeymap.analyses.pushed_{question}"), f"pushed_{question}")(
        *asked, **options
    )
