"""How each kind of mark on a canvas is drawn, and what a click on it changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from journeymap.charts.theme import opacity

Spec = dict[str, Any]

DOT, SIGN = 34, 68


@dataclass(frozen=True)
class Picking:
    """What a click changes, as expressions."""

    fields: tuple[str, ...]
    ink: str

    @property
    def is_picked(self) -> str:
        """Whether a mark is the picked one."""
        same = [f"pick.{name} && pick.{name}[0] === datum.{name}" for name in self.fields]
        return " && ".join(same) or "false"

    def when(self, value: Any, otherwise: str) -> Spec:
        """One value for the picked mark, another for the others."""
        return {"expr": f"{self.is_picked} ? {value!r} : {otherwise}"}

    @property
    def params(self) -> list[Spec]:
        """The selection ``pick``, if anything can be picked."""
        if not self.fields:
            return []
        clicks = [{"type": "click", "markname": f"{kind}_marks"} for kind in ("bars", "dots", "places")]
        clear = {"source": "view", "type": "dblclick"}
        select = {
            "type": "point",
            "fields": list(self.fields),
            "toggle": False,
            "on": {"merge": clicks},
            "clear": clear,
        }
        return [{"name": "pick", "select": select}]


def _lines(_: Picking) -> Spec:
    return {
        "mark": {"type": "rule", "aria": False, "strokeWidth": {"expr": "datum.thick"}},
        "encoding": {
            **_box(),
            "stroke": _raw("stroke"),
            "opacity": {**_raw("opacity"), "type": "quantitative"},
        },
    }


def _bars(picking: Picking) -> Spec:
    return {
        "params": picking.params,
        "mark": {
            "type": "rect",
            "cursor": "pointer" if picking.fields else "default",
            "tooltip": {"expr": "datum.tip"},
            "strokeWidth": picking.when(2, "1"),
            "strokeDash": {"expr": f"{picking.is_picked} ? [1, 0] : [3, 2]"},
        },
        "encoding": {
            **_box(),
            "fill": _raw("fill"),
            "stroke": {**_raw("stroke"), "condition": {"test": picking.is_picked, "value": picking.ink}},
            "opacity": _faded(picking),
            "description": {"field": "description", "type": "nominal"},
        },
    }


def _faded(picking: Picking) -> Spec:
    if not picking.fields:
        return {"value": 1}
    *whole, _ = (f"pick.{name}[0] === datum.{name}" for name in picking.fields)
    whole_stage = f"pick.outcome[0] === 'reached' && {' && '.join(whole)}"
    lit = f"!pick.{picking.fields[0]} || ({picking.is_picked}) || ({whole_stage})"
    return {"condition": {"test": lit, "value": 1}, "value": opacity("faded_bar")}


def _dots(picking: Picking) -> Spec:
    return {
        "mark": {
            "type": "point",
            "size": DOT,
            "opacity": 1,
            "strokeWidth": picking.when(2, "1.5"),
            "tooltip": {"expr": "datum.tip"},
            "cursor": "pointer" if picking.fields else "default",
        },
        "encoding": {
            **_symbol(),
            "stroke": {**_raw("stroke"), "condition": {"test": picking.is_picked, "value": picking.ink}},
            "description": {"field": "description", "type": "nominal"},
        },
    }


def _signs(_: Picking) -> Spec:
    return {
        "mark": {"type": "point", "size": SIGN, "opacity": 1, "strokeWidth": 1.5, "aria": False},
        "encoding": _symbol(),
    }


def _texts(_: Picking) -> Spec:
    return {
        "mark": {
            "type": "text",
            "aria": False,
            "baseline": "middle",
            "align": {"expr": "datum.align"},
            "fontSize": {"expr": "datum.size"},
            "fontWeight": {"expr": "datum.weight"},
            "limit": {"expr": "datum.limit"},
        },
        "encoding": {
            "x": _at("x"),
            "y": _at("y"),
            "text": {"field": "text", "type": "nominal"},
            "fill": _raw("fill"),
        },
    }


def _tips(_: Picking) -> Spec:
    look = {"type": "rect", "aria": False, "fill": "transparent", "tooltip": {"expr": "datum.tip"}}
    return {"mark": look, "encoding": _box()}


def _places(picking: Picking) -> Spec:
    layer = _tips(picking)
    layer["mark"]["cursor"] = "pointer" if picking.fields else "default"
    return layer


def _at(name: str) -> Spec:
    return {"field": name, "type": "quantitative", "scale": None, "axis": None}


def _box() -> Spec:
    return {"x": _at("x"), "x2": {"field": "x2"}, "y": _at("y"), "y2": {"field": "y2"}}


def _symbol() -> Spec:
    looks = {name: _raw(name) for name in ("shape", "fill", "stroke")}
    return {"x": _at("x"), "y": _at("y"), **looks}


def _raw(name: str) -> Spec:
    return {"field": name, "type": "nominal", "scale": None, "legend": None}


LAYERS = {
    "lines": _lines,
    "bars": _bars,
    "dots": _dots,
    "signs": _signs,
    "texts": _texts,
    "tips": _tips,
    "places": _places,
}
