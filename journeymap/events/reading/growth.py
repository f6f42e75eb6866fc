"""Files that grew: texts that begin as they were when they were read, with new lines behind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from journeymap.errors import DataError
from journeymap.events.reading.coding import Changed
from journeymap.events.reading.delimited import SAMPLE
from journeymap.events.reading.files import BLOCK, is_plain, kind_of
from journeymap.events.reading.heading import read_heading

if TYPE_CHECKING:
    from pathlib import Path

    from journeymap.events.reading.tables import Part


@dataclass(frozen=True)
class Beginning:
    """What a text holds up to some byte.

    Attributes
    ----------
    size
        The byte.
    digest
        What tells it from another text.
    lines
        The line ends in it; -1 where they are not all alike or it does not end with one.
    """

    size: int
    digest: str
    lines: int


def beginning(path: Path, *, size: int, encoding: str) -> Beginning | None:
    """Look at the first `size` bytes of a text that may grow; None for any other file."""
    if kind_of(path) == "parquet" or path.suffix == ".json" or not is_plain(path, encoding=encoding):
        return None
    digest, lines, returns, pairs, last, left = blake2b(digest_size=16), 0, 0, 0, b"", size
    with path.open("rb") as file:
        while block := file.read(min(BLOCK, left)):
            left -= len(block)
            digest.update(block)
            lines += block.count(b"\n")
            returns += block.count(b"\r")
            pairs += block.count(b"\r\n") + (last == b"\r" and block[:1] == b"\n")
            last = block[-1:]
    whole = last == b"\n" and returns == pairs
    return Beginning(size, digest.hexdigest(), lines if whole else -1)


@dataclass(frozen=True)
class Tail:
    """The new lines of a file that grew, as a file of their own under the same heading.

    Attributes
    ----------
    path
        The file.
    known
        What was read of it before.
    """

    path: Path
    known: Beginning

    def write(self, folder: Path) -> tuple[Path, int]:
        """Write heading and new lines into a folder; return the file, and how many lines to add to a line of it."""
        with self.path.open("rb") as file:
            sample = file.read(SAMPLE)
            heading = b"" if kind_of(self.path) == "json" else _heading(sample, self.known.size)
            folder.mkdir()
            target = folder / self.path.name
            file.seek(self.known.size)
            with target.open("wb") as copy:
                copy.write(heading)
                while block := file.read(BLOCK):
                    copy.write(block)
        if heading:
            _check_alike(sample, target)
        return target, self.known.lines - heading.count(b"\n")


def tail_of(path: Path, known: dict[str, Any] | None, *, encoding: str) -> Tail | None:
    """Return what is new in a file, if it only grew since it was read."""
    if not known or known["lines"] < 0 or path.stat().st_size <= known["size"]:
        return None
    before = Beginning(**known)
    return Tail(path, before) if beginning(path, size=before.size, encoding=encoding) == before else None


def in_place(part: Part, tail: Tail, further: int) -> Part:
    """Turn the rows of a tail into rows of the file."""
    unsound = [one._replace(line=one.line + further) for one in part.unsound]
    text = tail.path if part.text else None
    return replace(part, path=tail.path, text=text, lines=part.lines + further, unsound=unsound)


def _heading(sample: bytes, size: int) -> bytes:
    """Return the lines up to the names of the columns."""
    found = read_heading(_whole_lines(sample[:size]))
    lines = sample.split(b"\n")[: found.lines + 1]
    if b'"' in lines[-1]:
        raise Changed("the names of the columns are quoted, and may take more than one line")
    return b"\n".join(lines) + b"\n"


def _check_alike(sample: bytes, tail: Path) -> None:
    """Refuse new lines that would make the whole file be understood in another way."""
    with tail.open("rb") as file:
        new = read_heading(_whole_lines(file.read(SAMPLE)))
    whole = read_heading(_whole_lines(sample))
    if (new.delimiter, new.names, new.spare) != (whole.delimiter, whole.names, whole.spare):
        raise Changed("its new lines are of another form")


def _whole_lines(sample: bytes) -> str:
    text = sample.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    if "\n" not in text:
        raise DataError("There is no line of column names.")
    return text[: text.rfind("\n") + 1]
