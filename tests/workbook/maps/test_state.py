"""What the editor shows as one value: verbs answer, undo is the previous map."""

from __future__ import annotations

import pytest

import journeymap as jm
from journeymap.workbook.maps.state import MapState


def told():
    return jm.JourneyMap(
        "Sign up",
        personas=["Lena", "Tom"],
        stages=["Discover", "Confirm"],
        steps=[
            jm.Step("I look", stage="discover"),
            jm.Step("I wait", stage="confirm"),
            jm.Step("I click", stage="confirm"),
        ],
        pains=[jm.Pain("It is slow", steps=["i-wait"], severity=3)],
    )


@pytest.fixture
def state():
    return MapState(told())


def order(state):
    return [step.id for step in state.journey_map.steps]


def test_undo_and_redo_go_through_every_edit(state):
    state.change("i-wait", title="I wait long")
    state.remove("it-is-slow")
    maps = [state.journey_map]
    state.undo()
    assert state.journey_map.part("it-is-slow").severity == 3
    state.undo()
    assert state.journey_map == told()
    assert (state.can_undo, state.can_redo) == (False, True)
    state.redo()
    state.redo()
    assert [state.journey_map] == maps
    assert not state.can_redo


def test_an_edit_after_undo_ends_what_could_be_made_again(state):
    state.change("i-wait", title="One")
    state.undo()
    state.change("i-wait", title="Two")
    assert not state.can_redo


def test_one_visit_to_a_field_is_one_edit(state):
    for text in ("I w", "I wa", "I walk"):
        state.change("i-wait", going="i-wait|title|4", title=text)
    state.change("i-wait", going="i-wait|title|5", title="I run")
    state.undo()
    assert state.journey_map.part("i-wait").title == "I walk"
    state.undo()
    assert state.journey_map == told()


def test_a_step_moves_among_those_of_its_stage(state):
    state.later("i-wait")
    assert order(state) == ["i-look", "i-click", "i-wait"]
    state.later("i-wait")
    state.earlier("i-look")
    assert order(state) == ["i-look", "i-click", "i-wait"]
    state.earlier("i-wait")
    assert order(state) == ["i-look", "i-wait", "i-click"]
    state.move("i-look", stage="confirm")
    assert state.journey_map.part("i-look").stage == "confirm"


def test_a_cell_and_a_persona_that_are_gone_are_let_go(state):
    state.pick("pains:i-wait")
    state.show("tom")
    state.remove("tom")
    assert state.seen.persona == ""
    state.remove("confirm")
    assert state.seen.cell == ""
    state.undo()
    assert state.seen.cell == "pains:i-wait"
    state.undo()
    assert state.seen.persona == "tom"


def test_what_is_saved_is_what_the_file_has(state):
    state.change("i-wait", title="I wait long")
    assert not state.is_saved
    state.undo()
    assert state.is_saved
    theirs = jm.JourneyMap("Join")
    state.load(theirs)
    assert state.is_saved
    state.undo()
    assert (state.journey_map, state.is_saved) == (told(), False)
