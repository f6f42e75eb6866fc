"""JSON: lines or an array, structures united over all rows, types kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from journeymap.errors import DataError
from journeymap.events.reading.json_lines import json_to_parquet
from journeymap.events.reading.tables import connected

if TYPE_CHECKING:
    from pathlib import Path


def read(folder: Path, data: str) -> tuple[dict[str, list[Any]], set[str], list[Any], list[int]]:
    """Return the columns, the names of those of unknown type, what is unsound, and the lines of the rows."""
    path, target = folder / "some.json", folder / "some.parquet"
    path.write_text(data, encoding="utf-8")
    columns: dict[str, str] = {}
    loose: set[str] = set()
    with connected(folder) as connection:
        part = json_to_parquet(connection, path, target, columns, loose, encoding="utf-8")
        rows = connection.read_parquet(str(target)).fetchall()
    values = {name: [row[place] for row in rows] for place, name in enumerate(columns)}
    unknown = {name for name, column in columns.items() if column in loose}
    return values, unknown, list(part.unsound), [int(part.line_of(row)) for row in range(part.rows)]


def test_structures_are_united_and_flattened(tmp_path: Path) -> None:
    rows = [
        {"a": 1, "b": {"c": "x", "d": {"e": True}}},
        {"a": 2.5, "b": {"c": None}, "f": [1, {"g": 2}]},
        {"a": None, "b": "plain"},
    ]
    values, unknown, _, lines = read(tmp_path, "\n".join(map(json.dumps, rows)))
    assert values == {
        "a": ["1", "2.5", None],
        "b": ['{"c":"x","d":{"e":true}}', '{"c":null}', "plain"],
        "f": [None, '[1,{"g":2}]', None],
    }
    assert unknown == {"a", "b", "f"}
    assert lines == [1, 2, 3]
    flat = read(tmp_path, "\n".join(map(json.dumps, rows[:2])))
    assert flat[0]["b.c"] == ["x", None]
    assert flat[0]["b.d.e"] == ["true", None]
    assert "b.c" not in flat[1]


def test_empty_objects_hide_nothing(tmp_path: Path) -> None:
    values, unknown, *_ = read(
        tmp_path,
        '{"p": {}}\n{}\n{"p": {"x": 1, "q": {}}, "l": []}\n{"p": {"x": 2, "q": {"y": "z"}}, "e": {}}',
    )
    assert values == {
        "p.x": [None, None, "1", "2"],
        "p.q.y": [None, None, None, "z"],
        "l": [None, None, "[]", None],
        "e": [None, None, None, "{}"],
    }
    assert unknown == {"p.x", "l", "e"}


def test_keys_may_be_anything(tmp_path: Path) -> None:
    keys = ["a.b", "x/y~z", "q'\"", "\x00n", "", "User", "user", "ü", "$id", "*", "0", "[0]"]
    values, *_ = read(tmp_path, json.dumps({**dict.fromkeys(keys, "v"), "a": {"b": "w"}}))
    assert values == {
        **dict.fromkeys([key for key in keys if key != "a.b"], ["v"]),
        "a.b": ["v"],
        "a.b_2": ["w"],
    }


def test_an_array_counts_its_elements(tmp_path: Path) -> None:
    values, _, unsound, lines = read(tmp_path, '\n [{"a": 1},\n 5, {"a":\n 2}]')
    assert values == {"a": ["1", "2"]}
    assert lines == [1, 3]
    assert unsound == [(2, "no JSON object, or a broken one")]


def test_lines_that_are_no_objects_are_unsound(tmp_path: Path) -> None:
    values, _, unsound, lines = read(
        tmp_path, '{"a": "1"}\n\n{"a"\nnull\n{} {}\n  \n{"a": "\\ud800"}\n{"a": "2"}\r\n'
    )
    assert values == {"a": ["1", "2"]}
    assert lines == [1, 8]
    assert [one.line for one in unsound] == [3, 4, 5, 7]


@pytest.mark.parametrize("blank", ["", " ", "\t \t", "\r", "\f", "\v", "\u00a0", "\x00", "\u2028", "\x1c"])
def test_lines_of_blanks_do_not_move_the_others(tmp_path: Path, blank: str) -> None:
    values, _, unsound, lines = read(tmp_path, f'{{"a": "1"}}\n{blank}\n{{"a": "2"}}\n{blank}')
    assert values == {"a": ["1", "2"]}
    assert lines == [1, 3]
    assert [one.line for one in unsound] in ([], [2, 4])


def test_more_keys_than_columns_stay_json(tmp_path: Path) -> None:
    values, *_ = read(
        tmp_path, json.dumps({"id": "x", "by": {f"k{number}": number for number in range(1_001)}})
    )
    assert list(values) == ["id", "by"]
    assert json.loads(values["by"][0])["k7"] == 7


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("hello\nworld", "some.json has no JSON objects"),
        ('{\n"a":\n1\n}', "some.json has no JSON objects"),
        ('[{"a": 1}, {"a"', "some.json is not valid JSON"),
        ("[]", "some.json has no JSON objects"),
        ("{}\n{}", "some.json has no JSON objects"),
    ],
)
def test_what_is_no_such_json_is_refused(tmp_path: Path, data: str, said: str) -> None:
    with pytest.raises(DataError, match=said) as caught:
        read(tmp_path, data)
    assert str(tmp_path) not in str(caught.value)
