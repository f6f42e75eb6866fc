"""An array that grows is the same in memory and in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from journeymap.events.growing import Growing, mapped

if TYPE_CHECKING:
    from pathlib import Path

RECORD = np.dtype([("a", np.int64), ("b", np.int32)])


@pytest.mark.parametrize("room", [0, 3, 100])
@pytest.mark.parametrize("dtype", [np.int64, np.uint16, RECORD])
def test_pieces_stand_behind_one_another(tmp_path: Path, dtype: np.dtype, room: int) -> None:
    pieces = [np.arange(begin, end).astype(dtype) for begin, end in ((0, 3), (3, 3), (3, 70_000))]
    memory, file = Growing(None, dtype, room=room), Growing(tmp_path / "a.npy", dtype, room=room)
    for piece in pieces:
        memory.append(piece)
        file.append(piece)
    assert len(memory) == len(file) == 70_000
    whole = np.concatenate(pieces)
    assert (memory.finished() == whole).all()
    assert (file.finished() == whole).all()
    assert (np.load(tmp_path / "a.npy") == whole).all()


def test_an_empty_array_is_a_file_too(tmp_path: Path) -> None:
    assert len(Growing(tmp_path / "a.npy", np.int32).finished()) == 0
    assert mapped(tmp_path / "a.npy").dtype == np.int32
