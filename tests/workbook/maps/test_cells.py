"""What stands in a cell, what can be added there, and the table that says the same as the picture."""

from __future__ import annotations

import pytest

import journeymap as jm
from journeymap.errors import DefinitionError
from journeymap.maps.sample import sample_map
from journeymap.workbook.maps.adding import added, additions
from journeymap.workbook.maps.cells import sections, twin
from journeymap.workbook.maps.lanes import LANES, cells_of, lanes_in, parts_in
from tests.workbook.maps.test_state import told

MEASURED = {
    "run": {"id": "r", "at": "2026-11-01T00:00:00+00:00"},
    "observations": [
        {"target": "i-wait", "metric": "emotion", "value": -1.3, "low": -1.5, "high": -1.1, "n": 263},
        {"target": "confirm", "metric": "moved_on_share", "value": 0.7, "low": 0.68, "high": 0.72, "n": 800},
    ],
}


@pytest.mark.parametrize("kind", ["current_state", "service_blueprint", "day_in_life", "future_state"])
def test_every_part_of_a_map_has_a_cell_in_which_it_stands(kind):
    journey_map = sample_map(kind)
    for part_id, part in journey_map.parts.items():
        if type(part) in {one.kind for one in LANES.values()} | {jm.Touchpoint}:
            nearest = cells_of(journey_map, part_id)[0]
            assert part in parts_in(journey_map, nearest), nearest


def test_a_cell_shows_its_claim_with_the_numbers_that_say_so():
    journey_map = told().change("i-wait", claims={"emotion": 1}).change(measurements=MEASURED)
    (step,) = sections(journey_map, "emotion:i-wait")
    (claim,) = step["claims"]
    assert (claim["status"], claim["field"]) == ("contradicted", "Emotion the team claims")
    assert "263" in claim["why"]
    assert step["measured"][0].startswith("emotion")
    stage = sections(journey_map, "measured:confirm")[0]
    assert "70.0\u202f% moved on (68.0 to 72.0), n 800" in stage["measured"]


def test_the_table_has_a_row_for_each_lane_and_a_column_for_each_stage():
    journey_map = told()
    shown = twin(journey_map)
    assert shown["columns"] == ["Discover", "Confirm"]
    assert [len(row["cells"]) for row in shown["rows"]] == [2] * len(lanes_in(journey_map))
    pains = next(row for row in shown["rows"] if row["label"] == "Pain points")
    assert [cell["text"] for cell in pains["cells"]] == ["", "It is slow"]
    assert pains["cells"][1]["status"] == "assumed"


@pytest.mark.parametrize(
    ("cell", "kind", "collection", "leads"),
    [
        ("stages:discover", "MapStage", "stages", ["discover", "new-words", "confirm"]),
        ("steps:i-wait", "Step", "steps", ["i-look", "i-wait", "new-words", "i-click"]),
        ("pains:confirm", "Pain", "pains", ["it-is-slow", "new-words"]),
        ("touchpoints:i-wait", "Touchpoint", "touchpoints", ["new-words"]),
        ("opportunities:confirm", "Opportunity", "opportunities", ["new-words"]),
        ("kpis:confirm", "Kpi", "kpis", ["new-words"]),
        ("support:i-wait", "BlueprintItem", "blueprint", ["new-words"]),
        ("sources:", "Evidence", "evidence", ["new-words"]),
        ("personas:", "Persona", "personas", ["lena", "tom", "new-words"]),
    ],
)
def test_what_is_added_in_a_cell_stands_in_it(cell, kind, collection, leads):
    journey_map = told().change(kind="service_blueprint" if kind == "BlueprintItem" else "current_state")
    journey_map, part_id = added(journey_map, cell, kind=kind, words=" New words ")
    assert [part.id for part in getattr(journey_map, collection)] == leads
    if kind not in {"MapStage", "Step"}:
        assert journey_map.part(part_id) in parts_in(journey_map, cell)


@pytest.mark.parametrize(
    ("cell", "kind"), [("pains:confirm", "Step"), ("map:", "Pain"), ("pains:confirm", "eval")]
)
def test_a_cell_adds_its_own_kinds_only(cell, kind):
    with pytest.raises(DefinitionError):
        added(told(), cell, kind=kind, words="x")


def test_a_pain_needs_a_step_to_belong_to():
    journey_map = told().add(jm.MapStage("Use"))
    (pain,) = additions(journey_map, "pains:use")
    assert pain["why"] == "A pain point belongs to a step; add one first."
