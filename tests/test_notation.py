"""YAML in and out: equal values back, errors that name the line and the near word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import journeymap as jm
from journeymap.notation import dumps, load, loads

names = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=8).filter(
    str.strip
)
scalars = st.one_of(
    names,
    st.integers(-5, 5),
    st.booleans(),
    st.sampled_from([0.5, "NO", "null", "1", "2026-01-01", "a*", "[*]", "~", "on"]),
)
demands = st.one_of(
    scalars,
    st.none(),
    st.lists(scalars, min_size=1, max_size=3),
    st.builds(jm.at_least, st.integers(0, 9)),
    st.builds(jm.between, st.integers(0, 4), st.integers(5, 9)),
    st.just(jm.matches("^a")),
)
properties = st.dictionaries(names, demands, max_size=2)
events = st.builds(
    jm.event,
    st.one_of(names, st.none(), st.lists(names, min_size=1, max_size=2)),
    properties,
)
customers = st.one_of(
    st.builds(
        lambda more, pick: jm.where(more, pick=pick),
        st.dictionaries(names, demands, min_size=1, max_size=2),
        st.sampled_from(["any", "first", "last"]),
    ),
    st.builds(
        lambda rule, n, within: jm.did(rule, at_least=n, within=within),
        events,
        st.integers(0, 3),
        st.sampled_from([None, "30d", "2h"]),
    ),
)


def joined(leaves):
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(lambda a, b: a & b, inner, inner),
            st.builds(lambda a, b: a | b, inner, inner),
            st.builds(lambda a: ~a, inner),
        ),
        max_leaves=4,
    )


@given(rules=st.lists(joined(events), min_size=1, max_size=3), segment=joined(customers), name=names)
def test_what_is_written_is_read_back_equal(rules, segment, name):
    journey = jm.Journey(name, stages=[jm.Stage(f"{name} {i}", rule) for i, rule in enumerate(rules)])
    segments = [jm.Segment("One", segment)]
    assert loads(dumps(journey, segments=segments)) == (journey, segments)


@given(rule=joined(events), segment=joined(customers))
def test_values_print_as_code_that_makes_them(rule, segment):
    stage = jm.Stage("Stage", rule)
    assert eval(repr(stage), {"jm": jm}) == stage
    one = jm.Segment("One", segment)
    assert eval(repr(one), {"jm": jm}) == one


def test_a_file_is_saved_whole_and_loaded(tmp_path):
    journey = jm.Journey("Checkout", stages=[jm.Stage("Buy", jm.event("purchase"), lifecycle="purchase")])
    loyal = jm.Segment("Loyal", jm.did(jm.event("purchase"), at_least=2, within="30d"))
    journey.save(tmp_path / "checkout.yaml", segments=[loyal])
    assert [path.name for path in tmp_path.iterdir()] == ["checkout.yaml"]
    assert jm.Journey.load(tmp_path / "checkout.yaml") == journey
    assert load(tmp_path / "checkout.yaml") == (journey, [loyal])


def test_the_country_norway_is_a_text():
    _, (segment,) = loads(
        "journey: J\nstages: [{name: A, event: a}]\nsegments: [{name: N, where: {country: NO}}]\n"
    )
    assert segment.rule == jm.where(country="NO")


STAGE = "journey: J\nstages:\n  - name: A\n    event: a\n"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("journey: J\nstages:\n  - name: A\n    evnt: b\n", 4, ("'evnt'", "Type: event")),
        (
            STAGE
            + "  - name: B\n    any:\n      - event: x\n      - event: y\n        with: {price: {at_lest: 3}}\n",
            9,
            ("at_lest", "at_least"),
        ),
        (STAGE + "  - name: A\n    event: b\n", 5, ("Two of the stages are called A",)),
        ("journey: J\nstages: 3\n", 2, ("A list",)),
        ("stages: []\n", 1, ("no journey",)),
        (STAGE + "segments:\n  - name: L\n    event: d\n", 6, ("jm.did",)),
        (
            STAGE + "segments:\n  - name: L\n    did: {event: a}\n    within: soon\n",
            8,
            ("not a length of time",),
        ),
        (STAGE + "segments:\n  - name: L\n    where: {a: b}\n    pick: fist\n", 8, ("'fist'", "first")),
        (STAGE + "  - name: B\n    event: b\n    did: {event: a}\n", 5, ("together", "Exactly one")),
        ("journey: [\n", 2, ("not YAML",)),
        ("- a\n", 1, ("journey",)),
    ],
)
def test_errors_name_the_line_and_the_near_word(text, line, words):
    with pytest.raises(jm.DefinitionError) as raised:
        loads(text, name="checkout.yaml")
    said = str(raised.value)
    assert said.startswith(f"checkout.yaml, line {line}: ")
    assert all(word in said for word in words)


def test_yaml_never_makes_objects():
    with pytest.raises(jm.DefinitionError, match="not YAML"):
        loads("journey: !!python/object/apply:os.system ['true']\nstages: []\n")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(jm.DefinitionError, match="cannot be read"):
        load(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("01234", "01234"),
        ("12:30", "12:30"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("7", 7),
        ("-1.5", -1.5),
        ("'7'", "7"),
    ],
)
def test_only_decimal_numbers_are_numbers(written, value):
    journey, _ = loads(f"journey: J\nstages:\n  - name: A\n    event: a\n    with: {{zip: {written}}}\n")
    assert journey.stages[0].rule == jm.event("a", zip=value)


def test_a_key_that_stands_twice_is_refused():
    with pytest.raises(
        jm.DefinitionError, match="'event' stands twice in one place, the second time on line 5"
    ):
        loads("journey: J\nstages:\n  - name: A\n    event: a\n    event: b\n")


@pytest.mark.parametrize(
    "nonsense",
    [
        lambda: jm.between(5, 1),
        lambda: jm.between(1, "b"),
        lambda: jm.at_least(None),
        lambda: jm.event([]),
        lambda: jm.event(""),
        lambda: jm.event(None, 5),
        lambda: jm.did("buy"),
        lambda: jm.did(jm.event("buy"), within="0d"),
        lambda: jm.did(jm.event("buy"), at_least="two"),
        lambda: jm.Segment("A", jm.where(a=1)) & jm.where(b=1),
    ],
)
def test_nonsense_is_refused_in_our_words(nonsense):
    with pytest.raises(jm.DefinitionError):
        nonsense()


def test_a_folder_that_is_not_there_is_said_and_nothing_is_left_behind(tmp_path):
    journey = jm.Journey("J", stages=[jm.Stage("A", jm.event("a"))])
    with pytest.raises(jm.JourneymapError, match="cannot be written"):
        journey.save(tmp_path / "none" / "x.yaml")
    with pytest.raises(TypeError):
        journey.save(tmp_path / "x.yaml", segments=jm.Segment("A", jm.where(a=1)))
    assert list(tmp_path.iterdir()) == []
