"""The document: read, changed, written back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

import journeymap as jm
from journeymap.maps.grounds import Change, Contributor
from journeymap.maps.notation import dumps, dumps_json, loads
from tests.maps.making import parts


@settings(deadline=None, max_examples=60)
@given(parts(jm.JourneyMap))
def test_what_is_written_is_read_back(journey_map):
    assert loads(dumps(journey_map)) == journey_map
    assert loads(dumps_json(journey_map)) == journey_map


def test_unknown_keys_stay_where_they_were():
    text = "schema_version: 1\ntitle: Shop\nmood: blue\nstages:\n- name: Buy\n  id: buy\n  colour: red\n"
    again = dumps(loads(text))
    assert "mood: blue" in again
    assert "colour: red" in again


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("stages: []", "title is missing"),
        ("title: Shop\nsteps:\n- title: Wait\n  claims:\n    emotion: 3", "line 5: emotion: 3"),
        ("title: Shop\nkind: future", "line 2: kind: 'future'"),
        ("title: Shop\nreviewed_at: soon", "line 2: reviewed_at: 'soon'"),
        ("title: Shop\nschema_version: 9", "schema_version 9"),
        ("- a", "no journey map"),
        ("title: &a Shop\nowner: *a", "line 2: .*repeated by name"),
        ("title: " + "[" * 60 + "]" * 60, "nested too deep"),
        ("title: !!python/object:os.system x", "not YAML"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text, said):
    with pytest.raises(jm.DefinitionError, match=said):
        loads(text)


def small():
    return jm.JourneyMap(
        "Shop",
        stages=["See", "Buy"],
        steps=[jm.Step("I look", stage="see"), jm.Step("I pay", stage="buy", next=[{"to": "i-look"}])],
        pains=[jm.Pain("Slow", steps=["i-look", "i-pay"])],
    )


def test_verbs_answer_copies():
    old = small()
    new = old.add(jm.Step("I look", stage="see"), before="i-pay")
    assert [step.id for step in new.steps] == ["i-look", "i-look-2", "i-pay"]
    assert len(old.steps) == 2
    assert new.change("i-look-2", title="I search").part("i-look-2").title == "I search"
    assert [step.id for step in new.move("i-look", before="i-pay").steps] == ["i-look-2", "i-look", "i-pay"]
    assert new.move("i-look", stage="buy").part("i-look").stage == "buy"


def test_nothing_refers_to_what_is_gone():
    left = small().remove("see")
    assert [step.id for step in left.steps] == ["i-pay"]
    assert left.part("slow").steps == ("i-pay",)
    assert left.part("i-pay").next == ()


def test_an_id_that_changes_is_followed():
    renamed = small().change("i-look", id="look")
    assert renamed.part("slow").steps == ("look", "i-pay")
    assert renamed.part("i-pay").next[0].to == "look"


def test_unknown_parts_and_fields_are_suggested():
    with pytest.raises(jm.DefinitionError, match="i-look"):
        small().part("i-lok")
    with pytest.raises(jm.DefinitionError, match="title"):
        small().change("i-look", titel="x")


def test_half_a_character_is_written_and_read_back():
    told = jm.JourneyMap("Shop", owner="half \ud800")
    assert loads(dumps_json(told).encode().decode()) == told
    assert loads(dumps(told).encode().decode()) == told


def test_what_was_measured_of_a_part_goes_with_it():
    told = small().add(jm.Kpi("Paid", of="i-pay")).add(jm.Opportunity("Faster", kpi="paid"))
    left = told.remove("buy")
    assert not left.kpis
    assert left.part("faster").kpi == ""


def test_parts_without_an_id_come_last_in_their_collection():
    shop = jm.JourneyMap("Shop").add(jm.Waiver("JM05", by="Ada")).add(jm.Waiver("JM05", by="Ada"))
    shop = shop.add(Contributor("Ada", team="Shop")).add(Change("Drawn"))
    assert [len(one) for one in (shop.waivers, shop.contributors, shop.changelog)] == [2, 1, 1]
    with pytest.raises(jm.DefinitionError, match="have no ids"):
        shop.add(jm.Waiver("JM06"), before="JM05")
