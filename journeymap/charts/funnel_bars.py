"""The left of a funnel's picture: heads, stage names, and a bar for all who entered each stage so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from journeymap.charts.drawing import fold, middle_cut, one_line, text_width, wrap
from journeymap.charts.funnel_layout import (
    BAR_TOP,
    COUNTS_AT,
    FIRST_LINE,
    GAP,
    LINE,
    NAME_ABOVE,
    counts_lines,
)
from journeymap.charts.funnel_series import before, nobody_entered
from journeymap.charts.funnel_tips import PARTS, part_about, shares, stage_tip
from journeymap.charts.numbers import count, short_count
from journeymap.charts.theme import tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from journeymap.charts.canvas import Canvas
    from journeymap.charts.funnel_layout import Column, Layout, Wanted
    from journeymap.charts.funnel_series import Row, Series
    from journeymap.charts.look import Scale
    from journeymap.journeys import Journey

STRONG, SMALL = (tokens()["type_px"][name] for name in ("strong", "chart_label"))
BOLD = tokens()["weight"]["strong"]
SIGN_ROOM = 16
BESIDE_COUNT, BETWEEN = 8, 8
OPTIONAL = "optional"
PART_TEXT = {"moved_on": "moved_on_text", "left": "left_text", "still_open": "ink_3"}
TARGET = 24


@dataclass(frozen=True)
class Bars:
    """Draws the columns of one funnel."""

    canvas: Canvas
    placed: Layout
    wanted: Wanted
    series: Sequence[Series]
    journey: Journey
    windowed: bool
    scale: Scale

    def draw(self) -> None:
        """Draw heads, names and all rows."""
        bands = {column.y: column for column in reversed(self.placed.columns)}
        for column in bands.values():
            self._names(column)
        notes = self._notes()
        for series, column, texts in zip(self.series, self.placed.columns, notes, strict=True):
            self._head(series, column)
            if not series.entered:
                self._nobody(series, column)
                continue
            for position, row in enumerate(series.rows):
                top = self.placed.top(column, position)
                self._count(series, column, row, top, texts[position])
                self._bar(series, column, row, top)
                self._parts_text(series, column, row, top)

    def _head(self, series: Series, column: Column) -> None:
        look = series.look(mode=self.canvas.mode)
        self.canvas.sign(column.x + 5, column.y + 8, **look)
        room, x = column.width - SIGN_ROOM, column.x + SIGN_ROOM
        shown = middle_cut(series.name, room, size=STRONG, weight=BOLD)
        self.canvas.text(x, column.y + 8, shown, size=STRONG, weight=BOLD)
        apart = self.windowed and series.words.settled
        entered, settled = f"{short_count(series.entered)} entered", f"{short_count(series.settled)} settled"
        for number, line in enumerate(_head_lines(entered, settled if apart else "", room)):
            self.canvas.text(x, column.y + 23 + LINE * number, line, fill="ink_3")
        tip = {"title": series.name, "Entered": count(series.entered)}
        tip |= {"Settled": count(series.settled)} if apart else {}
        self.canvas.tip(column.x, column.y, column.x + column.width, column.y + 42, tip)

    def _nobody(self, series: Series, column: Column) -> None:
        """Say in place of the bars that there are none."""
        said = nobody_entered(series.name, series.words.begin)
        for number, line in enumerate(wrap(said, column.width, size=SMALL)):
            self.canvas.text(
                column.x, self.placed.top(column, 0) + FIRST_LINE + LINE * number, line, fill="ink_2"
            )

    def _names(self, column: Column) -> None:
        rows = self.series[0].rows
        for position, (stage, row) in enumerate(zip(self.journey.stages, rows, strict=True)):
            top = self.placed.top(column, position)
            tip = stage_tip(stage, row, self.journey.stage_names)
            if self.placed.narrow:
                self._name_above(column.x, top - 12, row)
                self.canvas.tip(column.x, top - NAME_ABOVE, self.placed.width, top - 3, tip)
            else:
                room = self.placed.names - GAP
                caption = "in any order" if row["free"] else stage.caption
                said = OPTIONAL if row["optional"] else ""
                stage_name(self.canvas, top + 38, row["label"], caption, said, room=room)
                self.canvas.tip(0, top + 8, room, top + 68, tip)
        if self.placed.narrow:
            for other in self.placed.columns:
                self._hairlines(other)

    def _name_above(self, x: float, y: float, row: Row) -> None:
        said = OPTIONAL if row["optional"] else ""
        room = self.placed.width - text_width(said, size=SMALL) - BESIDE_COUNT
        shown = middle_cut(row["label"], room, size=STRONG, weight=BOLD)
        self.canvas.text(x, y, shown, size=STRONG, weight=BOLD)
        if said:
            after = x + text_width(shown, size=STRONG, weight=BOLD) + BESIDE_COUNT
            self.canvas.text(after, y, said, fill="ink_3")

    def _hairlines(self, column: Column) -> None:
        for position in range(len(self.journey.stages)):
            y = self.placed.top(column, position) - NAME_ABOVE
            self.canvas.line(column.x, y, column.x + column.width, y)

    def _notes(self) -> list[list[str]]:
        """Write what stands beside the counts, in the fullest form for which every row has room."""
        for form in self._forms():
            notes = [
                [form(series.rows, place) if series.entered else "" for place in range(len(series.rows))]
                for series in self.series
            ]
            if self._have_room(notes):
                return notes
        return [["" for _ in series.rows] for series in self.series]

    def _forms(self) -> Sequence[Callable[[Sequence[Row], int], str]]:
        """Return the forms of what stands beside the counts, the fullest first; it names stages where rows are stages."""
        if not self.series[0].words.of_first:
            return [lambda rows, _: " ".join(self._so_far(rows))]
        shorter = [self._short_note, self._shorter_note]
        return shorter if any(row["free"] for row in self.series[0].rows) else [self._full_note, *shorter]

    def _have_room(self, notes: list[list[str]]) -> bool:
        room = self.placed.columns[0].width
        return all(
            self._note_at(series) + text_width(text, size=SMALL) <= room
            for series, texts in zip(self.series, notes, strict=True)
            for text in texts
        )

    def _note_at(self, series: Series) -> float:
        return max(_count_width(row) for row in series.rows) + BESIDE_COUNT

    def _full_note(self, rows: Sequence[Row], place: int) -> str:
        first, previous = rows[0], before(rows, place)
        of_first, of_previous = shares(rows, place)
        parts = [f"{of_first} of {one_line(first['label'])}"] if previous else []
        if previous not in (None, first) and previous["customers"]:
            parts += [f"{of_previous} of {one_line(previous['label'])}"]
        return " · ".join([*self._so_far(rows), *parts])

    def _short_note(self, rows: Sequence[Row], place: int) -> str:
        return " · ".join(
            [*self._so_far(rows), *_shares_or_heading(rows, place, "share of first · of previous")]
        )

    def _shorter_note(self, rows: Sequence[Row], place: int) -> str:
        return " · ".join(_shares_or_heading(rows, place, "of first · of previous"))

    def _so_far(self, rows: Sequence[Row]) -> list[str]:
        return [] if rows[0]["settled"] else ["so far"]

    def _count(self, series: Series, column: Column, row: Row, top: float, note: str) -> None:
        text, y = count(row["customers"]), top + FIRST_LINE
        self.canvas.text(column.x, y, text, size=STRONG, weight=BOLD)
        if note:
            self.canvas.text(column.x + self._note_at(series), y, note, fill="ink_3")
        box = (
            max(1, column.x - 3),
            top + BAR_TOP - TARGET,
            column.x + _count_width(row) + 3,
            top + BAR_TOP - 1,
        )
        is_last = row["moved_on"] is None
        draw = self.canvas.place if is_last else self._transparent
        draw(*box, **part_about(series, row, "reached"))

    def _transparent(self, *box: float, **about: Any) -> None:
        self.canvas.bar(*box, fill="transparent", **about)

    def _bar(self, series: Series, column: Column, row: Row, top: float) -> None:
        per_customer = column.width / max(1, self._whole(series))
        x, (y, y2) = column.x, (top + BAR_TOP, top + BAR_TOP + tokens()["size_px"]["bar"])
        parts = _parts(row)
        for place, (outcome, customers) in enumerate(parts):
            end = x + max(1.5, customers * per_customer)
            gap = 1 if place + 1 < len(parts) else 0
            about = part_about(series, row, outcome)
            if outcome == "still_open":
                outline = {"fill": "still_open", "stroke": "still_open_line"}
                self.canvas.bar(x + 0.5, y + 0.5, max(end - 0.5, x + 1), y2 - 0.5, **outline, **about)
            else:
                fill = "moved_on" if outcome == "reached" else outcome
                self.canvas.bar(x, y, end - gap, y2, fill=fill, **about)
            x = end

    def _whole(self, series: Series) -> int:
        """Return how many customers are as wide as a column."""
        columns = [series] if self.scale == "share" else self.series
        return max(row["customers"] for column in columns for row in column.rows)

    def _parts_text(self, series: Series, column: Column, row: Row, top: float) -> None:
        lines = counts_lines(self.wanted, column.width)
        if not lines or not row["customers"]:
            return
        y = top + COUNTS_AT
        if row["moved_on"] is None:
            self.canvas.text(column.x, y, "reached the end", fill="moved_on_text")
            return
        x, widths = column.x, slot_widths(self.series)
        for outcome, width in widths.items():
            if lines == 2 and outcome == "still_open":
                x, y = column.x, y + LINE
            text = part_text(row, outcome)
            self.canvas.text(x, y, text, fill=PART_TEXT[outcome])
            place = (x, y - 9, x + text_width(text, size=SMALL), y + 9)
            self.canvas.place(*place, **part_about(series, row, outcome))
            x += width + BETWEEN


def stage_name(canvas: Canvas, y: float, name: str, caption: str, said: str = "", *, room: float) -> None:
    """Write the name of a stage and its caption, centred on `y`, each on at most two lines, and what is `said` between."""
    names = fold(name, room, size=STRONG, weight=BOLD)
    captions = ([said] if said else []) + (fold(caption, room, size=SMALL) if caption else [])
    at = y - (16 * len(names) + LINE * len(captions)) / 2
    for line in names:
        canvas.text(0, at + 8, line, size=STRONG, weight=BOLD)
        at += 16
    for line in captions:
        canvas.text(0, at + LINE / 2, line, fill="ink_3")
        at += LINE


def slot_widths(series: Sequence[Series], /) -> dict[str, float]:
    """Return how wide each count under a bar gets.

    Nobody is said to have left before anybody is settled, nor to be open where open entries count as left.
    """
    rows = [row for one in series for row in one.rows if row["moved_on"] is not None]
    missing = {"left"} if not any(one.settled for one in series) else set()
    missing |= set() if series[0].words.settled else {"still_open"}
    return {
        outcome: max((text_width(part_text(row, outcome), size=SMALL) for row in rows), default=0)
        for outcome in PARTS
        if outcome not in missing
    }


def counts_width(series: Sequence[Series], /) -> float:
    """Return how wide the counts under a bar are on one line."""
    widths = slot_widths(series).values()
    return sum(widths) + BETWEEN * (len(widths) - 1)


def part_text(row: Row, outcome: str) -> str:
    """Write a count under a bar."""
    return f"{count(row[outcome])} {'open' if outcome == 'still_open' else PARTS[outcome]}"


def _shares_or_heading(rows: Sequence[Row], place: int, heading: str) -> Sequence[str]:
    """Write both shares of a stage; the first stage, which has none, says what those beneath it are."""
    if place:
        return shares(rows, place)
    return [heading] if len(rows) > 1 else []


def _parts(row: Row) -> list[tuple[str, int]]:
    if row["moved_on"] is None:
        return [("reached", row["customers"])] if row["customers"] else []
    return [(outcome, row[outcome]) for outcome in PARTS if row[outcome]]


def _count_width(row: Row) -> float:
    return text_width(count(row["customers"]), size=STRONG, weight=BOLD)


def _head_lines(entered: str, settled: str, room: float) -> list[str]:
    if not settled:
        return [entered]
    whole = f"{entered}, {settled}"
    return [whole] if text_width(whole, size=SMALL) <= room else [f"{entered},", settled]
