from dataclasses import replace

import pytest

import journeymap as jm
from journeymap.maps.editing import REFERENCES
from tests.maps.clean_map import found_in

BROKEN = [
    ("i-pay", {"stage": "nowhere"}),
    ("i-pay", {"touchpoints": ["nowhere"]}),
    ("i-pay", {"personas": ["nowhere"]}),
    ("i-pay", {"next": [{"to": "nowhere"}]}),
    ("i-pay", {"evidence": ["nowhere"]}),
    ("shop", {"channel": "nowhere"}),
    ("slow", {"steps": ["nowhere"]}),
    ("buy", {"kpis": ["nowhere"]}),
    ("paid", {"of": "nowhere"}),
    ("paid", {"goal": "nowhere"}),
    ("grow", {"parent": "nowhere"}),
    ("grow", {"kpi": "nowhere"}),
    ("speed-up-the-form", {"pains": ["nowhere"]}),
    ("card", {"links": ["nowhere"]}),
    ("card", {"step": "nowhere"}),
]


@pytest.mark.parametrize(("part", "changed"), BROKEN)
def test_a_reference_that_leads_nowhere(clean, part, changed):
    carded = clean.add(jm.BlueprintItem("Card", lane="backstage", step="i-pay"))
    (found,) = found_in(carded.change(part, **changed), "JM19")
    assert (found.level, found.at, found.numbers["id"]) == ("error", part, "nowhere")


def test_every_field_that_holds_ids_is_tried():
    tried = {field for _, changed in BROKEN for field in changed}
    assert set(REFERENCES) - {"to"} <= tried


def test_a_near_id_is_suggested(clean):
    (found,) = found_in(clean.change("i-pay", stage="by"), "JM19")
    assert found.fix == "Write buy."


def test_an_id_that_is_taken_twice(clean):
    twice = replace(clean, gains=[*clean.gains, jm.Gain("Buy", id="buy")])
    (found,) = found_in(twice, "JM19")
    assert found.numbers == {"times": 2}


def test_a_waiver_of_nothing(clean):
    (found,) = found_in(
        clean.change(waivers=[jm.Waiver("JM05", at="gone", by="M", reason="r", until="2027-01-01")]), "JM19"
    )
    assert found.level == "warn"
