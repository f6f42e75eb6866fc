import pytest

import journeymap as jm
from tests.maps.clean_map import found_in, with_number


def test_too_many_stages(clean):
    for number in range(6):
        clean = clean.add(jm.MapStage(f"Stage {number}"))
    (found,) = found_in(clean, "JM04")
    assert found.numbers == {"stages": 9, "most": 8}


def test_too_many_steps_of_a_stage_and_of_all(clean):
    for number in range(36):
        clean = clean.add(jm.Step(f"I do {number}", stage="buy"))
    assert [one.at for one in found_in(clean, "JM04")] == ["", "buy"]


def test_too_many_lanes(clean):
    full = (
        clean.change("i-pay", thoughts=["Hm"])
        .change("buy", customer_goal="To have it", business_goal="To sell")
        .change("discover", question="What is there?")
    )
    assert not found_in(full, "JM04")
    backstage = full.add(jm.BlueprintItem("Check", lane="backstage", step="i-pay"))
    assert found_in(backstage, "JM04")[0].numbers["lanes"] == 11
    assert not found_in(backstage.change(kind="service_blueprint"), "JM04")


@pytest.mark.parametrize(("words", "times"), [(25, 0), (26, 1)])
def test_a_cell_that_nobody_reads(clean, words, times):
    assert len(found_in(clean.change("slow", text=" ".join(["slow"] * words)), "JM04")) == times


def test_a_step_that_hardly_anybody_takes(measured):
    large = with_number(measured, "", "customers", value=12_000, n=12_000)
    (found,) = found_in(with_number(large, "i-compare", "customers", value=72), "JM04")
    assert (found.level, found.at) == ("info", "i-compare")
    assert not found_in(large, "JM04")


def test_a_tail_of_small_steps(measured):
    small = with_number(measured, "i-pay", "customers", value=8)
    assert not found_in(small, "JM04")
    (found,) = found_in(with_number(small, "i-come-back", "customers", value=9), "JM04")
    assert found.numbers["steps"] == ["i-come-back", "i-pay"]
