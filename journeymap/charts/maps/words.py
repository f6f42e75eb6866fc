"""Words of a map in px: how wide they are drawn, and where they break."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
"""Fonts of one and the same width; the table below holds for each of them."""
BODY, SECOND = 12, 11
LINE_HEIGHT = 1.32
ELLIPSIS, HYPHEN = "\N{HORIZONTAL ELLIPSIS}", "-"
KEPT = "\N{NO-BREAK SPACE}"
NARROW = "\N{NARROW NO-BREAK SPACE}"
BREAKS = " \t\n\r\v\f\u2028\u2029"
TURNS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
UNIT = re.compile(r"(?<=\d) (?=(?:%|€|s|min|h|d|days?|hours?|minutes?|weeks?|months?|years?)(?:[\s,.;:)]|$))")
"""The space between a number and its unit, where no line breaks."""
ENDS = ("Po", "Pe", "Pf")
"""Kinds of signs that never begin a line."""
_BEFORE_HYPHEN = 4
_ORDINARY, _CAPITAL, _FULL = 0.556, 0.7, 1.0


@cache
def _widths(weight: str) -> dict[str, float]:
    table = json.loads(files("journeymap.charts").joinpath("text_widths.json").read_text(encoding="utf-8"))
    em = table["units_per_em"]
    return {letter: int(units) / em for units, letters in table[weight].items() for letter in letters}


@lru_cache(maxsize=20_000)
def text_width(text: str, /, *, size: float = BODY, bold: bool = False) -> float:
    """Return how wide a line is drawn, in px, once runs of spaces have become one.

    Examples
    --------
    >>> round(text_width("Customer goals", size=12, bold=True), 1), round(text_width("a  b"), 1)
    (90.7, 16.7)
    """
    known = _widths("bold" if bold else "regular")
    return size * sum(known.get(letter) or _other(letter) for letter in collapsed(text))


def collapsed(text: object, /) -> str:
    r"""Write any text on one line as a picture shows it: breaks and runs of spaces become one space.

    Examples
    --------
    >>> collapsed(" two\n  lines\x00")
    'two lines'
    """
    said = str(text).encode("utf-8", "replace").decode("utf-8")
    spaced = "".join(" " if letter in BREAKS else letter for letter in said).replace(NARROW, KEPT)
    return " ".join(word for word in "".join(filter(_visible, spaced)).split(" ") if word)


def line_height(size: float, /) -> float:
    """Return how far the lines of a text stand apart, in px."""
    return round(size * LINE_HEIGHT, 1)


def cut(text: str, room: float, /, *, size: float = BODY, bold: bool = False) -> str:
    """Shorten a text to one line of at most `room` px; what is gone shows as an ellipsis.

    Examples
    --------
    >>> cut("Benefits page", 60), cut("Chat", 60)
    ('Benefits…', 'Chat')
    """
    return broken(text, room, size=size, bold=bold, most=1)[0]


def broken(text: str, room: float, /, *, size: float = BODY, bold: bool = False, most: int = 4) -> list[str]:
    """Break a text into at most `most` lines of at most `room` px; what is gone shows as an ellipsis.

    Examples
    --------
    >>> broken("I see the member price next to mine", 110)
    ['I see the member', 'price next to mine']
    >>> broken("Donaudampfschifffahrt", 60), broken("会員登録をする", 40)
    (['Donauda-', 'mpfschifff-', 'ahrt'], ['会員登', '録をす', 'る'])
    >>> broken("one two three four", 30, most=2)
    ['one', 'tw…']
    """
    lines: list[str] = []
    for piece, glue in _pieces(UNIT.sub(KEPT, collapsed(text))):
        longer = f"{lines[-1]}{glue}{piece}" if lines else piece
        if lines and text_width(longer, size=size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines += _chopped(piece, room, size=size, bold=bold)
        if len(lines) > most:
            break
    if len(lines) > most:
        lines = [*lines[: most - 1], _ended(lines[most - 1], room, size=size, bold=bold)]
    return lines or [""]


def balanced(text: str, room: float, /, *, size: float, bold: bool = True, most: int = 2) -> list[str]:
    """Break a title into as few lines as it takes, of about one length.

    Examples
    --------
    >>> balanced("Two silences hurt members most", 160, size=15)
    ['Two silences hurt', 'members most']
    """
    lines = broken(text, room, size=size, bold=bold, most=most)
    if len(lines) != 2 or lines[-1].endswith(ELLIPSIS):
        return lines
    words = collapsed(text).split(" ")
    halves = [(" ".join(words[:place]), " ".join(words[place:])) for place in range(1, len(words))]
    widths = [tuple(text_width(half, size=size, bold=bold) for half in pair) for pair in halves]
    fitting = [
        (_unrest(pair[0], max(wide)), pair)
        for pair, wide in zip(halves, widths, strict=True)
        if max(wide) <= room
    ]
    return list(min(fitting)[1]) if fitting else lines


def _unrest(first: str, wide: float) -> float:
    """Return how bad it is to break after some words: long lines are, and a break inside a quotation."""
    inside = first.count("“") > first.count("”")
    return wide * (1.5 if inside else 0.8 if first[-1] in ",;:" else 1)


def _pieces(text: str) -> list[tuple[str, str]]:
    """Part a text where it may break, each piece with what joins it to the one before."""
    pieces: list[tuple[str, str]] = []
    for word in text.split(" "):
        glue = " "
        for part in _parts(word):
            pieces.append((part, glue))
            glue = ""
    return pieces


def _parts(word: str) -> list[str]:
    parts, start = [], 0
    for place in range(1, len(word)):
        before, after = word[place - 1], word[place]
        hyphen = before in "-/" and place - start > _BEFORE_HYPHEN and after.isalpha()
        hyphen |= before == "\N{EN DASH}" and before != word[0]
        if hyphen or _is_full(before) or (_is_full(after) and unicodedata.category(after) not in ENDS):
            parts.append(word[start:place])
            start = place
    return [*parts, word[start:]]


def _chopped(word: str, room: float, *, size: float, bold: bool) -> list[str]:
    """Cut a word that is wider than a line, with a hyphen where letters are joined."""
    if text_width(word, size=size, bold=bold) <= room:
        return [word]
    lines, rest = [], word
    while text_width(rest, size=size, bold=bold) > room and len(rest) > 1:
        kept = len(rest) - 1
        while kept > 1 and text_width(rest[:kept] + HYPHEN, size=size, bold=bold) > room:
            kept -= 1
        joined = rest[kept - 1].isalnum() and rest[kept].isalnum() and not _is_full(rest[kept])
        lines.append(rest[:kept] + (HYPHEN if joined else ""))
        rest = rest[kept:]
    return [*lines, rest]


def _ended(line: str, room: float, *, size: float, bold: bool) -> str:
    line = line.removesuffix(HYPHEN)
    while line and text_width(line + ELLIPSIS, size=size, bold=bold) > room:
        line = line[:-1]
    whole = line.rpartition(" ")[0]
    if 3 * len(whole) > 2 * len(line):
        line = whole
    return line.rstrip(" ,;:.") + ELLIPSIS


def _visible(letter: str) -> bool:
    """Say whether a letter may stand in a picture; control signs and those that turn the direction may not."""
    return unicodedata.category(letter) not in ("Cc", "Cs") and letter not in TURNS


def _is_full(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"


def _other(letter: str) -> float:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Cf", "Mn"):
        return 0
    if _is_full(letter):
        return _FULL
    return _CAPITAL if letter.isupper() else _ORDINARY
