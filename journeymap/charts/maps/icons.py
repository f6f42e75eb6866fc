"""The signs of a map as paths of our own, 16 px wide around their middle: they need no font, and look alike everywhere.

Only the last part of a path may be closed by a Z; the parts before it end with a line to their beginning.
"""

from __future__ import annotations

from math import cos, pi, sin


def circle(radius: float, x: float = 0, y: float = 0) -> str:
    """Return a circle as a path that is closed without a Z.

    Examples
    --------
    >>> circle(2)
    'M-2,0A2,2 0 1,1 2,0A2,2 0 1,1 -2,0'
    """
    left, right = f"{x - radius:g},{y:g}", f"{x + radius:g},{y:g}"
    turn = f"A{radius:g},{radius:g} 0 1,1 "
    return f"M{left}{turn}{right}{turn}{left}"


def rectangle(wide: float, high: float, x: float = 0, y: float = 0) -> str:
    """Return a rectangle around its middle as a path that is closed without a Z."""
    left, right, top, bottom = x - wide / 2, x + wide / 2, y - high / 2, y + high / 2
    corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top), (right, top)]
    return "M" + "L".join(f"{one:g},{other:g}" for one, other in corners)


def star(radius: float) -> str:
    """Return a star of five points."""
    turns = [(radius if tip % 2 == 0 else radius * 0.42, pi * (tip / 5 - 0.5)) for tip in range(10)]
    return "M" + "L".join(f"{far * cos(turn):.2f},{far * sin(turn):.2f}" for far, turn in turns) + "Z"


def triangle(radius: float, *, up: bool) -> str:
    """Return a triangle that stands on its base, or on its tip."""
    tip, base = (-radius, radius * 0.8) if up else (radius, -radius * 0.8)
    return f"M0,{tip:g}L{radius:g},{base:g}L{-radius:g},{base:g}Z"


def diamond(radius: float) -> str:
    """Return a diamond."""
    return f"M0,{-radius:g}L{radius:g},0L0,{radius:g}L{-radius:g},0Z"


CLOCK = circle(6) + "M0,-3.4L0,0L2.6,1.6"
SMALL_CLOCK = circle(4.6) + "M0,-2.6L0,0L2,1.2"
TICK = "M-2.8,0.2L-0.8,2.2L3,-2.2"
CROSS = "M-2.2,-2.2L2.2,2.2M2.2,-2.2L-2.2,2.2"
ARROW = "M-6,0L6,0M2,-3.6L6,0L2,3.6"
SMALL_ARROW = "M-4.5,0L4.5,0M1.4,-2.8L4.5,0L1.4,2.8"
PERSON = circle(2.9, 0, -3.4) + "M-5.6,6.8C-5.6,2.6 -3.4,1.2 0,1.2C3.4,1.2 5.6,2.6 5.6,6.8L-5.6,6.8L-5.6,6.4"
PEOPLE = (
    circle(2.5, -2, -3.6)
    + "M-6.8,5.8C-6.8,2.2 -5,0.8 -2,0.8C1,0.8 2.8,2.2 2.8,5.8"
    + "M2.2,-5.8C4.2,-5.6 5,-4.6 5,-3.6C5,-2.6 4.2,-1.6 2.2,-1.4M4,1.2C6,1.8 6.8,3.2 6.8,5.8"
)
FACE = circle(4.6, 0, -4.6) + "M-9.4,10.2C-9.4,3.6 -5.8,1.6 0,1.6C5.8,1.6 9.4,3.6 9.4,10.2Z"
"""A person for the portrait of a persona, 20 px wide."""

LANES = {
    "steps": "M-7,6L-3,6L-3,1L2,1L2,-4L7,-4",
    "measured": PEOPLE,
    "goals": circle(6) + circle(2.4),
    "actions": ARROW,
    "touchpoints": rectangle(13, 11) + "M-6.5,-2.2L6.5,-2.2",
    "thoughts": (
        "M-5.8,4.4C-7.2,0 -6,-3.8 -2.6,-5.2M-5.9,1.6C-5.4,-0.2 -2.4,0 -2.4,2.4C-2.4,5 -5.8,5 -5.9,1.8"
        "M1,4.4C-0.4,0 0.8,-3.8 4.2,-5.2M0.9,1.6C1.4,-0.2 4.4,0 4.4,2.4C4.4,5 1,5 0.9,1.8"
    ),
    "emotion": "M-7,2C-5,-5 -2.6,-5 -0.4,0C1.8,5 4.4,5 7,-2.4",
    "pains": "M0,-6.4L6.8,5.6L-6.8,5.6L0,-6.4L0.6,-5.4M0,-2L0,2M0,3.4L0,4.2",
    "gains": star(6.6)[:-1] + "L0,-6.60L0.6,-5",
    "opportunities": circle(4.8, 0, -1.8) + "M-1.8,5.2L1.8,5.2M-1.2,7L1.2,7",
    "kpis": "M-6,6L-6,1.4M-2,6L-2,-1.6M2,6L2,-0.4M6,6L6,-5.6",
    "owner": PERSON,
    "evidence": rectangle(12, 10),
    "frontstage": "M-7,0C-4,-5.4 4,-5.4 7,0C4,5.4 -4,5.4 -7,0L-6.8,-0.3" + circle(2.2),
    "backstage": circle(6) + circle(2.4),
    "support": rectangle(12, 5, 0, -3) + rectangle(12, 5, 0, 3),
}
"""The sign of each lane."""

CHANNELS = {
    "web": rectangle(13, 11) + "M-6.5,-2.2L6.5,-2.2",
    "app": rectangle(8, 13.5) + "M-1,4.6L1,4.6",
    "email": rectangle(13, 10) + "M-6.5,-4.6L0,0.8L6.5,-4.6",
    "phone": "M-5.6,-6L-2.6,-6.4L-1.2,-2.8L-3,-1.4C-2.2,0.8 -0.8,2.2 1.4,3L2.8,1.2L6.4,2.6L6,5.6C0,7.4 -7.4,0 -5.6,-6L-5,-6.1",
    "chat": "M-6.5,-5.5L6.5,-5.5L6.5,3L-1.6,3L-4.6,6.2L-4.6,3L-6.5,3L-6.5,-5.5L-5,-5.5",
    "social": circle(2.1, -4.6, 0)
    + circle(2.1, 4.2, -4.4)
    + circle(2.1, 4.2, 4.4)
    + "M-2.7,-1L2.4,-3.5M-2.7,1L2.4,3.5",
    "search": circle(4.4, -1.4, -1.4) + "M1.8,1.8L6.4,6.4",
    "ad": "M-6.4,-1.8L-3,-1.8L4.6,-5.6L4.6,5.2L-3,1.8L-6.4,1.8L-6.4,-1.8L-5,-1.8M-4.2,2L-3,6L-0.8,6L-1.8,2.4M6.8,-1.4L6.8,1.2",
    "store": "M-5.6,-0.6L-5.6,6.2L5.6,6.2L5.6,-0.6M-5,-6L5,-6L7,-1.6L-7,-1.6L-5,-6L-4,-6M-1.4,6L-1.4,2L2,2L2,6",
    "post": "M0,-7L6.2,-3.5L6.2,3.5L0,7L-6.2,3.5L-6.2,-3.5L0,-7L1,-6.4M-6.2,-3.5L0,0L6.2,-3.5M0,0L0,7",
    "payment": rectangle(13, 10) + "M-6.5,-1.8L6.5,-1.8M-4,2.2L-1,2.2",
    "partner": circle(4, -2.4, 0) + circle(4, 2.4, 0),
    "other": circle(5.4) + circle(1),
}
"""The sign of each kind of channel."""
