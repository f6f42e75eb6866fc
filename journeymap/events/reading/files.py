"""Files of events: which ones a path means, and their bytes, unpacked and as UTF-8."""

from __future__ import annotations

import codecs
import glob
import io
import os
import zlib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journeymap.errors import DataError, listing, nearest
from journeymap.events.reading.unpacking import CUT_OFF, PACKED, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

KINDS = {
    ".csv": "delimited",
    ".tsv": "delimited",
    ".tab": "delimited",
    ".txt": "delimited",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".jsonl": "json",
    ".ndjson": "json",
    ".json": "json",
}
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
BLOCK = 1 << 24
SMALL = 1_000
"""Bytes below which a file is looked into for anything but blanks."""


def find_files(source: Any) -> list[Path]:
    """Return the files that a path, a glob or a list of them means, each once, sorted within a glob or a folder."""
    found: list[Path] = []
    for one in source if isinstance(source, (list, tuple)) else [source]:
        found += _files_of(os.fspath(one))
    if not found:
        raise DataError("There is no file in an empty list.", right="At least one path.", fix='"events.csv"')
    return list(dict.fromkeys(found))


def _files_of(text: str) -> list[Path]:
    if not text.strip():
        raise DataError("An empty name is no file.", right="A path, or a glob such as events/*.parquet.")
    path = Path(text).expanduser()
    if path.is_dir():
        files = sorted(inside for inside in path.iterdir() if inside.is_file() and kind_of(inside))
        if not files:
            raise DataError(
                f"The folder {text} has no file of events.", right=f"Files that end in {listing(KINDS)}."
            )
        return files
    if path.exists():
        return [path]
    found = glob.glob(str(path), recursive=True)  # noqa: PTH207  Path.glob takes no absolute pattern
    files = sorted(inside for inside in map(Path, found) if inside.is_file())
    if not files:
        raise _missing(text, path)
    return files


def _missing(text: str, path: Path) -> DataError:
    if glob.has_magic(text):
        return DataError(f"No file matches {text}.", right="A path, or a glob such as events/*.parquet.")
    beside = [other.name for other in path.parent.iterdir()] if path.parent.is_dir() else []
    close = nearest(path.name, beside)
    return DataError(
        f"There is no file {text}.",
        right=f"Did you mean {close}?" if close else "A path, or a glob such as events/*.parquet.",
        fix=f'"{path.with_name(close)}"' if close else "",
    )


def telling_names(files: Sequence[Path]) -> list[str]:
    """Return the name of each file, with as many of its folders as tell it from the others.

    Examples
    --------
    >>> telling_names([Path("may/shop.csv"), Path("june/shop.csv"), Path("june/web.csv")])
    ['may/shop.csv', 'june/shop.csv', 'web.csv']
    """
    parts = [path.absolute().parts for path in files]
    names: dict[int, str] = {}
    for depth in range(1, max(map(len, parts), default=0) + 1):
        tails = [one[-depth:] for one in parts]
        seen = Counter(tails)
        names |= {
            place: str(Path(*tail))
            for place, tail in enumerate(tails)
            if place not in names and (seen[tail] == 1 or depth >= len(parts[place]))
        }
        if len(names) == len(files):
            break
    return [names[place] for place in range(len(files))]


def kind_of(path: Path) -> str | None:
    """Return what a file holds by its name: delimited, parquet, json, or None.

    Examples
    --------
    >>> kind_of(Path("events.csv.gz")), kind_of(Path("notes.docx"))
    ('delimited', None)
    """
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] in PACKED:
        suffixes.pop()
    return KINDS.get(suffixes[-1]) if suffixes else None


def common_kind(files: Iterable[Path]) -> str:
    """Return the one kind of all files."""
    kinds = {path: kind_of(path) for path in files}
    for path, kind in kinds.items():
        if kind is None:
            raise DataError(
                f"{path.name} is of no known type.",
                right=f"Files that end in {listing(KINDS)}, or these with .gz or .zst.",
            )
    if len(set(kinds.values())) > 1:
        raise DataError(
            f"These files are of different types: {listing(path.name for path in kinds)}.",
            right="Read files of one type at a time.",
            fix='"events/*.parquet"',
        )
    return next(iter(kinds.values())) or ""


def without_empty(files: Sequence[Path], *, encoding: str) -> tuple[list[Path], list[Path]]:
    """Return the files that hold something, and those that hold nothing (or only blanks)."""
    empty = [path for path in files if _is_empty(path, encoding)]
    if len(empty) == len(files):
        said = f"{listing(path.name for path in empty)} {'is' if len(empty) == 1 else 'are'} empty."
        raise DataError(said, right="It needs rows of events.")
    return [path for path in files if path not in empty], empty


def _is_empty(path: Path, encoding: str) -> bool:
    size = path.stat().st_size
    may_be_blank = size < SMALL and kind_of(path) != "parquet"
    return size == 0 or (may_be_blank and not b"".join(file_blocks(path, encoding=encoding)).strip())


def is_plain(path: Path, *, encoding: str) -> bool:
    """Tell whether the bytes of a file are the text itself, neither packed nor in another encoding than UTF-8."""
    if path.suffix.lower() in PACKED or not _is_utf8(encoding):
        return False
    with path.open("rb") as file:
        return not file.read(2).startswith(UTF16)


def _is_utf8(encoding: str) -> bool:
    return encoding.replace("_", "-").lower() in ("utf-8", "utf8")


def file_blocks(path: Path, *, encoding: str = "utf-8") -> Iterator[bytes]:
    """Yield the bytes of a text file, unpacked, as UTF-8 and without a byte order mark.

    A file that begins with the mark of UTF-16 is read as such. Bytes that are not in `encoding` come out as something that
    is not UTF-8 either.
    """
    try:
        with opened(path) as stream:
            block = stream.read(BLOCK)
            recode = _recoder("utf-16" if block.startswith(UTF16) else encoding)
            yield recode(block, not block).removeprefix(codecs.BOM_UTF8)
            while block:
                block = stream.read(BLOCK)
                yield recode(block, not block)
    except EOFError as error:
        raise DataError(
            f"{path.name} cannot be unpacked: {CUT_OFF}.", right="Fetch it again; it is not whole."
        ) from error
    except (OSError, zlib.error) as error:
        raise DataError(f"{path.name} cannot be unpacked: {error}.") from error


def _recoder(encoding: str) -> Callable[[bytes, bool], bytes]:
    """Return what turns blocks of an encoding into UTF-8; it is told which one is the last."""
    if _is_utf8(encoding):
        return lambda block, _: block
    try:
        decoder = codecs.getincrementaldecoder(encoding)("surrogateescape")
    except LookupError as error:
        raise DataError(
            f"There is no text encoding {encoding!r}.",
            right="utf-8, cp1252, latin-1, utf-16 or the like.",
            fix='encoding="cp1252"',
        ) from error
    return lambda block, last: decoder.decode(block, last).encode("utf-8", "surrogatepass")


def lines_at(path: Path, wanted: set[int], *, encoding: str = "utf-8") -> dict[int, str]:
    """Return some physical lines of a text file (from 1), unreadable bytes written as ``\\xff``."""
    found: dict[int, str] = {}
    for number, line in enumerate(_lines(path, encoding), start=1):
        if number in wanted:
            found[number] = line
            if len(found) == len(wanted):
                break
    return found


def _lines(path: Path, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")("backslashreplace")
    newlines = io.IncrementalNewlineDecoder(decoder, translate=True)
    rest = ""
    for block in file_blocks(path, encoding=encoding):
        *lines, rest = (rest + newlines.decode(block)).split("\n")
        yield from lines
    yield rest + newlines.decode(b"", final=True)
