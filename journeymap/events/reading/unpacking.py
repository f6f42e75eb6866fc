"""Packed files: the bytes inside .gz and .zst, all of them or an error."""

from __future__ import annotations

import glob
import gzip
import importlib
import io
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import duckdb

from journeymap.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import BinaryIO

PACKED = (".gz", ".zst")
MAGIC = b"\x28\xb5\x2f\xfd"
CUT_OFF = "the file ends before its content does"
PIECE = 1 << 16


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file for reading its unpacked bytes; reading one that is cut off raises EOFError, a broken one OSError."""
    suffix = path.suffix.lower()
    with path.open("rb") as packed:
        if suffix == ".gz":
            with gzip.GzipFile(fileobj=packed) as stream:
                yield stream  # type: ignore[misc]
        elif suffix == ".zst":
            with _unpacked_zstandard(packed, path) as stream:
                yield stream
        else:
            yield packed


class _Frames(io.RawIOBase):
    """The bytes in one or more frames of Zstandard; the last one must be whole."""

    def __init__(self, packed: BinaryIO, begin: Callable[[], Any], broken: type[Exception]) -> None:
        self._packed, self._begin, self._broken = packed, begin, broken
        self._frame = begin()
        self._rest = self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready:
            self._rest = self._rest or self._packed.read(PIECE)
            if not self._rest and not self._frame.eof:
                raise EOFError(CUT_OFF)
            if not self._rest:
                return 0
            self._unpack()
        size = min(len(buffer), len(self._ready))
        buffer[:size], self._ready = self._ready[:size], self._ready[size:]
        return size

    def _unpack(self) -> None:
        if self._frame.eof:
            self._frame = self._begin()
        try:
            self._ready = self._frame.decompress(self._rest)
        except self._broken as error:
            raise OSError(str(error)) from error
        self._rest = self._frame.unused_data if self._frame.eof else b""


def _unpacked_zstandard(packed: BinaryIO, path: Path) -> Any:
    magic = packed.read(4)
    if magic != MAGIC and not _is_skippable(magic):
        raise DataError(f"{path.name} cannot be unpacked: it is not packed as its name says.")
    packed.seek(0)
    for name in ("compression.zstd", "zstandard"):
        try:
            module = importlib.import_module(name)
        except ModuleNotFoundError:
            continue
        begin = module.ZstdDecompressor if name != "zstandard" else _decompressor(module)
        return io.BufferedReader(_Frames(packed, begin, module.ZstdError))
    return _unpacked_by_duckdb(packed, path)


def _decompressor(module: Any) -> Callable[[], Any]:
    return lambda: module.ZstdDecompressor().decompressobj()


def _is_skippable(magic: bytes) -> bool:
    return magic[1:] == b"\x2a\x4d\x18" and magic[0] >> 4 == 5


def _unpacked_by_duckdb(packed: BinaryIO, path: Path) -> BinaryIO:
    """Unpack a UTF-8 text line by line into a temporary file."""
    _check_frames(packed)
    lines = tempfile.TemporaryFile()  # noqa: SIM115  the caller reads on
    try:
        with duckdb.connect() as connection:
            rows = connection.execute(
                "SELECT coalesce(line, '') FROM read_csv(?, columns = {'line': 'VARCHAR'}, auto_detect = false, "
                "header = false, delim = '\n', quote = '', escape = '', compression = 'zstd', strict_mode = false, "
                "null_padding = true, max_line_size = 67108864, buffer_size = 268435456)",
                [glob.escape(str(path))],
            )
            while found := rows.fetchmany(100_000):
                lines.write("".join(f"{line}\n" for (line,) in found).encode())
    except duckdb.Error as error:
        lines.close()
        raise DataError(
            f"{path.name} cannot be unpacked here.",
            right="One more package can.",
            fix="pip install zstandard",
        ) from error
    lines.seek(0)
    return lines


def _check_frames(packed: BinaryIO) -> None:
    """Walk from block to block without unpacking (RFC 8878); DuckDB takes a file that is cut off for a whole one."""
    while magic := packed.read(4):
        if _is_skippable(magic):
            _skip(packed, int.from_bytes(_exactly(packed, 4), "little"))
        elif magic == MAGIC:
            _check_frame(packed)
        else:
            raise OSError("it holds something else behind its content")


def _check_frame(packed: BinaryIO) -> None:
    about = _exactly(packed, 1)[0]
    one_segment = about >> 5 & 1
    size_of_content = (one_segment, 2, 4, 8)[about >> 6]
    _skip(packed, 1 - one_segment + (0, 1, 2, 4)[about & 3] + size_of_content)
    last = 0
    while not last:
        block = int.from_bytes(_exactly(packed, 3), "little")
        last, kind, size = block & 1, block >> 1 & 3, block >> 3
        _skip(packed, 1 if kind == 1 else size)
    _skip(packed, 4 * (about >> 2 & 1))


def _exactly(packed: BinaryIO, size: int) -> bytes:
    found = packed.read(size)
    if len(found) < size:
        raise EOFError(CUT_OFF)
    return found


def _skip(packed: BinaryIO, size: int) -> None:
    if size:
        packed.seek(size - 1, io.SEEK_CUR)
        _exactly(packed, 1)
