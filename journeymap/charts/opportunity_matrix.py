"""Opportunities as a picture: what each is worth against its effort, and the list that the numbers stand for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from journeymap.charts.canvas import Canvas
from journeymap.charts.drawing import Drawing, middle_cut, one_line, text_width
from journeymap.charts.findings import MOST_CHARACTERS, Finding
from journeymap.charts.friction import money
from journeymap.charts.numbers import count
from journeymap.charts.theme import tokens
from journeymap.errors import counted

if TYPE_CHECKING:
    from journeymap.charts.theme import Mode
    from journeymap.maps.fixing.opportunities import Opportunities

SMALL, STRONG = (tokens()["type_px"][name] for name in ("chart_label", "strong"))
BOLD = tokens()["weight"]["strong"]
NARROW, PLOT_HEIGHT, BELOW, ENTRY, GAP = 640, 340, 38, 56, 24
TO_DO, SHIPPED = "accent", "continues"


def drawing(result: Opportunities, /, *, width: int, mode: Mode = "light") -> Drawing:
    """Draw the matrix: neither title, key nor footer."""
    canvas = Canvas(mode)
    rows = _records(result)
    wide = width >= NARROW
    plot_width = round(width * 0.52) if wide else width
    bottom = _Plot(canvas, result, rows, plot_width).draw()
    left, top = (plot_width + GAP, 0) if wide else (0, bottom + GAP)
    end = _list(canvas, result, rows, x=left, y=top, width=width - left)
    said = one_line(f"Opportunities by worth and effort. {matrix_finding(result).text}")
    height = round(max(bottom, end))
    return Drawing(canvas.spec(width=width, height=height, description=said), said, height)


def key(result: Opportunities, /) -> list[tuple[str, str]]:
    """Return the words for the colours, each with its role in the theme."""
    shipped = [("shipped", SHIPPED)] if result.matrix["status"].eq("shipped").any() else []
    return [("to do", TO_DO), *shipped]


def key_note(_result: Opportunities, /) -> str:
    """Say what the lines are."""
    return "Upright lines are 95 % intervals; the halves part at the medians."


def matrix_finding(result: Opportunities, /) -> Finding:
    """Return what is worth most for the least effort."""
    rows = result.matrix
    if not len(rows):
        return Finding("The map has no opportunity.")
    first = rows[(rows["quadrant"] == "do first") & (rows["status"] != "shipped")]
    unplaced = int((rows["quadrant"] == "").sum())
    support = (
        counted(unplaced, "opportunity lacks", "opportunities lack") + " effort or a measured worth."
        if unplaced
        else ""
    )
    if unplaced == len(rows):
        return Finding("No opportunity can be placed: effort or a measured worth is missing.")
    if not len(first):
        return Finding("No opportunity that is to do is worth much for little effort.", support)
    best = first.iloc[0]
    worth = _worth(best["worth"], result)
    text = f"Do first: {one_line(best['title'])}, worth {worth} a month for {_weeks(best['effort'])}."
    if len(text) > MOST_CHARACTERS:
        text = f"Do first number {best['number']}: worth {worth} a month for {_weeks(best['effort'])}."
    return Finding(text, support)


def _worth(worth: Any, result: Opportunities) -> str:
    return money(worth, result.currency) if result.worth == "value" else f"{count(worth)} customers"


def _weeks(effort: float) -> str:
    return f"{effort:g} person-week{'' if effort == 1 else 's'}"


def _top(most: float) -> tuple[float, float]:
    """Return a round end of an axis that begins at 0, and its step.

    Examples
    --------
    >>> _top(4521), _top(8), _top(0)
    ((5000.0, 1000.0), (8.0, 2.0), (1.0, 1.0))
    """
    if most <= 0:
        return 1.0, 1.0
    size = 10.0 ** len(str(int(most))) / 100
    step = next(size * one for one in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50) if most / (size * one) <= 5)
    return step * -(-most // step), step


@dataclass
class _Plot:
    """Draws the dots on their axes."""

    canvas: Canvas
    result: Opportunities
    rows: list[dict[str, Any]]
    width: int

    def draw(self) -> float:
        placed = [row for row in self.rows if row["quadrant"]]
        if not placed:
            self.canvas.text(
                0, 10, "Nothing can be placed: effort or measured worth is missing.", fill="ink_3"
            )
            return 20
        self.x_most, self.x_step = _top(max(row["effort"] for row in placed))
        self.y_most, self.y_step = _top(max(max(row["worth"], row["high"]) for row in placed))
        labels = [_worth(self.y_step * k, self.result) for k in range(round(self.y_most / self.y_step) + 1)]
        self.left = max(text_width(label, size=SMALL) for label in labels) + 8
        self._axes(labels)
        self._halves(placed)
        taken: list[tuple[float, float]] = []
        for row in placed:
            self._dot(row, taken)
        return PLOT_HEIGHT + BELOW

    def _x(self, effort: float) -> float:
        return self.left + effort / self.x_most * (self.width - self.left - 16)

    def _y(self, worth: float) -> float:
        return PLOT_HEIGHT - worth / self.y_most * (PLOT_HEIGHT - 24)

    def _axes(self, labels: list[str]) -> None:
        name = "Value at stake a month" if self.result.worth == "value" else "Customers affected a month"
        self.canvas.text(0, 6, name, fill="ink_3")
        for k, label in enumerate(labels):
            y = self._y(self.y_step * k)
            self.canvas.line(self.left, y, self.width, y, stroke="line_strong" if k == 0 else "line")
            self.canvas.text(self.left - 8, y, label, align="right", fill="ink_3")
        for k in range(round(self.x_most / self.x_step) + 1):
            self.canvas.text(
                self._x(self.x_step * k),
                PLOT_HEIGHT + 14,
                f"{self.x_step * k:g}",
                align="center",
                fill="ink_3",
            )
        self.canvas.text(self.width, PLOT_HEIGHT + 30, "Effort in person-weeks", align="right", fill="ink_3")

    def _halves(self, placed: list[dict[str, Any]]) -> None:
        middle = pd.DataFrame(placed)[["effort", "worth"]].median()
        x, y = self._x(middle["effort"]), self._y(middle["worth"])
        self.canvas.line(x, self._y(self.y_most), x, PLOT_HEIGHT, stroke="line_strong", opacity=0.5)
        self.canvas.line(self.left, y, self.width, y, stroke="line_strong", opacity=0.5)
        top, low = self._y(self.y_most) + 10, PLOT_HEIGHT - 10
        for words, left, right, outer, inner in (
            ("do first", self.left, x, top, y - 10),
            ("plan", x, self.width, top, y - 10),
            ("fill in", self.left, x, low, y + 10),
            ("leave", x, self.width, low, y + 10),
        ):
            self._word(words, (left, right), (outer, inner), placed, from_left=left == self.left)

    def _word(
        self,
        words: str,
        sides: tuple[float, float],
        heights: tuple[float, float],
        placed: list[dict[str, Any]],
        *,
        from_left: bool,
    ) -> None:
        """Name a quadrant in the first of its corners in which no point, number or interval stands."""
        wide = text_width(words, size=SMALL, weight=BOLD)
        starts = (sides[0] + 6, sides[1] - 6 - wide)
        corners = [(x, y) for y in heights for x in (starts if from_left else starts[::-1])]
        free = [one for one in corners if not any(self._hides(one, wide, row) for row in placed)]
        x, y = (free or corners)[0]
        self.canvas.text(x, y, words, fill="ink_3", weight=BOLD)

    def _hides(self, start: tuple[float, float], wide: float, row: dict[str, Any]) -> bool:
        """Say whether words that begin at a place would cross an opportunity's line, point or number."""
        x, high, low = self._x(row["effort"]), self._y(row["high"]), self._y(row["low"])
        across = start[0] - 8 < x < start[0] + wide + 8 or start[0] - 8 < x + 14 < start[0] + wide + 8
        return across and min(high, self._y(row["worth"]) - 18) - 8 < start[1] < low + 8

    def _dot(self, row: dict[str, Any], taken: list[tuple[float, float]]) -> None:
        role = SHIPPED if row["status"] == "shipped" else TO_DO
        x, y = self._x(row["effort"]), self._y(row["worth"])
        self.canvas.line(x, self._y(row["low"]), x, self._y(row["high"]), stroke=role, thick=3, opacity=0.4)
        fill = "surface" if row["status"] == "shipped" else role
        self.canvas.dot(x, y, shape="circle", stroke=role, fill=fill, **_about(row, self.result))
        at = x + 8, y - 8
        while any(abs(at[0] - x2) < 16 and abs(at[1] - y2) < 14 for x2, y2 in taken):
            at = at[0], at[1] - 14
        taken.append(at)
        self.canvas.text(at[0], at[1], str(row["number"]), size=STRONG, weight=BOLD)


def _list(
    canvas: Canvas, result: Opportunities, rows: list[dict[str, Any]], *, x: float, y: float, width: float
) -> float:
    """Write the titles beside their numbers, and return where they end."""
    for row in rows:
        name = middle_cut(row["title"], width - 28, size=STRONG, weight=BOLD)
        canvas.text(x, y + 9, str(row["number"]), size=STRONG, weight=BOLD)
        canvas.text(x + 24, y + 9, name, size=STRONG, weight=BOLD)
        for line, words in enumerate(_about_words(row, result)):
            canvas.text(x + 24, y + 25 + 15 * line, middle_cut(words, width - 28, size=SMALL), fill="ink_2")
        y += ENTRY
    return y


def _about_words(row: dict[str, Any], result: Opportunities) -> tuple[str, str]:
    worth = "nothing measured"
    if not pd.isna(row["worth"]):
        worth = f"{_worth(row['worth'], result)} ({count(row['low'])} to {count(row['high'])})"
    effort = "no effort said" if pd.isna(row["effort"]) else _weeks(row["effort"])
    who = " · ".join(part for part in (row["owner"] or "no owner", row["status"]) if part)
    return f"{worth} · {effort}", who


def _about(row: dict[str, Any], result: Opportunities) -> dict[str, Any]:
    words = one_line(
        f"{row['number']}, {row['title']}: {', '.join(_about_words(row, result))}, {row['quadrant']}"
    )
    tip = {"title": one_line(row["title"]), "Worth a month": _worth(row["worth"], result)}
    within = f"{count(row['low'])} to {count(row['high'])}"
    effort = {"95 % interval": within, "Effort": _weeks(row["effort"]), "Quadrant": row["quadrant"]}
    return {"description": words, "tip": tip | effort}


def _records(result: Opportunities) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in result.matrix.to_dict("records")]
