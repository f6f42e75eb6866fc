"""The document: read, changed, written back."""

from __future__ import annotations

from dataclasses import MISSING
from dataclasses import fields as fields_of

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import journeymap as jm
from journeymap.maps.fields import FORM, Part
from journeymap.maps.notation import dumps, dumps_json, loads

TEXTS = st.one_of(
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            "=1+1",
            "!!python/object:os.system",
            "&amp; <b>",
            "no",
            "12:30",
            "2026-01-01",
            "# x: y",
            "- a",
        ]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=20),
)
IDS = ["a", "b", "c"]


@st.composite
def parts(draw, kind: type[Part]):
    """Make a part of a kind, any field of which may be said."""
    said = {one.name: draw(_values(one)) for one in fields_of(kind) if FORM in one.metadata}
    return kind(**said, extra=draw(st.dictionaries(st.sampled_from(["mood", "x y"]), TEXTS, max_size=1)))


def _values(one):
    meta, filled = one.metadata, TEXTS.filter(lambda text: bool(text.strip()))
    if one.name in ("segment_rule", "match", "milestone"):
        return st.sampled_from([None, jm.event("x", price=jm.at_least(5))])
    if "of" in meta:
        inner = st.deferred(lambda: parts(meta["of"]))
        return st.lists(inner, max_size=2) if one.default == () else st.none() | inner
    if "options" in meta:
        return st.sampled_from(["", *meta["options"]])
    if "least" in meta:
        least, most = meta["least"] or 0, meta["most"] or 1000
        return st.none() | st.integers(int(least), int(most)) | st.floats(least, most)
    by_default = {
        (): st.lists(TEXTS, max_size=2),
        False: st.booleans(),
        "": TEXTS,
        None: st.none() | st.dates(),
    }
    if one.default is MISSING:
        return st.dictionaries(filled, TEXTS, max_size=2) if one.default_factory is dict else filled
    return st.sampled_from(IDS) if one.name == "id" else by_default.get(one.default, TEXTS)


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
