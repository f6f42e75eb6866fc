"""Results and maps as files: pictures, pages, slides and sheets."""

from __future__ import annotations

from typing import Any

__all__ = ["losses"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"journeymap.report has no {name}")
    from journeymap.report.maps.files import losses  # charts come with it, and a table does without them

    return losses
