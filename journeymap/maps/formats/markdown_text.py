"""Text and tables in Markdown; no text is ever markup, neither Markdown nor HTML."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from journeymap.maps.formats.texts import storable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ANYWHERE = re.compile(r"([\\`*_\[\]|~$#@])")
FIRST = re.compile(r"^([+\-=:>!]|\d+(?=[.)](?:\s|$)))")
ADDRESS = re.compile(r"(?i)(://)|\b(www)\.")


def plain(said: object) -> str:
    """Write a text so that Markdown shows exactly it, in one line.

    Examples
    --------
    >>> plain("<b>a|b</b>"), plain("- *x*"), plain("1. a"), plain("two\\nlines"), plain("a://x")
    ('&lt;b&gt;a\\\\|b&lt;/b&gt;', '\\\\- \\\\*x\\\\*', '1\\\\. a', 'two<br>lines', 'a:\\\\//x')
    """
    lines = (" ".join(line.split()) for line in storable(str(said)).splitlines())
    return "<br>".join(_line(line) for line in lines if line)


def _line(line: str) -> str:
    escaped = ANYWHERE.sub(r"\\\1", line)
    escaped = ADDRESS.sub(lambda one: ":\\//" if one[1] else f"{one[2]}\\.", escaped)
    first = FIRST.match(escaped)
    if first:
        number = first[1].isdigit()
        escaped = f"{first[1]}\\{escaped[first.end() :]}" if number else f"\\{escaped}"
    return html.escape(escaped, quote=False)


def table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Write a table of cells that are Markdown already; without rows there is none."""
    kept = [row for row in rows if any(row)]
    lines = [heading, ["---"] * len(heading), *kept] if kept else []
    return [*(f"| {' | '.join(line)} |" for line in lines), *([""] if kept else [])]


def dense(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Write a table without the columns in which nothing stands."""
    kept = list(rows)
    shown = [place for place in range(len(heading)) if any(row[place] for row in kept)]
    return table([heading[place] for place in shown], ([row[place] for place in shown] for row in kept))


def together(texts: Iterable[object]) -> str:
    """Write several texts into one cell, below one another."""
    said = [plain(text) for text in texts]
    return "<br>".join(text for text in said if text)
