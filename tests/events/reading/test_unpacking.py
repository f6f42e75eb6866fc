"""Packed files: whole ones are read to their end, those that are cut off or broken are refused."""

from __future__ import annotations

import gzip
import sys
from typing import TYPE_CHECKING

import pytest

from journeymap.errors import DataError
from journeymap.events.reading.files import file_blocks
from journeymap.events.reading.read import read_events

if TYPE_CHECKING:
    from pathlib import Path

zstandard = pytest.importorskip("zstandard")
ROWS = {
    "csv": ["user_id,event,ts", *(f"u{n},view,2026-03-01 10:{n % 60:02}" for n in range(20_000))],
    "jsonl": [
        f'{{"user_id": "u{n}", "event": "view", "ts": "2026-03-01 10:{n % 60:02}"}}' for n in range(20_000)
    ],
}
PACKERS = {"gz": gzip.compress, "zst": zstandard.compress}


@pytest.fixture(params=["with", "without"])
def package(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "without":
        for module in ("compression.zstd", "zstandard"):
            monkeypatch.setitem(sys.modules, module, None)


@pytest.mark.usefixtures("package")
@pytest.mark.parametrize("kind", ROWS)
@pytest.mark.parametrize("packer", PACKERS)
@pytest.mark.parametrize("share", [0.5, 0.999])
def test_a_file_that_is_cut_off_is_refused(tmp_path: Path, kind: str, packer: str, share: float) -> None:
    packed = PACKERS[packer]("\n".join(ROWS[kind]).encode())
    path = tmp_path / f"events.{kind}.{packer}"
    path.write_bytes(packed)
    assert read_events(path).n_events == 20_000
    path.write_bytes(packed[: int(len(packed) * share)])
    with pytest.raises(DataError, match=f"events.{kind}.{packer} cannot be unpacked: the file ends before"):
        read_events(path)


@pytest.mark.usefixtures("package")
def test_every_frame_of_zstandard_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.zst"
    one, two = zstandard.compress(b"a\n" * 9), zstandard.ZstdCompressor(write_checksum=True).compress(b"b\n")
    path.write_bytes(one + two)
    assert b"".join(file_blocks(path)) == b"a\n" * 9 + b"b\n"
    path.write_bytes(one + two[:-2])
    with pytest.raises(DataError, match="the file ends before its content does"):
        list(file_blocks(path))
    path.write_bytes(one + b"what else")
    with pytest.raises(DataError, match=r"a\.csv\.zst cannot be unpacked"):
        list(file_blocks(path))


def test_frames_to_skip_are_skipped(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.zst"
    path.write_bytes(b"\x50\x2a\x4d\x18\x02\x00\x00\x00xx" + zstandard.compress(b"a"))
    assert b"".join(file_blocks(path)) == b"a"


def test_a_broken_middle_is_no_end(tmp_path: Path) -> None:
    for packer, pack in PACKERS.items():
        packed = bytearray(pack("\n".join(ROWS["csv"]).encode()))
        packed[len(packed) // 2 : len(packed) // 2 + 40] = b"\xff" * 40
        path = tmp_path / f"a.csv.{packer}"
        path.write_bytes(packed)
        with pytest.raises(DataError, match="cannot be unpacked"):
            list(file_blocks(path))
