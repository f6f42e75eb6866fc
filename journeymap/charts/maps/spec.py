"""The layered chart that shows a sheet: a value is a px, a colour is a name, and a cell answers the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from journeymap.charts.canvas import SCHEMA
from journeymap.charts.maps.paints import paints
from journeymap.charts.maps.words import FONT
from journeymap.charts.theme import vega_config

if TYPE_CHECKING:
    from journeymap.charts.maps.sheet import Sheet
    from journeymap.charts.marks import Spec
    from journeymap.charts.theme import Mode

TIP = {"lane": "Lane", "where": "Stage or step", "says": "Says", "status": "Status", "evidence": "Evidence"}
"""The fields of a cell's row that its tooltip shows, in words."""
VEIL = 0.45


def layered(
    sheet: Sheet, /, *, width: int, height: int, mode: Mode, title: str = "", description: str = ""
) -> Spec:
    """Return the whole picture; its selections are ``hover`` and ``cell``, of the field ``cell``.

    Two maps of one mode differ in their data and their size alone.
    """
    rows = {"boxes": sheet.boxes, "shapes": sheet.shapes, "words": sheet.words, "cells": sheet.cells}
    return {
        "$schema": SCHEMA,
        "description": description,
        "usermeta": {"title": title},
        "width": width,
        "height": height,
        "padding": 0,
        "autosize": {"type": "none", "contains": "padding"},
        "config": {**vega_config(mode=mode), "font": FONT, "padding": 0},
        "params": [
            {"name": "hover", "views": ["cells"], "select": _select("pointerover", "pointerout")},
            {"name": "cell", "views": ["cells"], "select": _select("click", "dblclick") | {"toggle": False}},
        ],
        "datasets": rows,
        "layer": [_boxes(mode), _shapes(mode), _halo(mode), _words(mode), _cells(mode)],
    }


def _boxes(mode: Mode) -> Spec:
    look = {"cornerRadius": _own("radius"), "strokeWidth": _own("width"), "strokeDash": _own("dash")}
    return {
        "name": "boxes",
        "data": {"name": "boxes"},
        "mark": {"type": "rect", "aria": False, **look},
        "encoding": {**_box(), "fill": _paint("fill", mode), "stroke": _paint("stroke", mode)},
    }


def _shapes(mode: Mode) -> Spec:
    look = {"strokeWidth": _own("width"), "strokeDash": _own("dash"), "strokeJoin": "round"}
    return {
        "name": "shapes",
        "data": {"name": "shapes"},
        "mark": {"type": "point", "aria": False, "size": 4, "opacity": 1, **look},
        "encoding": {
            "x": _at("x"),
            "y": _at("y"),
            "shape": {"field": "path", "type": "nominal", "scale": None, "legend": None},
            "fill": _paint("fill", mode),
            "stroke": _paint("stroke", mode),
        },
    }


def _text(mode: Mode) -> Spec:
    return {
        "data": {"name": "words"},
        "mark": {
            "type": "text",
            "aria": False,
            "font": FONT,
            "baseline": "alphabetic",
            "lineBreak": "\n",
            "lineHeight": _own("lead"),
            "fontSize": _own("size"),
            "fontWeight": _own("weight"),
            "fontStyle": _own("style"),
            "align": _own("align"),
        },
        "encoding": {
            "x": _at("x"),
            "y": _at("y"),
            "text": {"field": "text", "type": "nominal"},
            "fill": _paint("fill", mode),
        },
    }


def _words(mode: Mode) -> Spec:
    return {"name": "words", **_text(mode)}


def _halo(mode: Mode) -> Spec:
    """Clear the ground around words that stand upon a curve."""
    spec = _text(mode)
    ground = paints(mode)["surface"]
    spec["mark"] |= {"stroke": ground, "strokeWidth": 3.5, "strokeJoin": "round"}
    del spec["encoding"]["fill"]
    return {"name": "halo", **spec, "transform": [{"filter": "datum.halo"}]}


def _cells(mode: Mode) -> Spec:
    colours = paints(mode)
    return {
        "name": "cells",
        "data": {"name": "cells"},
        "mark": {
            "type": "rect",
            "cornerRadius": 4,
            "cursor": "pointer",
            "fill": colours["surface"],
            "stroke": colours["ink"],
        },
        "encoding": {
            **_box(),
            "fillOpacity": {"condition": {"param": "cell", "empty": True, "value": 0}, "value": VEIL},
            "strokeWidth": {"condition": {"param": "cell", "empty": False, "value": 2}, "value": 1},
            "strokeOpacity": {
                "condition": [
                    {"param": "cell", "empty": False, "value": 1},
                    {"param": "hover", "empty": False, "value": VEIL},
                ],
                "value": 0,
            },
            "description": {"field": "description", "type": "nominal"},
            "tooltip": [{"field": name, "type": "nominal", "title": said} for name, said in TIP.items()],
        },
    }


def _select(on: str, clear: str) -> Spec:
    return {"type": "point", "fields": ["cell"], "on": on, "clear": clear}


def _own(name: str) -> dict[str, str]:
    return {"expr": f"datum.{name}"}


def _at(name: str) -> Spec:
    return {"field": name, "type": "quantitative", "scale": None, "axis": None}


def _box() -> Spec:
    return {"x": _at("x"), "x2": {"field": "x2"}, "y": _at("y"), "y2": {"field": "y2"}}


def _paint(name: str, mode: Mode) -> dict[str, Any]:
    known = paints(mode)
    scale = {"domain": list(known), "range": list(known.values())}
    return {"field": name, "type": "nominal", "scale": scale, "legend": None}
