"""The sample's maps: whole, written as `save` writes them, and wrong in three places only, which are found."""

from __future__ import annotations

import datetime as dt
from importlib.resources import files

import pytest

import journeymap as jm
from journeymap.events import sample
from journeymap.maps.claims import claims
from journeymap.maps.document import KINDS
from journeymap.maps.notation import dumps
from journeymap.maps.plans import BLUEPRINT_LANES
from journeymap.maps.sample import PLANTED, REVIEWED_AT, sample_feedback, sample_map

TODAY = REVIEWED_AT + dt.timedelta(days=5)


@pytest.fixture(scope="module")
def data():
    """The shop's log and answers, and the map of its current state measured with them."""
    shop = sample.shop()
    log = jm.read_events(shop.events, timezone="Europe/Berlin").with_customers(shop.customers)
    log, feedback = log.without(sample.NOISE), sample_feedback(shop)
    return log, feedback, sample_map().measure(log, feedback)


@pytest.mark.parametrize("kind", KINDS)
def test_a_map_is_of_its_kind_and_written_as_save_writes_it(kind):
    told = sample_map(kind)
    assert told.kind == kind
    file = files("journeymap.maps") / "samples" / f"{kind}.yaml"
    assert file.read_text(encoding="utf-8") == dumps(told)


@pytest.mark.parametrize("kind", KINDS)
def test_the_document_alone_raises_only_what_is_planted(kind):
    found = sample_map(kind).check(today=TODAY)
    assert {(one.rule, one.at) for one in found} == (
        {("JM08", "carrier-report")} if kind == "current_state" else set()
    )


def test_the_current_state_is_a_whole_map():
    told = sample_map()
    assert (len(told.stages), len(told.steps), len(told.personas)) == (6, 11, 3)
    assert all(persona.segment_rule for persona in told.personas)
    assert len({one.team for one in told.contributors}) >= 3
    assert any(one.status == "shipped" and one.shipped_at for one in told.opportunities)
    assert all(one.match for one in (*told.steps, *told.touchpoints, *told.channels))
    assert not told.waivers


def test_the_others_have_what_makes_their_kind():
    assert sample_map("future_state").baseline_map == sample_map().id
    assert sum(one.ownership == "owned" for one in sample_map("day_in_life").touchpoints) == 1
    blueprint = sample_map("service_blueprint").blueprint
    assert {one.lane for one in blueprint} == set(BLUEPRINT_LANES)
    assert any(one.fail_point and one.lane == "backstage" for one in blueprint)
    assert any(one.wait_point for one in blueprint)
    assert any(one.links for one in blueprint)


def test_an_unknown_kind_is_suggested():
    with pytest.raises(jm.DefinitionError, match="future_state"):
        sample_map("future")


def test_answers_are_contentment_and_no_nps(data):
    _, feedback, told = data
    frame = feedback.frame
    assert frame["score"].between(0, 10).all()
    assert frame["emotion"].tolist() == pytest.approx(((frame["score"] - 5) * 0.4).tolist())
    assert told.measurements.of("", "nps") is None


def test_what_is_planted_is_found_and_nothing_else_is_contradicted_or_stale(data):
    _, _, told = data
    found = [(one.part, one.status) for one in claims(told, today=TODAY)]
    assert [part for part, status in found if status == "contradicted"] == [PLANTED["contradicted"]]
    assert [part for part, status in found if status == "stale"] == [PLANTED["stale"]]
    assert told.measurements.of(PLANTED["dead"], "customers").value == 0


def test_the_checks_find_each_of_them(data):
    log, feedback, told = data
    found = {(one.rule, one.at) for one in told.check(log=log, feedback=feedback, today=TODAY)}
    assert {("JM01", part) for part in (PLANTED["contradicted"], PLANTED["dead"])} <= found
    assert {
        ("JM06", PLANTED["contradicted"]),
        ("JM08", PLANTED["stale"]),
        ("JM09", PLANTED["stale"]),
    } <= found


def test_mended_it_raises_nothing_but_what_the_shop_is_like(data):
    log, feedback, told = data
    mended = told.change(PLANTED["contradicted"], claims={"emotion": -0.5, "label": "let down"})
    for gone in (PLANTED["dead"], PLANTED["stale"], "carrier-report"):
        mended = mended.remove(gone)
    assert not list(mended.change(measurements=None).check(today=TODAY))
    found = mended.measure(log, feedback).check(log=log, feedback=feedback, today=TODAY)
    assert {one.rule for one in found} <= {"JM03", "JM04", "JM16"}
    assert not found.at_least("error")


def test_personas_part_the_customers(data):
    _, _, told = data
    everybody = told.measurements.of("", "customers").value
    each = [told.measurements.of("", "customers", persona=one.id).value for one in told.personas]
    assert sum(each) == everybody
    assert min(each) > everybody / 5
