"""The cache: opened instead of read again, never half-made, never in the way."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING, NoReturn

import numpy as np
import pandas as pd
import pytest

from journeymap.events.reading import cache as caching
from journeymap.events.reading import read as reading
from journeymap.events.reading.cache import clear, entries
from journeymap.events.reading.read import read_events
from journeymap.events.store import Store

if TYPE_CHECKING:
    from pathlib import Path

ROWS = "user_id,event,ts,n\nann,view,2026-03-01 10:00,1\nann,view,2026-03-01 10:00,1\n,view,2026-03-01,2\nbob,buy,2099-01-01,\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "events.csv"
    file.write_text(ROWS)
    return file


@pytest.fixture
def never_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail when a source is read, after it was read once."""
    read_events(path)

    def refuse(*_: object, **__: object) -> NoReturn:
        pytest.fail("the source was read again")

    monkeypatch.setattr(reading, "read_files", refuse)


@pytest.mark.usefixtures("never_read")
def test_a_second_reading_opens_what_the_first_prepared(path: Path) -> None:
    log = read_events(path, session_gap="1h", complete_to="2026-03-31")
    assert isinstance(log.store.at.base, np.memmap) or isinstance(log.store.at, np.memmap)
    assert log.n_events == 3


@pytest.mark.parametrize(
    "change", ["content", "time", "event", "timezone", "duplicates", "columns", "encoding", "version"]
)
def test_another_file_or_option_is_read_anew(
    path: Path, change: str, never_read: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = {
        "event": {"event": "event"},
        "timezone": {"timezone": "Europe/Berlin"},
        "duplicates": {"duplicates": "drop"},
        "columns": {"columns": []},
        "encoding": {"encoding": "cp1252"},
    }
    if change == "content":
        path.write_text(ROWS + "cyd,view,2026-03-01,3\n")
    elif change == "time":
        os.utime(path, ns=(1, 1))
    elif change == "version":
        monkeypatch.setattr(caching, "FORMAT", "another")
    with pytest.raises(pytest.fail.Exception, match="read again"):
        read_events(path, **arguments.get(change, {}))


def test_the_opened_log_equals_the_read_one(path: Path) -> None:
    first, second = read_events(path), read_events(path)
    pd.testing.assert_frame_equal(first.quality.set_aside, second.quality.set_aside)
    pd.testing.assert_frame_equal(first.quality.columns, second.quality.columns)
    assert first.notes == second.notes
    for name in ("rows", "duplicates", "duplicates_dropped", "future"):
        assert getattr(first.quality, name) == getattr(second.quality, name)
    assert first.data_end == second.data_end
    assert first.store.fingerprint == second.store.fingerprint
    assert first.quality.set_aside["line"].tolist() == [4]


def test_what_is_in_the_future_is_found_at_each_opening(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_events(path).quality.future == 1

    class Later(reading.dt.datetime):
        @classmethod
        def now(cls, tz: object = None) -> reading.dt.datetime:
            return cls(2100, 1, 1, tzinfo=tz)

    monkeypatch.setattr(reading.dt, "datetime", Later)
    log = read_events(path)
    assert log.quality.future == 0
    assert log.moment(log.data_end) == pd.Timestamp("2099-01-01", tz="UTC")


def test_a_run_that_is_killed_leaves_nothing_half_made(
    path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Store.save

    def killed(self: Store, folder: Path) -> None:
        whole(self, folder)
        raise KeyboardInterrupt

    monkeypatch.setattr(Store, "save", killed)
    with pytest.raises(KeyboardInterrupt):
        read_events(path)
    assert list(cache.iterdir()) == []
    monkeypatch.setattr(Store, "save", whole)
    assert read_events(path).n_events == 3


def test_a_cache_that_cannot_be_written_is_no_error(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOURNEYMAP_CACHE", str(path / "below a file"))
    log = read_events(path)
    assert log.n_events == 3
    assert any("cannot be written" in note for note in log.notes)


def test_a_broken_reading_is_made_again(path: Path, cache: Path) -> None:
    read_events(path)
    (folder,) = cache.iterdir()
    for name in ("reading.json", "store.json", "at.npy", "aside.parquet"):
        (folder / name).write_bytes(b"")
        assert read_events(path).n_events == 3
        assert (folder / name).stat().st_size > 0
    (folder / "store.json").write_text(json.dumps({"format": 0}))
    assert read_events(path).n_events == 3


def test_what_nobody_opens_is_forgotten(path: Path, cache: Path) -> None:
    for name, days in {"old": 61, "young": 59, "unfinished-old": 2, "unfinished-young": 0}.items():
        (cache / name).mkdir(parents=True)
        moment = time.time() - days * 86_400
        os.utime(cache / name, (moment, moment))
    read_events(path)
    left = {folder.name for folder in cache.iterdir()}
    assert {"young", "unfinished-young"} <= left
    assert not left & {"old", "unfinished-old"}


def test_tables_in_memory_are_not_kept(cache: Path) -> None:
    read_events(pd.DataFrame({"user_id": ["a"], "event": ["x"], "ts": ["2026-03-01"]}))
    assert not cache.exists()


def test_a_process_that_is_killed_leaves_nothing_half_made(tmp_path: Path, cache: Path) -> None:
    path = tmp_path / "many.csv"
    path.write_text(
        "user_id,event,ts\n" + "".join(f"c{n % 999},view,2026-03-01 10:00:{n % 60:02}\n" for n in range(400))
    )
    slow = (
        "import sys, time\n"
        "from journeymap.events.reading import making, read\n"
        "whole = making.set_aside\n"
        "def stop(*arguments):\n"
        "    print('half made', flush=True)\n"
        "    time.sleep(60)\n"
        "making.set_aside = stop\n"
        "read.read_events(sys.argv[1])\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", slow, str(path)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "half made\n"
        (half,) = cache.iterdir()
        assert (half / "at.npy").exists()
        process.kill()
    assert entries() == []
    assert read_events(path).n_events == 400
    assert not half.exists()
    assert [one.events for one in entries()] == [400]


def test_two_processes_that_prepare_the_same_do_not_meet(path: Path, cache: Path) -> None:
    command = [
        sys.executable,
        "-c",
        f"import journeymap as jm; print(jm.read_events({str(path)!r}).store.fingerprint)",
    ]
    both = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]
    said = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert {out.strip() for out, _ in said} == {read_events(path).store.fingerprint}
    assert len(list(cache.iterdir())) == 1


def test_a_log_stays_as_it_is_when_the_cache_is_cleared_or_made_anew(path: Path, cache: Path) -> None:
    log = read_events(path)
    assert [one.source for one in clear("events.csv")] == ["events.csv"]
    assert list(cache.iterdir()) == []
    assert log.store.columns["n"].values.tolist() == [1]
    assert read_events(path).store.fingerprint == log.store.fingerprint


def test_a_flipped_byte_is_noticed_and_mended(path: Path, cache: Path) -> None:
    store = read_events(path).store
    known = store.at.tolist(), store.customers.tolist()
    (folder,) = cache.iterdir()
    for file in sorted(folder.glob("*.npy")):
        whole = file.read_bytes()
        file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 4]))
        found = read_events(path).store
        assert (found.at.tolist(), found.customers.tolist()) == known
        assert file.read_bytes() == whole


def test_a_full_disk_is_said_and_the_log_is_there(
    path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(caching, "_write", full)
    log = read_events(path)
    assert log.n_events == 3
    assert f"The cache folder {cache} cannot be written (No space left on device)" in log.notes[-2]
    assert list(cache.iterdir()) == []
