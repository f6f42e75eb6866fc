"""The rail's segments: up to six side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as w

from journeymap.analyses.splitting import EVERYBODY, MOST_SEGMENTS, members
from journeymap.charts.funnel_series import places
from journeymap.charts.numbers import count
from journeymap.charts.theme import tokens
from journeymap.errors import JourneymapError
from journeymap.rules import reads_until_entry
from journeymap.wording import words_of
from journeymap.workbook.new_segment import NewSegment
from journeymap.workbook.tick_list import TickList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journeymap.journeys import Segment
    from journeymap.workbook.state import State

FULL = f"{MOST_SEGMENTS} segments fit side by side; untick one first."
EMPTY = "No segment yet: make one with New segment."


class SegmentsPicker(w.VBox):  # type: ignore[misc]
    """Segments to tick; none ticked is everybody. The rest of a segment joins the end of the list once it is ticked."""

    def __init__(self, state: State, segments: Sequence[Segment]) -> None:
        self._state = state
        self._given = {segment.name: segment for segment in segments}
        self._rests: dict[str, Segment] = {}
        self._sizes: dict[Segment, tuple[str, str]] = {}
        self._list = TickList(label="Segments").add_class("jm-segments")
        self._said = w.HTML().add_class("jm-said")
        self._new = w.Button(description="New segment").add_class("jm-as-link")
        self._form = NewSegment(state.log, add=self._add, closed=self._closed)
        head = w.HBox([w.HTML("<h3>Segments</h3>"), self._new]).add_class("jm-section-head")
        super().__init__([head, self._list, self._said, self._form])
        self.add_class("jm-section")
        self._show()
        self._new.on_click(lambda _: self._form.toggle())
        self._list.observe(lambda change: self._choose(change["new"]), "chosen")
        self._list.on_remove(lambda name: state.delete(self._all()[name]))
        state.observe(lambda _: self._show(), ["question", "made"])

    def lead(self) -> None:
        """Take the focus."""
        names = [one.name for one in self._state.question.segments] or list(self._all())
        if names:
            self._list.lead_to(names[0])
        else:
            self._new.focus()

    def _show(self) -> None:
        """Bring the list in line with the question."""
        chosen = self._state.question.segments
        own = self._given | {one.name: one for one in self._state.made}
        ticked = [one for one in chosen if one.name in own]
        self._rests |= {(~one).name: ~one for one in ticked if (~one).name not in own}
        self._given |= {one.name: one for one in chosen if one.name not in own | self._rests}
        signs = places([one.name for one in chosen], segments=chosen, known=self._state.coloured)
        full = len(chosen) >= MOST_SEGMENTS
        rows = [self._row(one, signs=signs, full=full) for one in self._all().values()]
        self._list.show(rows, chosen=[one.name for one in chosen])
        self._said.value = FULL if full else EMPTY if not rows else ""

    def _all(self) -> dict[str, Segment]:
        """Return the segments by their names, then the rests that were of use; each keeps its place."""
        own = self._given | {one.name: one for one in self._state.made}
        rests = {name: rest for name, rest in self._rests.items() if (~rest).name in own and name not in own}
        return own | rests

    def _row(self, segment: Segment, *, signs: dict[str, tuple[int, bool]], full: bool) -> dict[str, Any]:
        size, problem = self._size(segment)
        ticked = segment.name in signs
        row = {
            "id": segment.name,
            "label": segment.name,
            "count": size,
            "hint": problem or (FULL if full and not ticked else words_of(segment.rule)),
            "disabled": not ticked and (full or bool(problem)),
            "removable": segment in self._state.made,
        }
        return row | ({"sign": sign(*signs[segment.name])} if ticked else {})

    def _size(self, segment: Segment) -> tuple[str, str]:
        """Return how many customers a segment holds, and why the log cannot tell, if it cannot."""
        if segment not in self._sizes:
            self._sizes[segment] = self._counted(segment)
        return self._sizes[segment]

    def _counted(self, segment: Segment) -> tuple[str, str]:
        if reads_until_entry(segment.rule):
            return "", ""
        visible = self._state.log.visible
        try:
            mask = members(self._state.log, segment, at=visible.at, entry=visible.offsets[:-1])
        except JourneymapError as problem:
            return "!", str(problem)
        return count(int(mask.sum())), ""

    def _choose(self, names: list[str]) -> None:
        if names == [one.name for one in self._state.question.segments]:
            return
        known = self._all()
        if len(names) <= MOST_SEGMENTS:
            self._state.ask(segments=tuple(known[name] for name in names))
        else:
            self._show()

    def _add(self, segment: Segment) -> None:
        taken = {EVERYBODY, *self._all()}
        while segment.name in taken:
            segment = segment.named(f"{segment.name} (new)")
        chosen = self._state.question.segments
        room = len(chosen) < MOST_SEGMENTS
        self._state.make(segment, segments=(*chosen, segment) if room else chosen)

    def _closed(self) -> None:
        self._new.focus()


def sign(place: int, rest: bool) -> dict[str, Any]:  # noqa: FBT001 - a pair from `places`
    """Return the shape and colour of a segment; the rest of one has its colour and a shape of its own."""
    shapes = tokens()["series_shapes"]
    return {"shape": "not" if rest else shapes[place % len(shapes)], "series": place % len(shapes) + 1}
