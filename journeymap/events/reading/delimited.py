"""Delimited texts (CSV, TSV and their like): every sound record becomes a row of a Parquet file, all of it still text."""

from __future__ import annotations

import glob
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb
import numpy as np

from journeymap.errors import DataError
from journeymap.events.reading.files import file_blocks, is_plain
from journeymap.events.reading.heading import read_heading
from journeymap.events.reading.scanning import FIELDS, MOVED, QUOTES, scan
from journeymap.events.reading.tables import Part, Unsound, unrepeated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

MARKS = 4_096
SAMPLE = 100_000
ENCODING = "bytes that are not the text encoding of the file"


@dataclass
class Scan:
    """What one pass over a text file found.

    Attributes
    ----------
    sound
        The number of sound records.
    moved
        Pairs of a sound record (from 0) and its line, wherever lines and records part, and for the one after the last.
    unsound
        The records that are not sound.
    plain
        Whether the file has nothing but sound records with one kind of line end.
    spared
        The sound records with a delimiter behind their last field, which is left out.
    """

    sound: int
    moved: list[tuple[int, int]]
    unsound: list[Unsound]
    plain: bool
    spared: int = 0


def scan_records(
    blocks: Iterator[bytes],
    *,
    delimiter: str | None,
    width: int,
    sink: BinaryIO | None,
    spare: int = 0,
    line: int = 1,
) -> Scan:
    """Scan the blocks of a file; the sound records go to `sink`, each ended by a line feed.

    `spare` delimiters may stand behind the last field of a record, and the first block begins with line `line`.
    """
    marks = np.empty((MARKS, 3), dtype=np.int64)
    sign = ord(delimiter) if delimiter else -1
    sound, expected, used, written, spared = 0, 1, 0, 0, 0
    moved, unsound, rest, last = [(0, 1)], [], b"", False
    while not last:
        block = next(blocks, None)
        last = block is None
        data = np.frombuffer(rest + (block or b""), dtype=np.uint8)
        out = np.empty(0 if sink is None else len(data) + 1, dtype=np.uint8)
        made = len(marks)
        while made == len(marks):
            stop, size, line, sound, expected, made, more = scan(
                data, last, sign, width, spare, line, sound, expected, out, marks
            )
            moved += [(int(at), int(on)) for kind, on, at in marks[:made] if kind == MOVED]
            unsound += [
                Unsound(int(on), _reason(int(kind), int(found), width))
                for kind, on, found in marks[:made]
                if kind != MOVED
            ]
            if sink is not None:
                sink.write(out[:size].data)
            data, used, written, spared = data[stop:], used + stop, written + size, spared + more
        rest = data.tobytes()
    ends = used - written
    one_line_each = len(moved) == 1 and ends in (sound - 1, sound)
    plain = not unsound and not spared and (ends in (-1, 0) or one_line_each)
    return Scan(sound, [*moved, (sound, line)], unsound, plain, spared)


def _reason(kind: int, found: int, width: int) -> str:
    if kind == FIELDS:
        return f"{found} field{'s' * (found != 1)} where {width} are expected"
    if kind == QUOTES:
        return "a quote that is not closed as it should be"
    return ENCODING


def delimited_to_parquet(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    target: Path,
    columns: dict[str, str],
    *,
    encoding: str,
) -> Part:
    """Turn a delimited text into a Parquet file of texts.

    `columns` maps the names seen so far to the columns of the Parquet files; it grows.
    """
    first = next(file_blocks(path, encoding=encoding))[:SAMPLE]
    sample = first.decode("utf-8", "surrogateescape")
    if not sample.strip():
        raise DataError(f"{path.name} is empty.", right="It needs a line of column names and rows.")
    heading = read_heading(sample[: sample.rfind("\n") + 1] or sample)
    delimiter, skipped = heading.delimiter, len(heading.skipped.encode("utf-8", "surrogateescape"))
    names = [columns.setdefault(name, f"c{len(columns)}") for name in unrepeated(heading.names)]

    def scanned(sink: BinaryIO | None) -> Scan:
        found = scan_records(
            _after(file_blocks(path, encoding=encoding), skipped),
            delimiter=delimiter,
            width=len(names),
            sink=sink,
            spare=heading.spare,
            line=1 + heading.lines,
        )
        _check_header(path, found)
        return found

    found = scanned(None) if is_plain(path, encoding=encoding) and not skipped else None
    if found is None or not found.plain or not _converted(connection, path, target, delimiter, names, found):
        copy = target.with_suffix(".txt")
        with copy.open("wb") as sink:
            found = scanned(sink)
        if not _converted(connection, copy, target, delimiter, names, found):
            raise DataError(f"{path.name} cannot be read as a delimited text.")
        copy.unlink()
    places, lines = (np.array(column, dtype=np.int64) for column in zip(*found.moved, strict=True))
    return Part(
        path.name, path, target, found.sound - 1, places - 1, lines, found.unsound, spared=found.spared
    )


def _after(blocks: Iterator[bytes], skipped: int) -> Iterator[bytes]:
    """Leave out the first bytes of the first block."""
    yield next(blocks)[skipped:]
    yield from blocks


def _check_header(path: Path, found: Scan) -> None:
    """Refuse a file whose first record, the names of the columns, is not sound."""
    first_sound = next((line for place, line in reversed(found.moved) if place == 0), None)
    before = [one for one in found.unsound if not found.sound or one.line < (first_sound or 1)]
    if before:
        raise DataError(
            f"The line of column names of {path.name} (line {before[0].line}) has {before[0].reason}.",
            right="Perhaps the file is in another text encoding." if before[0].reason == ENCODING else "",
            fix='encoding="cp1252"' if before[0].reason == ENCODING else "",
        )


def _converted(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    target: Path,
    delimiter: str,
    names: list[str],
    found: Scan,
) -> bool:
    """Let DuckDB decode the sound records; False if it does not find as many as the scan."""
    try:
        rows = connection.read_csv(
            glob.escape(str(path)),
            columns=dict.fromkeys(names, "VARCHAR"),
            auto_detect=False,
            header=True,
            delimiter=delimiter,
            quotechar='"',
            escapechar='"',
            strict_mode=True,
            max_line_size=4_000_000,
        )
        rows.write_parquet(str(target), compression="snappy")
    except duckdb.Error:
        return False
    return connection.read_parquet(glob.escape(str(target))).count("*").fetchall()[0][0] == found.sound - 1
