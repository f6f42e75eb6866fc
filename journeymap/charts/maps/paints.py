"""The colours of a map by name: roles of the theme, and tints that are mixes of two roles."""

from __future__ import annotations

from functools import cache

from journeymap.charts.theme import Mode, role, tokens

NONE = "none"
"""The name of no colour at all."""
TINTS: dict[str, tuple[str, str, float, float]] = {
    "cell": ("ink", "surface", 0.04, 0.05),
    "strip": ("ink", "surface", 0.04, 0.05),
    "out_of_sight": ("ink", "surface", 0.09, 0.10),
    "step": ("moved_on", "surface", 0.11, 0.20),
    "ribbon": ("moved_on", "surface", 0.36, 0.42),
    "band": ("moved_on", "surface", 0.36, 0.40),
    "band_edge": ("moved_on", "surface", 0.60, 0.62),
    "pain": ("left", "surface", 0.10, 0.15),
    "chance": ("ok", "surface", 0.11, 0.15),
    "gain": ("moved_on", "surface", 0.09, 0.14),
    "track": ("ink", "surface", 0.11, 0.16),
    "bar": ("ink", "surface", 0.66, 0.60),
    "quote": ("ink", "surface", 0.50, 0.50),
    "edge": ("ink", "surface", 0.50, 0.46),
    "head": ("emotion_p2", "ink", 0.38, 0.0),
    "head_second": ("surface", "ink", 0.86, 0.0),
}
"""Each tint: so much of the first role (light, dark) upon the second."""
IN_THE_DARK = {"head": ("moved_on", "surface", 0.36), "head_second": ("ink", "surface", 0.86)}
"""Tints that are made of other roles in the dark, where ink is bright."""
SWAPPED = {"on_head": ("surface", "ink"), "head_text": ("ink", "ink")}


@cache
def paints(mode: Mode) -> dict[str, str]:
    """Return every name a map may be painted with, and its colour.

    Examples
    --------
    >>> paints("light")["step"]
    '#E6EFF7'
    """
    named = dict(tokens()[mode]["roles"])
    for name, (above, below, light, dark) in TINTS.items():
        named[name] = _mixed(above, below, light if mode == "light" else dark, mode)
    if mode == "dark":
        named |= {name: _mixed(*mix, mode) for name, mix in IN_THE_DARK.items()}
    named |= {name: role(pair[mode == "dark"], mode=mode) for name, pair in SWAPPED.items()}
    return {**named, NONE: "transparent"}


def _mixed(above: str, below: str, much: float, mode: Mode) -> str:
    colours = [role(name, mode=mode).removeprefix("#") for name in (above, below)]
    first, second = ([int(colour[at : at + 2], 16) for at in (0, 2, 4)] for colour in colours)
    mixed = [round(much * one + (1 - much) * other) for one, other in zip(first, second, strict=True)]
    return "#" + "".join(f"{part:02X}" for part in mixed)
