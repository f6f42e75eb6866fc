import datetime as dt

import pytest

from tests.maps.clean_map import found_in, with_number


def test_a_stage_without_kpi(clean):
    (found,) = found_in(clean.change("buy", kpis=[]).change("returned", of=""), "JM09")
    assert found.sentence == 'No KPI says whether "Buy" goes well.'


def test_a_kpi_that_says_too_little(clean):
    (found,) = found_in(clean.change("joy", target=None, baseline=None, owner="", goal=""), "JM09")
    assert found.sentence == 'The KPI "Joy" has no target, no baseline, no owner and no goal.'


def test_an_opportunity_that_nobody_owns(clean):
    bare = {"owner": "", "effort": None, "kpi": "", "due": None}
    (found,) = found_in(clean.change("send-a-letter", **bare), "JM09")
    assert found.numbers["missing"] == ["owner", "effort", "KPI", "due date"]
    assert not found_in(clean.change("send-a-letter", **bare, status="dropped"), "JM09")


@pytest.mark.parametrize("changed", [{"metric": ""}, {"metric": "nps"}, {"of": "web"}])
def test_a_kpi_that_cannot_be_computed(clean, log, feedback, changed):
    (found,) = found_in(clean.change("joy", **changed), "JM09", log=log, feedback=feedback)
    assert (found.at, "cannot be computed" in found.sentence) == ("joy", True)


def test_without_feedback_nothing_is_said_of_kpis_of_answers(clean, log):
    assert not found_in(clean, "JM09", log=log)


@pytest.mark.parametrize("shipped", [None, dt.date(2026, 1, 8), dt.date(2026, 2, 20)])
def test_a_shipped_opportunity_without_before_and_after(clean, log, feedback, shipped):
    data = {"log": log, "feedback": feedback}
    (found,) = found_in(clean.change("shorten-the-table", shipped_at=shipped), "JM09", **data)
    assert found.at == "shorten-the-table"


def test_the_worst_stage_without_an_opportunity(measured):
    calm = with_number(measured, "buy", "negative_share", value=0)
    worst = with_number(calm, "return", "negative_share", value=0.99)
    assert not found_in(worst, "JM09")
    dropped = worst.change("send-a-letter", status="dropped")
    (found,) = found_in(dropped, "JM09")
    assert (found.at, found.numbers["customers"]) == ("return", 107)
