"""The cache: prepared stores of files, kept in a folder and opened in a moment."""

from __future__ import annotations

import glob
import json
import os
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
    from collections.abc import Iterable, Mapping

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
    """What one reading gave: the store, its account, and what the reader must know."""

    store: Store
    quality: Quality
    notes: tuple[str, ...]


def find(key: str) -> Reading | None:
    """Open a reading that was kept; None if there is none, or it cannot be opened."""
    folder = cache_folder() / key
    try:
        about = json.loads((folder / "reading.json").read_text(encoding="utf-8"))
        store = Store.open(folder)
        with duckdb.connect() as connection:
            rows = connection.read_parquet(glob.escape(str(folder / "aside.parquet"))).fetchnumpy()
    except (OSError, EOFError, ValueError, KeyError, duckdb.Error):
        return None
    with suppress(OSError):
        os.utime(folder)
    account = Quality(
        **about["quality"],
        set_aside=aside(*(rows[name] for name in ("line", "reason", "text", "source"))),
        columns=pd.DataFrame(about["columns"], dtype="str"),
    )
    return Reading(store, account, tuple(about["notes"]))


def keep(key: str, reading: Reading) -> Reading:
    """Keep a reading and return it as it is opened from the folder; where it cannot be written, return it as it is.

    It is written into a folder of its own and moved into place whole, so that whatever ends the run leaves no half of it.
    """
    home = cache_folder()
    try:
        home.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix="unfinished-", dir=home))
    except OSError:
        return reading
    try:
        _write(scratch, reading)
        shutil.rmtree(home / key, ignore_errors=True)
        scratch.replace(home / key)
        _forget_old(home)
    except (OSError, duckdb.Error):
        return reading
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return find(key) or reading


def _forget_old(home: Path) -> None:
    """Remove what nobody opened for a long time, and what a killed run left behind."""
    for folder in home.iterdir():
        days = 1 if folder.name.startswith("unfinished-") else DAYS_KEPT
        if time.time() - folder.stat().st_mtime > days * 86_400:
            shutil.rmtree(folder, ignore_errors=True)


def _write(folder: Path, reading: Reading) -> None:
    reading.store.save(folder)
    quality = reading.quality
    with duckdb.connect() as connection:
        connection.register(
            "aside", quality.set_aside.astype(dict.fromkeys(("reason", "text", "source"), object))
        )
        connection.table("aside").write_parquet(str(folder / "aside.parquet"))
    counts = {name: getattr(quality, name) for name in ("rows", "duplicates", "duplicates_dropped")}
    about = {"quality": counts, "columns": quality.columns.to_dict("list"), "notes": reading.notes}
    (folder / "reading.json").write_text(json.dumps(about), encoding="utf-8")
