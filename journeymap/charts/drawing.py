"""What every picture is made of: a specification with named data, and text measured before it is drawn."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

SLACK = 1.12
ELLIPSIS = "…"
_EM = {
    0.222: "ijl'",
    0.278: " !,./:;I[\\]ft|\u202f\u00a0",
    0.333: "()-r`{}",
    0.389: '*"',
    0.5: "cksvxyzJ",
    0.6: "0123456789\N{EN DASH}",
    0.611: "FTZ",
    0.667: "ABEKPSVXY&",
    0.722: "CDHNRUw+<=>~^\N{MINUS SIGN}",
    0.778: "GOQ",
    0.833: "mM",
    0.889: "%",
    0.944: "W",
    1.0: "@…—",
}
_WIDTH_OF = {character: em for em, characters in _EM.items() for character in characters}
_ORDINARY = 0.556


@dataclass(frozen=True)
class Drawing:
    """A picture that is ready to be shown.

    Attributes
    ----------
    spec
        A complete Vega-Lite specification. Its rows are under ``spec["datasets"]``, by name. Of two pictures
        that differ in nothing else, the second is only new data for the first.
    description
        The picture in one sentence, for those who hear it.
    height
        Its height in px.
    """

    spec: dict[str, Any]
    description: str
    height: int


def text_width(text: str, /, *, size: float, weight: int = 400) -> float:
    """Estimate how wide a text is drawn, in px, with slack for the fonts of other machines.

    Examples
    --------
    >>> round(text_width("Discover", size=13, weight=600))
    63
    """
    em = sum(_character_width(character) for character in text)
    return em * size * (1.12 if weight >= 500 else 1) * SLACK


def one_line(text: object, /) -> str:
    r"""Write any text from data on one line: breaks and runs of spaces become one space.

    Examples
    --------
    >>> one_line("two\n lines")
    'two lines'
    """
    return " ".join(str(text).split()).encode("utf-8", "replace").decode("utf-8")


def middle_cut(text: object, width: float, /, *, size: float, weight: int = 400) -> str:
    """Cut the middle out of a name that is too wide, as names of the same family differ at both ends.

    Examples
    --------
    >>> middle_cut("Came from paid search brand", 150, size=12)
    'Came from … brand'
    >>> middle_cut("Buy", 120, size=12)
    'Buy'
    """
    name = one_line(text)
    if text_width(name, size=size, weight=weight) <= width:
        return name
    for words in _without_middle(name.split(" ")):
        shorter = " ".join(words)
        if width / 2 <= text_width(shorter, size=size, weight=weight) <= width:
            return shorter
    for kept in range(len(name) - 1, 1, -1):
        tail = len(name) - kept * 2 // 5
        shorter = f"{name[: kept - kept * 2 // 5].strip()}{ELLIPSIS}{name[tail:].strip()}"
        if text_width(shorter, size=size, weight=weight) <= width:
            return shorter
    return ELLIPSIS


def wrap(text: str, width: float, /, *, size: float, weight: int = 400) -> list[str]:
    """Break a text into lines of at most `width` px, between words where that is possible.

    Examples
    --------
    >>> wrap("Bars are all who entered.", 80, size=11)
    ['Bars are all', 'who entered.']
    """
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size=size, weight=weight) <= width:
            lines[-1] = longer
        else:
            lines += _pieces(word, width, size=size, weight=weight)
    return lines


def fold(text: object, width: float, /, *, size: float, weight: int = 400) -> list[str]:
    """Break a name into at most two lines between words; where it is too long for them, words of its middle go.

    Examples
    --------
    >>> fold("Saw an advertisement on a social network", 110, size=12)
    ['Saw an … social', 'network']
    """
    words = one_line(text).split(" ")
    if max(text_width(word, size=size, weight=weight) for word in words) > width:
        return [middle_cut(text, width, size=size, weight=weight)]
    for shorter in (words, *_without_middle(words)):
        lines = wrap(" ".join(shorter), width, size=size, weight=weight)
        if len(lines) <= 2:
            return lines
    return [middle_cut(text, width, size=size, weight=weight)]


def _character_width(character: str) -> float:
    if character in _WIDTH_OF:
        return _WIDTH_OF[character]
    if unicodedata.combining(character):
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return 1
    return 0.7 if character.isupper() else _ORDINARY


def _without_middle(words: list[str]) -> Iterator[list[str]]:
    """Leave out more and more words of the middle."""
    for kept in range(len(words) - 1, 1, -1):
        head, tail = kept - kept // 2, len(words) - kept // 2
        yield [*words[:head], ELLIPSIS, *words[tail:]]


def _pieces(word: str, width: float, *, size: float, weight: int) -> list[str]:
    """Break a word where the line is full."""
    pieces = [word[:1]]
    for character in word[1:]:
        longer = pieces[-1] + character
        if text_width(longer, size=size, weight=weight) <= width:
            pieces[-1] = longer
        else:
            pieces.append(character)
    return pieces
