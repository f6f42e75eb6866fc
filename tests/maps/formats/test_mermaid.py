"""A map as a Mermaid journey, shown to mermaid itself, and back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

import journeymap as jm
from journeymap.maps.formats import read, write
from journeymap.maps.formats.mermaid import dumps
from journeymap.maps.formats.mermaid_reading import loads
from journeymap.maps.formats.texts import UNKNOWN, storable
from journeymap.maps.measurements import Measurements, Observation
from journeymap.maps.sample import sample_map
from tests.maps.formats.real_mermaid import mermaid_folder, understood
from tests.maps.making import CONTROLLED, HOSTILE, hostile_map, linked_maps


def meant(journey_map):
    """Return what mermaid should understand of a map: sections, and tasks with section, title, score and actors."""
    names = {persona.id: persona.name for persona in journey_map.personas}
    stages = {stage.id: stage.name for stage in journey_map.stages}
    steps = [step for step in journey_map.steps if step.stage not in stages]
    steps += [step for stage in journey_map.stages for step in journey_map.steps_of(stage.id)]
    tasks = [
        {
            "section": stages.get(step.stage, ""),
            "task": step.title,
            "score": 3
            if step.claims is None or step.claims.emotion is None
            else round(step.claims.emotion) + 3,
            "people": list(dict.fromkeys(names[one] for one in step.personas or names)),
        }
        for step in steps
    ]
    return {"title": journey_map.title, "sections": list(stages.values()), "tasks": tasks}


def without_order(said):
    """Leave out in which order the people of a task stand; whoever has all of them has nobody in particular."""
    tasks = [task | {"people": sorted(task["people"])} for task in said["tasks"]]
    return said | {"tasks": tasks}


def drawn_from(strategy, number):
    """Return a fixed number of maps of a strategy."""
    found = []

    @settings(max_examples=number, database=None, derandomize=True, deadline=None)
    @given(strategy)
    def collect(one):
        found.append(one)

    collect()
    return found


def test_mermaid_itself_understands_what_was_meant():
    maps = [hostile_map([first, *HOSTILE[:12]]) for first in HOSTILE]
    maps += [*drawn_from(linked_maps(), 60), *map(sample_map, ("current_state", "service_blueprint"))]
    for journey_map, found in zip(maps, understood([dumps(one) for one in maps]), strict=True):
        assert "error" not in found, (found, dumps(journey_map))
        said = meant(journey_map)
        assert {key: found[key] for key in said} == said
        assert found["accTitle"] == journey_map.title
        assert found["accDescr"].endswith("Scores from 1 (sad) to 5 (happy).")


def test_what_it_can_hold_comes_back():
    for first in HOSTILE:
        told = hostile_map([first, *HOSTILE[:12]])
        assert meant(loads(dumps(told))) == meant(told)


@settings(deadline=None, max_examples=40)
@given(linked_maps())
def test_a_map_is_read_back_with_its_exact_claims(journey_map):
    found = loads(dumps(journey_map))
    assert without_order(meant(found)) == without_order(meant(journey_map))
    claimed = {step.title: step.claims and step.claims.emotion for step in journey_map.steps}
    if len(claimed) == len(journey_map.steps):
        assert {step.title: step.claims and step.claims.emotion for step in found.steps} == claimed


def measured_shop(n):
    seen = Observation(target="i-pay", metric="emotion", value=-1.26, n=n, low=-1.4, high=-1.1)
    steps = [jm.Step("I pay", stage="buy", claims={"emotion": 1.5}), jm.Step("I wait", stage="buy")]
    return jm.JourneyMap("Shop", stages=["Buy"], steps=steps, measurements=Measurements(observations=[seen]))


def test_the_score_is_what_was_measured_and_the_exact_claim_comes_back():
    shop = measured_shop(263)
    text = dumps(shop)
    said = "measured -1.26, n 263, 95 percent interval -1.4 to -1.1\n    I pay: 2"
    assert f"%% claimed emotion 1.5; {said}" in text
    assert [step.claims and step.claims.emotion for step in loads(text).steps] == [1.5, None]
    unclaimed = dumps(shop.change("i-pay", claims=None))
    assert f"%% no claimed emotion; {said}" in unclaimed
    assert [step.claims for step in loads(unclaimed).steps] == [None, None]
    changed = loads(text.replace("I pay: 2", "I pay: 5").replace("I wait: 3", "I wait: 4"))
    assert [step.claims.emotion for step in changed.steps] == [2, 1]


@pytest.mark.parametrize(("n", "score"), [(5, 2), (4, 5), (None, 5)])
def test_few_answers_are_no_score(n, score):
    text = dumps(measured_shop(n))
    assert f"I pay: {score}\n" in text
    assert loads(text).part("i-pay").claims.emotion == 1.5


def test_a_journey_by_hand_is_read():
    text = """---
title: From the front
---
%% a comment
JOURNEY
  accDescr {
    more: 3 lines
  }
  Title My #35;1 day<br/>off
  Before: 5
  section Go to work %% said later
    Make tea: 5: Me, Cat
    Go upstairs: 3.5: Me
  section Empty
"""
    found = loads(text.replace("\n", "\r\n"))
    assert (found.title, [stage.name for stage in found.stages]) == (
        "My #1 day\noff",
        ["Go to work", "Empty"],
    )
    assert [(step.stage, step.title, step.claims.emotion) for step in found.steps] == [
        ("", "Before", 2),
        ("go-to-work", "Make tea", 2),
        ("go-to-work", "Go upstairs", 0.5),
    ]
    assert [step.personas for step in found.steps] == [(), (), ("me",)]


def test_a_front_that_is_no_title_is_passed_over():
    for front in ("title: [a]", "a: &a [*a]\ntitle: *a", "title: {", "[" * 9_000):
        assert loads(f"---\n{front}\n---\njourney\n  I pay: 3", name="Shop").title == "Shop"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no Mermaid journey"),
        ("flowchart TD\n a --> b", "Line 1: 'flowchart TD' begins no"),
        ("journey\n  I pay: good: Ada", "Line 2: 'I pay: good: Ada' is no task"),
        ("journey\n  I pay", "Line 2: 'I pay' is no task"),
    ],
)
def test_what_is_no_journey_is_said_with_its_line(text, said):
    with pytest.raises(jm.JourneymapError, match=said):
        loads(text)


def test_what_it_cannot_hold_is_told(tmp_path):
    path = tmp_path / "map.mmd"
    shop = jm.JourneyMap(
        "Shop", stages=[{"name": "Buy", "owner": "Ada"}], personas=["Ada", "Bo"], pains=["Slow", "Dear"]
    )
    shop = shop.add(jm.Step("I\x00pay", stage="buy", personas=["ada"], thoughts=["Hm"]))
    assert write(shop, path) == [
        "Mermaid has no place for 2 pains.",
        "Of stages it leaves out owner (1).",
        "Of steps it leaves out thoughts (1).",
        "A task needs a score: 1 step without an emotion got 3.",
        "Personas of no step have no place in Mermaid: Bo.",
        f"1 text has a control character, which Mermaid cannot hold; {UNKNOWN} stands for each.",
    ]
    assert read(path).steps[0].title == f"I{UNKNOWN}pay"
    clean = jm.JourneyMap("Shop", stages=["Buy"]).add(jm.Step("I pay", stage="buy", claims={"emotion": 1}))
    assert write(clean, path) == []


def test_control_characters_break_nothing():
    found = understood([dumps(hostile_map(CONTROLLED))])[0]
    assert [task["task"].replace(UNKNOWN, "") for task in found["tasks"]]
    assert found["sections"][0] == storable(CONTROLLED[0])


@pytest.mark.browser
def test_a_browser_shows_the_words_as_they_are(page):
    page.add_script_tag(path=mermaid_folder() / "node_modules" / "mermaid" / "dist" / "mermaid.min.js")
    page.evaluate("mermaid.initialize({startOnLoad: false, securityLevel: 'strict'})")
    said = [one for one in HOSTILE if one.isprintable() and "  " not in one and len(one) < 40]
    shown = page.evaluate(
        """async text => {
            document.body.innerHTML = (await mermaid.render('map', text)).svg;
            return {texts: [...document.querySelectorAll('svg text, svg div')].map(node => node.textContent),
                    bad: document.querySelectorAll('svg script, svg a, svg img').length};
        }""",
        dumps(hostile_map(said)),
    )
    assert shown["bad"] == 0
    together = ["".join(one.split()) for one in shown["texts"]]
    for one in said:
        assert any("".join(one.split()) in text for text in together), one
