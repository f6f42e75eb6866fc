"""What is on the screen of the map's editor as one value: the map, the picked cell, the persona; with its history."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import traitlets

from journeymap.maps.editing import collection_of
from journeymap.maps.parts import Step

if TYPE_CHECKING:
    from journeymap.maps.document import JourneyMap

MOST_BACK = 200


@dataclass(frozen=True)
class Seen:
    """What the editor shows.

    Attributes
    ----------
    journey_map
        The map as it is edited.
    cell
        The cell that is open, such as ``"pains:confirm"``; empty for none.
    persona
        The id of the persona whose map is drawn; empty for all.
    """

    journey_map: JourneyMap
    cell: str = ""
    persona: str = ""


class MapState(traitlets.HasTraits):
    """The one truth of the editor. Its verbs write it, widgets observe it.

    Attributes
    ----------
    seen
        What is shown. Only the verbs write it.
    kept
        The map as it is in the file, or was given; what differs from it is not saved.

    Examples
    --------
    >>> import journeymap as jm
    >>> state = MapState(jm.JourneyMap("Sign up", stages=["Discover", "Confirm"]))
    >>> state.change("confirm", name="Wait")
    >>> state.journey_map.part("confirm").name, state.is_saved
    ('Wait', False)
    >>> state.undo()
    >>> state.journey_map.part("confirm").name, state.is_saved, state.can_redo
    ('Confirm', True, True)
    """

    seen = traitlets.Instance(Seen)
    kept = traitlets.Any()

    def __init__(self, journey_map: JourneyMap) -> None:
        self._past: list[Seen] = []
        self._future: list[Seen] = []
        self._going = ""
        super().__init__(seen=Seen(journey_map), kept=journey_map)

    @property
    def journey_map(self) -> JourneyMap:
        """The map as it is edited."""
        return self.seen.journey_map

    @property
    def is_saved(self) -> bool:
        """Whether the map is what the file has."""
        return bool(self.journey_map == self.kept)

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to take back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether there is an edit that was taken back."""
        return bool(self._future)

    def pick(self, cell: str) -> None:
        """Open a cell; an empty one closes what is open."""
        self.seen = replace(self.seen, cell=cell)

    def show(self, persona: str) -> None:
        """Draw the map of one persona, or of all."""
        if persona:
            self.journey_map.part(persona)
        self.seen = replace(self.seen, persona=persona)

    def change(self, part_id: str, *, going: str = "", **fields: Any) -> None:
        """Change fields of a part; of the map itself without an id.

        Changes that follow each other with the same text as `going` are one edit, such as those of one visit to a field.
        """
        self.put(self.journey_map.change(part_id, **fields), going=going)

    def remove(self, part_id: str) -> None:
        """Take a part away, and every reference to it."""
        self.put(self.journey_map.remove(part_id))

    def earlier(self, part_id: str) -> None:
        """Move a part before the one that stands before it."""
        there = self.siblings(part_id)
        place = there.index(part_id)
        if place:
            self.put(self.journey_map.move(part_id, before=there[place - 1]))

    def later(self, part_id: str) -> None:
        """Move a part behind the one that stands behind it."""
        there = self.siblings(part_id)
        place = there.index(part_id)
        if place + 1 < len(there):
            self.put(self.journey_map.move(there[place + 1], before=part_id))

    def move(self, step: str, *, stage: str) -> None:
        """Move a step to the end of another stage."""
        self.put(self.journey_map.move(step, stage=stage))

    def siblings(self, part_id: str) -> list[str]:
        """Return the ids among which a part stands: of its kind, and for a step of its stage."""
        part = self.journey_map.part(part_id)
        if isinstance(part, Step):
            return [step.id for step in self.journey_map.steps_of(part.stage)]
        return [one.id for one in getattr(self.journey_map, collection_of(self.journey_map, part_id))]

    def undo(self) -> None:
        """Take the last edit back, and open the cell in which it was made."""
        self._going = ""
        if self._past:
            self._future.append(self.seen)
            self._go_to(self._past.pop())

    def redo(self) -> None:
        """Make the edit again that was taken back last."""
        self._going = ""
        if self._future:
            self._past.append(self.seen)
            self._go_to(self._future.pop())

    def put(self, journey_map: JourneyMap, *, going: str = "") -> None:
        """Show a changed map; the same map again changes nothing."""
        if journey_map == self.journey_map:
            return
        if not going or going != self._going:
            self._past = [*self._past[-MOST_BACK:], self.seen]
        self._going = going
        self._future = []
        self._go_to(replace(self.seen, journey_map=journey_map))

    def keep(self, journey_map: JourneyMap) -> None:
        """Take a map as the one that is in the file."""
        self.kept = journey_map

    def load(self, journey_map: JourneyMap) -> None:
        """Show the map that is in the file; what was shown before can be had back by `undo`."""
        self.keep(journey_map)
        self.put(journey_map)

    def _go_to(self, seen: Seen) -> None:
        """Show a value, without a cell or a persona that its map does not have."""
        parts = seen.journey_map.parts
        cell = seen.cell if seen.cell.partition(":")[2] in {"", *parts} else ""
        self.seen = replace(seen, cell=cell, persona=seen.persona if seen.persona in parts else "")
