"""The log: instants and zones, attributes, filters, timelines, what is held."""

from __future__ import annotations

import pandas as pd
import pytest

import journeymap as jm
from journeymap.events.held import Held
from journeymap.journeys import Segment
from tests.analyses.test_funnel import shop
from tests.small_logs import small_log


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2026-01-01", "2025-12-31 23:00"),
        ("2026-07-01", "2026-06-30 22:00"),
        ("2026-03-29 02:30", "2026-03-29 01:00"),  # the clocks skip this hour: its end
        ("2026-10-25 02:30", "2026-10-25 00:30"),  # the clocks repeat this hour: its first time
        ("2026-01-01 00:00+00:00", "2026-01-01 00:00"),
    ],
)
def test_moments_are_read_in_the_zone_of_reports(written, utc):
    log = small_log([("a", "x", 0)], timezone="Europe/Berlin")
    assert log.instant(written) == pd.Timestamp(utc, tz="UTC").timestamp()
    assert log.moment(log.instant(written)).tz_convert("UTC") == pd.Timestamp(utc, tz="UTC")


@pytest.mark.parametrize("written", ["soon", None, "2026-13-01", ""])
def test_what_is_no_date_is_said(written):
    with pytest.raises(jm.DefinitionError, match="date"):
        small_log([("a", "x", 0)]).instant(written)


def test_an_instant_between_two_units_is_the_later_one():
    assert small_log([("a", "x", 0)]).instant("1970-01-01 00:00:00.4") == 1


def test_the_span_leaves_out_what_lies_beyond_the_data_end():
    log = small_log([("a", "x", 10), ("a", "x", 99)], data_end=50)
    assert [moment.second for moment in log.span] == [10, 10]


def test_values_count_customers_once():
    assert shop().values("channel").to_dict() == {"ad": 4, "mail": 2, "web": 1}
    assert shop().values("channel", most=1).to_dict() == {"ad": 4}


def test_a_timeline_lists_everything_in_order():
    timeline = shop().timeline("ann")
    assert timeline["event"].tolist() == ["see", "cart", "buy"]
    assert timeline["channel"].dropna().tolist() == ["ad", "ad"]
    with pytest.raises(jm.JourneymapError, match="'ned'"):
        shop().timeline("ned")


PEOPLE = pd.DataFrame(
    {"id": ["bob", "ann", "zoe", None], "plan": ["pro", "free", "pro", "pro"], "age": [30, None, 50, 60]}
)


def test_attributes_are_lined_up_and_what_was_not_found_is_noted():
    log = shop().with_customers(PEOPLE, customer="id")
    assert log.values("plan").to_dict() == {"free": 1, "pro": 1}
    assert log.column("age").values.tolist() == [30.0, 50.0]
    assert log.notes[-3:] == (
        "2 of 6 customers that were read have attributes.",
        "1 row of attributes belongs to nobody in the log.",
        "1 row of attributes names no customer.",
    )
    older = Segment("Older", jm.where(age=jm.at_least(20)))
    assert (
        jm.funnel(log, jm.Journey("J", stages=[jm.Stage("See", jm.event("see"))]), segments=[older]).table[
            "customers"
        ][0]
        == 1
    )


@pytest.mark.parametrize(
    ("profiles", "words"),
    [
        (pd.concat([PEOPLE, PEOPLE.iloc[:1]]), ("1 customer has more than one row", "bob")),
        (PEOPLE.rename(columns={"id": "name"}), ("'id'", "name")),
        (PEOPLE.rename(columns={"plan": "channel"}), ("already has channel", "rename")),
    ],
)
def test_attributes_that_cannot_be_joined_are_refused(profiles, words):
    with pytest.raises(jm.JourneymapError) as raised:
        shop().with_customers(profiles, customer="id")
    assert all(word in str(raised.value) for word in words)


def test_filters_stack_and_leave_the_first_log_alone():
    log = shop()
    seen = log.only(jm.event(["see", "cart"]))
    ads = seen.without(jm.where(channel="mail"))
    assert [some.n_events for some in (log, seen, ads)] == [13, 10, 5]
    assert tuple(map(repr, ads.filters)) == (
        "only jm.event(['see', 'cart'])",
        "without jm.where(channel='mail')",
    )
    assert ads.event_counts.to_dict() == {"see": 3, "cart": 2}
    with pytest.raises(jm.DataError, match="No event is left"):
        log.only(jm.event("fly"))


def test_a_rule_on_an_unknown_property_suggests_the_nearest():
    with pytest.raises(jm.DefinitionError, match="'channel'"):
        shop().only(jm.event("see", chanel="ad"))


def test_what_is_not_used_for_longest_is_let_go():
    held, made = Held(most=2), []
    for name in "abacab":
        held.get(name, lambda name=name: made.append(name))
    assert made == ["a", "b", "c", "b"]
