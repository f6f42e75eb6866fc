"""What comes from the page: a value of a closed vocabulary or a text that is checked, else a sentence."""

from __future__ import annotations

import datetime as dt

import pytest

import journeymap as jm
from journeymap.errors import DefinitionError
from journeymap.workbook.maps.fields import FIELDS
from journeymap.workbook.maps.values import LONGEST, control, read, value_of
from tests.workbook.maps.test_state import told

STEP, PAIN = told().part("i-wait"), told().part("it-is-slow")


@pytest.mark.parametrize(
    ("part", "field", "typed", "read_as"),
    [
        (STEP, "title", "  I wait long ", {"title": "I wait long"}),
        (STEP, "thoughts", ["One", " ", "Two "], {"thoughts": ("One", "Two")}),
        (STEP, "claims.hours", "1,5", {"claims": jm.Step("x", claims={"hours": 1.5}).claims}),
        (STEP, "claims.emotion", "", {"claims": None}),
        (PAIN, "severity", "4", {"severity": 4}),
        (PAIN, "steps", ["i-click"], {"steps": ("i-click",)}),
        (jm.Opportunity("Do it"), "due", "2026-06-30", {"due": dt.date(2026, 6, 30)}),
        (jm.Opportunity("Do it"), "status", "", {"status": ""}),
        (jm.BlueprintItem("Send", lane="support"), "fail_point", True, {"fail_point": True}),
        (told(), "reviewed_at", "", {"reviewed_at": None}),
    ],
)
def test_what_is_typed_is_read(part, field, typed, read_as):
    assert read(told(), part, field, typed) == read_as


@pytest.mark.parametrize(
    ("part", "field", "typed", "said"),
    [
        (STEP, "title", " ", "not empty"),
        (STEP, "title", {"a": 1}, "not among"),
        (STEP, "title", "x" * (LONGEST + 1), "too many"),
        (STEP, "stage", "nowhere", "not among"),
        (STEP, "claims.emotion", "3", "from -2 to 2"),
        (STEP, "claims.share", "half", "no number"),
        (STEP, "claims.share", "nan", "no number"),
        (STEP, "next", "x", "cannot be edited"),
        (STEP, "match", "x", "One or more of event"),
        (STEP, "match", "event: [", "no condition"),
        (STEP, "match", "a: &a b\nc: *a", "no condition"),
        (STEP, "match", "evnt: x", "event"),
        (STEP, "extra", "x", "cannot be edited"),
        (STEP, "thoughts", "not a list", "not among"),
        (PAIN, "severity", "9", "from 1 to 5"),
        (PAIN, "steps", ["i-fly"], "not among"),
        (jm.Opportunity("Do it"), "due", "soon", "such as 2026-03-31"),
        (jm.BlueprintItem("Send"), "fail_point", "yes", "not among"),
        (told(), "kind", "dream", "not among"),
    ],
)
def test_what_may_not_stand_there_is_refused_in_a_sentence(part, field, typed, said):
    with pytest.raises(DefinitionError, match=said):
        read(told(), part, field, typed)


@pytest.mark.parametrize("kind", FIELDS, ids=lambda kind: kind.__name__)
def test_every_control_gives_back_what_it_shows(kind):
    part = told() if kind is jm.JourneyMap else kind("Words")
    for one in FIELDS[kind]:
        shown = control(told(), part, one)
        changed = read(told(), part, one.name, shown["value"])
        before = part.claims if one.name.startswith("claims.") else value_of(part, one.name)
        assert next(iter(changed.values())) == before, one.name


def test_a_claim_between_two_numbers_of_the_scale_keeps_its_place():
    step = jm.Step("x", claims={"emotion": -0.7})
    emotion = next(one for one in FIELDS[jm.Step] if one.name == "claims.emotion")
    shown = control(told(), step, emotion)
    assert [meant for meant, _ in shown["options"]] == [
        "",
        "-2",
        "-1.5",
        "-1",
        "-0.7",
        "-0.5",
        "0",
        "0.5",
        "1",
        "1.5",
        "2",
    ]


def test_a_condition_is_shown_and_read_as_in_the_file():
    step = jm.Step("x", match=jm.event("buy", price=jm.at_least(5)))
    match = next(one for one in FIELDS[jm.Step] if one.name == "match")
    shown = control(told(), step, match)["value"]
    assert "event: buy" in shown
    assert read(told(), step, "match", shown) == {"match": step.match}
    assert read(told(), step, "match", " ") == {"match": None}
