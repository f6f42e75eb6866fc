"""What stands below a map: a legend of the signs that are used, and where the numbers come from."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd

from journeymap.charts.maps import badges, icons
from journeymap.charts.maps.columns import MARGIN
from journeymap.charts.maps.numbers import count
from journeymap.charts.maps.words import SECOND, broken, collapsed, line_height, text_width
from journeymap.charts.numbers import day

if TYPE_CHECKING:
    from collections.abc import Callable

    from journeymap.charts.maps.facts import Facts
    from journeymap.charts.maps.sheet import Sheet

ROW, AFTER, BETWEEN = 19, 6, 18


SHARES = (
    "Who moved on or left is counted among settled customers; the others are open: their time is not over."
)


def legend(sheet: Sheet, y: float, *, width: int) -> float:
    """Paint the signs that stand on the sheet, each with its words; return where they end."""
    used = [(sign, wide, words) for name, (sign, wide, words) in SIGNS.items() if name in sheet.used]
    sheet.line(MARGIN, y, width - MARGIN, y)
    if not used:
        return y + 2
    x, y = float(MARGIN), y + 8
    for sign, wide, words in used:
        needed = wide + AFTER + text_width(words, size=SECOND)
        if x > MARGIN and x + needed > width - MARGIN:
            x, y = MARGIN, y + ROW
        sign(sheet, x + wide / 2, y + ROW / 2)
        sheet.write([words], x + wide + AFTER, y + (ROW - line_height(SECOND)) / 2, size=SECOND)
        x += needed + BETWEEN
    return y + ROW


def _badge(status: str) -> Callable[[Sheet, float, float], None]:
    return lambda sheet, x, y: badges.badge(sheet, status, x, y)


def _marker(path: str, fill: str, stroke: str = "surface") -> Callable[[Sheet, float, float], None]:
    return lambda sheet, x, y: sheet.shape(path, x, y, fill=fill, stroke=stroke, width=1.4)


def _severity(sheet: Sheet, x: float, y: float) -> None:
    for place, fill in enumerate(("left", "surface")):
        sheet.box(x - 9 + 10 * place, y - 3.5, 7, 7, fill=fill, stroke="left", radius=1.5)


def _kpi(sheet: Sheet, x: float, y: float) -> None:
    sheet.box(x - 12, y - 2.5, 24, 5, fill="track", radius=1)
    sheet.box(x - 12, y - 2.5, 13, 5, fill="bar", radius=1)
    sheet.line(x - 2, y, x + 4, y, stroke="ink", width=1.6)
    sheet.shape("M0,-5.5L0,5.5", x + 8, y, stroke="ink", width=2.4)


def _curve(sheet: Sheet, x: float, y: float) -> None:
    sheet.shape("M-12,-4L12,-4L12,4L-12,4Z", x, y, fill="band", stroke="band_edge", width=0.8)
    sheet.line(x - 12, y, x + 12, y, stroke="ink", width=2.2)


def _line(stroke: str, **look: object) -> Callable[[Sheet, float, float], None]:
    return lambda sheet, x, y: sheet.line(x - 12, y, x + 12, y, stroke=stroke, **look)


def _typed(sheet: Sheet, x: float, y: float) -> None:
    sheet.shape("M-9,-2.5L9,-2.5L9,2.5L-9,2.5Z", x, y, fill="surface", stroke="ink", width=1.2)


def _arrow(sheet: Sheet, x: float, y: float) -> None:
    sheet.line(x - 9, y, x + 5, y, stroke="ink", width=1.3)
    sheet.shape("M0,-3.5L6,0L0,3.5Z", x + 3, y, fill="ink")


SIGNS: dict[str, tuple[Callable[[Sheet, float, float], None], float, str]] = {
    "supported": (_badge("supported"), 14, "claim supported by data"),
    "contradicted": (_badge("contradicted"), 15, "contradicted"),
    "assumed": (_badge("assumed"), 13, "assumed"),
    "stale": (_badge("stale"), 14, "stale"),
    "fails": (badges.failure, 20, "fail point: it goes wrong here"),
    "waits": (badges.waiting, 18, "wait point: the customer or the work waits"),
    "triggers": (_arrow, 20, "triggers"),
    "severity": (_severity, 20, "how severe, 1 to 5"),
    "kpi": (_kpi, 26, "KPI: bar actual, line 95 %, tick target"),
    "met": (_marker(icons.triangle(4.6, up=True), "moved_on"), 10, "target met"),
    "lost": (_marker(icons.triangle(4.6, up=False), "left"), 10, "target missed, or left"),
    "positive": (_marker(badges.MARKERS["positive"], "emotion_p1"), 12, "positive"),
    "neutral": (_marker(badges.MARKERS["neutral"], "emotion_0"), 11, "neutral"),
    "negative": (_marker(badges.MARKERS["negative"], "emotion_m1"), 12, "negative"),
    "hollow": (_marker(icons.triangle(5.4, up=True), "surface", "moved_on"), 12, "hollow: n below 30"),
    "star": (badges.star, 13, "moment of truth"),
    "curve": (_curve, 26, "measured emotion, 95 % band"),
    "typed": (_typed, 20, "what the team says"),
    "told": (_line("ink_2", width=1.4), 24, "emotion as the team tells it, not measured"),
    "planned": (_line("ok", width=2, dash=(6, 4)), 24, "planned"),
}
"""Every sign: how it is painted around a place, how wide it is, and its words."""


def footer(sheet: Sheet, facts: Facts, y: float, *, width: int, most: int) -> float:
    """Write where the numbers come from, what may bend them, and when the map was reviewed."""
    said, room = sentences(facts), width - 2 * MARGIN
    while len(said) > 1 and len(broken(" ".join(said), room, size=SECOND, most=most + 1)) > most:
        said = [*said[:-2], said[-1]]
    lines = broken(" ".join(said), room, size=SECOND, most=most)
    return sheet.write(lines, MARGIN, y, size=SECOND, fill="ink_2")


def sentences(facts: Facts) -> list[str]:
    """Return the sentences of the footer."""
    return [one for one in (*_measured(facts), *_emotion(facts), _reviewed(facts)) if one]


def _measured(facts: Facts) -> list[str]:
    """Say what was counted, and when."""
    found = facts.measurements
    if found is None or not facts.is_measured:
        return ["Nothing on this map is measured: it is what the team tells."]
    stages = [facts.observed(stage.id, "customers") for stage in facts.told.stages]
    window = next((one.window for one in stages if one is not None and one.window), "")
    run = f"Measured {_day(found.run.at)}." if found.run is not None and found.run.at else ""
    rates = [facts.observed(stage.id, "moved_on_share") for stage in facts.told.stages]
    shares = SHARES if any(rates) else ""
    of = f"Customers of {facts.told.personas[0].name} alone." if facts.persona else ""
    customers = next((count(one.value) for one in stages if one is not None), "")
    counted = (
        f"{customers} customers counted{f', {collapsed(window)}' if window else ''}." if customers else ""
    )
    return [counted, of, run, shares]


def _emotion(facts: Facts) -> list[str]:
    parts = [*facts.told.steps, *facts.told.stages]
    seen = [one for part in parts if (one := facts.observed(part.id, "emotion")) is not None]
    if not seen:
        return []
    kinds = [kind for kind in ("scores", "words") if any(one.method.startswith(kind) for one in seen)]
    drawn = (
        ", drawn to the mean of all where answers are few"
        if any("drawn" in one.method for one in seen)
        else ""
    )
    how = f"Emotion from {' and '.join(kinds)}{drawn}." if kinds else ""
    lost = facts.number("", "unassigned")
    aside = f"{count(lost)} answers belong to no stage." if lost else ""
    bias = "Only those who answered are heard; whoever left may have answered less often."
    return [how, aside, bias]


def _reviewed(facts: Facts) -> str:
    told = facts.told
    again = ""
    if told.reviewed_at and told.review_every_days:
        again = f", next {day(told.reviewed_at + dt.timedelta(days=float(told.review_every_days)))}"
    reviewed = f"Reviewed {day(told.reviewed_at)}{again}." if told.reviewed_at else "Not reviewed yet."
    return f"{reviewed} Owner: {collapsed(told.owner)}." if told.owner else reviewed


def _day(at: str) -> str:
    try:
        return day(pd.Timestamp(at))
    except ValueError:
        return collapsed(at)
