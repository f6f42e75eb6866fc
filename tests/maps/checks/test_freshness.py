import datetime as dt
from dataclasses import replace

import pytest

import journeymap as jm
from tests.maps.clean_map import found_in, with_number

DAY = dt.date


@pytest.mark.parametrize(
    ("reviewed", "every", "said"),
    [
        (None, 90, "Nobody has reviewed the map yet."),
        (DAY(2025, 12, 1), 90, "The last review was 109 days ago; one was due after 90 days."),
        (DAY(2025, 9, 1), None, "The last review was 200 days ago; one was due after 180 days."),
    ],
)
def test_a_review_that_is_due(clean, reviewed, every, said):
    old = clean.change("shorten-the-table", shipped_at=None, status="idea")
    (found,) = found_in(old.change(reviewed_at=reviewed, review_every_days=every), "JM08")
    assert found.sentence == said


def test_a_release_since_the_map_was_touched(clean):
    shipped = clean.change("send-a-letter", status="shipped", shipped_at=DAY(2026, 3, 15))
    (found,) = found_in(shipped, "JM08")
    assert found.sentence.startswith("Send a letter was released on 2026-03-15")
    touched = shipped.change(changelog=[{"what": "Letter", "on": DAY(2026, 3, 16)}])
    assert not found_in(touched, "JM08")


@pytest.mark.parametrize("listed", [["2026-03-15"], [{"name": "App 5", "on": DAY(2026, 3, 15)}]])
def test_releases_that_the_map_lists(clean, listed):
    assert len(found_in(replace(clean, extra={"releases": listed}), "JM08")) == 1
    assert not found_in(replace(clean, extra={"releases": ["soon", 3, None]}), "JM08")


@pytest.mark.parametrize("changed", [{"expires": DAY(2026, 3, 19)}, {"collected_at": DAY(2025, 1, 1)}])
def test_evidence_that_is_old(clean, changed):
    (found,) = found_in(clean.change("survey", **changed), "JM08")
    assert (found.level, found.at) == ("warn", "survey")


def test_a_kpi_that_got_worse(measured):
    before = with_number(measured, "discover", "moved_on_share", value=0.9, num=216, den=240)
    found = found_in(measured, "JM08", baseline=before)
    assert [one.at for one in found] == ["discover", "paid"]
    assert found[1].sentence == 'The KPI "Paid" got worse since the snapshot: from 90.0% to 75.0%.'


def test_a_kpi_that_got_better_is_a_change_and_no_loss(measured):
    before = with_number(measured, "discover", "moved_on_share", value=0.5, num=120, den=240)
    assert [one.at for one in found_in(measured, "JM08", baseline=before)] == ["discover"]


def test_chance_is_no_drift(measured):
    before = with_number(measured, "discover", "moved_on_share", value=0.8, num=192, den=240)
    assert not found_in(measured, "JM08", baseline=before)


def test_a_baseline_of_a_kpi_that_no_longer_holds(measured):
    (found,) = found_in(measured.change("paid", baseline=0.95), "JM08")
    assert found.at == "paid"


def test_numbers_that_are_old(measured):
    run = replace(measured.measurements.run, at="2025-01-05T00:00:00+00:00")
    old = measured.change(measurements=replace(measured.measurements, run=run), reviewed_at=DAY(2025, 1, 5))
    said = [one.sentence for one in found_in(old, "JM08")]
    assert (
        "The map was measured on 2025-01-05, too long ago for a map that is reviewed every 90 days." in said
    )
    assert not [one for one in said if "KPI" in one]


def test_an_event_without_a_place(clean, log):
    bare = clean.remove("i-compare").change("web", match=jm.event(["look", "pay", "reorder"], channel="web"))
    (found,) = [one for one in found_in(bare, "JM08", log=log) if not one.at]
    assert found.numbers["customers"] == {"compare": 240}
    assert found.sentence == "1 event that many customers do has no place on the map: compare (100%)."


def test_a_rule_of_a_stage_or_channel_that_picks_nothing(clean, log):
    (found,) = found_in(clean.add(jm.Channel("Store", match=jm.event(channel="store"))), "JM08", log=log)
    assert found.at == "store"
