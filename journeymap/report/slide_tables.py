"""Tables that fit on slides: how wide columns are, how many lines a cell takes, and where the next page begins."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import zip_longest

from journeymap.charts.maps.words import broken, text_width

SIZES = (16.0, 14.0, 12.0, 10.5)
"""Sizes of text, in points: the first at which a table fits on one page, else the last."""
SMALL, MOST_AIRY = 12.0, 4
"""Larger sizes than the first are for tables whose cells have at most so many lines."""
LINE = 1.22
SIDE, ABOVE = 6.0, 3.0
"""What is free within a cell, left and right, above and below, in points."""
LONGEST_WORD = 130.0
MOST_LINES = 12
SAFE = 0.96
"""The share of a column that is counted on, as other machines have other fonts."""
ENDLESS = 10**6


@dataclass(frozen=True)
class Grid:
    """A table of texts.

    Attributes
    ----------
    heads, rows
        The first row and the others, all of one length.
    numbers
        Which columns stand on the right.
    says
        The table in a sentence, for those who hear it.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = field(default_factory=frozenset)
    says: str = ""


@dataclass(frozen=True)
class Row:
    """A row as it stands on a page, and its height in points."""

    cells: tuple[str, ...]
    height: float


@dataclass(frozen=True)
class Fitted:
    """A table on its pages.

    Attributes
    ----------
    size
        Of its text, in points.
    widths
        Of its columns, in points.
    head
        Its first row, which stands on every page.
    pages
        The other rows, page by page; at least one page.
    """

    size: float
    widths: tuple[float, ...]
    head: Row
    pages: tuple[tuple[Row, ...], ...]


def fitted(grid: Grid, /, *, width: float, height: float) -> Fitted:
    """Lay a table out on pages of a size in points; a cell that is too long goes on in a row of its own, and nothing is cut.

    Examples
    --------
    >>> grid = Grid(("Stage", "Customers"), tuple((f"Stage {n}", "20,730") for n in range(40)), frozenset({1}))
    >>> laid = fitted(grid, width=400, height=300)
    >>> laid.size, [len(page) for page in laid.pages]
    (10.5, [14, 14, 12])
    """
    for size in SIZES:
        widths = _widths(grid, width, size)
        head = _row(grid.heads, widths, size, bold=True)
        rows = [part for row in grid.rows for part in _parts(row, widths, size)]
        pages = _pages(rows, height - head.height)
        airy = size <= SMALL or _airy(grid, rows, widths, size)
        if len(pages) == 1 and airy and sum(least(grid, size)) <= width:
            break
    return Fitted(size, widths, head, pages)


def _airy(grid: Grid, rows: list[Row], widths: tuple[float, ...], size: float) -> bool:
    """Say whether rows are low and numbers stand on one line, which large letters are worth nothing without."""
    low = all(row.height <= MOST_AIRY * size * LINE + 2 * ABOVE for row in rows)
    return low and all(
        _wide(row.cells[place], size) <= widths[place] + 1 for row in rows for place in grid.numbers
    )


def least(grid: Grid, size: float, /) -> list[float]:
    """Return how wide each column must be so that its words are whole."""
    columns = zip(grid.heads, *grid.rows, strict=True)
    return [
        min(max(_wide(word, size) for text in texts for word in text.split(" ")), LONGEST_WORD)
        for texts in columns
    ]


def _widths(grid: Grid, width: float, size: float) -> tuple[float, ...]:
    """Share the width out: narrow columns have what they need, wide ones an equal part of the rest, all at least a word."""
    wanted = [max(_wide(text, size) for text in texts) for texts in zip(grid.heads, *grid.rows, strict=True)]
    words, given, rest = least(grid, size), [0.0] * len(wanted), width
    narrow_first = sorted(range(len(wanted)), key=lambda place: wanted[place])
    for done, place in enumerate(narrow_first):
        given[place] = min(wanted[place], max(words[place], rest / (len(wanted) - done)))
        rest -= given[place]
    if rest < 0:
        return tuple(one * width / sum(given) for one in given)
    texts = [one for place, one in enumerate(given) if place not in grid.numbers]
    return tuple(
        one if place in grid.numbers else one + rest * one / sum(texts) for place, one in enumerate(given)
    )


def _wide(text: str, size: float) -> float:
    return text_width(text, size=size, bold=True) / SAFE + 2 * SIDE + 1


def _lines(text: str, width: float, size: float, *, bold: bool) -> list[str]:
    return broken(text, (width - 2 * SIDE) * SAFE, size=size, bold=bold, most=ENDLESS)


def _row(cells: tuple[str, ...], widths: tuple[float, ...], size: float, *, bold: bool = False) -> Row:
    most = max(len(_lines(text, width, size, bold=bold)) for text, width in zip(cells, widths, strict=True))
    return Row(cells, round(most * size * LINE + 2 * ABOVE, 1))


def _parts(cells: tuple[str, ...], widths: tuple[float, ...], size: float) -> list[Row]:
    """Part a row whose cells have too many lines."""
    of_cells = [_lines(text, width, size, bold=False) for text, width in zip(cells, widths, strict=True)]
    if max(map(len, of_cells)) <= MOST_LINES:
        return [_row(cells, widths, size)]
    pieces = [
        [_joined(lines[start : start + MOST_LINES]) for start in range(0, len(lines), MOST_LINES)]
        for lines in of_cells
    ]
    return [_row(tuple(parts), widths, size) for parts in zip_longest(*pieces, fillvalue="")]


def _joined(lines: list[str]) -> str:
    return " ".join(lines)


def _pages(rows: list[Row], height: float) -> tuple[tuple[Row, ...], ...]:
    """Fill page after page; a row that would be alone on the last one has another beside it."""
    pages: list[list[Row]] = [[]]
    free = height
    for row in rows:
        if pages[-1] and row.height > free:
            pages.append([])
            free = height
        pages[-1].append(row)
        free -= row.height
    if len(pages) > 1 and len(pages[-1]) == 1 and len(pages[-2]) > 2:
        company = pages[-2][-1]
        if company.height + pages[-1][0].height <= height:
            pages[-2:] = [pages[-2][:-1], [company, *pages[-1]]]
    return tuple(tuple(page) for page in pages)
