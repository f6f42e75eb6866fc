"""How a delimited text begins: lines that are not part of it, the sign between fields, the names of its columns."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from itertools import takewhile

DELIMITERS = ",;\t|"
_SPREADSHEET = re.compile(r'\s*"?sep=([\t !#-/:-@[-^`{-~])"?[ \t]*(?:\r\n|\r|\n)', re.IGNORECASE)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)")
_COMMENT_OR_BLANK = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n)$")


@dataclass(frozen=True)
class Heading:
    """What the beginning of a delimited text tells.

    Attributes
    ----------
    skipped
        The lines before the names of the columns: a sign for spreadsheets (``sep=;``) and comments (``# …``).
    delimiter
        The sign between fields.
    names
        The names of the columns.
    spare
        How many signs may stand behind the last field of a row: 1, or 0 where it is as usual that the last field is empty,
        so that such a row may as well have a sign too many before it.
    """

    skipped: str
    delimiter: str
    names: list[str]
    spare: int

    @property
    def lines(self) -> int:
        """How many lines are skipped."""
        return len(_LINE.findall(self.skipped))


def read_heading(sample: str) -> Heading:
    """Read the beginning of a delimited text.

    Examples
    --------
    >>> read_heading('user;event;at')
    Heading(skipped='', delimiter=';', names=['user', 'event', 'at'], spare=1)
    >>> read_heading('# made on Monday\\nuser,event\\nann,view\\n').lines
    1
    """
    named = _SPREADSHEET.match(sample)
    skipped = named[0] if named else ""
    signs = named[1] if named else DELIMITERS
    skipped += _comments(sample[len(skipped) :], signs)
    delimiter, (header, *rows) = _most_agreed(sample[len(skipped) :], signs)
    width = len(header) - _has_spare(header, rows)
    names = [name.strip() or f"column {place}" for place, name in enumerate(header[:width], start=1)]
    open_ended = [len(row) - width for row in rows if not row[-1]]
    doubtful = width == len(header) and 0 < open_ended.count(0) >= open_ended.count(1)
    return Heading(skipped, delimiter, names, spare=int(not doubtful))


def _has_spare(header: list[str], rows: list[list[str]]) -> bool:
    """Tell whether a sign stands behind the last name, where the rows have no field for it."""
    return len(header) > 1 and not header[-1].strip() and max(map(len, rows), default=0) == len(header) - 1


def _comments(sample: str, signs: str) -> str:
    """Return the comments at the beginning; a last one such as ``#user,event`` that fits the rows holds the names."""
    lines = list(takewhile(_COMMENT_OR_BLANK.match, _LINE.findall(sample)))
    while lines and not lines[-1].strip():
        lines.pop()
    if lines:
        _, rows = _most_agreed(sample[len("".join(lines[:-1])) :], signs)
        if len(rows) == 1 or len(rows[0]) == len(rows[1]) > 1:
            lines.pop()
    return "".join(lines)


def _most_agreed(sample: str, signs: str) -> tuple[str, list[list[str]]]:
    """Return the sign whose rows agree most in their number of fields, and the rows."""
    rows = {sign: list(csv.reader(io.StringIO(sample, newline=""), delimiter=sign)) for sign in signs}
    rows = {sign: [row for row in found if any(row)] for sign, found in rows.items()}

    def agreement(sign: str) -> tuple[float, int]:
        found = rows[sign][:50]
        width = len(found[0]) if found else 0
        return (width > 1) * sum(len(row) == width for row in found) / max(len(found), 1), width

    best = max(signs, key=agreement)
    return best, rows[best] or [[""]]
