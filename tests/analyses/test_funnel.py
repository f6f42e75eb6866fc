"""Funnels: columns, lists, segments, groups, periods."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import journeymap as jm
from journeymap.analyses.funnel import NOTHING_MORE
from journeymap.analyses.funnel_parts import OUTCOMES
from journeymap.analyses.intervals import benjamini_hochberg, difference_p_value, holm, newcombe, wilson
from tests.counting.logs import journey_of, rows, stage_sets
from tests.small_logs import small_log

DAY = 86_400


def shop():
    """Six customers that can be counted on paper; data ends on day 40, so entries up to day 10 are settled."""
    return small_log(
        [
            ("ann", "see", 0),
            ("ann", "cart", 3600),
            ("ann", "buy", 7200),
            ("bob", "see", 0),
            ("bob", "cart", 0),
            ("bob", "see", DAY),
            ("cat", "see", 5 * DAY),
            ("cat", "cart", 6 * DAY),
            ("cat", "help", 7 * DAY),
            ("dan", "see", 39 * DAY),
            ("dan", "cart", 39 * DAY + 5),
            ("eve", "see", 2 * DAY),
            ("fay", "help", 3 * DAY),
        ],
        columns={
            "channel": ["ad", "ad", None, "mail", "ad", "ad", None, "ad", "ad", "mail", "mail", "ad", "web"],
            "price": [None, 10.0, 10.0, None, 5.0, None, None, 50.0, None, None, 5.0, None, None],
        },
        data_end=40 * DAY,
    )


def journey():
    return jm.Journey("Shop", stages=[jm.Stage(name, jm.event(name)) for name in ("see", "cart", "buy")])


def column(table, name):
    return [None if pd.isna(value) else value for value in table[name]]


def test_counts_on_paper():
    table = jm.funnel(shop(), journey()).table
    assert column(table, "customers") == [5, 3, 1]
    assert column(table, "moved_on") == [3, 1, None]
    assert column(table, "left") == [2, 1, None]
    assert column(table, "still_open") == [0, 1, None]
    assert column(table, "settled") == [4, 2, 1]
    assert column(table, "settled_moved_on") == [2, 1, None]
    assert column(table, "settled_share") == [0.5, 0.5, None]
    assert column(table, "settled_of_first_share") == [1.0, 0.5, 0.25]
    assert column(table, "share_of_first") == [1.0, 0.6, 0.2]
    assert column(table, "share_of_previous") == [None, 0.6, pytest.approx(1 / 3)]
    assert column(table, "median_hours") == [None, 12.5, 1.0]


def test_without_a_window_nobody_has_left_and_there_is_no_rate():
    table = jm.funnel(shop(), journey(), counting=jm.Counting(window=None)).table
    assert column(table, "left") == [0, 0, None]
    assert column(table, "still_open") == [2, 2, None]
    assert column(table, "settled") == [None] * 3
    assert column(table, "median_hours") == [None, 1.0, 1.0]


def test_period_is_half_open_and_bounds_the_entry_only():
    table = jm.funnel(shop(), journey(), period=("1970-01-06", "1970-02-09")).table
    assert column(table, "customers") == [1, 1, 0]
    later = jm.funnel(shop(), journey(), period=("1970-01-06", "1970-02-10")).table
    assert column(later, "customers") == [2, 2, 0]


def test_period_in_the_zone_of_reports():
    log = small_log([("a", "see", 0)], timezone="Europe/Berlin")
    counts = [
        jm.funnel(log, journey(), period=p).table["customers"][0]
        for p in (
            ("1970-01-01", "1970-01-02"),
            ("1970-01-01 01:00", "1970-01-01 02:00"),
            ("1969-12-31", "1970-01-01"),
        )
    ]
    assert counts == [1, 1, 0]


def test_segments_pick_whole_customers():
    loyal = jm.Segment("Cart", jm.did(jm.event("cart")))
    table = jm.funnel(shop(), journey(), segments=[loyal, ~loyal]).table
    assert table.groupby("segment", sort=False)["customers"].agg(list).to_dict() == {
        "Cart": [4, 3, 1],
        "not Cart": [1, 0, 0],
    }


def test_breakdown_at_entry_shows_other_and_missing():
    table = jm.funnel(shop(), journey(), by="channel", top=1).table
    assert table[table.position == 1].set_index("group")["customers"].to_dict() == {
        "ad": 2,
        "(other)": 2,
        "(not set)": 1,
    }
    assert table[table.position == 2].set_index("group")["customers"].to_dict() == {
        "ad": 1,
        "(other)": 1,
        "(not set)": 1,
    }


def test_breakdown_by_attribute():
    log = shop().with_customers(
        pd.DataFrame({"who": ["ann", "bob", "zed"], "plan": ["pro", "free", "pro"]}), customer="who"
    )
    table = jm.funnel(log, journey(), by="plan").table
    assert table[table.position == 1].set_index("group")["customers"].to_dict() == {
        "pro": 1,
        "free": 1,
        "(not set)": 3,
    }
    assert "2 of 6 customers that were read have attributes." in log.notes


def test_values_that_look_like_our_own_names_are_told_apart():
    log = small_log([(c, "see", 0) for c in "abcd"], columns={"x": ["(not set)", "(other)", None, "(other)"]})
    funnel = jm.funnel(log, journey(), by="x", top=1)
    counts = {row.group: row.customers for row in funnel.table.itertuples() if row.position == 1}
    assert counts == {"(other) in the data": 2, "(other)": 1, "(not set)": 1}
    assert funnel.customers(stage="see", group="(not set)")["customer"].tolist() == ["c"]


def test_without_a_window_there_is_no_settled_list():
    funnel = jm.funnel(shop(), journey(), counting=jm.Counting(window=None))
    with pytest.raises(jm.DefinitionError, match="nobody is ever settled"):
        funnel.customers(stage="see", outcome="settled_left")


def test_lists_are_the_customers_of_the_number():
    funnel = jm.funnel(shop(), journey())
    assert funnel.customers(stage="cart", outcome="left")["customer"].tolist() == ["cat"]
    assert funnel.customers(stage="cart", outcome="still_open")["customer"].tolist() == ["dan"]
    ann = funnel.customers(stage="buy").iloc[0]
    assert [str(ann[name]) for name in ("entered_at", "reached_at", "last_active_at")] == [
        "1970-01-01 00:00:00+00:00",
        "1970-01-01 02:00:00+00:00",
        "1970-01-01 02:00:00+00:00",
    ]


def test_what_they_did_next():
    funnel = jm.funnel(shop(), journey())
    left = funnel.did_next(stage="cart", outcome="left")
    assert left.to_dict("list") == {"event": ["help"], "customers": [1]}
    assert funnel.customers_who_did_next("help", stage="cart", outcome="left") == ["cat"]
    everyone = funnel.did_next(stage="see")
    assert dict(everyone.values.tolist()) == {"cart": 3, "see": 1, NOTHING_MORE: 1}


@given(drawn=rows, stages=stage_sets, window=st.one_of(st.none(), st.integers(1, 14)), end=st.integers(0, 30))
@settings(max_examples=150, deadline=None)
def test_laws(drawn, stages, window, end):
    log = small_log(
        [row[:3] for row in drawn],
        keys=[row[3] for row in drawn],
        columns={"x": [row[1] for row in drawn]},
        data_end=end,
    )
    who = jm.Segment("ab", jm.did(jm.event("A"), at_least=2) | jm.where(x="B", pick="first"))
    counting = jm.Counting(window=None if window is None else f"{window}s")
    funnel = jm.funnel(log, journey_of(stages), segments=[who, ~who], by="x", counting=counting)
    whole = jm.funnel(log, journey_of(stages), counting=counting).table
    parts = funnel.table.groupby("position")[["customers", "settled"]].sum(min_count=1)
    assert parts["customers"].tolist() == whole["customers"].tolist()
    assert column(parts, "settled") == column(whole, "settled")
    assert (whole["customers"].diff().dropna() <= 0).all()
    before = whole.iloc[:-1]
    assert (before["customers"] == before["moved_on"] + before["left"] + before["still_open"]).all()
    if window is not None:
        assert (whole["settled"] <= whole["customers"]).all()
    for row in funnel.table.itertuples():
        where = {"stage": row.stage, "segment": row.segment, "group": row.group}
        assert len(funnel.customers(**where)) == row.customers
        if row.position < len(stages):
            for outcome in OUTCOMES[:3]:
                assert len(funnel.customers(outcome=outcome, **where)) == getattr(row, outcome)
            if window is not None:
                assert len(funnel.customers(outcome="settled_moved_on", **where)) == row.settled_moved_on
                assert (
                    len(funnel.customers(outcome="settled_left", **where))
                    == row.settled - row.settled_moved_on
                )
            nexts = funnel.did_next(outcome="left", **where)
            assert nexts["customers"].sum() == row.left


@given(drawn=rows, stages=stage_sets, window=st.integers(1, 10), end=st.integers(0, 20), more=rows)
@settings(max_examples=150, deadline=None)
def test_a_settled_rate_does_not_change_when_more_data_arrives(drawn, stages, window, end, more):
    known = [row for row in drawn if row[2] <= end]
    if not known:
        return
    later = [(*row[:2], end + 1 + row[2], row[3]) for row in more]
    tables = [
        jm.funnel(
            small_log([row[:3] for row in some], keys=[row[3] for row in some], data_end=data_end),
            journey_of(stages),
            counting=jm.Counting(window=f"{window}s"),
            period=("1970-01-01", f"1970-01-01 00:00:{max(0, end - window + 1):02}")
            if end - window >= 0
            else None,
        ).table
        for some, data_end in ((known, end), (known + later, end + 1 + 12))
        if end - window >= 0
    ]
    if tables:
        assert column(tables[0], "settled") == column(tables[1], "settled")


def test_where_reads_the_picked_value():
    log = shop()
    names = lambda rule: [c for c, m in zip(log.store.customers, jm_mask(log, rule), strict=True) if m]  # noqa: E731
    assert names(jm.where(channel="mail")) == ["bob", "dan"]
    assert names(jm.where(channel="mail", pick="first")) == ["dan"]
    assert names(jm.where(channel="mail", pick="last")) == ["dan"]
    assert names(jm.where(price=None)) == ["eve", "fay"]
    assert names(jm.where(price=jm.at_least(10))) == ["ann", "cat"]
    assert names(~jm.where(channel=["ad", "web"])) == ["dan"]
    assert names(jm.where(channel="a*")) == ["ann", "bob", "cat", "eve"]


def jm_mask(log, rule):
    from journeymap.events.selecting import customer_mask

    return customer_mask(log, rule)


@given(drawn=rows, times=st.integers(1, 3), span=st.integers(0, 8))
@settings(max_examples=150, deadline=None)
def test_did_within_means_any_rolling_span(drawn, times, span):
    log = small_log([row[:3] for row in drawn])
    mask = jm_mask(log, jm.did(jm.event("A"), at_least=times, within=f"{span}s" if span else "1ms"))
    for code, who in enumerate(log.store.customers):
        at = sorted(row[2] for row in drawn if row[0] == who and row[1] == "A")
        assert mask[code] == any(sum(0 <= other - one <= span for other in at) >= times for one in at)


def test_until_entry_does_not_look_ahead():
    log = small_log([("a", "help", 0), ("a", "see", 5), ("b", "see", 5), ("b", "help", 9)])
    helped = jm.Segment("Helped before", jm.did(jm.event("help"), until="entry"))
    assert jm.funnel(log, journey(), segments=[helped]).customers(stage="see")["customer"].tolist() == ["a"]


def test_filters_are_said_and_counted():
    log = shop().without(jm.event("help") | jm.where(channel="mail"))
    assert (log.n_customers, log.n_events) == (3, 6)
    funnel = jm.funnel(log, journey())
    assert column(funnel.table, "customers") == [3, 2, 1]
    assert "Filtered: without help or customers whose channel is mail." in str(funnel.scope)
    assert column(jm.funnel(shop().only(jm.event(["see", "buy"])), journey()).table, "customers") == [5, 0, 0]


def test_a_stage_that_matches_nothing_is_zero_and_noted():
    funnel = jm.funnel(
        shop(), jm.Journey("J", stages=[jm.Stage("See", jm.event("see")), jm.Stage("Fly", jm.event("fly"))])
    )
    assert column(funnel.table, "customers") == [5, 0]
    assert "Stage Fly matches no event of the log." in funnel.notes


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda log: jm.funnel(log, journey(), by="chanel"), ("'chanel'", "channel")),
        (lambda log: jm.funnel(log, journey()).customers(stage="cars"), ("'cars'", "'cart'")),
        (lambda log: jm.funnel(log, journey()).customers(stage="buy", outcome="left"), ("last stage",)),
        (lambda log: jm.funnel(log, journey(), period=("2026-02-01", "2026-01-01")), ("no moment",)),
        (
            lambda log: jm.funnel(log, journey(), segments=[jm.Segment("x", jm.where(channel="ad"))] * 2),
            ("share a name",),
        ),
        (
            lambda log: jm.funnel(
                log, journey(), segments=[jm.Segment(str(i), jm.where(channel="ad")) for i in range(7)]
            ),
            ("At most 6",),
        ),
        (
            lambda log: jm.funnel(log, journey(), segments=jm.Segment("x", jm.where(channel="ad"))),
            ("list of segments",),
        ),
        (
            lambda log: jm.funnel(log, journey(), segments=[jm.where(channel="ad")]),
            ("is no segment", "jm.Segment"),
        ),
        (lambda log: jm.funnel(log, journey(), by=["a", "b"]), ("is no property",)),
        (lambda log: jm.funnel(log, journey(), by="channel", top="3"), ("whole number",)),
        (lambda log: jm.funnel(pd.DataFrame(), journey()), ("is no log", "jm.read_events")),
        (lambda log: log.only("see"), ("is no condition", "jm.event('see')")),
        (lambda log: jm.Counting(window="0d"), ("ends where it starts",)),
        (lambda log: jm.Counting(window="soon"), ("not a length of time",)),
        (lambda log: jm.Segment("x", jm.event("see")), ("jm.did",)),
    ],
)
def test_errors_name_what_is_wrong(ask, words):
    with pytest.raises(jm.JourneymapError) as raised:
        ask(shop())
    assert all(word in str(raised.value) for word in words)


@given(n=st.integers(1, 500), share=st.floats(0, 1))
@settings(max_examples=60, deadline=None)
def test_wilson_is_scipys(n, share):
    k = round(n * share)
    expected = stats.binomtest(k, n).proportion_ci(method="wilson")
    assert np.allclose(wilson(k, n), (expected.low, expected.high))


def test_p_values_are_scipys():
    table = np.array([[56, 14], [48, 32]])
    assert difference_p_value((56, 48), (70, 80)) == pytest.approx(
        stats.chi2_contingency(table, correction=False).pvalue
    )
    ps = [0.001, 0.2, 0.03, 0.04]
    assert benjamini_hochberg(ps) == pytest.approx(stats.false_discovery_control(ps))
    assert holm(ps) == pytest.approx([0.004, 0.2, 0.09, 0.09])
    assert newcombe((56, 48), (70, 80)) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)
