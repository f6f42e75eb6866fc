import json

import pytest

from journeymap import cli
from tests.maps.clean_map import (
    clean_answers,
    clean_customers,
    clean_events,
    clean_feedback,
    clean_log,
    clean_map,
)

OPTIONS = "--today 2026-03-20"
DATA = (
    "--events events.csv --complete-to 2026-03-19 --customer customer --event event --at at --customers customers.csv "
    "--feedback answers.csv --score score --scale csat --comment comment"
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JOURNEYMAP_CACHE", str(tmp_path / "cache"))
    clean_map().save("clean.yaml")
    clean_map().change("i-pay", claims={"emotion": 2}).change("slow", severity=None).save("wrong.yaml")
    for name, table in (
        ("events", clean_events()),
        ("customers", clean_customers()),
        ("answers", clean_answers()),
    ):
        table.to_csv(f"{name}.csv", index=False)
    return tmp_path


def run(words):
    return cli.main(["check", *words.split()])


def test_a_clean_map_ends_well(folder, capsys):
    assert run(f"clean.yaml {OPTIONS} --level info") == 0
    assert run(f"clean.yaml {OPTIONS} --level info {DATA}") == 0
    printed = " ".join(capsys.readouterr().out.split())
    said = "100% of the claims, weighted by the customers they concern, have evidence (fresh or not)."
    assert f"Order something: nothing found; {said}" in printed


@pytest.mark.parametrize(("level", "data", "code"), [("warn", "", 1), ("error", "", 0), ("error", DATA, 1)])
def test_the_level_decides_the_exit_code(folder, level, data, code):
    assert run(f"wrong.yaml {OPTIONS} --level {level} {data}") == code


def test_findings_are_printed_within_a_hundred_columns(folder, capsys):
    run(f"wrong.yaml {OPTIONS} {DATA}")
    printed = capsys.readouterr().out
    assert max(map(len, printed.splitlines())) <= 100
    assert 'At "I pay" the team says an emotion of +2; 120 answers say' in printed
    assert "To mend: Say how much it hurts, from 1 to 5." in printed


def test_findings_as_json(folder, capsys):
    run(f"wrong.yaml {OPTIONS} --format json {DATA}")
    printed = json.loads(capsys.readouterr().out)
    assert printed["counts"]["error"] == 1
    assert printed["findings"][0] | {"numbers": 0, "sentence": 0, "fix": 0} == {
        "rule": "JM01",
        "level": "error",
        "at": "i-pay",
        "part": "I pay",
        "sentence": 0,
        "numbers": 0,
        "fix": 0,
        "waived_by": None,
    }


def test_without_feedback_what_answers_said_last_time_still_counts(folder, capsys):
    told = clean_map().measure(clean_log(), clean_feedback())
    told.change("i-pay", claims={"emotion": 2}).save("said.yaml")
    events = DATA.split(" --feedback", maxsplit=1)[0]
    assert run(f"said.yaml {OPTIONS} --level error {events}") == 1
    printed = capsys.readouterr().out
    assert 'At "I pay" the team says an emotion of +2; 120 answers say' in printed
    assert "numbers of answers are those that the map holds, measured on" in " ".join(printed.split())


def test_numbers_of_last_time_are_the_snapshot(folder, capsys, log_of_half):
    code = run(f"measured.yaml {OPTIONS} {DATA.replace('events.csv', 'half.csv')}")
    assert code == 1
    assert "has changed since the snapshot: from 75.0% to" in capsys.readouterr().out


@pytest.fixture
def log_of_half(folder):
    """Save the map as it was measured, and the events of a time in which half of the payments fail."""
    clean_map().measure(clean_log(), clean_feedback()).save("measured.yaml")
    events = clean_events()
    number = events["customer"].str[1:].astype(int)
    fails = events["event"].isin(["pay", "open_mail", "reorder"]) & (number % 16 < 8)
    events[~fails].to_csv("half.csv", index=False)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("none.yaml", "none.yaml cannot be read: No such file or directory."),
        ("events.csv", "events.csv"),
        ("clean.yaml --events none.csv", "none.csv"),
        ("clean.yaml --feedback answers.csv", "--feedback-customer COLUMN --feedback-at COLUMN"),
        ("clean.yaml --feedback answers.csv --customer custom --at at", "customer"),
        ("clean.yaml --baseline none.yaml", "none.yaml cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read(folder, capsys, words, said):
    assert run(words) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.out == ""


@pytest.mark.parametrize(
    "words", ["clean.yaml --today soon", "clean.yaml --scale big", "clean.yaml --level all"]
)
def test_an_option_that_cannot_be_read(folder, capsys, words):
    with pytest.raises(SystemExit) as end:
        run(words)
    assert end.value.code == 2
