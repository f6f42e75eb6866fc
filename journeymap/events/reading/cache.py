"""The cache: prepared stores of files, kept in a folder and opened in a moment."""

from __future__ import annotations

import datetime as dt
import glob
import json
import os
import platform
import re
import shutil
import tempfile
import time
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import duckdb
import pandas as pd
import platformdirs

from journeymap import __version__
from journeymap.events.quality import Quality, aside
from journeymap.events.store import FORMAT, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

UNFINISHED = "unfinished-"
KEY = re.compile("[0-9a-f]{32}")
"""What the folder of a reading is called."""
DAYS_KEPT = 60
"""Days after which a reading that nobody opened is forgotten."""


def cache_folder() -> Path:
    """Return the folder of prepared stores; the environment variable ``JOURNEYMAP_CACHE`` names another."""
    chosen = os.environ.get("JOURNEYMAP_CACHE")
    return Path(chosen) if chosen else platformdirs.user_cache_path("journeymap")


def key_of(files: Iterable[Path], options: Mapping[str, Any]) -> str:
    """Return a short text that is another one as soon as a file or an option is another one."""
    seen = [(str(path.resolve()), path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    about = json.dumps([__version__, FORMAT, seen, options], sort_keys=True, default=str)
    return blake2b(about.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


class Reading(NamedTuple):
    """What one reading gave: the store, its account, what the reader must know, and what was seen, to add to it later."""

    store: Store
    quality: Quality
    notes: tuple[str, ...]
    seen: Mapping[str, Any]


def find(key: str) -> Reading | None:
    """Open a reading that was kept; None if there is none, or it cannot be opened."""
    folder = cache_folder() / key
    try:
        about = json.loads((folder / "reading.json").read_text(encoding="utf-8"))
        store = Store.open(folder)
        with duckdb.connect() as connection:
            rows = connection.read_parquet(glob.escape(str(folder / "aside.parquet"))).fetchnumpy()
        account = Quality(
            **about["quality"],
            set_aside=aside(*(rows[name] for name in ("line", "reason", "text", "source"))),
            columns=pd.DataFrame(about["columns"], dtype="str"),
        )
        reading = Reading(store, account, tuple(about["notes"]), about["seen"])
    except (OSError, EOFError, ValueError, KeyError, TypeError, RuntimeError, duckdb.Error):
        return None
    with suppress(OSError):
        os.utime(folder)
    return reading


def prepared(key: str, name: str, make: Callable[[Path | None], Reading]) -> Reading:
    """Open a reading that was kept, or make it and keep it; where it cannot be written, it is made in memory and says so.

    It is made in a folder of its own and moved into place whole, so that whatever ends the run leaves no half of it, and
    two processes that make the same do not meet.

    Parameters
    ----------
    name
        What the source is called.
    make
        Prepares the source, in an empty folder or in memory.
    """
    found = find(key)
    if found:
        return found
    home, scratch = cache_folder(), None
    try:
        home.mkdir(parents=True, exist_ok=True)
        _forget_old(home)
        scratch = Path(tempfile.mkdtemp(prefix=f"{UNFINISHED}{_process(os.getpid())}-", dir=home))
        reading = make(scratch)
        _write(scratch, reading, name)
        _move(scratch, home / key)
    except (OSError, duckdb.IOException) as error:
        return _in_memory(make, home, error)
    finally:
        if scratch:
            shutil.rmtree(scratch, ignore_errors=True)
    return find(key) or reading


def _in_memory(make: Callable[[Path | None], Reading], home: Path, error: Exception) -> Reading:
    reading = make(None)
    why = (getattr(error, "strerror", None) or str(error).splitlines()[0]).rstrip(".")
    note = f"The cache folder {home} cannot be written ({why}); the events were prepared in memory, for this time only."
    return reading._replace(notes=(*reading.notes, note))


def _move(scratch: Path, place: Path) -> None:
    """Move a folder into place; what was there is put aside first, as a folder is replaced only by an empty one."""
    if place.exists():
        with suppress(OSError):  # another process may have been faster
            place.replace(scratch.with_name(f"{scratch.name}-old"))
    try:
        scratch.replace(place)
    except OSError:
        if not place.exists():
            raise
    shutil.rmtree(scratch.with_name(f"{scratch.name}-old"), ignore_errors=True)


def _process(number: int) -> str:
    """Name a process of this machine."""
    return f"{blake2b(platform.node().encode(), digest_size=4).hexdigest()}-{number}"


def _is_over(folder: Path) -> bool:
    """Tell whether the process that made an unfinished folder has ended; of another machine it cannot be known."""
    machine, _, rest = folder.name.removeprefix(UNFINISHED).partition("-")
    number = rest.partition("-")[0]
    if os.name != "posix" or not number.isdecimal() or not _process(int(number)).startswith(f"{machine}-"):
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _forget_old(home: Path) -> None:
    """Remove what nobody opened for a long time, and what a killed run left behind."""
    for folder in (one for one in home.iterdir() if one.is_dir()):
        unfinished = folder.name.startswith(UNFINISHED)
        days = (time.time() - folder.stat().st_mtime) / 86_400
        if days > (1 if unfinished else DAYS_KEPT) or (unfinished and _is_over(folder)):
            shutil.rmtree(folder, ignore_errors=True)


class Entry(NamedTuple):
    """A reading in the cache: the source's name, its events, the bytes it takes, when it was last opened."""

    source: str
    events: int
    size: int
    opened: dt.datetime
    folder: Path


def entries() -> list[Entry]:
    """List the readings in the cache, the one opened last first."""
    found = []
    for folder in cache_folder().glob("*"):
        with suppress(OSError, ValueError, KeyError):
            about = json.loads((folder / "reading.json").read_text(encoding="utf-8"))
            size = sum(file.stat().st_size for file in folder.iterdir())
            opened = dt.datetime.fromtimestamp(folder.stat().st_mtime, tz=dt.UTC)
            found.append(Entry(about["source"], about["events"], size, opened, folder))
    return sorted(
        (one for one in found if not one.folder.name.startswith(UNFINISHED)),
        key=lambda one: one.opened,
        reverse=True,
    )


def clear(name: str | None = None) -> list[Entry]:
    """Remove the readings of a source, or everything; return the readings that are gone."""
    gone = [one for one in entries() if name is None or one.source == name]
    unreadable = [
        folder
        for folder in cache_folder().glob("*")
        if name is None
        and (KEY.fullmatch(folder.name) or (folder.name.startswith(UNFINISHED) and _is_over(folder)))
    ]
    for folder in {*(one.folder for one in gone), *unreadable}:
        shutil.rmtree(folder, ignore_errors=True)
    return [one for one in gone if not one.folder.exists()]


def _write(folder: Path, reading: Reading, name: str) -> None:
    reading.store.save(folder)
    quality = reading.quality
    with duckdb.connect() as connection:
        connection.register(
            "aside", quality.set_aside.astype(dict.fromkeys(("reason", "text", "source"), object))
        )
        connection.table("aside").write_parquet(str(folder / "aside.parquet"))
    counts = {name: getattr(quality, name) for name in ("rows", "duplicates", "duplicates_dropped")}
    about = {"quality": counts, "columns": quality.columns.to_dict("list"), "notes": reading.notes}
    about["seen"] = reading.seen
    about |= {"source": name, "events": reading.store.n_events}
    (folder / "reading.json").write_text(json.dumps(about), encoding="utf-8")
