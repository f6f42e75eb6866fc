"""The survey sheet of CJML, written and read."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest

import journeymap as jm
from journeymap.maps.formats import read, write
from journeymap.maps.formats.sheets import workbook
from journeymap.maps.formats.survey import COLUMNS, from_rows
from tests.maps.making import CONTROLLED, HOSTILE, hostile_map

ROWS = [
    [*COLUMNS],
    [
        *("yes", "T1", "Buy", "Customer", "I order", "Shop", "Takes the order", "Web"),
        *(dt.datetime(2026, 1, 5), dt.time(9, 30), "twice\nagain", "It was slow", 2, None),
    ],
    ["yes", "T2", "Use", "Shop", "Sends a parcel", None, None, "Post", None, None, None, None, None, "late"],
    ["no", "T3", "Use", "Customer", "Left out", *[None] * 9],
    [None] * 14,
]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "answers.survey.xlsx"


def test_rows_are_steps_with_what_the_respondent_felt(path):
    path.write_bytes(
        workbook({"Sheet1": [[str(c) if isinstance(c, dt.time) else c for c in row] for row in ROWS]})
    )
    found = read(path)
    assert [stage.name for stage in found.stages] == ["Buy", "Use"]
    first, second = found.steps
    assert (first.id, first.title, first.stage, first.actor, first.kind) == (
        "T1",
        "I order",
        "buy",
        "",
        "communication",
    )
    assert (first.actions, first.claims.emotion, first.claims.label) == (
        ("twice", "again"),
        -1,
        "It was slow",
    )
    assert first.extra["cjml"] == {
        "receiver": "Shop",
        "receiver_label": "Takes the order",
        "date": "2026-01-05",
        "time": "09:30:00",
    }
    assert (second.actor, second.claims, second.extra["cjml"]) == ("Shop", None, {"deviation": "late"})
    assert [found.part(step.touchpoints[0]).channel for step in found.steps] == ["web", "post"]


def test_what_was_read_is_written_again(path):
    found = from_rows(ROWS, title="answers.survey")
    assert write(found, path) == ["Of the map it leaves out title.", "Of steps it leaves out kind (1)."]
    assert list(openpyxl.load_workbook(path)["Survey"].iter_rows(values_only=True, max_row=2)) == [
        COLUMNS,
        (
            *("yes", "T1", "Buy", "Customer", "I order", "Shop", "Takes the order", "Web"),
            *("2026-01-05", "09:30:00", "twice\nagain", "It was slow", 2, None),
        ),
    ]
    assert read(path) == found


@pytest.mark.parametrize("said", [HOSTILE, CONTROLLED[:-1]], ids=["hostile", "control characters"])
def test_hostile_words_are_text(path, said):
    told = hostile_map(said)
    write(told, path)
    assert [step.title for step in read(path).steps] == [one.replace("_x005F_", "_") for one in titles(told)]
    cells = [cell for row in openpyxl.load_workbook(path)["Survey"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}


def titles(journey_map):
    return [step.title.replace("\r\n", "\n") for step in journey_map.steps]


def test_a_rating_is_a_whole_number_and_that_is_told(path):
    shop = jm.JourneyMap("Shop", stages=["Buy"]).add(jm.Step("I pay", stage="buy", claims={"emotion": 1.4}))
    assert "Ratings are whole numbers from 1 to 5: 1 of the emotions are rounded." in write(shop, path)
    assert read(path).steps[0].claims.emotion == 1


@pytest.mark.parametrize("rating", [0, 6, "good"])
def test_a_rating_that_is_none_is_said_with_its_row(rating):
    rows = [["TP ID", "Phase", "Initiator's label", "UX rating (1-5)"], ["T1", "Buy", "I pay", rating]]
    with pytest.raises(jm.JourneymapError, match="Row 2: a rating of"):
        from_rows(rows, title="Shop")
