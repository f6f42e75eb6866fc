"""Where the records of a delimited text begin and which of them cannot be read.

One pass over the bytes decides what a record is, on which line of the file it stands and whether it is sound; the sound
ones are copied out with plain line ends. The rules are those of RFC 4180, with a blank allowed before a quote and blanks after one. A record whose
quotes are broken costs one line, not the rest of the file: reading goes on at the next line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numba

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LONGEST = 1_000_000
"""Bytes after which a text that began with a quote is taken for a stray quote."""

MOVED, FIELDS, QUOTES, BYTES = range(4)
"""What a mark says: a sound record stands on another line than the one before leads to expect, or why one is not sound."""

TAB, LF, VERTICAL_TAB, FORM_FEED, CR, BLANK, QUOTE = 9, 10, 11, 12, 13, 32, 34


@numba.njit(cache=True, nogil=True)
def _line_end(data: NDArray[np.uint8], start: int, size: int) -> int:
    """Return where the line end after `start` begins."""
    at = start
    while at < size and data[at] != LF and data[at] != CR:
        at += 1
    return at


@numba.njit(cache=True, nogil=True)
def _after(data: NDArray[np.uint8], at: int, size: int) -> int:
    """Return where the line after the line end at `at` begins."""
    if at + 1 < size and data[at] == CR and data[at + 1] == LF:
        return at + 2
    return min(at + 1, size)


@numba.njit(cache=True, nogil=True)
def _is_text(data: NDArray[np.uint8], start: int, stop: int) -> bool:
    """Tell whether some bytes are UTF-8."""
    at = start
    while at < stop:
        first = data[at]
        if first < 0x80:
            at += 1
            continue
        low, high, more = 0x80, 0xBF, 0
        if 0xC2 <= first <= 0xDF:
            more = 1
        elif 0xE0 <= first <= 0xEF:
            more = 2
            low = 0xA0 if first == 0xE0 else low
            high = 0x9F if first == 0xED else high
        elif 0xF0 <= first <= 0xF4:
            more = 3
            low = 0x90 if first == 0xF0 else low
            high = 0x8F if first == 0xF4 else high
        else:
            return False
        if at + more >= stop or data[at + 1] < low or data[at + 1] > high:
            return False
        for further in range(2, more + 1):
            if data[at + further] < 0x80 or data[at + further] > 0xBF:
                return False
        at += more + 1
    return True


@numba.njit(cache=True, nogil=True)
def _quoted(data: NDArray[np.uint8], at: int, size: int) -> tuple[int, int, bool]:
    """Walk over a text after its opening quote: where it is over, the line ends in it, whether it was closed."""
    lines = 0
    while at < size:
        byte = data[at]
        followed = data[at + 1] if at + 1 < size else 0
        if byte == QUOTE and followed != QUOTE:
            return at + 1, lines, True
        if byte == QUOTE:
            at += 1
        elif byte == LF or (byte == CR and followed != LF):
            lines += 1
        at += 1
    return at, lines, False


@numba.njit(cache=True, nogil=True)
def _field(data: NDArray[np.uint8], at: int, size: int, delimiter: int) -> tuple[int, int, bool]:
    """Walk over one field: where it is over, the line ends in it, whether its quotes are sound."""
    if at + 1 < size and data[at] == BLANK and data[at + 1] == QUOTE:
        at += 1
    lines, closed, quoted = 0, True, at < size and data[at] == QUOTE
    if quoted:
        at, lines, closed = _quoted(data, at + 1, size)
    while at < size and data[at] not in (delimiter, LF, CR):
        if quoted and data[at] != BLANK:
            return at, lines, False
        at += 1
    return at, lines, closed


@numba.njit(cache=True, nogil=True)
def _record(data: NDArray[np.uint8], start: int, size: int, delimiter: int) -> tuple[int, int, int, bool]:
    """Walk over one record: where it is over, its fields, the line ends in it, whether its quotes are sound."""
    if delimiter < 0:
        return _line_end(data, start, size), 1, 0, True
    at, fields, lines = start, 0, 0
    while True:
        at, more, sound = _field(data, at, size, delimiter)
        fields, lines = fields + 1, lines + more
        if not sound or at >= size or data[at] != delimiter:
            return at, fields, lines, sound
        at += 1


@numba.njit(cache=True, nogil=True)
def _is_blank(data: NDArray[np.uint8], start: int, stop: int, delimiter: int, width: int) -> bool:
    """Tell whether a line is no record at all; an empty line of blanks may be one where there is a single field."""
    at = start
    while at < stop and data[at] in (BLANK, TAB, VERTICAL_TAB, FORM_FEED) and data[at] != delimiter:
        at += 1
    return at == stop and (delimiter < 0 or width > 1 or start == stop)


@numba.njit(cache=True, nogil=True)
def _verdict(
    data: NDArray[np.uint8],
    start: int,
    stop: int,
    fields: int,
    width: int,
    quotes: bool,  # noqa: FBT001
) -> int:
    """Say what is wrong with a record; `MOVED` if nothing is."""
    if not quotes:
        return QUOTES
    if fields != width:
        return FIELDS
    return MOVED if _is_text(data, start, stop) else BYTES


@numba.njit(cache=True, nogil=True)
def scan(
    data: NDArray[np.uint8],
    last: bool,  # noqa: FBT001  a kernel takes no keywords
    delimiter: int,
    width: int,
    spare: int,
    line: int,
    sound: int,
    expected: int,
    out: NDArray[np.uint8],
    marks: NDArray[np.int64],
) -> tuple[int, int, int, int, int, int, int]:
    """Read the records of one block.

    Parameters
    ----------
    data, last
        The bytes, and whether the file ends with them.
    delimiter, width
        The byte between fields, and how many fields a record has; -1 and 1 for one text a line.
    spare
        1 if one more delimiter may stand behind the last field, where it is left out; else 0.
    line, sound, expected
        The line that the block begins with, the sound records before it, and the line on which the next is expected.
    out
        Takes the sound records, each ended by a line feed; one byte longer than `data`, or empty to take none.
    marks
        Takes a row for each thing to tell: what, line, and the sound records before (or, for `FIELDS`, the fields found).

    Returns
    -------
    tuple
        Bytes used, bytes written, line, sound records, line expected next, marks made, sound records with a spare
        delimiter. Ends early when `marks` is full.
    """
    size = len(data)
    start, written, made, spared = 0, 0, 0, 0
    while start < size and made < len(marks):
        end, fields, lines, quotes = _record(data, start, size, delimiter)
        torn = end >= size or (end == size - 1 and data[end] == CR)
        if not last and torn and size - start <= LONGEST:
            break
        if _is_blank(data, start, end, delimiter, width):
            line, start = line + 1, _after(data, end, size)
            continue
        more = 1 if spare and fields == width + 1 and data[end - 1] == delimiter else 0
        wrong = _verdict(data, start, end, fields - more, width, quotes)
        if wrong in (QUOTES, FIELDS):
            end, lines = _line_end(data, start, size), 0
        if not last and end >= size - 1:
            break
        if wrong != MOVED or line != expected:
            marks[made, 0], marks[made, 1], marks[made, 2] = wrong, line, fields if wrong == FIELDS else sound
            made += 1
        if wrong == MOVED:
            stop = end - more
            if len(out):
                out[written : written + stop - start] = data[start:stop]
                out[written + stop - start] = LF
            written, sound, expected = written + stop - start + 1, sound + 1, line + 1
            spared += more
        line += lines + 1
        start = _after(data, end, size)
    return start, written, line, sound, expected, made, spared
