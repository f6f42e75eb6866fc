"""The one source of colours, sizes and type: `theme.json`, as values for charts and as CSS variables for the page."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Mode = Literal["light", "dark"]


@cache
def tokens() -> dict[str, Any]:
    """Return the whole of ``theme.json``."""
    return json.loads(files("journeymap.charts").joinpath("theme.json").read_text(encoding="utf-8"))


def role(name: str, *, mode: Mode = "light") -> str:
    """Return the colour of a role.

    Examples
    --------
    >>> role("moved_on")
    '#1F6FB5'
    """
    return tokens()[mode]["roles"][name]


def series(*, mode: Mode = "light") -> list[str]:
    """Return the colours of segments."""
    return tokens()[mode]["series"]


def categorical(*, mode: Mode = "light") -> list[str]:
    """Return the colours of stages and touchpoints."""
    return tokens()[mode]["categorical"]


def vega_config(*, mode: Mode = "light") -> dict[str, Any]:
    """Return the configuration of every Vega-Lite chart."""
    return tokens()[mode]["vega_config"]


def opacity(name: str) -> float:
    """Return the opacity of a state of a mark, such as ``"faded_bar"``."""
    return tokens()["opacity"][name]


def css_variables(*, mode: Mode = "light") -> str:
    """Write every role and series as a CSS variable.

    Examples
    --------
    >>> "--jm-moved-on: #1F6FB5;" in css_variables()
    True
    """
    named = {name.replace("_", "-"): colour for name, colour in tokens()[mode]["roles"].items()}
    named |= {f"series-{position}": colour for position, colour in enumerate(series(mode=mode), start=1)}
    named |= {f"shadow-{name}": shadow for name, shadow in tokens()["shadow"].items()}
    named |= {"font": tokens()["font"], "mono": tokens()["mono"]}
    return " ".join(f"--jm-{name}: {value};" for name, value in named.items())
