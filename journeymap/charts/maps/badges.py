"""Small signs on a sheet that say a status by their shape: badges of claims, signs of emotion, points of failure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeymap.charts.maps import icons
from journeymap.charts.maps.words import text_width

if TYPE_CHECKING:
    from journeymap.charts.maps.sheet import Sheet

BADGE = 14
"""How wide a badge is, in px."""
STATUSES = {
    "supported": "claim supported by data",
    "contradicted": "contradicted",
    "assumed": "assumed",
    "stale": "stale",
}
"""Each status of a claim and its words in the legend."""
FEW = 30
"""Below so many customers a marker is hollow."""


def badge(sheet: Sheet, status: str | None, x: float, y: float) -> None:
    """Paint the status of a claim around a place; no status, no badge."""
    if status is None:
        return
    sheet.used.add(status)
    if status == "supported":
        sheet.shape(icons.circle(6) + "Z", x, y, fill="ok")
        sheet.shape(icons.TICK, x, y, stroke="surface", width=1.6)
    elif status == "contradicted":
        sheet.shape(icons.diamond(7.2), x, y, fill="bad")
        sheet.shape(icons.CROSS, x, y, stroke="surface", width=1.6)
    elif status == "stale":
        sheet.shape(icons.circle(6) + "Z", x, y, fill="warn_soft", stroke="warn", width=1.3)
        sheet.shape("M0,-3.4L0,0L2.6,1.6", x, y, stroke="warn", width=1.3)
    else:
        sheet.shape(icons.circle(5.5) + "Z", x, y, stroke="quiet", width=1.3, dash=(2, 1.8))


def emotion_role(value: float, /) -> str:
    """Return the colour of an emotion: the strong one from one step away from zero on.

    Examples
    --------
    >>> emotion_role(-1.3), emotion_role(0.2), emotion_role(1.7)
    ('emotion_m2', 'emotion_0', 'emotion_p2')
    """
    sign = {"positive": "p", "negative": "m", "neutral": ""}[sign_of(value)]
    return f"emotion_{sign}{(2 if abs(value) >= 1 else 1) if sign else 0}"


def sign_of(value: float, /) -> str:
    """Return ``"positive"``, ``"neutral"`` or ``"negative"``: what is rounded to a quarter step or less is neutral.

    Examples
    --------
    >>> sign_of(0.2), sign_of(-0.3)
    ('neutral', 'negative')
    """
    return "neutral" if abs(value) <= 0.25 else "positive" if value > 0 else "negative"


def emotion(sheet: Sheet, value: float, x: float, y: float, *, n: float | None, decides: bool) -> None:
    """Paint the marker of an emotion: its shape says the sign, hollow that few said so, a star that the step decides."""
    sign = sign_of(value)
    paint = emotion_role(value)
    hollow = n is not None and n < FEW
    sheet.used |= {"star" if decides else sign} | ({"hollow"} if hollow else set())
    path = icons.star(12) if decides else MARKERS[sign]
    outline = paint if hollow else "surface"
    sheet.shape(path, x, y, fill="surface" if hollow else paint, stroke=outline, width=1.7 if hollow else 1.2)


MARKERS = {
    "positive": icons.triangle(6, up=True),
    "neutral": icons.circle(5) + "Z",
    "negative": icons.triangle(6, up=False),
}


def icon(sheet: Sheet, path: str, x: float, y: float, *, stroke: str = "ink", width: float = 1.3) -> None:
    """Paint a sign of lines around a place."""
    sheet.shape(path, x, y, stroke=stroke, width=width)


def star(sheet: Sheet, x: float, y: float, *, radius: float = 6.4) -> None:
    """Paint the star of a moment of truth."""
    sheet.used.add("star")
    sheet.shape(icons.star(radius), x, y, fill="ink")


def failure(sheet: Sheet, x: float, y: float) -> None:
    """Paint the sign of a fail point: an F in a diamond."""
    sheet.used.add("fails")
    sheet.shape(icons.diamond(9.6), x, y, fill="bad")
    _letter(sheet, "F", x, y, "surface")


def waiting(sheet: Sheet, x: float, y: float) -> None:
    """Paint the sign of a wait point: a W in a circle."""
    sheet.used.add("waits")
    sheet.shape(icons.circle(8.2) + "Z", x, y, fill="warn_soft", stroke="ink", width=1.3)
    _letter(sheet, "W", x, y, "ink")


def _letter(sheet: Sheet, letter: str, x: float, y: float, fill: str) -> None:
    sheet.write([letter], x, y - 7.3, size=11, bold=True, fill=fill, align="center")


def tag(sheet: Sheet, said: str, right: float, bottom: float) -> None:
    """Paint the tab of the finding frame, whose right end and lower edge are given."""
    wide = text_width(said, size=11, bold=True) + 16
    sheet.box(right - wide, bottom - 18, wide, 18, fill="bad", radius=2)
    sheet.write([said], right - wide / 2, bottom - 16.3, size=11, bold=True, fill="surface", align="center")
