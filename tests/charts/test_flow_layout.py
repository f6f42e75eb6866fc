from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeymap.analyses.flow import LEFT
from journeymap.charts.flow_labels import label
from journeymap.charts.flow_layout import fitting, layout, order
from journeymap.charts.flow_parts import FOOT, GAP, HEAD, LINE, NODE
from tests.charts.some_flows import flow_of

NAMES = ["see", "search", "a name that is far too long for any label beside a node", "buy"]

paths = st.lists(
    st.tuples(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6), st.integers(1, 30)),
    min_size=1,
    max_size=8,
)


@settings(deadline=None, max_examples=40)
@given(paths=paths, steps=st.integers(2, 6), top=st.integers(1, 4), width=st.sampled_from([340, 780, 1400]))
def test_laws_of_a_flow_on_paper(paths, steps, top, width):
    flow = flow_of(paths, steps=steps, top=top)
    placed = layout(flow, segment="Everybody", width=width)

    for node in placed.nodes:
        came = [ribbon for ribbon in placed.ribbons if ribbon.target is node]
        went = [ribbon for ribbon in placed.ribbons if ribbon.source is node]
        for ribbons in filter(None, (came, went)):
            assert sum(ribbon.width for ribbon in ribbons) == pytest.approx(node.height)
        assert node.height == pytest.approx(node.customers * placed.scale)
        assert 0 <= node.x <= width - NODE
        assert placed.top + HEAD <= node.y + 1e-6
        assert node.y + node.height <= placed.height - FOOT + 0.51
    for ribbon in placed.ribbons:
        assert ribbon.width == pytest.approx(ribbon.customers * placed.scale)
        assert ribbon.source.y - 1e-6 <= ribbon.source_y
        assert ribbon.source_y + ribbon.width <= ribbon.source.y + ribbon.source.height + 1e-6
        assert ribbon.target.y - 1e-6 <= ribbon.target_y
        assert ribbon.target_y + ribbon.width <= ribbon.target.y + ribbon.target.height + 1e-6
    for column in placed.columns:
        assert sum(node.customers for node in column) == placed.customers
        for above, below in pairwise(column):
            assert below.y - above.y - above.height >= GAP - 1e-6
        lines = [line["y"] for node in column for line in label(node, mode="light")]
        assert all(below - above >= LINE - 0.03 for above, below in pairwise(lines))
        assert all(y - LINE / 2 >= HEAD - FOOT - 0.02 for y in lines)
        assert all(y + LINE / 2 <= placed.height + 0.52 for y in lines)


def test_ribbons_leave_in_the_order_in_which_they_arrive():
    flow = flow_of([(["see", "buy"], 5), (["see", "search", "buy"], 5), (["see"], 5)], steps=2)
    placed = layout(flow, segment="Everybody", width=800)
    first = [ribbon for ribbon in placed.ribbons if ribbon.source.step == 1]
    by_start = [ribbon.target.name for ribbon in sorted(first, key=lambda ribbon: ribbon.source_y)]
    by_end = [ribbon.target.name for ribbon in sorted(first, key=lambda ribbon: ribbon.target.y)]
    assert by_start == by_end
    assert by_start[-1] == LEFT


def test_the_goal_is_on_top_and_left_on_the_ground():
    paths = [(["see", "buy"], 3), (["see", "search"], 3), (["see"], 4)]
    assert order(flow_of(paths, stages=["see", "search", "buy"], steps=2)) == [
        "(continues)", "buy", "search", "see", "(other)", "(left)",
    ]  # fmt: skip
    placed = layout(flow_of(paths, steps=3), segment="Everybody", width=800)
    lefts = [column[-1] for column in placed.columns if column[-1].name == LEFT]
    assert {round(node.y + node.height) for node in lefts} == {placed.height - FOOT}
    assert len(lefts) == 3


def test_names_reached_later_stand_higher():
    flow = flow_of([(["see", "search", "buy"], 9), (["search", "see"], 1)], steps=3)
    assert order(flow)[1:4] == ["buy", "search", "see"]


def test_the_picture_grows_with_its_nodes_and_not_without_need():
    few = flow_of([(["see", "buy"], 50)], steps=2)
    many = flow_of([([f"page {number}", "buy"], 2) for number in range(40)], steps=2, top=40)
    assert layout(few, segment="Everybody", width=800).height == 440
    tall = layout(many, segment="Everybody", width=800)
    assert tall.height == HEAD + 240 + 39 * GAP + FOOT
    assert sum(node.height for node in tall.columns[0]) == pytest.approx(240)


def test_some_columns_of_many():
    flow = flow_of([(["see", "buy"] * 4, 5)], steps=6)
    placed = layout(flow, segment="Everybody", width=340, first_step=3, columns=3)
    assert list(placed.shown) == [3, 4, 5]
    assert {ribbon.source.step for ribbon in placed.ribbons} == {3, 4}
    assert list(layout(flow, segment="Everybody", width=340, first_step=99, columns=3).shown) == [6, 7]


def test_nobody_is_a_low_picture():
    flow = flow_of([["see", "buy"], ["see"]], apart=[7], steps=3)
    placed = layout(flow, segment="Apart", width=800)
    assert (placed.customers, placed.ribbons, placed.height < 100) == (0, [], True)


def test_columns_that_fit():
    assert [fitting(width) for width in (200, 600, 780, 1400)] == [3, 7, 9, 16]
