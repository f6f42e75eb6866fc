import pytest

from journeymap.analyses.intervals import wilson
from journeymap.charts.flow_finding import flow_finding
from journeymap.charts.flow_leaving import leaving
from tests.charts.some_flows import flow_of

LEAVE_AT_FORM = [
    (["see", "form"], 60),
    (["see", "form", "buy"], 40),
    (["see", "shop"], 30),
    (["see", "shop", "buy"], 170),
]


def test_counts_of_those_who_leave_next_and_of_the_others():
    found = {
        (one.step, one.node): one for one in leaving(flow_of(LEAVE_AT_FORM, steps=3), segment="Everybody")
    }
    form = found[2, "form"]
    assert (form.customers, form.left, form.others, form.others_left) == (100, 60, 200, 30)
    assert found[1, "see"].others_share is None


def test_the_node_that_stands_out_is_named_with_its_interval():
    finding = flow_finding(flow_of(LEAVE_AT_FORM, steps=3))
    low, high = (f"{100 * float(bound):.1f}" for bound in wilson(60, 100))
    assert finding.text == (
        f"At form, step 2, 60.0\u202f% of customers leave next ({low} to {high}), against 15.0\u202f% elsewhere in that step."
    )
    assert finding.support == (
        "60 of 100 leave next; elsewhere in step 2 it is 30 of 200. 2 comparisons, corrected by Benjamini-Hochberg."
    )


def test_a_segment_is_named():
    flow = flow_of(LEAVE_AT_FORM, steps=3, apart=[0])
    assert "% of All customers leave next" in flow_finding(flow).text
    assert (
        flow_finding(flow, segment="Apart").text
        == "After step 3, 100\u202f% of Apart customers have left: 1 of 1."
    )


def test_leaving_after_the_goal_is_no_loss():
    paths = [(["see", "buy"], 100), (["see", "shop", "see"], 70), (["see", "shop"], 30)]
    over_events = flow_of(paths, steps=3)
    over_stages = flow_of(paths, steps=3, stages=["see", "shop", "buy"])
    assert "At buy, step 2" in flow_finding(over_events).text
    assert "At buy" not in flow_finding(over_stages).text
    (goal,) = [one for one in leaving(over_stages, segment="Everybody") if (one.step, one.node) == (2, "buy")]
    assert goal.others == 0


def test_the_support_says_what_is_left_out():
    paths = [
        (["see", "form"], 60),
        (["see", "form", "buy"], 40),
        (["see", "shop", "buy"], 200),
        (["see", "buy"], 9),
    ]
    support = flow_finding(flow_of(paths, steps=3, stages=["see", "form", "shop", "buy"])).support
    assert "buy is left out, since leaving after it is no loss." in support


def test_chance_is_no_finding():
    paths = [
        (["see", "form"], 20),
        (["see", "form", "buy"], 40),
        (["see", "shop"], 22),
        (["see", "shop", "buy"], 38),
    ]
    finding = flow_finding(flow_of(paths, steps=3))
    assert finding.text == "No clear difference between events in the share of customers that leaves next."
    assert finding.support == "2 comparisons, corrected by Benjamini-Hochberg."


def test_a_handful_is_never_the_finding():
    paths = [(["see", "form"], 29), (["see", "shop", "buy"], 200), (["see", "page", "buy"], 100)]
    assert "form" not in flow_finding(flow_of(paths, steps=3)).text


def test_where_nothing_can_be_compared_the_end_is_said():
    finding = flow_finding(flow_of([(["see", "buy"], 30), (["see", "buy", "see"], 10)], steps=2))
    assert finding.text == "After step 2, 75\u202f% of customers have left: 30 of 40."


def test_nobody():
    flow = flow_of([["see"]], apart=[9], steps=2)
    assert flow_finding(flow, segment="Apart").text.startswith("No Apart customer starts from ")


@pytest.mark.parametrize("length", [10, 60, 75])
def test_at_most_140_characters_and_no_name_cut(length):
    name = "form " + "x" * (length - 5)
    paths = [([one if one != "form" else name for one in path], count) for path, count in LEAVE_AT_FORM]
    text = flow_finding(flow_of(paths, steps=3)).text
    assert name in text
    assert len(text) <= 140
