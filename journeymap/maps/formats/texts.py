"""Texts in foreign files: what no spreadsheet computes, what XML can hold, lists in one cell."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

COMPUTED = re.compile(r"'*[=+\-@\t\r]")
PLAIN_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
UNKNOWN = "\ufffd"
"""Stands for a character that a format cannot hold."""


def guarded(said: str, /) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula.

    Examples
    --------
    >>> guarded("=1+1"), guarded("-5"), guarded("'=1"), unguarded(guarded("'=1"))
    ("'=1+1", '-5', "''=1", "'=1")
    """
    return f"'{said}" if COMPUTED.match(said) and not PLAIN_NUMBER.fullmatch(said) else said


def unguarded(said: str, /) -> str:
    """Take the apostrophe of :func:`guarded` off again."""
    return said[1:] if said.startswith("'") and COMPUTED.match(said) else said


def storable(said: str, /) -> str:
    """Put a sign for each character that neither UTF-8 text nor XML can hold: control characters and halves of pairs.

    Examples
    --------
    >>> storable("a\\x00b\\tc")
    'a\ufffdb\\tc'
    """
    return NOT_XML.sub(UNKNOWN, said)


def lines(texts: Iterable[str], /) -> str:
    """Write texts into one cell, a line each; as a JSON list where lines could not tell them apart.

    Examples
    --------
    >>> lines(["Web", "App"]), lines(["two\\nlines"]), texts_of(lines(["two\\nlines"]))
    ('Web\\nApp', '["two\\\\nlines"]', ['two\\nlines'])
    """
    said = list(texts)
    joined = "\n".join(said)
    if said and (joined.startswith("[") or _split(joined) != said):
        return json.dumps(said, ensure_ascii=False)
    return joined


def texts_of(cell: str, /) -> list[str]:
    """Read the texts of a cell that :func:`lines` or a person has written."""
    if cell.startswith("["):
        try:
            found = json.loads(cell)
        except (json.JSONDecodeError, RecursionError):
            found = None
        if isinstance(found, list):
            return [str(one) for one in found]
    return _split(cell)


def _split(cell: str) -> list[str]:
    return [line.strip() for line in cell.replace("\r\n", "\n").split("\n") if line.strip()]
