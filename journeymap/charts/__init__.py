"""One picture for each result, and the words and numbers that go with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from journeymap.charts.paper import chart

__all__ = ["chart"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"journeymap.charts has no {name}")
    from journeymap.charts import paper  # Altair takes a second to import, and a page does without it

    return getattr(paper, name)
