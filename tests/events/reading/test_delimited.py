"""Delimited texts: their delimiter, their names, and what is no such text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from journeymap.errors import DataError
from journeymap.events.reading.delimited import delimited_to_parquet
from journeymap.events.reading.tables import connected

if TYPE_CHECKING:
    from pathlib import Path


def read(folder: Path, data: bytes, *, encoding: str = "utf-8"):
    path, target, columns = folder / "some.csv", folder / "some.parquet", {}
    path.write_bytes(data)
    with connected(folder) as connection:
        part = delimited_to_parquet(connection, path, target, columns, encoding=encoding)
        rows = connection.read_parquet(str(target)).fetchall()
    return part, list(columns), rows


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("blank", [b"", b"blank"])
def test_line_ends_and_blank_lines_do_not_matter(tmp_path: Path, end: bytes, blank: bytes) -> None:
    between = end if blank else b""
    data = end.join([b"a,b", between + b'1,"x"', between + b"2,y", b""])
    part, names, rows = read(tmp_path, data)
    assert (names, rows) == (["a", "b"], [("1", "x"), ("2", "y")])
    assert part.line_of(np.arange(2)).tolist() == ([3, 5] if blank else [2, 3])
    assert not part.unsound


def test_repeated_names_get_a_number(tmp_path: Path) -> None:
    assert read(tmp_path, b"x,x,X,\n1,2,3,4\n")[1] == ["x", "x_2", "X", "column 4"]


def test_a_single_column_may_hold_empty_rows_in_quotes(tmp_path: Path) -> None:
    assert read(tmp_path, b'a\nx\n\n""\ny\n')[2] == [("x",), (None,), ("y",)]


def test_rows_with_other_numbers_of_fields_are_unsound(tmp_path: Path) -> None:
    part, _, rows = read(tmp_path, b"a,b\n1\n1,2\n1,2,3\n")
    assert rows == [("1", "2")]
    assert part.unsound == [(2, "1 field where 2 are expected"), (4, "3 fields where 2 are expected")]


def test_a_separator_behind_the_last_field_is_left_out(tmp_path: Path) -> None:
    part, names, rows = read(tmp_path, b'a,b\r\n1,2,\r\n1,"x,"\r\n3,"4\r\n5",\r\n1,2,,\r\n6,7\r\n')
    assert names == ["a", "b"]
    assert rows == [("1", "2"), ("1", "x,"), ("3", "4\r\n5"), ("6", "7")]
    assert part.spared == 2
    assert part.unsound == [(6, "4 fields where 2 are expected")]
    assert part.line_of(np.arange(4)).tolist() == [2, 3, 4, 7]


def test_a_separator_too_many_is_not_guessed_where_the_last_field_may_be_empty(tmp_path: Path) -> None:
    part, _, rows = read(tmp_path, b"a,b\n1,\n1,2,\n")
    assert rows == [("1", None)]
    assert part.unsound == [(3, "3 fields where 2 are expected")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_lines_are_counted_from_the_top_of_the_file(tmp_path: Path, encoding: str) -> None:
    data = "sep=;\n# für Käufer\n\na;b\n1;2\n3\n4;5\n".encode(encoding)
    part, names, rows = read(tmp_path, data, encoding=encoding)
    assert (names, rows) == (["a", "b"], [("1", "2"), ("4", "5")])
    assert part.line_of(np.arange(2)).tolist() == [5, 7]
    assert part.unsound == [(6, "1 field where 2 are expected")]


def test_comments_of_another_encoding_do_no_harm(tmp_path: Path) -> None:
    part, _, rows = read(tmp_path, b"# K\xe4ufer\na,b\n1,2\n")
    assert (rows, part.unsound) == ([("1", "2")], [])


def test_a_text_in_another_encoding(tmp_path: Path) -> None:
    data = "a,b\nä,€\n".encode("cp1252") + b"\x81,x\n"
    part, _, rows = read(tmp_path, data, encoding="cp1252")
    assert rows == [("ä", "€")]
    assert [one.line for one in part.unsound] == [3]


def test_names_in_another_encoding_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match='encoding="cp1252"'):
        read(tmp_path, "größe,b\n1,2\n".encode("cp1252"))


def test_a_text_of_blanks_is_empty(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"some\.csv is empty"):
        read(tmp_path, b" \n\n")


def test_long_texts_fit(tmp_path: Path) -> None:
    long = b"x" * 1_500_000
    _, _, rows = read(tmp_path, b'a,b\n1,"' + long + b'"\n2,y\n')
    assert rows == [("1", long.decode()), ("2", "y")]
