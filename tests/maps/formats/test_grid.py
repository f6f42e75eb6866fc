"""A map as a CSV grid and as its long form, and back."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings

import journeymap as jm
from journeymap.maps.formats import read, write
from journeymap.maps.formats.grid import written, written_long
from journeymap.maps.formats.grid_reading import loads
from tests.maps.making import CONTROLLED, HOSTILE, hostile_map, linked_maps


def held(journey_map):
    """Return what a grid holds of a map."""
    personas = {one.id: one.name for one in journey_map.personas}
    touchpoints = {one.id: one.name for one in journey_map.touchpoints}
    places = {stage.id: place for place, stage in enumerate(journey_map.stages)}

    def step_of(step):
        claims = step.claims or jm.maps.parts.Claims()
        return (
            *(places[step.stage], step.title, step.actor, step.kind, step.moment_of_truth),
            *(step.actions, step.thoughts, claims.emotion, claims.label),
            list(dict.fromkeys(personas.get(one, one) for one in step.personas)),
            list(dict.fromkeys(touchpoints.get(one, one) for one in step.touchpoints)),
            sorted({pain.text for pain in journey_map.pains if step.id in pain.steps}),
        )

    stages = [
        (one.name, one.question, one.lifecycle, one.customer_goal, one.business_goal, one.owner)
        for one in journey_map.stages
    ]
    steps = [step for stage in journey_map.stages for step in journey_map.steps_of(stage.id)]
    return journey_map.title, stages, [step_of(step) for step in steps]


@pytest.mark.parametrize("form", [written, written_long])
@settings(deadline=None, max_examples=50)
@given(journey_map=linked_maps())
def test_what_a_grid_holds_comes_back(form, journey_map):
    data, _ = form(journey_map, None)
    assert held(loads(data.decode())) == held(journey_map)


@pytest.mark.parametrize("form", [written, written_long])
def test_hostile_words_are_nothing_that_a_spreadsheet_computes(form):
    told = hostile_map(HOSTILE)
    data, _ = form(told, None)
    assert held(loads(data.decode())) == held(told)
    cells = [cell for row in csv.reader(io.StringIO(data.decode(), newline="")) for cell in row]
    risky = [cell for cell in cells if cell[:1] in ("=", "+", "@", "\t", "\r") or cell[:1] == "-"]
    assert {cell for cell in risky if not cell.lstrip("-").isdigit()} == set()


def test_the_grid_reads_as_people_draw_it(tmp_path):
    shop = jm.JourneyMap(
        "Shop",
        stages=[{"name": "Look", "question": "What is there?"}, "Buy"],
        steps=[
            jm.Step("I search", stage="look", claims={"emotion": 1}),
            jm.Step("I compare", stage="look", claims={"emotion": -1.5}, thoughts=["Too many!", "Which?"]),
        ],
        pains=[jm.Pain("=Slow", steps=["i-search", "i-compare"])],
    )
    path = tmp_path / "map.csv"
    assert write(shop, path) == []
    assert path.read_bytes().decode() == (
        "Shop,Look,,Buy\r\nstep,I search,I compare,\r\nquestion,What is there?,,\r\n"
        "thoughts,,\"Too many!\nWhich?\",\r\nemotion,1,-1.5,\r\npains,'=Slow,'=Slow,\r\n"
    )
    assert read(path) == shop


def test_the_long_form_has_a_line_for_each_cell(tmp_path):
    path = tmp_path / "map.long.csv"
    shop = jm.JourneyMap("Shop", stages=["Look", "Buy"]).add(
        jm.Step("I pay", stage="buy", claims={"emotion": 2})
    )
    write(shop, path)
    assert path.read_bytes().decode().splitlines() == [
        "map,stage number,stage,step number,step,lane,text",
        "Shop,1,Look,0,,,",
        "Shop,2,Buy,1,I pay,emotion,2",
    ]
    assert read(path) == shop


def test_a_sheet_of_somebody_else_is_read():
    text = ";Look;Buy\nActions;search;pay\nThoughts;;dear\nEmotion;1;\u22120,5\nMood board;blue;\nName;x;\n"
    found = loads(text, name="theirs")
    assert found.title == "theirs"
    assert [(step.title, step.actions, step.claims.emotion) for step in found.steps] == [
        ("Look", ("search",), 1),
        ("Buy", ("pay",), -0.5),
    ]
    assert found.stages[0].extra == {"mood_board": "blue", "name (lane)": "x"}
    assert loads("stage,lane,text\nLook,action,search\nLook,action,browse\nBuy,,").steps[0].actions == (
        "search",
        "browse",
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no grid"),
        ("Shop\n", "no grid"),
        ("Shop,Look\nemotion,delighted\n", "Look: emotion: 'delighted'"),
        ("Shop,Look\nlifecycle,selling\n", "Look: lifecycle: 'selling'"),
        ("Shop,,Look\nstep,I search,\n", "has no stage"),
        ('Shop,Look\nstep,"I search\n', "no CSV"),
    ],
)
def test_what_is_wrong_is_said(text, said):
    with pytest.raises(jm.JourneymapError, match=said):
        loads(text)


@pytest.mark.parametrize("title", ["Shop", "Shop; the now; and then", "=1+1", 'A "map"', "Two\nlines, too"])
@pytest.mark.parametrize("stages", [[], ["Buy"]])
def test_a_map_with_little_in_it_comes_back(title, stages, tmp_path):
    shop = jm.JourneyMap(title, stages=stages)
    write(shop, tmp_path / "shop.csv")
    assert read(tmp_path / "shop.csv") == shop
    write(jm.JourneyMap("Shop", stages=stages), tmp_path / "Shop.long.csv")
    assert [stage.name for stage in read(tmp_path / "Shop.long.csv").stages] == stages


def test_what_it_cannot_hold_is_told():
    shop = jm.JourneyMap(
        "Shop",
        stages=["Buy"],
        personas=["Ada"],
        steps=[jm.Step("I pay", stage="buy", match=jm.event("pay")), jm.Step("I wait")],
        pains=["Slow"],
        kpis=["Sales"],
    )
    assert written(shop, None)[1] == [
        "The grid has no place for 1 KPI.",
        "Of steps it leaves out match (1).",
        "1 step of no stage cannot stand in a grid.",
        "1 pain of no step cannot stand in a grid.",
        "Personas of no step cannot stand in a grid: Ada.",
    ]
    assert len(written(hostile_map(CONTROLLED), None)[1]) > 1
    assert b"\x00" not in written(hostile_map(CONTROLLED), None)[0]
