"""Making a reading: from files or a table to a store and the account of its rows."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from journeymap.errors import DataError
from journeymap.events.quality import Quality
from journeymap.events.reading.appending import shifts
from journeymap.events.reading.cache import Reading
from journeymap.events.reading.coding import Changed
from journeymap.events.reading.columns import account, existing, understand
from journeymap.events.reading.delimited import ENCODING
from journeymap.events.reading.files import telling_names
from journeymap.events.reading.frames import is_frame
from journeymap.events.reading.growth import Tail, beginning, in_place, tail_of
from journeymap.events.reading.preparing import REASONS, Known, prepare
from journeymap.events.reading.progress import steps
from journeymap.events.reading.setting_aside import set_aside
from journeymap.events.reading.sources import open_source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from journeymap.events.reading.tables import Part, Table

STEPS = 4
"""The steps of preparing, beside one for each file and one for each property."""


class Addition(NamedTuple):
    """What is added to: the reading of what was there, all files in their order, and those that grew."""

    reading: Reading
    files: Sequence[Path]
    tails: Mapping[Path, Tail]


def read_files(
    files: Sequence[Path],
    options: Mapping[str, Any],
    *,
    name: str,
    folder: Path | None,
    known: Reading | None,
    say: Callable[[str], None],
) -> Reading:
    """Read files; only the new ones if the others are known and as they were, else all, and say why."""
    if known is not None:
        try:
            again = {**options, "asked": known.seen["roles"]}
            new, tails = _what_is_new(known, files, encoding=options["encoding"])
            return make_reading(new, again, name=name, folder=folder, onto=Addition(known, files, tails))
        except (Changed, DataError) as why:
            for left in folder.iterdir() if folder else ():
                shutil.rmtree(left) if left.is_dir() else left.unlink()
            say(f"All files were read anew: {str(why).rstrip('.')}.")
    return make_reading(files, options, name=name, folder=folder)


def _what_is_new(
    known: Reading, files: Sequence[Path], *, encoding: str
) -> tuple[list[Path], dict[Path, Tail]]:
    """Return the files that are not known or grew, and what grew; the others must be as they were."""
    at_hand = {str(path.resolve()): path for path in files}
    tails = {}
    for one in known.seen["files"]:
        path = at_hand.get(one["path"])
        if path is None:
            raise Changed(f"{Path(one['path']).name} is gone")
        if _state(path) == one["state"]:
            del at_hand[one["path"]]
            continue
        tail = tail_of(path, one["beginning"], encoding=encoding)
        if tail is None or _has_broken_quotes(known, one["name"]):
            raise Changed(f"{path.name} has changed")
        tails[path] = tail
    if known.quality.duplicates_dropped:
        raise Changed("rows that were dropped as duplicates cannot be compared with new ones")
    if known.seen["counted"]["unread"]:
        raise Changed("most times could not be read")
    return list(at_hand.values()), tails


def _has_broken_quotes(known: Reading, name: str) -> bool:
    """Tell whether a file has a quote that more lines might close."""
    aside = known.quality.set_aside
    return bool((aside["reason"].str.contains("quote") & (aside["source"] == name)).any())


def _state(path: Path) -> list[int]:
    found = path.stat()
    return [found.st_size, found.st_mtime_ns]


def make_reading(
    source: Any, options: Mapping[str, Any], *, name: str, folder: Path | None, onto: Addition | None = None
) -> Reading:
    """Prepare a source from its beginning, in a folder or in memory; `onto` what is known already."""
    states = {} if is_frame(source) else {path: _state(path) for path in source}
    with (
        steps(name) as step,
        tempfile.TemporaryDirectory(prefix="journeymap-", dir=folder, ignore_cleanup_errors=True) as scratch,
    ):
        step.expect((1 if is_frame(source) else len(source)) + STEPS)
        tails = onto.tails if onto else {}
        table = _opened(source, tails, scratch=Path(scratch), encoding=options["encoding"], step=step)
        table = replace(table, at_format=options["at_format"])
        try:
            if onto:
                table = _named_among(table, onto)
            return _make(
                table, options, states, name=name, folder=folder, scratch=Path(scratch), step=step, onto=onto
            )
        finally:
            table.connection.close()


def _opened(
    source: Any, tails: Mapping[Path, Tail], *, scratch: Path, encoding: str, step: Callable[[str], None]
) -> Table:
    """Open a source; of files that grew, only what is new."""
    if not tails:
        return open_source(source, folder=scratch, encoding=encoding, step=step)
    written = {path: tail.write(scratch / f"tail{place}") for place, (path, tail) in enumerate(tails.items())}
    files = [written[path][0] if path in written else path for path in source]
    table = open_source(files, folder=scratch, encoding=encoding, step=step)
    origin = {target: (tails[path], further) for path, (target, further) in written.items()}
    parts = (in_place(part, *origin[part.path]) if part.path in origin else part for part in table.parts)
    return replace(table, parts=tuple(parts))


def _make(
    table: Table,
    options: Mapping[str, Any],
    states: Mapping[Path, list[int]],
    *,
    name: str,
    folder: Path | None,
    scratch: Path,
    step: Any,
    onto: Addition | None,
) -> Reading:
    _check_rows(table, name)
    roles = understand(table, options["asked"], name=name)
    taken = {role.field for role in roles.values()}
    wanted = table.fields if options["columns"] is None else existing(table, options["columns"], name=name)
    properties = [one for one in wanted if one not in taken]
    step.expect(len(properties))
    prepared = prepare(
        table,
        roles,
        properties,
        timezone=options["timezone"],
        duplicates=options["duplicates"],
        step=step,
        folder=folder,
        scratch=scratch if folder else None,
        known=_known(table, onto) if onto else None,
    )
    quality = Quality(
        rows=table.n_source_rows,
        set_aside=set_aside(table, prepared.fate, REASONS),
        duplicates=prepared.duplicates,
        duplicates_dropped=prepared.duplicates if options["duplicates"] == "drop" else 0,
        columns=account(roles, properties),
    )
    parts = {part.path: part for part in table.parts}
    files = [_seen(path, state, parts.get(path), options["encoding"]) for path, state in states.items()]
    seen = {
        "files": files,
        "roles": dict.fromkeys(options["asked"]) | {role: one.field.name for role, one in roles.items()},
        "fields": _kinds(table),
        "counted": prepared.counted,
    }
    if onto:
        quality = _united(onto, quality, _names(table, onto))
        seen["files"] = _in_order([*onto.reading.seen["files"], *files], onto.files)
    return Reading(prepared.store, quality, prepared.notes, seen)


def _seen(path: Path, state: list[int], part: Part | None, encoding: str) -> dict[str, Any]:
    """Describe a file; one without a part held nothing."""
    begun = beginning(path, size=state[0], encoding=encoding)
    return {
        "beginning": begun and asdict(begun),
        "path": str(path.resolve()),
        "state": state,
        "rows": part.rows if part else 0,
        "name": part.name if part else "",
    }


def _kinds(table: Table) -> list[list[Any]]:
    return [[one.name, one.type, one.loose] for one in table.fields]


def _in_order(files: Sequence[dict[str, Any]], order: Sequence[Path]) -> list[dict[str, Any]]:
    """Return the files in an order; one that grew stands twice among them, and has the rows of both."""
    by_path: dict[str, dict[str, Any]] = {}
    for one in files:
        rows = by_path.get(one["path"], {"rows": 0})["rows"] + one["rows"]
        by_path[one["path"]] = {**one, "rows": rows}
    return [by_path[str(path.resolve())] for path in order]


def _names(table: Table, onto: Addition) -> dict[str, str]:
    """Return what each file that holds something is called among all of them, by its path."""
    known = {one["path"] for one in onto.reading.seen["files"] if one["name"]}
    new = {str(part.path.resolve()) for part in table.parts if part.path}
    filled = [path for path in onto.files if str(path.resolve()) in known | new]
    return dict(zip((str(path.resolve()) for path in filled), telling_names(filled), strict=True))


def _named_among(table: Table, onto: Addition) -> Table:
    """Give the parts of new files the names that they have among all."""
    names = _names(table, onto)
    parts = (
        replace(part, name=names[str(part.path.resolve())]) if part.path else part for part in table.parts
    )
    return replace(table, parts=tuple(parts))


def _known(table: Table, onto: Addition) -> Known:
    """Return what is known, if the new files have the same columns."""
    seen = onto.reading.seen
    if sorted(_kinds(table)) != sorted(seen["fields"]):
        raise Changed("the columns of the new files are others")
    if any(kind == "BLOB" for _, kind, _ in seen["fields"]):
        raise Changed("bytes can be understood only as a whole")
    if seen["counted"]["notes"] and table.notes:
        raise Changed("there is something to say of the new files as of the others")
    old = {(one["path"], "old"): one["rows"] for one in seen["files"] if one["name"]}
    new = {(str(part.path.resolve()), "new"): part.rows for part in table.parts if part.path}
    every = [(str(path.resolve()), age) for path in onto.files for age in ("old", "new")]
    order = [one for one in every if one in old or one in new]
    return Known(onto.reading.store, seen["counted"], *shifts(old, new, order))


def _united(onto: Addition, new: Quality, names: Mapping[str, str]) -> Quality:
    """Account for the rows that were known and the new ones."""
    known = onto.reading.quality
    now = {one["name"]: names[one["path"]] for one in onto.reading.seen["files"] if one["name"]}
    old = known.set_aside.assign(source=known.set_aside["source"].map(now).astype("str"))
    both = pd.concat([old, new.set_aside], ignore_index=True)
    order = {name: place for place, name in enumerate(names.values())}
    places = both["source"].map(order).to_numpy()
    both = both.iloc[places.argsort(kind="stable")].reset_index(drop=True)
    return replace(new, rows=known.rows + new.rows, set_aside=both, columns=known.columns)


def _check_rows(table: Table, name: str) -> None:
    if not table.n_rows:
        reasons = Counter(one.reason for part in table.parts for one in part.unsound)
        said = ", ".join(f"{count:,} with {reason}" for reason, count in reasons.items())
        raise DataError(
            f"{name} has no row that can be used{f': {said}' if said else ''}.",
            right="Perhaps the file is in another text encoding."
            if ENCODING in reasons
            else "It needs rows of events.",
            fix='encoding="cp1252"' if ENCODING in reasons else "",
        )
