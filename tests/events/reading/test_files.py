"""Files: which ones are meant, what they hold, and their bytes."""

from __future__ import annotations

import codecs
import gzip
import sys
from pathlib import Path

import pytest

from journeymap.errors import DataError
from journeymap.events.reading.files import (
    common_kind,
    file_blocks,
    find_files,
    is_plain,
    kind_of,
    lines_at,
    telling_names,
    without_empty,
)


def made(folder: Path, *names: str) -> list[Path]:
    for name in names:
        (folder / name).write_text("x")
    return [folder / name for name in names]


def test_paths_globs_folders_and_lists(tmp_path: Path) -> None:
    one, two, _ = made(tmp_path, "b.csv", "a.csv", "notes.md")
    assert find_files(str(one)) == find_files(one) == [one]
    assert find_files(f"{tmp_path}/*.csv") == find_files(tmp_path) == [two, one]
    assert find_files([one, two, str(one)]) == [one, two]


def test_a_path_with_signs_of_a_glob_is_a_path(tmp_path: Path) -> None:
    odd, _ = made(tmp_path, "day[1].csv", "day1.csv")
    assert find_files(odd) == [odd]


def test_what_is_not_there_is_named_with_its_neighbour(tmp_path: Path) -> None:
    made(tmp_path, "events.csv")
    with pytest.raises(DataError, match=r"Did you mean events\.csv\?"):
        find_files(tmp_path / "evnts.csv")
    with pytest.raises(DataError, match="No file matches"):
        find_files(f"{tmp_path}/*.parquet")
    with pytest.raises(DataError, match="There is no file"):
        find_files(tmp_path / "nowhere" / "events.csv")
    with pytest.raises(DataError, match="empty list"):
        find_files([])


def test_a_folder_without_events_is_refused(tmp_path: Path) -> None:
    made(tmp_path, "notes.md")
    with pytest.raises(DataError, match="has no file of events"):
        find_files(tmp_path)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.csv", "delimited"),
        ("a.TSV.GZ", "delimited"),
        ("a.b.jsonl.zst", "json"),
        ("a.json", "json"),
        ("a.parquet", "parquet"),
        ("a.gz", None),
        ("a", None),
    ],
)
def test_the_kind_of_a_file_is_in_its_name(name: str, kind: str | None) -> None:
    assert kind_of(Path(name)) == kind


def test_all_files_must_be_of_one_known_kind(tmp_path: Path) -> None:
    csv, parquet, odd = made(tmp_path, "a.csv", "b.parquet", "c.xyz")
    assert common_kind([csv]) == "delimited"
    with pytest.raises(DataError, match="different types"):
        common_kind([csv, parquet])
    with pytest.raises(DataError, match="no known type"):
        common_kind([odd])


def test_files_that_hold_nothing_are_told_apart(tmp_path: Path) -> None:
    full, blank, packed, empty = made(tmp_path, "a.csv", "b.csv", "c.csv.gz", "d.parquet")
    blank.write_text(" \n\n")
    packed.write_bytes(gzip.compress(b""))
    empty.write_bytes(b"")
    assert without_empty([blank, full, packed, empty], encoding="utf-8") == ([full], [blank, packed, empty])
    with pytest.raises(DataError, match=r"b\.csv is empty"):
        without_empty([blank], encoding="utf-8")
    with pytest.raises(DataError, match=r"b\.csv and d\.parquet are empty"):
        without_empty([blank, empty], encoding="utf-8")


@pytest.mark.parametrize("name", ["", " "])
def test_an_empty_name_is_not_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    made(tmp_path, "a.csv")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DataError, match="An empty name is no file"):
        find_files(name)


TEXT = "é1\r\n2\n\n3"


@pytest.mark.parametrize(
    ("data", "encoding", "plain"),
    [
        (TEXT.encode(), "utf-8", True),
        (TEXT.encode(), "UTF_8", True),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8", True),
        (TEXT.encode("utf-16"), "utf-8", False),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-8", False),
        (TEXT.encode("cp1252"), "cp1252", False),
    ],
)
def test_blocks_are_utf8_without_a_mark(tmp_path: Path, data: bytes, encoding: str, plain: bool) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    assert b"".join(file_blocks(path, encoding=encoding)) == TEXT.encode()
    assert is_plain(path, encoding=encoding) == plain
    assert lines_at(path, {1, 2, 4, 9}, encoding=encoding) == {1: "é1", 2: "2", 4: "3"}


def test_bytes_of_no_encoding_stay_wrong(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a\x81b")
    (block, _) = file_blocks(path, encoding="cp1252")
    with pytest.raises(UnicodeDecodeError):
        block.decode()
    assert lines_at(path, {1}) == {1: "a\\x81b"}


def test_packed_files_are_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"a,b"))
    assert b"".join(file_blocks(path)) == b"a,b"
    path.write_bytes(b"a,b")
    with pytest.raises(DataError, match=r"a\.csv\.gz cannot be unpacked"):
        list(file_blocks(path))
    wrong = tmp_path / "a.csv.zst"
    wrong.write_bytes(b"a,b")
    with pytest.raises(DataError, match=r"a\.csv\.zst cannot be unpacked"):
        list(file_blocks(wrong))


@pytest.mark.parametrize("without", [[], ["compression.zstd", "zstandard"]])
def test_zstandard_needs_no_package_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, without: list[str]
) -> None:
    path = tmp_path / "it's [1].csv.zst"
    data = "äöü€, ".encode() + b'a,"\xc3\xa9\n\n, b""\n \n' + b"x" * 3_000_000 + b"\n"
    path.write_bytes(pytest.importorskip("zstandard").compress(data))
    for module in without:
        monkeypatch.setitem(sys.modules, module, None)
    assert b"".join(file_blocks(path)) == data


def test_what_cannot_be_unpacked_without_a_package_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv.zst"
    path.write_bytes(pytest.importorskip("zstandard").compress(b"a\x81\n"))
    assert b"".join(file_blocks(path)) == b"a\x81\n"
    for module in ("compression.zstd", "zstandard"):
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(DataError, match="pip install zstandard"):
        list(file_blocks(path))


def test_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    (path,) = made(tmp_path, "a.csv")
    with pytest.raises(DataError, match="no text encoding 'klingon'"):
        list(file_blocks(path, encoding="klingon"))


def test_names_tell_files_apart_with_as_few_folders_as_do() -> None:
    names = ["may/eu/shop.csv", "june/eu/shop.csv", "june/us/shop.csv", "june/web.csv", "/shop.csv"]
    assert telling_names([Path(name) for name in names]) == [
        str(Path(name))
        for name in ("may/eu/shop.csv", "june/eu/shop.csv", "us/shop.csv", "web.csv", "/shop.csv")
    ]
    here = Path("shop.csv")
    assert telling_names([here, here.absolute()]) == [str(here.absolute())] * 2
    assert telling_names([]) == []
