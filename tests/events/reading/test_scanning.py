"""The scan of delimited texts: blocks do not matter, lines are right, and a plain parser agrees."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from journeymap.events.reading.delimited import delimited_to_parquet, scan_records
from journeymap.events.reading.heading import read_heading
from journeymap.events.reading.scanning import scan
from journeymap.events.reading.tables import connected

if TYPE_CHECKING:
    from pathlib import Path

PIECES = [
    b"a",
    b",",
    b",",
    b'"',
    b'"',
    b'""',
    b"\n",
    b"\n",
    b"\r\n",
    b"\r",
    b" ",
    b"\xc3\xa9",
    b"\xff",
    b"\t",
]
FIELDS = [b'"x\ny"', b'"a ""q"""', b"a", b"", b" z ", b'"', b' "p" ', b'u"v', b'"\r\n"', b'  "far"']
ONE_LINE = [b'"a ""q"""', b'"x,"', b"a", b"", b" z ", b' "p" ', b'u"v', b'"far" x', b"\xff"]
LINE_END = re.compile("\r\n|\r|\n")
NOISE = st.lists(st.sampled_from(PIECES), max_size=60).map(b"".join)
RECORDS = st.lists(st.lists(st.sampled_from(FIELDS), min_size=1, max_size=4).map(b",".join), max_size=6).map(
    b"\n".join
)


def scanned(data: bytes, *, size: int | None = None, spare: int = 0):
    sink = io.BytesIO()
    step = size or max(len(data), 1)
    blocks = (data[begin : begin + step] for begin in range(0, len(data), step))
    return scan_records(blocks, delimiter=",", width=3, sink=sink, spare=spare), sink.getvalue()


def parsed(text: str) -> dict[int, list[str]]:
    """Parse sound records sign by sign, as plainly as can be: the fields of each by where it begins."""
    records: dict[int, list[str]] = {}
    begin = at = 0
    while at < len(text):
        fields = records.setdefault(begin, [])
        quote = at + 1 if text.startswith(' "', at) else at
        if text.startswith('"', quote):
            inside = re.compile(r'((?:[^"]|"")*)" *').match(text, quote + 1)
            fields.append(inside[1].replace('""', '"'))
        else:
            inside = re.compile(r"[^,\n\r]*").match(text, at)
            fields.append(inside[0])
        at = inside.end() + 1
        if text[at - 1] == "\n":
            begin = at
    return records


@settings(max_examples=300, deadline=None)
@given(body=NOISE | RECORDS, size=st.integers(1, 9), spare=st.integers(0, 1))
@example(body=b'1,"\r\n",2\r\n', size=1, spare=0)
def test_blocks_do_not_matter(body: bytes, size: int, spare: int) -> None:
    assert scanned(body, size=size, spare=spare) == scanned(body, spare=spare)


@settings(max_examples=300, deadline=None)
@given(rows=st.lists(st.lists(st.sampled_from(ONE_LINE), min_size=1, max_size=5).map(b",".join), max_size=6))
def test_a_spare_sign_changes_only_the_rows_that_have_it(rows: list[bytes]) -> None:
    body = b"\n".join(rows)
    found, copy = scanned(body, spare=1)
    strict, expected = scanned(body)
    assert found.sound == strict.sound + found.spared
    trimmed = b"\n".join(row.removesuffix(b",") if is_spare(row) else row for row in rows)
    assert copy == scanned(trimmed)[1]
    assert found.spared or copy == expected


def is_spare(row: bytes) -> bool:
    """Tell whether a record of one line has three fields and one sign more."""
    found, _ = scanned(row.removesuffix(b","))
    return row.endswith(b",") and found.sound == 1 and scanned(row)[0].sound == 0


@settings(max_examples=300, deadline=None)
@given(body=NOISE | RECORDS)
def test_each_sound_record_stands_on_its_line(body: bytes) -> None:
    found, copy = scanned(body)
    lines = LINE_END.split(body.decode("utf-8", "replace"))
    text = copy.decode()
    for place, begin in enumerate(parsed(text)):
        line = max((at, line + place - at) for at, line in found.moved if at <= place)[1]
        assert lines[line - 1] == LINE_END.split(text[begin:])[0]


@settings(max_examples=300, deadline=None)
@given(body=NOISE)
def test_every_line_with_something_on_it_is_told_of(body: bytes) -> None:
    body = body.replace(b'"', b"")
    found, _ = scanned(body)
    filled = [line for line in LINE_END.split(body.decode("utf-8", "replace")) if line.strip(" \t\f\v")]
    assert found.sound + len(found.unsound) == len(filled)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=NOISE | RECORDS)
def test_the_database_reads_what_the_scan_found(tmp_path: Path, body: bytes) -> None:
    path, target = tmp_path / "some.csv", tmp_path / "some.parquet"
    data = b"h1,h2,h3\n" + body
    path.write_bytes(data)
    with connected(tmp_path) as connection:
        part = delimited_to_parquet(connection, path, target, {}, encoding="utf-8")
        rows = connection.read_parquet(str(target)).fetchall()
    _, *expected = parsed(
        scanned(data, spare=read_heading(data.decode("utf-8", "replace")).spare)[1].decode()
    ).values()
    assert [[value or "" for value in row] for row in rows] == expected
    assert part.rows == len(expected)


def test_the_kernel_means_what_its_python_means() -> None:
    data = np.frombuffer(b'a,b\n"x\n",2\n1,2,3\n"y"z,1\n\xff,1\n\n"\xc3\xa9", 5', dtype=np.uint8)
    results = []
    for kernel in (scan, scan.py_func):
        out, marks = np.zeros(len(data) + 1, dtype=np.uint8), np.zeros((9, 3), dtype=np.int64)
        results.append(
            (kernel(data, True, ord(","), 2, 1, 1, 0, 1, out, marks), out.tolist(), marks.tolist())
        )
    assert results[0] == results[1]
    assert results[0][0][3] == 3


def test_a_stray_quote_costs_one_line_not_the_file() -> None:
    rows = b"".join(b"%d,x,y\n" % number for number in range(200_000))
    found, _ = scanned(b'a,"stray,y\n' + rows)
    assert found.sound == 200_000
    assert [(one.line, one.reason) for one in found.unsound] == [
        (1, "a quote that is not closed as it should be")
    ]


def test_more_marks_than_fit_at_once() -> None:
    found, _ = scanned(b"1,2\n" * 10_000 + b"1,2,3\n\n" * 5_000)
    assert len(found.unsound) == 10_000
    assert found.sound == 5_000
    assert found.moved[:3] == [(0, 1), (0, 10_001), (1, 10_003)]
