"""The progress bar counts steps, and is not there where nothing takes long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeymap.events.reading.progress import Steps, steps

if TYPE_CHECKING:
    import pytest


def test_each_step_is_done_when_the_next_begins(capsys: pytest.CaptureFixture[str]) -> None:
    with steps("events.csv") as step:
        step.expect(2)
        assert (step.done, step.expected) == (0, 2)
        step("coding customers")
        assert step.done == 0
        step("coding events")
        step.expect(1)
        assert (step.done, step.expected) == (1, 3)
    assert capsys.readouterr() == ("", "")


def test_the_bar_says_what_is_being_done(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("journeymap.events.reading.progress.DELAY", 1e-9)
    bar = Steps("events.csv")
    bar.expect(2)
    bar("coding customers")
    bar("coding events")
    bar.close()
    said = capsys.readouterr().err
    assert "events.csv:  50%" in said
    assert "1 of 2 steps" in said
