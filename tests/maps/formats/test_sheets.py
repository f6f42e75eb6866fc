"""A map as a workbook, and back."""

from __future__ import annotations

import datetime as dt
import zipfile
from dataclasses import fields as fields_of
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given, settings

import journeymap as jm
from journeymap.maps.fields import Part
from journeymap.maps.formats import read, write
from journeymap.maps.formats.sheets import SHEETS, workbook
from tests.maps.making import CONTROLLED, HOSTILE, hostile_map, parts


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("sheets") / "map.xlsx"


def without_silence(part):
    """Return a part in which an inner part that says nothing is none: a row cannot tell them apart."""
    changes = {}
    for one in fields_of(part):
        value = getattr(part, one.name)
        if isinstance(value, tuple) and one.metadata.get("of"):
            changes[one.name] = tuple(without_silence(inner) for inner in value)
        elif isinstance(value, Part):
            inner = without_silence(value)
            changes[one.name] = None if _silent(inner) else inner
    return replace(part, **changes)


def _silent(part):
    return all(getattr(part, one.name) in (None, "", (), {}) for one in fields_of(part))


@settings(deadline=None, max_examples=25)
@given(journey_map=parts(jm.JourneyMap))
def test_every_field_of_every_part_is_read_back(path, journey_map):
    assert write(journey_map, path) == []
    assert read(path) == without_silence(journey_map)


@pytest.mark.parametrize("said", [HOSTILE, CONTROLLED[:-1]], ids=["hostile", "control characters"])
def test_hostile_words_are_text_and_stay(path, said):
    told = hostile_map([one.replace("_x005F_", "") for one in said])
    assert write(told, path) == []
    assert read(path) == told
    for sheet in openpyxl.load_workbook(path).worksheets:
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {
            "s",
            "n",
            "d",
        }  # no "f": no formula


def test_a_sheet_for_each_kind_of_part_with_ids_first(path):
    write(jm.JourneyMap("Shop", stages=["Look", "Buy"]), path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Map", *(sheet.name for sheet in SHEETS)]
    assert [row[:2] for row in book["Stages"].iter_rows(values_only=True)] == [
        ("id", "name"),
        ("look", "Look"),
        ("buy", "Buy"),
    ]


def test_what_people_type_into_a_sheet_is_understood(path):
    book = {
        "Map": [["field", "value"], ["title", "Shop"], ["reviewed_at", dt.date(2026, 3, 1)]],
        "Stages": [["id", "name", "milestone"], [7.0, "Buy", "event: purchase"], [None, None, None]],
        "Steps": [
            ["title", "stage", "claims.emotion", "personas", "mood"],
            ["I pay", "7", "-1,5", "ada\nbo", "blue"],
        ],
        "Evidence": [["source", "pii"], ["Survey", "Yes"]],
    }
    path.write_bytes(workbook(book))
    found = read(path)
    assert found.reviewed_at == dt.date(2026, 3, 1)
    assert (found.stages[0].id, found.stages[0].milestone) == ("7", jm.event("purchase"))
    step = found.steps[0]
    assert (step.claims.emotion, step.personas, step.extra) == (-1.5, ("ada", "bo"), {"mood": "blue"})
    assert found.evidence[0].pii is True


@pytest.mark.parametrize(
    ("sheet", "rows", "said"),
    [
        (
            "Steps",
            [["title", "claims.emotion"], [None, None], ["I pay", 9]],
            "sheet Steps, row 3: .*emotion: 9",
        ),
        (
            "Stages",
            [["name", "milestone"], ["Buy", "!!python/object:os.system x"]],
            "row 2: milestone.*not YAML",
        ),
        ("Stages", [["name", "lifecycle"], ["Buy", "selling"]], "sheet Stages, row 2: lifecycle: 'selling'"),
        ("Stages", [["name", "extra"], ["Buy", "a: &a [x]\nb: *a"]], "row 2: extra.*not YAML"),
        ("Stages", [["name", "milestone"], ["Buy", "[" * 20_000]], "row 2: milestone.*not YAML"),
        ("Other", [["a"]], "sheet Map: title is missing|title"),
    ],
)
def test_what_is_wrong_is_named_with_sheet_and_row(path, sheet, rows, said):
    head = [["field", "value"], *([] if sheet == "Other" else [["title", "Shop"]])]
    path.write_bytes(workbook({"Map": head, sheet: rows}))
    with pytest.raises(jm.JourneymapError, match=said):
        read(path)


def test_a_text_that_no_cell_holds_is_told(path):
    told = write(jm.JourneyMap("Shop", scenario="x" * 40_000), path)
    assert told == ["1 text is longer than the 32,767 characters that a cell holds; the rest is cut off."]
    assert read(path).scenario == "x" * 32_767


def test_what_sheets_mean_otherwise_is_told(path):
    assert write(jm.JourneyMap("_x0041_"), path) == []
    assert read(path).title == "_x0041_"
    told = write(jm.JourneyMap("Shop", scenario="_x0007_"), path)
    assert told == ["Texts such as _x0007_ mean a control character in a sheet and are read back as one."]


def test_no_workbook_is_refused(path):
    path.write_bytes(b"PK no")
    with pytest.raises(jm.JourneymapError, match="no workbook"):
        read(path)
    path.write_bytes(workbook({"Prices": [["a", "b"]]}))
    with pytest.raises(jm.JourneymapError, match="no sheet Map"):
        read(path)
    with pytest.raises(jm.JourneymapError, match="cannot be read"):
        read(path.with_name("gone.xlsx"))


def test_entities_in_a_workbook_are_refused(path):
    write(jm.JourneyMap("Shop"), path)
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("xl/bomb.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(jm.JourneymapError, match="document type"):
        read(path)
