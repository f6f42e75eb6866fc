"""The Vega-Lite specification of a flow: layers, and what a click changes. The rows come from elsewhere."""

from __future__ import annotations

from typing import Any

from journeymap.charts.canvas import SCHEMA
from journeymap.charts.flow_parts import TEXT
from journeymap.charts.theme import Mode, opacity, role, vega_config

Spec = dict[str, Any]

ON = "(indexof(pick.link||[],datum.link)>=0||indexof(node.node_id||[],datum.source)>=0||indexof(node.node_id||[],datum.target)>=0)"
PICKED_LINK = "indexof(pick.link||[],datum.link)>=0"
PICKED_NODE = "indexof(node.node_id||[],datum.node_id)>=0"
ANY = "(pick.link||node.node_id)"
HALO = 3.5


def specification(*, width: int, height: int, mode: Mode, description: str) -> Spec:
    """Return the picture without its rows: datasets ``links``, ``nodes``, ``labels`` and ``heads``."""
    return {
        "$schema": SCHEMA,
        "description": description,
        "width": width,
        "height": height,
        "autosize": {"type": "none", "contains": "padding"},
        "config": vega_config(mode=mode),
        "datasets": {},
        "layer": layers(mode=mode),
    }


def layers(*, mode: Mode) -> list[Spec]:
    """Return the layers, from the ground up, which is also the order of the keyboard: nodes, then ribbons."""
    return [_ends("from"), _ends("to"), _nodes(mode), _ribbons(mode), *_labels(mode), _heads(mode)]


def _selection(name: str, field: str, *, on: list[str], off: list[str]) -> Spec:
    """Select by clicks on some layers; clicks on others let go, so that never both a ribbon and a node are picked."""
    return {
        "name": name,
        "select": {
            "type": "point",
            "fields": [field],
            "toggle": False,
            "on": _clicks(on),
            "clear": {"merge": [*_clicks(off)["merge"], {"source": "view", "type": "dblclick"}]},
        },
    }


def _clicks(names: list[str]) -> Spec:
    return {"merge": [{"type": "click", "markname": f"{name}_marks"} for name in names]}


def _ribbons(mode: Mode) -> Spec:
    return {
        "name": "links",
        "data": {"name": "links"},
        "params": [_selection("pick", "link", on=["links"], off=["nodes", "halos", "labels"])],
        "mark": {
            "type": "point",
            "filled": True,
            "size": 4,
            "strokeWidth": {"expr": f"{PICKED_LINK} ? 1.5 : 0"},
            "stroke": role("ink", mode=mode),
            "cursor": "pointer",
            "tooltip": {"expr": "datum.tip"},
            "description": {"expr": "datum.tip.title+': '+datum.tip.customers+' of '+datum.of+' customers'"},
        },
        "encoding": {
            "x": {"value": 0},
            "y": {"value": 0},
            "shape": _raw("path"),
            "fill": _raw("colour"),
            "opacity": {
                **_raw("opacity"),
                "type": "quantitative",
                "condition": [
                    {"test": ON, "value": opacity("ribbon_on")},
                    {"test": ANY, "value": opacity("ribbon_off")},
                ],
            },
        },
    }


def _ends(side: str) -> Spec:
    return {
        "name": f"{side}_ends",
        "data": {"name": "links"},
        "mark": {"type": "rect", "aria": False},
        "encoding": {**_box(f"{side}_"), "opacity": {"condition": {"test": ON, "value": 1}, "value": 0}},
    }


def _nodes(mode: Mode) -> Spec:
    return {
        "name": "nodes",
        "data": {"name": "nodes"},
        "params": [_selection("node", "node_id", on=["nodes", "halos", "labels"], off=["links"])],
        "mark": {
            "type": "rect",
            "cursor": "pointer",
            "stroke": role("ink", mode=mode),
            "strokeWidth": {"expr": f"{PICKED_NODE} ? 2 : 0"},
            "tooltip": {"expr": "datum.tip"},
            "description": {"expr": "datum.description"},
        },
        "encoding": {
            **_box(),
            "opacity": {
                "condition": [
                    {"test": PICKED_NODE, "value": 1},
                    {"test": ANY, "value": opacity("faded_node")},
                ],
                "value": 1,
            },
        },
    }


def _labels(mode: Mode) -> list[Spec]:
    halo = {"stroke": role("surface", mode=mode), "strokeWidth": HALO, "strokeJoin": "round"}
    return [_text("halos", "labels", **halo), _text("labels", "labels")]


def _heads(mode: Mode) -> Spec:
    head = _text("heads", "heads")
    head["mark"] |= {"fontWeight": 600, "color": role("ink_2", mode=mode)}
    del head["encoding"]["fill"], head["mark"]["limit"], head["mark"]["cursor"]
    return head


def _text(name: str, data: str, **mark: Any) -> Spec:
    return {
        "name": name,
        "data": {"name": data},
        "mark": {
            "type": "text",
            "align": "left",
            "baseline": "middle",
            "fontSize": TEXT,
            "fontWeight": {"expr": "datum.weight"},
            "limit": {"expr": "datum.limit"},
            "cursor": "pointer",
            "aria": False,
            **mark,
        },
        "encoding": {
            "x": _at("x"),
            "y": _at("y"),
            "text": {"field": "text", "type": "nominal"},
            "fill": _raw("colour"),
        },
    }


def _box(side: str = "") -> Spec:
    return {
        "x": _at(f"{side}x"),
        "x2": {"field": f"{side}x2"},
        "y": _at(f"{side}y"),
        "y2": {"field": f"{side}y2"},
        "fill": _raw(f"{side}colour"),
    }


def _at(field: str) -> Spec:
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def _raw(field: str) -> Spec:
    return {"field": field, "type": "nominal", "scale": None, "legend": None}
