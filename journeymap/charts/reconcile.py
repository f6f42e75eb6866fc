"""A reconciliation as a picture: the two counts as bars, and under them what parts them, reason by reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from journeymap.analyses.funnel_words import one_of
from journeymap.analyses.reconcile import SAME
from journeymap.charts.canvas import Canvas
from journeymap.charts.drawing import Drawing, middle_cut, one_line, text_width, wrap
from journeymap.charts.findings import finding
from journeymap.charts.numbers import count
from journeymap.charts.reconcile_finding import BY, at_stage, names, row_name, signed
from journeymap.charts.theme import tokens
from journeymap.errors import counted, listing

if TYPE_CHECKING:
    from journeymap.analyses.reconcile import Reconciliation
    from journeymap.charts.theme import Mode

FIELDS = ("stage", "reason")
SIDES = {"a": "other", "b": "accent"}
SMALL, STRONG = (tokens()["type_px"][name] for name in ("chart_label", "strong"))
BOLD = tokens()["weight"]["strong"]
HEAD, ROW, BAR, GAP, BETWEEN = 28, 30, 18, 10, 16
NARROW, ABOVE, LINE = 480, 18, 15
SIDEWAYS = "Left of the line those counted under {} only, right of it under {} only; at a scale of their own."


def drawing(result: Reconciliation, /, *, width: int, mode: Mode = "light") -> Drawing:
    """Draw a reconciliation: neither title, key nor footer.

    Returns
    -------
    Drawing
        The selection ``pick`` holds the `stage` and the `reason` that were clicked, as ``result.customers`` takes them.
    """
    canvas = Canvas(mode)
    height = _Rows(canvas, result, width).draw()
    said = description(result)
    return Drawing(canvas.spec(width=width, height=height, description=said, fields=FIELDS), said, height)


def key(result: Reconciliation, /) -> list[tuple[str, str]]:
    """Return the words for the two colours, each with its role in the theme."""
    named = zip(names(result), SIDES.values(), strict=True)
    return [(f"counted under {name}", role) for name, role in named]


def description(result: Reconciliation, /) -> str:
    """Say in one sentence what the picture shows, for those who hear it."""
    return one_line(
        f"Two counts of {row_name(result)} and their difference by reason. {finding(result).text}"
    )


@dataclass
class _Rows:
    """Draws the rows from the top down."""

    canvas: Canvas
    result: Reconciliation
    width: int
    y: float = 0

    def draw(self) -> int:
        rows = at_stage(self.result)
        shown = rows[(rows["reason"] != SAME) & (rows["customers"] > 0)]
        total = {side: int(rows[side].sum()) for side in SIDES}
        self.named = dict(zip(SIDES, names(self.result), strict=True))
        labels = [name if name == f"rules {side}" else f"{side}: {name}" for side, name in self.named.items()]
        texts = [*labels, *shown["reason"]]
        self.names = 0 if self.width < NARROW else min(max(map(_wide, texts)) + GAP, 0.36 * self.width)
        self.numbers = max(_wide(signed(-max(*total.values(), 1))), 40) + GAP
        people = f"{'settled ' if self.result.count == 'settled' else ''}{self.result.scope.unit}"
        self.row = one_line(row_name(self.result))
        self._head(f"{self.row}: {people} counted")
        for (side, role), label in zip(SIDES.items(), labels, strict=True):
            self._count(label, total[side], role, most=max(*total.values(), 1))
        self.y += BETWEEN
        self._head(f"Difference {signed(total['b'] - total['a'])}, by reason")
        if len(shown):
            self._lines(SIDEWAYS.format(*self.named.values()))
        self._differences(shown)
        same = [reason for reason in rows["reason"][:-1] if reason not in set(shown["reason"])]
        if same:
            self._lines(f"Nobody differs by {listing(BY[reason] for reason in same)}.")
        return round(self.y)

    def _head(self, text: str) -> None:
        shown = middle_cut(text, self.width, size=STRONG, weight=BOLD)
        self.canvas.text(0, self.y + 10, shown, size=STRONG, weight=BOLD)
        self.y += HEAD

    def _lines(self, text: str) -> None:
        for line in wrap(text, self.width, size=SMALL):
            self.canvas.text(0, self.y + 4, line, fill="ink_3")
            self.y += LINE

    def _name(self, text: str) -> None:
        """Write the name of a row left of it, or above it where the picture is narrow."""
        room = self.names - GAP if self.names else self.width
        middle = self.y + (ROW / 2 if self.names else ABOVE / 2)
        self.canvas.text(0, middle, middle_cut(text, room, size=SMALL), fill="ink_2")
        self.y += 0 if self.names else ABOVE

    def _bar(self, x: float, x2: float, role: str, **about: Any) -> None:
        top = self.y + (ROW - BAR) / 2
        self.canvas.bar(x, top, max(x2, x + 1.5), top + BAR, fill=role, **about)

    def _number(self, text: str) -> None:
        self.canvas.text(self.width, self.y + ROW / 2, text, weight=BOLD, align="right")
        self.y += ROW

    def _count(self, label: str, customers: int, role: str, *, most: int) -> None:
        self._name(label)
        room = self.width - self.names - self.numbers
        said = f"{label}, {self.row}: {self._people(customers)}"
        about = {"stage": self.result.stage, "reason": "", "description": said}
        unit = self.result.scope.unit.capitalize()
        tip = {"title": self.row, unit: count(customers), "Rules": label}
        if customers:
            self._bar(self.names, self.names + room * customers / most, role, **about, tip=tip)
        self._number(count(customers))

    def _differences(self, shown: Any) -> None:
        """Draw for each reason those counted only under a to the left of a line, only under b to the right."""
        parts = [_only(row) for row in shown.to_dict("records")]
        lost = max((part["a"] for _, part in parts), default=0)
        gained = max((part["b"] for _, part in parts), default=0)
        room = self.width - self.names - self.numbers
        each = room / max(lost + gained, 1)
        zero, top = self.names + lost * each, self.y
        for row, part in parts:
            self._name(row["reason"])
            self._bar_if(part["a"], zero - part["a"] * each, zero, "a", row)
            self._bar_if(part["b"], zero, zero + part["b"] * each, "b", row)
            self._number(signed(row["difference"]))
        if parts:
            self.canvas.line(zero, top, zero, self.y, stroke="line_strong")

    def _bar_if(self, customers: int, x: float, x2: float, side: str, row: dict[str, Any]) -> None:
        if not customers:
            return
        under = f"under {self.named[side]} only"
        said = f"{row['reason']}: {self._people(customers)} counted {under}"
        tip = {"title": f"{self.row}, by {row['reason']}", f"U{under[1:]}": count(customers)}
        tip |= {"Difference": signed(row["difference"])}
        about = {"stage": row["stage"], "reason": row["reason"], "description": said, "tip": tip}
        self._bar(x, x2, SIDES[side], **about)

    def _people(self, number: int) -> str:
        unit = self.result.scope.unit
        return counted(number, one_of(unit), unit)


def _only(row: dict[str, Any]) -> tuple[dict[str, Any], dict[str, int]]:
    """Return a row and how many of its customers are counted only under a, and only under b."""
    gained = (row["customers"] + row["difference"]) // 2
    return row, {"a": row["customers"] - gained, "b": gained}


def _wide(text: str) -> float:
    return text_width(text, size=SMALL)
