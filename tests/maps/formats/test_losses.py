"""What a format leaves out is counted on the map that is written."""

from __future__ import annotations

import journeymap as jm
from journeymap.maps.formats.losses import garbled, losses, said_of, without_extra
from journeymap.maps.measurements import Measurements, Observation

HELD = {"": ("title",), "stages": ("name",), "steps": ("title", "claims.emotion")}


def test_a_map_that_says_no_more_loses_nothing():
    shop = jm.JourneyMap("Shop", stages=["Buy"], steps=[jm.Step("I pay", claims={"emotion": 1})])
    assert losses(shop, "It", HELD) == []
    assert losses(shop.add(jm.Step("I pay")), "It", HELD) == []


def test_each_loss_is_counted():
    shop = jm.JourneyMap(
        "Shop",
        id="other",
        language="de",
        scope={"start": "an ad"},
        stages=[{"name": "Buy", "colour": "red", "owner": "Ada"}, {"name": "Use", "owner": "Bo"}],
        steps=[jm.Step("I pay", claims={"emotion": 1, "label": "fine"}, next=["i-pay"])],
        kpis=["Sales"],
        measurements=Measurements(observations=[Observation(target="buy", metric="customers", value=3)]),
    )
    assert losses(shop, "It", HELD) == [
        "It has no place for 1 KPI and 1 measured number.",
        "Of the map it leaves out id, scope.start and language.",
        "Of stages it leaves out what else the file said (1) and owner (2).",
        "Of steps it leaves out next (1) and claims.label (1).",
    ]


def test_an_own_corner_of_what_else_was_said_can_be_left_aside():
    shop = jm.maps.fields.part_from_plain(jm.JourneyMap, {"title": "Shop", "cjml": {"a": 1}, "mood": "blue"})
    assert without_extra(shop, "cjml").extra == {"mood": "blue"}
    assert "extra" not in said_of(without_extra(without_extra(shop, "cjml"), "mood"))


def test_texts_with_control_characters_are_counted_wherever_they_stand():
    shop = jm.JourneyMap("Sh\x00op", id="shop", stages=[{"name": "Buy", "kpis": ["a\x07"]}])
    told = "2 texts have control characters, which XML cannot hold; \ufffd stands for each."
    assert garbled(shop, "XML") == [told]
    assert garbled(jm.JourneyMap("Shop"), "XML") == []
