import pytest

import journeymap as jm
from tests.maps.clean_map import found_in


@pytest.mark.parametrize(("bare", "level"), [(2, "warn"), (4, "error")])
def test_claims_without_evidence(clean, bare, level):
    for step in clean.steps[:bare]:
        clean = clean.change(step.id, evidence=[])
    (found,) = found_in(clean, "JM01")
    assert found.level == level
    assert clean.steps[0].id in found.numbers["without"]


def test_workshops_are_no_evidence(clean):
    talk = (
        clean.change("talks", kind="workshop")
        .change("survey", kind="assumption")
        .change("log", kind="workshop")
    )
    (found,) = found_in(talk, "JM01")
    assert (found.level, found.numbers["coverage"]) == ("error", 0)
    assert found.sentence.startswith("Nothing of what the map claims")


def test_coverage_is_weighted_by_reach(clean):
    bare = clean.change("i-pay", evidence=[], claims={"emotion": -1, "share": 0.0})
    assert bare.check().coverage == 1
    assert clean.change("i-pay", evidence=[]).check().coverage == pytest.approx(1 - 2 / 15)


def test_a_typed_delight_that_the_answers_contradict(measured):
    (found,) = found_in(measured.change("i-pay", claims={"emotion": 2}), "JM01")
    assert (found.level, found.at, found.numbers["n"]) == ("error", "i-pay", 120)
    assert (
        found.sentence == 'At "I pay" the team says an emotion of +2; 120 answers say -0.99 (-1.1 to -0.87).'
    )


def test_a_typed_share_and_a_typed_time(measured):
    wrong = measured.change("i-get-a-confirmation", claims={"share": 0.5, "hours": 20})
    found = found_in(wrong, "JM01")
    assert [one.numbers["said"] for one in found] == [0.5, 20]
    assert "a share of customers of 50.0%; " in found[0].sentence
    assert " customers were counted: it is " in found[0].sentence


def test_a_dead_step(clean, log):
    (found,) = found_in(clean.change("i-compare", match=jm.event("compares")), "JM01", log=log)
    assert (found.level, found.at) == ("warn", "i-compare")
