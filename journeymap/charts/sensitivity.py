"""A sensitivity as a picture: for each rule a strip of dots, one for each of its values, on one axis of shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from journeymap.analyses.funnel_scope import FEW
from journeymap.charts.canvas import Canvas
from journeymap.charts.drawing import Drawing, middle_cut, one_line, text_width
from journeymap.charts.findings import MOST_CHARACTERS, Finding
from journeymap.charts.numbers import count, interval, share
from journeymap.charts.share_axis import axis
from journeymap.charts.theme import tokens

if TYPE_CHECKING:
    import pandas as pd

    from journeymap.analyses.sensitivity import Sensitivity
    from journeymap.charts.share_axis import Axis
    from journeymap.charts.theme import Mode

SMALL, STRONG = (tokens()["type_px"][name] for name in ("chart_label", "strong"))
BOLD = tokens()["weight"]["strong"]
TICKS, HEAD, ROW, BETWEEN, GAP = 24, 24, 22, 10, 12
NARROW = 480
CHOSEN, CHANGED = "accent", "continues"
HEADS = {"window": "Window", "attempts": "Attempts", "session gap": "Session gap", "ties": "Ties"}
IN_SENTENCE = {
    "window": "the window matters",
    "attempts": "the attempt rule matters",
    "session gap": "the session gap matters",
    "ties": "the rule for ties matters",
}


def drawing(result: Sensitivity, /, *, width: int, mode: Mode = "light") -> Drawing:
    """Draw a sensitivity: neither title, key nor footer."""
    canvas = Canvas(mode)
    height = _Strips(canvas, result, width).draw()
    said = one_line(
        f"The share that arrives, with one rule changed at a time. {sensitivity_finding(result).text}"
    )
    return Drawing(canvas.spec(width=width, height=height, description=said), said, height)


def key(_result: Sensitivity, /) -> list[tuple[str, str]]:
    """Return the words for the two colours, each with its role in the theme."""
    return [("the chosen rules", CHOSEN), ("one rule changed", CHANGED)]


def key_note(_result: Sensitivity, /) -> str:
    """Say what a dot is."""
    return "Share that arrives, settled only: dot and 95 % interval."


def sensitivity_finding(result: Sensitivity, /) -> Finding:
    """Return between which shares the conversion lies, and which rule moves it most."""
    table = result.table
    known = table[table["settled"] >= FEW]
    first, last = (one_line(name) for name in (result.journey.stage_names[0], result.journey.stage_names[-1]))
    if not len(known):
        return Finding(f"Too few settled customers from {first} to {last} to compare rules: it takes {FEW}.")
    of_rule = known.groupby("rule", sort=False)["arrived_share"].agg(["min", "max"])
    spread = of_rule["max"] - of_rule["min"]
    ends = share(known["arrived_share"].min()), share(known["arrived_share"].max())
    if ends[0] == ends[1]:
        return Finding(
            f"From {first} to {last}, {ends[0]} arrive, whichever of these rules is taken.", _chosen(result)
        )
    most = str(spread.idxmax())
    within = f"({share(of_rule['min'][most])} to {share(of_rule['max'][most])})"
    start = f"From {first} to {last}, between {ends[0]} and {ends[1]} arrive depending on the rules"
    sentence = f"{start}; {IN_SENTENCE[most]} most {within}."
    if len(sentence) > MOST_CHARACTERS:
        sentence = f"Between {ends[0]} and {ends[1]} arrive depending on the rules; {IN_SENTENCE[most]} most {within}."
    return Finding(sentence, _chosen(result))


def _chosen(result: Sensitivity) -> str:
    chosen = result.table[result.table["chosen"] & (result.table["settled"] > 0)]
    if not len(chosen):
        return ""
    row = chosen.iloc[0]
    within = interval(row["low"], row["high"], row["settled"])
    of = f"{count(row['arrived'])} of {count(row['settled'])} settled"
    return f"With the chosen rules {of}, {share(row['arrived_share'], row['settled'])} {within}."


@dataclass
class _Strips:
    """Draws the strips from the top down."""

    canvas: Canvas
    result: Sensitivity
    width: int
    y: float = 0

    def draw(self) -> int:
        table = self.result.table
        values = [_wide(value) for value in table["value"]]
        self.names = min(max(values) + GAP, (0.34 if self.width < NARROW else 0.4) * self.width)
        self.labels = max((_wide(_label(row)) for row in _records(table)), default=0) * 1.08 + GAP
        known = table[table["settled"] > 0]
        if not len(known):
            self.canvas.text(0, 10, "Nobody is settled under any of these rules.", fill="ink_3")
            return TICKS
        room = self.width - self.names - self.labels
        axis_ = axis(known["low"].min(), known["high"].max(), x=self.names, width=room)
        lines = self._ticks(axis_)
        for rule, rows in table.groupby("rule", sort=False):
            self._strip(axis_, HEADS[str(rule)], _records(rows))
        for x, role in lines:
            self.canvas.line(x, TICKS, x, self.y, stroke=role)
        self.canvas.rows["lines"].sort(key=lambda row: row["thick"])
        return round(self.y)

    def _ticks(self, axis_: Axis) -> list[tuple[float, str]]:
        for tick in axis_.ticks:
            align = {axis_.ticks[0]: "left", axis_.ticks[-1]: "right"}.get(tick, "center")
            if align != "center" or axis_.has_room:
                self.canvas.text(axis_.at(tick), 8, axis_.label(tick), fill="ink_3", align=align)
        self.y = TICKS
        chosen = self.result.table[self.result.table["chosen"] & (self.result.table["settled"] > 0)]
        lines = [(axis_.at(tick), "line") for tick in axis_.ticks]
        return lines + [(axis_.at(at), CHOSEN) for at in chosen["arrived_share"][:1]]

    def _strip(self, axis_: Axis, head: str, rows: list[dict[str, Any]]) -> None:
        self.y += BETWEEN
        self.canvas.text(0, self.y + HEAD / 2, head, size=STRONG, weight=BOLD)
        self.y += HEAD
        for row in rows:
            self._row(axis_, row)

    def _row(self, axis_: Axis, row: dict[str, Any]) -> None:
        y, role = self.y + ROW / 2, CHOSEN if row["chosen"] else CHANGED
        weight = BOLD if row["chosen"] else tokens()["weight"]["regular"]
        name = middle_cut(row["value"], self.names - GAP, size=SMALL, weight=weight)
        self.canvas.text(0, y, name, fill="ink" if row["chosen"] else "ink_2", weight=weight)
        self.canvas.text(
            self.width,
            y,
            _label(row),
            align="right",
            weight=weight,
            fill="ink_2" if row["settled"] else "ink_3",
        )
        if row["settled"]:
            low, at, high = (axis_.at(row[name]) for name in ("low", "arrived_share", "high"))
            self.canvas.line(low, y, high, y, stroke=role, thick=4, opacity=0.5)
            fill = "surface" if row["settled"] < FEW else role
            self.canvas.dot(at, y, shape="circle", stroke=role, fill=fill, **_about(row))
        self.y += ROW


def _about(row: dict[str, Any]) -> dict[str, Any]:
    text = share(row["arrived_share"], row["settled"])
    arrived = f"{count(row['arrived'])} of {count(row['settled'])}"
    within = interval(row["low"], row["high"], row["settled"])
    tip = {"title": f"{HEADS[row['rule']]}: {row['value']}", "Arrived": arrived, "Share": text}
    return {
        "description": f"{HEADS[row['rule']]}, {row['value']}: {arrived} arrived, {text} {within}",
        "tip": tip | {"95 % interval (Wilson)": within},
    }


def _label(row: dict[str, Any]) -> str:
    if not row["settled"]:
        return "nobody settled"
    few = f" n = {row['settled']}" if row["settled"] < FEW else ""
    return f"{share(row['arrived_share'], row['settled'])}{few}"


def _records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in rows.to_dict("records")]


def _wide(text: str) -> float:
    return text_width(text, size=SMALL)
