import re
from dataclasses import replace

import pytest

import journeymap as jm
from journeymap.charts.findings import MOST_CHARACTERS, finding
from journeymap.charts.funnel import drawing
from journeymap.charts.funnel_comparisons import comparisons
from journeymap.charts.funnel_series import all_series
from tests.charts.walks import DAY, journey, segment, walk_log, walks
from tests.small_logs import small_log

NO_BREAK = "\u202f"
LONG = tuple(f"Compared the options of delivery on page {number}" for number in range(5))


def said(funnel):
    return finding(funnel).text.replace(NO_BREAK, " ")


def supported(funnel):
    return finding(funnel).support.replace(NO_BREAK, " ")


CLEAR = {"Mobile": [2000, 1200, 540], "Desktop": [1500, 900, 560]}


def test_the_largest_difference_that_holds_is_named():
    funnel = walks(CLEAR)
    assert said(funnel) == (
        "At Compare, 45.0 % of Mobile customers move on, against 62.2 % of Desktop: 17.2 points fewer (12.9 to 21.4)."
    )
    assert supported(funnel) == (
        "From See to Choose, 27.0 % of settled Mobile customers arrive, and 37.3 % of Desktop. "
        "3 comparisons, corrected by Holm; differences Newcombe."
    )


def test_the_first_segment_may_have_more():
    swapped = walks(dict(reversed(CLEAR.items())))
    assert "against 45.0 % of Mobile: 17.2 points more (12.9 to 21.4)." in said(swapped)


def test_the_way_from_first_to_last_may_differ_most():
    funnel = walks({"a": [1000, 500, 250], "b": [1000, 850, 722]})
    assert said(funnel).startswith("From See to Choose, 25.0 % of a customers arrive, against 72.2 % of b: ")
    assert supported(funnel).startswith("3 comparisons")


def test_no_clear_difference_is_said_with_its_reason():
    assert said(walks({"a": [100, 60, 30], "b": [100, 58, 30]})) == (
        "No stage differs clearly between a and b: every interval holds 0."
    )
    many = {kind: [100, 50, 25] for kind in "abcde"} | {"f": [100, 65, 32]}
    assert (
        said(walks(many)) == "No stage differs clearly between a, b, c and 3 more: Holm over 45 comparisons."
    )


def test_fewer_than_30_settled_customers_are_not_compared():
    funnel = walks({"a": [1000, 900, 800], "b": [29, 3, 1]})
    assert comparisons(all_series(funnel)) == []
    assert said(funnel) == "Too few settled customers to compare a and b: it takes 30 each."


def test_segments_are_compared_in_a_group_and_groups_in_a_segment():
    rows = [(f"{kind}{number}", "e0", 0) for kind in "wxyz" for number in range(30)]
    log = small_log(
        rows,
        columns={
            "kind": [row[0][0] for row in rows],
            "half": ["1" if row[0][0] in "wx" else "2" for row in rows],
        },
        data_end=40 * DAY,
    )
    inner, outer = jm.Segment("in", jm.where(kind=["w", "y"])), jm.Segment("out", jm.where(kind=["x", "z"]))
    series = all_series(jm.funnel(log, journey(2), segments=[inner, outer], by="half"))
    pairs = [{(one.segment, one.group) for one in compared.series} for compared in comparisons(series)]
    assert len(pairs) == 4
    assert {("in", "1"), ("out", "2")} not in pairs


def test_one_segment_names_the_stage_at_which_most_stop():
    assert said(walks({"Mobile": [2000, 1200, 1100]})) == (
        "More settled Mobile customers stop at See than at any later stage: 1,200 of 2,000 move on, 60.0 % (57.8 to 62.1)."
    )
    assert said(walks({"a": [2000, 1900, 400]}, side_by_side=False)) == (
        "More settled customers stop at Compare than at any other stage: 400 of 1,900 move on, 21.1 % (19.3 to 22.9)."
    )


def test_stages_that_cannot_be_ranked_are_not_ranked():
    assert said(walks({"a": [1000, 700, 400]})).startswith(
        "No stage stands out clearly as the one where most a customers stop"
    )
    assert said(walks({"Pilot": [60, 40, 22]})).startswith("No stage stands out clearly")


@pytest.mark.parametrize(
    ("reached", "settled"),
    [([29, 2, 2], "at See, 29 are"), ([31, 27, 0], "at Compare, 27 are"), ([1, 0, 0], "at See, 1 is")],
)
def test_fewer_than_30_settled_customers_are_not_ranked(reached, settled):
    assert (
        said(walks({"Pilot": reached})) == f"Too few Pilot customers to rank the stages: {settled} settled."
    )


def test_30_settled_customers_are_ranked():
    assert said(walks({"Pilot": [30, 2, 2]})).startswith("More settled Pilot customers stop at See")


def test_two_stages_have_one_rate():
    assert (
        said(walks({"Loyal": [200, 50]}))
        == "At See, 50 of 200 settled Loyal customers move on, 25.0 % (19.5 to 31.4)."
    )


def test_all_may_arrive():
    assert said(walks({"a": [50, 50, 50]}, side_by_side=False)) == "All 50 settled customers reached Choose."


def test_settled_customers_decide_and_not_those_still_open():
    reached = {"a": [400, 300, 280]}
    assert said(walks(reached)) == said(walks(reached, late={"a": [900, 899, 1]}))


def test_it_can_be_too_early():
    funnel = walks({"New app": [40, 20, 4]}, window="41d")
    assert said(funnel) == "It is too early for a rate: no New app customer has had 41 days yet."
    assert supported(funnel) == (
        "So far 4 of 40 New app customers have reached Choose. The first result comes by 11 Feb 1970."
    )


def test_without_a_window_there_is_no_rate():
    funnel = walks({"a": [40, 20, 4], "b": [10, 5, 1]}, window=None)
    assert said(funnel) == "Without a window no entry ever settles, so there is no rate."
    assert supported(funnel) == "So far 4 of 40 a customers and 1 of 10 b customers have reached Choose."


def test_nobody_may_have_entered():
    funnel = walks({"Loyal": [40, 20]}, period=("1971-04-01", "1971-05-01"))
    assert said(funnel) == "Nobody in Loyal entered See from 1 Apr 1971 to 30 Apr 1971."
    assert supported(funnel) == "The log is complete to 10 Feb 1970, 00:00."


def test_one_stage_is_counted():
    assert said(walks({"a": [40], "b": [2]})) == "42 customers entered See."


def test_a_segment_of_nobody_leaves_the_other_alone():
    assert said(walks({"a": [400, 100, 90], "b": [0, 0, 0]})).startswith(
        "More settled a customers stop at See"
    )
    assert supported(walks({"a": [400, 100, 90], "b": [0, 0, 0]})).endswith(
        "Nobody in b entered See in this period."
    )


def ruled(reached, *, optional=(), **rules):
    stages = [replace(stage, optional=stage.name in optional) for stage in journey(len(reached["a"])).stages]
    return jm.funnel(
        walk_log(reached),
        jm.Journey("Walk", stages=stages),
        segments=[segment(kind) for kind in reached],
        counting=jm.Counting(**rules),
    )


APART = {"a": [2000, 1200, 540], "b": [1500, 900, 560]}


def test_what_is_counted_is_named_in_the_finding():
    funnel = ruled(APART, attempts="every")
    assert said(funnel).startswith("At Compare, 45.0 % of a attempts move on, against 62.2 % of b")
    assert supported(funnel).startswith(
        "From See to Choose, 27.0 % of settled a attempts arrive, and 37.3 % of b."
    )


def test_attempts_that_begin_anywhere_do_not_arrive_from_the_first_stage():
    funnel = ruled(APART, entry="any stage")
    assert supported(funnel) == "2 comparisons, corrected by Holm; differences Newcombe."


def test_in_any_order_the_finding_counts_stages():
    assert said(ruled({"a": [2000, 1200, 1100]}, order="any")) == (
        "More settled a customers stop after 1 stage than after any other number: "
        "1,200 of 2,000 move on, 60.0 % (57.8 to 62.1)."
    )


def test_where_open_entries_count_as_left_nobody_is_said_to_be_settled():
    funnel = ruled({"a": [2000, 1200, 1100]}, open="left")
    assert said(funnel).startswith("More a customers stop at See than at any later stage")
    assert supported(funnel) == "From See to Choose, 55.0 % of a customers arrive."


def test_optional_stages_are_neither_compared_nor_ranked():
    reached = {"a": [1000, 800, 100, 90], "b": [1000, 800, 700, 90]}
    two = ruled(reached, optional=["Compare", "Choose"])
    assert {compared.where for compared in comparisons(all_series(two))} == {"at See"}
    one = ruled({"a": reached["a"]}, optional=["Choose"])
    assert said(one).startswith("More settled a customers stop at Compare than at any other stage: 90 of 800")


FUNNELS = {
    "clear": walks(CLEAR),
    "one": walks({"Mobile": [2000, 1200, 1100]}),
    "long": walks({"a": [2000, 1200, 540], "b": [1500, 900, 560]}, names=LONG),
    "long one": walks({"a": [2000, 1200, 1100]}, names=LONG),
    "small": walks({"a": [60, 30, 6], "b": [70, 60, 50]}),
}


@pytest.mark.parametrize("name", FUNNELS)
def test_every_number_of_a_finding_stands_in_the_picture(name):
    picture = drawing(FUNNELS[name], width=1400).spec["datasets"]
    shown = " ".join(row["text"] for row in picture["texts"]) + " ".join(
        row["description"] for row in picture["dots"]
    )
    text = finding(FUNNELS[name]).text
    for stage in FUNNELS[name].journey.stage_names:
        text = text.replace(stage, "")
    for number in re.findall(r"\d[\d,.]*\d|\d", text):
        assert number in shown


@pytest.mark.parametrize("name", FUNNELS)
def test_a_finding_is_short_and_cuts_no_name(name):
    text = finding(FUNNELS[name]).text
    assert len(text) <= MOST_CHARACTERS
    assert text.count("\N{HORIZONTAL ELLIPSIS}") == 0
    assert any(stage in text for stage in FUNNELS[name].journey.stage_names)


def test_long_names_take_no_number_away():
    long = [f"Customers who came from the newsletter number {number} in spring" for number in (1, 2)]
    text = said(walks(dict(zip(long, CLEAR.values(), strict=True)), names=LONG))
    assert all(name in text for name in (*long, LONG[1]))
    assert all(number in text for number in ("45.0 %", "62.2 %", "17.2 points fewer (12.9 to 21.4)"))
    assert len(text) > MOST_CHARACTERS


def test_names_that_are_too_long_are_kept_whole():
    name = "A stage whose name alone is longer than a finding ought to be, " * 3
    assert " ".join(name.split()) in said(walks({"a": [2000, 1200, 1100]}, names=(name, "b", "c")))


def test_a_flow_has_a_finding_too():
    assert "customers" in finding(jm.flow(walk_log({"a": [40, 20]}), over="event", steps=2)).text


def test_other_things_have_none():
    with pytest.raises(jm.JourneymapError, match="There is no finding of int"):
        finding(5)


def test_a_pick_of_segments_does_not_change_the_numbers():
    log = walk_log(CLEAR)
    funnel = jm.funnel(
        log, journey(3), segments=[segment("Mobile", name="One"), segment("Desktop", name="Two")]
    )
    assert said(funnel) == said(walks(CLEAR)).replace("Mobile", "One").replace("Desktop", "Two")
