"""The file of a map that is edited: whether somebody else has changed it, saving, and drafts that survive a reload."""

from __future__ import annotations

import datetime as dt
import getpass
import json
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from journeymap.errors import JourneymapError
from journeymap.events.reading.cache import cache_folder
from journeymap.maps import notation
from journeymap.writing import write_whole

if TYPE_CHECKING:
    from journeymap.maps.document import JourneyMap

DAYS_KEPT = 60


@dataclass(frozen=True)
class Draft:
    """Edits that were not saved.

    Attributes
    ----------
    text
        The map as JSON.
    base
        The fingerprint of the file that was edited.
    at, by
        When (ISO, UTC) and who.
    """

    text: str
    base: str
    at: str
    by: str

    @property
    def journey_map(self) -> JourneyMap:
        """The map that was edited."""
        return notation.loads(self.text, name="the draft")


class ClashError(JourneymapError):
    """The file was changed by somebody else since it was read."""


class MapFile:
    """A map's file, and the content with which this editor read or wrote it last; `comments` are lines that saving drops.

    Examples
    --------
    >>> import journeymap as jm, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "map.yaml"
    ...     jm.JourneyMap("Sign up").save(path)
    ...     mine, theirs = MapFile(path), MapFile(path)
    ...     mine.read(), theirs.read()
    ...     theirs.save(jm.JourneyMap("Join"))
    ...     mine.is_changed
    (<JourneyMap Sign up: current state, 0 stages, 0 steps>, <JourneyMap Sign up: current state, 0 stages, 0 steps>)
    True
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path).resolve()
        self.base, self.comments = "", 0
        self._seen_at = 0
        self._others: list[Path] = []
        key = blake2b(str(self.path).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
        self._drafts = cache_folder() / "drafts" / key
        self._own = self._drafts / f"{uuid4().hex}.json"

    def read(self) -> JourneyMap:
        """Read the map; what is in the file from now on counts as known."""
        journey_map = self.theirs()
        self.base = self._fingerprint()
        self.comments = self._count_comments(journey_map)
        return journey_map

    def theirs(self) -> JourneyMap:
        """Read the map as it is in the file now, which may be somebody else's."""
        return notation.load(self.path)

    def save(self, journey_map: JourneyMap) -> None:
        """Write the map whole, unless the file was changed by somebody else; the draft goes.

        Raises
        ------
        ClashError
            If it was changed.
        """
        if self.is_changed:
            raise ClashError(self.changed, right="Load theirs, or save yours as a copy.")
        notation.save(self.path, journey_map)
        self.base, self.comments = self._fingerprint(), 0
        self.forget_draft()

    def save_copy(self, journey_map: JourneyMap) -> Path:
        """Write the map beside the file under a free name, and return its path."""
        for number in range(1, 100):
            name = f"{self.path.stem}-copy{f'-{number}' if number > 1 else ''}{self.path.suffix}"
            copy = self.path.with_name(name)
            if not copy.exists():
                notation.save(copy, journey_map)
                return copy
        raise JourneymapError(f"{self.path.name} has 99 copies.", right="Remove some of them first.")

    @property
    def is_changed(self) -> bool:
        """Whether the file holds something else than what this editor read or wrote last."""
        return self._fingerprint() != self.base

    def changed_since_look(self) -> bool:
        """Say whether the file is another one; as long as its time is the same, it is not even read."""
        try:
            touched = self.path.stat().st_mtime_ns
        except OSError:
            touched = -1
        if touched == self._seen_at:
            return False
        self._seen_at = touched
        return self.is_changed

    @property
    def changed(self) -> str:
        """One sentence on who changed the file and when."""
        try:
            at = dt.datetime.fromtimestamp(self.path.stat().st_mtime, tz=dt.UTC).astimezone()
        except OSError:
            return f"{self.path.name} is gone: somebody moved or removed it."
        return f"{self.path.name} was changed{_by(self._owner())} on {at:%d %b %Y} at {at:%H:%M}."

    def _owner(self) -> str:
        try:
            return self.path.owner()
        except (OSError, KeyError, NotImplementedError):
            return ""

    def _count_comments(self, journey_map: JourneyMap) -> int:
        """Count the lines of comment in the file, which are not kept when it is written."""
        text = self.path.read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if line.lstrip().startswith("#")]
        written = notation.dumps(journey_map).splitlines() if lines else []
        return len([line for line in lines if line not in written])

    def _fingerprint(self) -> str:
        """Return what tells one content of the file from another; empty if there is no file."""
        try:
            return blake2b(self.path.read_bytes(), digest_size=16).hexdigest()
        except OSError:
            return ""

    def keep_draft(self, journey_map: JourneyMap) -> None:
        """Keep unsaved edits in the user's cache."""
        self._drafts.mkdir(parents=True, exist_ok=True)
        now = dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds")
        draft = Draft(notation.dumps_json(journey_map), self.base, now, _who())
        write_whole(self._own, json.dumps(asdict(draft)).encode())

    def forget_draft(self) -> None:
        """Remove this editor's draft."""
        self._own.unlink(missing_ok=True)

    def found_draft(self) -> Draft | None:
        """Return the newest draft that another editor of this file left; old and broken ones are removed."""
        found: list[tuple[Draft, Path]] = []
        for kept in self._drafts.glob("*.json"):
            if kept != self._own:
                found += [(draft, kept) for draft in [_read_draft(kept)] if draft]
        newest = max(found, key=lambda one: one[0].at, default=None)
        self._others = [kept for _, kept in found]
        return newest[0] if newest else None

    def take_up(self, draft: Draft) -> None:
        """Make another editor's draft one's own: it stands on the content that it was made from."""
        self.base = draft.base
        self.discard_found()

    def discard_found(self) -> None:
        """Remove the drafts that were found."""
        for kept in self._others:
            kept.unlink(missing_ok=True)


def when(draft: Draft) -> str:
    """Say who made a draft and when.

    Examples
    --------
    >>> when(Draft("", "", "not a time", "anna"))
    'by anna'
    """
    try:
        at = dt.datetime.fromisoformat(draft.at).astimezone()
    except ValueError:
        return _by(draft.by).strip()
    return f"from {at:%d %b %Y} at {at:%H:%M}{_by(draft.by)}"


def _by(name: str) -> str:
    return f" by {name}" if name else ""


def _who() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def _read_draft(kept: Path) -> Draft | None:
    """Read a draft; one that is broken or too old is removed."""
    try:
        draft = Draft(**json.loads(kept.read_text(encoding="utf-8")))
        age = dt.datetime.now(tz=dt.UTC) - dt.datetime.fromisoformat(draft.at)
    except (OSError, ValueError, TypeError):
        kept.unlink(missing_ok=True)
        return None
    if age.days > DAYS_KEPT:
        kept.unlink(missing_ok=True)
        return None
    return draft
