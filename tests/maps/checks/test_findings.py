import datetime as dt

import pytest

import journeymap as jm
from journeymap.maps.checks.findings import plain
from tests.maps.clean_map import TODAY, clean_map

LAST_DAY = TODAY + dt.timedelta(days=30)


def one_wrong(**waiver):
    """Return a map with one finding, and a waiver of it."""
    said = {"rule": "JM06", "at": "slow", "by": "Mia", "reason": "We ask in May.", "until": LAST_DAY} | waiver
    return clean_map().change("slow", severity=None).change(waivers=[jm.Waiver(**said)])


def test_a_waived_finding_is_kept_and_not_counted():
    found = one_wrong().check(today=TODAY)
    (waived,) = found
    assert waived.waived_by.by == "Mia"
    assert found.counts == {"error": 0, "warn": 0, "info": 0}
    assert found.at_least("info") == []
    assert (
        repr(found)
        == "<Findings: 1 waived; 100% of the claims, weighted by the customers they concern, have evidence (fresh or not)>"
    )
    assert found.table.loc[0, ["rule", "at", "part", "waived_by"]].tolist() == [
        "JM06",
        "slow",
        "The form is slow",
        "Mia",
    ]


def test_a_waiver_counts_on_its_last_day_and_not_after():
    assert one_wrong().check(today=LAST_DAY).waived
    late = [one for one in one_wrong().check(today=LAST_DAY + dt.timedelta(days=1)) if one.rule == "JM06"]
    assert [(one.level, one.waived_by) for one in late] == [("warn", None), ("info", None)]
    assert late[1].sentence == f"The waiver of JM06 ended on {LAST_DAY}, so it does not count."


@pytest.mark.parametrize(
    ("missing", "said"), [("until", "no until"), ("by", "no by"), ("reason", "no reason")]
)
def test_a_waiver_without_a_name_a_reason_or_an_end_does_not_count(missing, said):
    found = one_wrong(**{missing: None}).check(today=TODAY)
    assert found.counts == {"error": 0, "warn": 1, "info": 1}
    assert said in found.at_least("info")[1].sentence


def test_a_waiver_is_for_one_place():
    assert not one_wrong(at="long").check(today=TODAY).waived
    assert not one_wrong(rule="JM07").check(today=TODAY).waived


def test_levels():
    found = jm.JourneyMap("Empty").check(today=TODAY)
    assert [one.level for one in found] == sorted(
        (one.level for one in found), key=["error", "warn", "info"].index
    )
    assert found.coverage is None
    assert len(found.table) == len(found)
    with pytest.raises(jm.DefinitionError, match="no level"):
        found.at_least("fatal")


def test_thresholds_are_the_readers_own():
    from journeymap.maps.checks.limits import Limits

    found = clean_map().check(today=TODAY, limits=Limits(stages=2, words=3))
    assert {one.rule for one in found} == {"JM04"}
    assert len(found) > 2


def test_what_was_not_checked_is_said():
    assert "Only the document was checked" in clean_map().check(today=TODAY).notes[0]


def test_texts_within_a_sentence():
    assert plain("a\u202eb\x07\n\tc") == "a b c"
    assert plain("x" * 100) == "x" * 59 + "…"
