"""The sheet that a map is painted on: rows of boxes, shapes, words and cells, which one layered chart shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from journeymap.charts.maps.paints import NONE
from journeymap.charts.maps.words import BODY, collapsed, line_height

if TYPE_CHECKING:
    from collections.abc import Sequence

Row = dict[str, Any]
Align = Literal["left", "center", "right"]
RADIUS = 4
CAP = 0.36
"""How far the middle of a line stands above its baseline, in sizes."""


@dataclass
class Sheet:
    """Rows of marks, collected one by one: what comes later is painted over what came before it.

    Attributes
    ----------
    boxes, shapes, words, cells
        The rows of the layers, from the bottom up.
    used
        Names of the signs that stand on the sheet, for the legend.

    Examples
    --------
    >>> sheet = Sheet()
    >>> sheet.write(["Steps"], 24, 100, bold=True), sheet.words[0]["text"]
    (115.8, 'Steps')
    """

    boxes: list[Row] = field(default_factory=list)
    shapes: list[Row] = field(default_factory=list)
    words: list[Row] = field(default_factory=list)
    cells: list[Row] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def box(
        self,
        x: float,
        y: float,
        wide: float,
        high: float,
        *,
        fill: str = NONE,
        stroke: str = NONE,
        width: float = 1,
        radius: float = RADIUS,
        dash: Sequence[float] = (),
    ) -> None:
        """Paint a rectangle."""
        place = {"x": _px(x), "y": _px(y), "x2": _px(x + wide), "y2": _px(y + high)}
        look = {"fill": fill, "stroke": stroke, "width": width, "radius": radius, "dash": list(dash)}
        self.boxes.append({**place, **look})

    def shape(
        self,
        path: str,
        x: float = 0,
        y: float = 0,
        *,
        fill: str = NONE,
        stroke: str = NONE,
        width: float = 1.4,
        dash: Sequence[float] = (),
    ) -> None:
        """Paint a path, moved to a place; in the path, only the last part may be closed by a Z."""
        look = {"fill": fill, "stroke": stroke, "width": width, "dash": list(dash)}
        self.shapes.append({"x": _px(x), "y": _px(y), "path": path, **look})

    def line(self, x: float, y: float, x2: float, y2: float, *, stroke: str = "line", **look: Any) -> None:
        """Paint a straight line over the boxes."""
        self.shape(f"M0,0L{_px(x2 - x)},{_px(y2 - y)}", x, y, stroke=stroke, **look)

    def write(
        self,
        lines: Sequence[str],
        x: float,
        y: float,
        *,
        size: float = BODY,
        bold: bool = False,
        italic: bool = False,
        fill: str = "ink",
        align: Align = "left",
        halo: bool = False,
    ) -> float:
        """Write lines of which the first begins at `y`; return where the last ends."""
        high = line_height(size)
        if any(lines):
            look = {"size": size, "weight": 700 if bold else 400, "style": "italic" if italic else "normal"}
            look |= {"align": align, "fill": fill, "lead": high, "halo": halo}
            base = y + high / 2 + CAP * size
            self.words.append({"x": _px(x), "y": _px(base), "text": "\n".join(map(collapsed, lines)), **look})
        return y + high * len(lines)

    def cell(self, name: str, x: float, y: float, wide: float, high: float, **about: str) -> None:
        """Put a place over what was painted that can be hovered, picked and heard; `name` is its stable id."""
        place = {"x": _px(x), "y": _px(y), "x2": _px(x + wide), "y2": _px(y + high)}
        self.cells.append({"cell": name, **place, **about})


def _px(value: float) -> float:
    return round(value, 1)
