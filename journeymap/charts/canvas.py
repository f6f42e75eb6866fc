"""Marks placed in px: bars, lines, dots, signs, texts, and places that answer a click."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from journeymap.charts.marks import LAYERS, Picking, Spec
from journeymap.charts.theme import Mode, role, tokens, vega_config

Row = dict[str, Any]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
SMALL, REGULAR = tokens()["type_px"]["chart_label"], tokens()["weight"]["regular"]


@dataclass
class Canvas:
    """Rows of marks, collected one by one; `spec` is the picture.

    Parameters
    ----------
    mode
        Light or dark.
    prefix
        Goes before the names of the datasets, so that several canvases fit into one picture.

    Examples
    --------
    >>> canvas = Canvas()
    >>> canvas.text(0, 10, "20,730", weight=600)
    >>> canvas.rows["texts"][0]["text"], canvas.spec(width=90, height=20)["width"]
    ('20,730', 90)
    """

    mode: Mode = "light"
    prefix: str = ""
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))

    def colour(self, name: str) -> str:
        """Return the colour of a role; a colour itself stays as it is."""
        return name if name.startswith("#") or name == "transparent" else role(name, mode=self.mode)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = SMALL,
        weight: int = REGULAR,
        fill: str = "ink",
        align: str = "left",
        limit: float = 0,
    ) -> None:
        """Write one line, centred on `y`; what is wider than `limit` px is cut by the browser."""
        if not text:
            return
        look = {"size": size, "weight": weight, "fill": self.colour(fill), "align": align, "limit": limit}
        self.rows["texts"].append({"x": x, "y": y, "text": text, **look})

    def line(
        self,
        x: float,
        y: float,
        x2: float,
        y2: float,
        *,
        stroke: str = "line",
        thick: float = 1,
        opacity: float = 1,
    ) -> None:
        """Draw a line `thick` px wide."""
        look = {"stroke": self.colour(stroke), "thick": thick, "opacity": opacity}
        self.rows["lines"].append({"x": x, "y": y, "x2": x2, "y2": y2, **look})

    def clear(self, x: float, y: float, x2: float) -> None:
        """Clear the ground under one line of text of the lines that were drawn before."""
        self.line(x, y, x2, y, stroke="surface", thick=14)

    def bar(
        self,
        x: float,
        y: float,
        x2: float,
        y2: float,
        *,
        fill: str,
        stroke: str = "transparent",
        **about: Any,
    ) -> None:
        """Draw a part of a bar; `about` says what it is: the fields of a pick, `description` and `tip`."""
        look = {"fill": self.colour(fill), "stroke": self.colour(stroke)}
        self.rows["bars"].append({"x": x, "y": y, "x2": x2, "y2": y2, **look, **about})

    def dot(self, x: float, y: float, *, shape: str, stroke: str, fill: str, **about: Any) -> None:
        """Draw a number as a dot; `about` says what it is, as for a bar."""
        look = {"shape": shape, "stroke": self.colour(stroke), "fill": self.colour(fill)}
        self.rows["dots"].append({"x": x, "y": y, **look, **about})

    def sign(self, x: float, y: float, *, shape: str, stroke: str, fill: str) -> None:
        """Draw the sign of a series beside its name."""
        look = {"shape": shape, "stroke": self.colour(stroke), "fill": self.colour(fill)}
        self.rows["signs"].append({"x": x, "y": y, **look})

    def tip(self, x: float, y: float, x2: float, y2: float, tip: dict[str, str]) -> None:
        """Let an empty place show a tip."""
        self.rows["tips"].append({"x": x, "y": y, "x2": x2, "y2": y2, "tip": tip})

    def place(self, x: float, y: float, x2: float, y2: float, **about: Any) -> None:
        """Let an empty place, such as that of a text, answer a click like a bar."""
        self.rows["places"].append({"x": x, "y": y, "x2": x2, "y2": y2, **about})

    def spec(self, *, width: int, height: int, description: str = "", fields: tuple[str, ...] = ()) -> Spec:
        """Return the whole picture; a click picks a mark by these fields, if there are any."""
        return {
            "$schema": SCHEMA,
            "description": description,
            "width": width,
            "height": height,
            "autosize": {"type": "none", "contains": "padding"},
            "config": vega_config(mode=self.mode),
            "datasets": {self.prefix + kind: self.rows[kind] for kind in LAYERS},
            "layer": [self._layer(kind, fields) for kind in LAYERS],
        }

    def _layer(self, kind: str, fields: tuple[str, ...]) -> Spec:
        layer = LAYERS[kind](Picking(fields, self.colour("ink")))
        return {"name": self.prefix + kind, "data": {"name": self.prefix + kind}, **layer}
