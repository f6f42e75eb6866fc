"""Saving the map of the editor: its file, drafts of what is not saved, and what happens where two edit one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeymap.errors import JourneymapError, counted, listing
from journeymap.workbook.maps.file import ClashError, MapFile, when
from journeymap.workbook.maps.values import called
from journeymap.workbook.places import is_published

if TYPE_CHECKING:
    from collections.abc import Callable

    from journeymap.maps.document import JourneyMap
    from journeymap.workbook.maps.bar import MapBar
    from journeymap.workbook.maps.file import Draft
    from journeymap.workbook.maps.notices import MapNotices
    from journeymap.workbook.maps.state import MapState

NO_FILE = "This map has no file: download it to keep it."
PUBLISHED = "Saving is off on this page: download the map to keep your edits."


class Keeper:
    """Keeps the map of a state in its file.

    Parameters
    ----------
    file
        None if there is none.
    allowed
        Whether the page may write files.
    guard
        Runs what a button asks for, and says what goes wrong.
    """

    def __init__(
        self,
        state: MapState,
        file: MapFile | None,
        *,
        allowed: bool,
        bar: MapBar,
        notices: MapNotices,
        guard: Callable[[Callable[[], object]], object],
    ) -> None:
        self._state, self.file, self._bar, self._notices, self._guard = state, file, bar, notices, guard
        self._writes = file is not None and allowed
        with bar.hold_sync():
            bar.why_not = "" if self._writes else NO_FILE if file is None else PUBLISHED
            bar.looks = file is not None
        self._said = "Saved." if self._writes else ""
        self.tell()
        if self._writes:
            self._offer_draft()
        state.observe(lambda _: guard(self._changed), ["seen", "kept"])

    def tell(self) -> None:
        """Say on the bar whether everything is saved."""
        state, saved = self._state, self._state.is_saved
        with self._bar.hold_sync():
            self._bar.can_undo, self._bar.can_redo = state.can_undo, state.can_redo
            self._bar.can_save = not saved
            self._bar.said = self._said if saved else f"Unsaved changes.{self._dropped}"
            self._bar.warns = not saved and not self._writes and is_published()

    @property
    def _dropped(self) -> str:
        """Say what of the file is not kept when it is written."""
        lines = self.file.comments if self.file and self._writes else 0
        return f" Saving drops {counted(lines, 'line')} of comment from the file." if lines else ""

    def _changed(self) -> None:
        self.tell()
        if self._writes and self.file:
            if self._state.is_saved:
                self.file.forget_draft()
            else:
                self.file.keep_draft(self._state.journey_map)

    def save(self) -> None:
        """Write the file, unless somebody else has changed it: then say so, and what differs."""
        if not self._writes or self.file is None:
            raise JourneymapError(self._bar.why_not, right="Download writes the same file.")
        if self._state.is_saved:
            return
        try:
            self.file.save(self._state.journey_map)
        except ClashError:
            self._say_clash()
            return
        self._notices.end("clash")
        self._said = f"Saved to {self.file.path.name}."
        self._state.keep(self._state.journey_map)
        self.tell()

    def look(self) -> None:
        """Look whether somebody else has changed the file, and say so."""
        if self.file is None or not self.file.changed_since_look():
            return
        self._say_clash()

    def _say_clash(self) -> None:
        file = self.file
        if file is None:
            return
        ways_out = {"Load theirs": lambda: self._guard(self._load_theirs)}
        if self._writes and not self._state.is_saved:
            ways_out["Keep mine (save as copy)"] = lambda: self._guard(self._keep_mine)
        try:
            details = differing(self._state.journey_map, file.theirs())
        except JourneymapError as error:
            details = str(error)
        if self._state.is_saved:
            details = f"{details} Nothing of yours is lost by loading it."
        self._notices.say("clash", file.changed, ways_out, details=details)

    def _load_theirs(self) -> None:
        if self.file:
            self._said = "Loaded. Undo brings yours back."
            self._state.load(self.file.read())

    def _keep_mine(self) -> None:
        if self.file:
            copy = self.file.save_copy(self._state.journey_map)
            self.file.forget_draft()
            self.file = MapFile(copy)
            self._said = f"Saved to {copy.name}, which is edited from now on."
            self._state.keep(self.file.read())
            self.tell()

    def _offer_draft(self) -> None:
        draft = self.file.found_draft() if self.file else None
        if draft is None or self.file is None:
            return
        self._notices.say(
            "draft",
            f"Edits {when(draft)} were not saved, and are kept.",
            {
                "Take them up": lambda: self._guard(lambda: self._take_up(draft)),
                "Discard them": self.file.discard_found,
            },
            details="They may belong to an editor that is still open.",
        )

    def _take_up(self, draft: Draft) -> None:
        if self.file:
            journey_map = draft.journey_map
            self.file.take_up(draft)
            self._state.put(journey_map)


def differing(mine: JourneyMap, theirs: JourneyMap) -> str:
    """Say which parts differ between two maps.

    Examples
    --------
    >>> import journeymap as jm
    >>> differing(jm.JourneyMap("Shop", stages=["Buy", "Use"]), jm.JourneyMap("Shop", stages=["Buy", {"name": "Leave", "id": "use"}]))
    'Yours differs in “Use”.'
    """
    here, there = mine.parts, theirs.parts
    ids = [one for one in {**here, **there} if here.get(one) != there.get(one)]
    names = [f"“{called(here.get(one) or there[one])}”" for one in ids]
    if not names:
        same = mine == theirs
        return "It says the same as yours." if same else "Yours differs in what is said of the map itself."
    return f"Yours differs in {listing(names, most=5)}."
