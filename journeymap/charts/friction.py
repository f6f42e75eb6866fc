"""Friction as a picture: for each stage a bar of customers a month, lost and unhappy, worst first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from journeymap.charts.canvas import Canvas
from journeymap.charts.drawing import Drawing, middle_cut, one_line, text_width, wrap
from journeymap.charts.findings import MOST_CHARACTERS, Finding
from journeymap.charts.numbers import count, interval, share
from journeymap.charts.theme import tokens
from journeymap.errors import counted

if TYPE_CHECKING:
    from journeymap.charts.theme import Mode
    from journeymap.maps.fixing.friction import Friction

SMALL, STRONG = (tokens()["type_px"][name] for name in ("chart_label", "strong"))
BOLD = tokens()["weight"]["strong"]
HEAD, BAR, LINE, GAP = 22, 14, 16, 14
LOST, UNHAPPY = "left", "other"


def drawing(result: Friction, /, *, width: int, mode: Mode = "light") -> Drawing:
    """Draw friction: neither title, key nor footer."""
    canvas, y = Canvas(mode), 0.0
    rows = _records(result.stages)
    most = max((_end(row, result) for row in rows), default=0) or 1
    for row in rows:
        y = _row(canvas, row, result, width=width, y=y, most=most) + GAP
    said = one_line(f"Stages by customers affected a month, worst first. {friction_finding(result).text}")
    height = round(max(y - GAP, LINE))
    return Drawing(canvas.spec(width=width, height=height, description=said), said, height)


def key(result: Friction, /) -> list[tuple[str, str]]:
    """Return the words for the colours, each with its role in the theme."""
    if not result.has_benchmark:
        return [("left, a month", LOST)]
    return [("lost beyond the benchmark", LOST), ("unhappy, not lost", UNHAPPY)]


def key_note(result: Friction, /) -> str:
    """Say what the line is."""
    if not result.has_benchmark:
        return ""
    return "Customers a month; the line below is the 95 % interval of both together."


def friction_finding(result: Friction, /) -> Finding:
    """Return which stage affects most customers, and what is at stake there."""
    rows = [row for row in _records(result.stages) if not pd.isna(row["rank"])]
    if not rows:
        return Finding("No stage can be ranked: there is a benchmark for none of them.")
    worst = rows[0]
    name = one_line(worst["name"])
    if not result.has_benchmark:
        text = f"Most customers leave at {name}: {count(worst['left'])} a month, {share(worst['drop_share'], worst['settled'])} of those who reach it."
        return Finding(text, "Not all drop-off is friction: a benchmark says how much of it is.")
    if worst["friction"] == 0:
        return Finding("No stage loses more customers than its benchmark, and no answer is negative.")
    within = _within(worst["friction_low"], worst["friction_high"])
    text = f"{name} costs most: {count(worst['friction'])} customers a month {within} are lost or unhappy"
    stake = ""
    if worst["value_at_stake"] > 0:
        stake = f"{money(worst['value_at_stake'], result.currency)} are at stake"
    sentence = f"{text}, and {stake}." if stake else f"{text}."
    support = f"Among the first three stages in {share(worst['top3_share'])} of the samples."
    if len(sentence) > MOST_CHARACTERS:
        return Finding(f"{text}.", f"{stake.capitalize()} there. {support}" if stake else support)
    return Finding(sentence, support)


def money(amount: Any, currency: str) -> str:
    """Write an amount of money in whole units.

    Examples
    --------
    >>> money(19636.4, "EUR"), money(12, "")
    ('EUR\\xa019,636', '12')
    """
    return f"{currency}\N{NO-BREAK SPACE}{count(amount)}" if currency else count(amount)


def _within(low: Any, high: Any) -> str:
    return f"({count(low)} to {count(high)})"


def _end(row: dict[str, Any], result: Friction) -> float:
    """Return how far the picture of a row reaches."""
    reaches = [row["friction"], row["friction_high"]] if result.has_benchmark else [row["left"]]
    return max((float(one) for one in reaches if not pd.isna(one)), default=0.0)


def _row(
    canvas: Canvas, row: dict[str, Any], result: Friction, *, width: int, y: float, most: float
) -> float:
    """Draw one stage, and return where it ends."""
    label = _label(row, result)
    room = width - text_width(label, size=SMALL, weight=BOLD) - GAP
    place = "" if pd.isna(row["rank"]) else f"{row['rank']}  "
    canvas.text(
        0,
        y + HEAD / 2,
        place + middle_cut(row["name"], room - 24, size=STRONG, weight=BOLD),
        size=STRONG,
        weight=BOLD,
    )
    canvas.text(width, y + HEAD / 2, label, align="right", weight=BOLD)
    y += HEAD
    _bar(canvas, row, result, scale=width / most, y=y)
    y += BAR + (12 if result.has_benchmark else 4)
    for line in wrap(_details(row, result), width, size=SMALL):
        canvas.text(0, y + LINE / 2, line, fill="ink_2")
        y += LINE
    return y


def _bar(canvas: Canvas, row: dict[str, Any], result: Friction, *, scale: float, y: float) -> None:
    about: dict[str, Any] = {"description": _told(row, result), "tip": _tip(row, result)}
    canvas.line(0.5, y - 1, 0.5, y + BAR + 1, stroke="line_strong")
    if not result.has_benchmark:
        if row["left"] > 0:
            canvas.bar(0, y, row["left"] * scale, y + BAR, fill=LOST, **about)
        return
    if pd.isna(row["friction"]):
        return
    lost = 0.0 if pd.isna(row["lost"]) else row["lost"] * scale
    end = row["friction"] * scale
    if lost >= 1:
        canvas.bar(0, y, lost, y + BAR, fill=LOST, **about)
    if end - lost >= 1:
        canvas.bar(lost + (1 if lost >= 1 else 0), y, end, y + BAR, fill=UNHAPPY, **about)
    low, high, below = row["friction_low"] * scale, row["friction_high"] * scale, y + BAR + 5
    canvas.line(low, below, high, below, stroke="ink", thick=1.5)
    for x in (low, high):
        canvas.line(x, below - 3, x, below + 3, stroke="ink", thick=1.5)


def _label(row: dict[str, Any], result: Friction) -> str:
    if not result.has_benchmark:
        return "nobody leaves the last stage" if pd.isna(row["left"]) else f"{count(row['left'])} left"
    if pd.isna(row["friction"]):
        return "no benchmark"
    return f"{count(row['friction'])} {_within(row['friction_low'], row['friction_high'])}"


def _details(row: dict[str, Any], result: Friction) -> str:
    parts = []
    if not pd.isna(row["drop_share"]):
        within = interval(row["drop_low"], row["drop_high"], row["settled"])
        against = "" if pd.isna(row["benchmark_share"]) else f", benchmark {share(row['benchmark_share'])}"
        parts.append(f"Drop-off {share(row['drop_share'], row['settled'])} {within}{against}")
    if row["answers"]:
        answers = counted(int(row["answers"]), "answer")
        parts.append(f"{share(row['negative_share'], row['answers'])} negative ({answers}, shrunk)")
    elif not pd.isna(row["negative_share"]):
        parts.append("no answers here, mood of the whole map")
    if row["value_at_stake"] > 0:
        within = _within(row["value_low"], row["value_high"])
        parts.append(f"{money(row['value_at_stake'], result.currency)} {within} at stake")
    if not pd.isna(row["top3_share"]) and result.has_benchmark:
        parts.append(f"top three in {share(row['top3_share'], 10)}")
    return " · ".join(parts)


def _told(row: dict[str, Any], result: Friction) -> str:
    return one_line(f"{row['name']}: {_label(row, result)} customers a month. {_details(row, result)}")


def _tip(row: dict[str, Any], result: Friction) -> dict[str, str]:
    tip = {
        "title": one_line(row["name"]),
        "Reached, a month": count(row["reach"]),
        "Left": count(row["left"]),
    }
    if result.has_benchmark:
        tip |= {
            "Lost": f"{count(row['lost'])} {_within(row['lost_low'], row['lost_high'])}",
            "Unhappy": f"{count(row['unhappy'])} {_within(row['unhappy_low'], row['unhappy_high'])}",
            "Leaving and mood joined": one_line(row["union"]),
        }
    return tip


def _records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in rows.to_dict("records")]
