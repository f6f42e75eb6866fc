"""How a result shows itself at the end of a cell: as its chart, which is drawn only then."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Shown:
    """What shows itself as its chart in a notebook, and as its finding and scope where there are only letters."""

    scope: Any

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:  # noqa: ARG002
        svg = import_module("journeymap.charts.paper").svg(self)
        said = import_module("journeymap.charts.findings").finding(self)
        return {"image/svg+xml": svg, "text/plain": f"{said.text}\n{self.scope}"}
