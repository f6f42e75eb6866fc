"""The beginning of a delimited text: its delimiter, its names, and what stands before them."""

from __future__ import annotations

import pytest

from journeymap.events.reading.heading import read_heading


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        ("a,b\n1,2\n", (",", ["a", "b"])),
        ("a;b\n1,5;2,5\n2,5;3,5\n", (";", ["a", "b"])),
        ("a\tb c\n1\t2\n", ("\t", ["a", "b c"])),
        ("a|b\n1|2\n", ("|", ["a", "b"])),
        ('"a,b";c\n1;2\n', (";", ["a,b", "c"])),
        (" a , ,b\n1,2,3\n", (",", ["a", "column 2", "b"])),
        ('"two\nlines",b\n1,2\n', (",", ["two\nlines", "b"])),
        ("\n\na,b\n1,2\n", (",", ["a", "b"])),
        ("lonely\n1\n2\n", (",", ["lonely"])),
    ],
)
def test_the_delimiter_is_what_makes_the_rows_agree(sample: str, expected: tuple[str, list[str]]) -> None:
    found = read_heading(sample)
    assert (found.delimiter, found.names) == expected
    assert found.skipped == ""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("lines", "skipped", "expected"),
    [
        (["sep=;", "a;b,c", "1;2"], 1, (";", ["a", "b,c"])),
        (['"SEP=,"', "a;b,c", "1;2,3"], 1, (",", ["a;b", "c"])),
        (["# Shop, Berlin", "", "#of, May, 2026", "user,event", "ann,view"], 3, (",", ["user", "event"])),
        (["sep=|", "# exported", "user|event", "ann|view"], 2, ("|", ["user", "event"])),
        (["# exported", "#user,event", "ann,view"], 1, (",", ["#user", "event"])),
        (["# of visits,user", "3,ann"], 0, (",", ["# of visits", "user"])),
        (["#user,event"], 0, (",", ["#user", "event"])),
    ],
)
def test_what_stands_before_the_names_is_skipped(
    lines: list[str], skipped: int, expected: tuple[str, list[str]], end: str
) -> None:
    found = read_heading(end.join([*lines, ""]))
    assert found.lines == skipped
    assert (found.delimiter, found.names) == expected


@pytest.mark.parametrize(
    ("sample", "names", "spare"),
    [
        ("a,b\n1,2,\n3,4,\n", ["a", "b"], 1),
        ("a,b,\n1,2\n3,4\n", ["a", "b"], 1),
        ("a,b,\n1,\n3,4\n", ["a", "b"], 1),
        ("a,b,\n1,2,\n3,4,\n", ["a", "b", "column 3"], 0),
        ("a,b\n1,\n3,4,\n", ["a", "b"], 0),
        ("a,b\n1,\n3,4,\n5,,\n", ["a", "b"], 1),
    ],
)
def test_one_more_sign_may_stand_behind_the_last_field_unless_that_is_doubtful(
    sample: str, names: list[str], spare: int
) -> None:
    found = read_heading(sample)
    assert (found.names, found.spare) == (names, spare)
