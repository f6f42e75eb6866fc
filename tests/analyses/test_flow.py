"""Flows: against plain Python, and the laws of a true flow."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import journeymap as jm
from tests.counting.brute_force import path
from tests.counting.logs import by_customer, journey_of, rows, stage_sets
from tests.small_logs import small_log


def log_of(drawn, **more):
    return small_log([row[:3] for row in drawn], keys=[row[3] for row in drawn], **more)


def links(flow):
    return {(row.step, row.source, row.target): row.customers for row in flow.table.itertuples()}


def counted(paths):
    found = {}
    for nodes in paths:
        for step, pair in enumerate(itertools.pairwise(nodes), start=1):
            found[(step, *pair)] = found.get((step, *pair), 0) + 1
    return found


@given(drawn=rows, steps=st.integers(2, 5), start=st.sampled_from([None, "A"]))
@settings(max_examples=200, deadline=None)
def test_over_events_as_plain_python_counts(drawn, steps, start):
    if start and not any(row[1] == start for row in drawn):
        return
    flow = jm.flow(log_of(drawn), over="event", steps=steps, start=start)
    paths = [path(events, lambda row: row[0], steps=steps, start=start) for events in by_customer(drawn)]
    assert links(flow) == counted([nodes for nodes in paths if nodes])


@given(drawn=rows, stages=stage_sets, steps=st.integers(2, 5))
@settings(max_examples=200, deadline=None)
def test_over_stages_the_first_listed_stage_counts(drawn, stages, steps):
    def node_of(row):
        return next((str(i) for i, names in enumerate(stages, start=1) if row[0] in names), None)

    flow = jm.flow(log_of(drawn), journey_of(stages), steps=steps)
    paths = [path(events, node_of, steps=steps) for events in by_customer(drawn)]
    assert links(flow) == counted([nodes for nodes in paths if nodes])


@given(drawn=rows, steps=st.integers(2, 5), top=st.integers(1, 3))
@settings(max_examples=200, deadline=None)
def test_what_flows_in_flows_out_and_every_column_adds_up(drawn, steps, top):
    a = jm.Segment("a", jm.did(jm.event("A")))
    flow = jm.flow(log_of(drawn), over="event", steps=steps, top=top, segments=[a, ~a])
    for name, table in flow.table.groupby("segment"):
        nodes = flow.nodes[flow.nodes.segment == name].set_index(["step", "node"])["customers"]
        entered = nodes.xs(1, level="step").sum()
        for step in range(1, steps + 1):
            links_ = table[table.step == step]
            assert links_["customers"].sum() == entered
            assert (
                links_.groupby("source")["customers"].sum().to_dict()
                == nodes.xs(step, level="step").to_dict()
            )
            assert (
                links_.groupby("target")["customers"].sum().to_dict()
                == nodes.xs(step + 1, level="step").to_dict()
            )
            assert len(set(links_["source"]) - {"(left)", "(other)"}) <= top
        for link in table.itertuples():
            listed = flow.customers(step=link.step, source=link.source, target=link.target, segment=name)
            assert len(listed) == link.customers
        for (step, node), customers in nodes.items():
            assert len(flow.customers(step=step, node=node, segment=name)) == customers


@given(drawn=rows, order=st.randoms())
@settings(max_examples=60, deadline=None)
def test_order_of_rows_does_not_matter(drawn, order):
    shuffled = list(drawn)
    order.shuffle(shuffled)
    assert links(jm.flow(log_of(drawn), over="event")) == links(jm.flow(log_of(shuffled), over="event"))


def test_over_a_column_what_has_no_value_is_skipped_and_said():
    log = small_log(
        [("a", "e", 0), ("a", "e", 1), ("a", "e", 2), ("b", "e", 0)],
        columns={"channel": ["ad", None, "mail", None]},
    )
    flow = jm.flow(log, over="channel", steps=2)
    assert links(flow) == {(1, "ad", "mail"): 1, (2, "mail", "(left)"): 1}
    assert "1 event without channel skipped." in flow.notes


def test_paths_that_go_on_and_those_that_may_come_back():
    log = small_log([("a", "x", 0), ("a", "y", 1), ("a", "x", 2), ("b", "x", 9_000)], data_end=10_000)
    flow = jm.flow(log, over="event", steps=2)
    assert links(flow) == {
        (1, "x", "(left)"): 1,
        (1, "x", "y"): 1,
        (2, "(left)", "(left)"): 1,
        (2, "y", "(continues)"): 1,
    }
    assert flow.nodes.set_index(["step", "node"]).loc[(2, "(left)"), "recent"] == 1
    assert any("may come back" in note for note in flow.notes)


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (jm.flow, ("needs a journey",)),
        (lambda log: jm.flow(log, over="event", start="se"), ("'see'",)),
        (lambda log: jm.flow(log, over="colour"), ("'colour'",)),
        (lambda log: jm.flow(log, over="event", start=1), ("start=1 is no name", "as text", 'start="1"')),
        (lambda log: jm.flow(log, over="event", steps=99), ("from 2 to 20",)),
        (lambda log: jm.flow(log, over="event").customers(step=9, node="see"), ("no step 9",)),
    ],
)
def test_errors_name_what_is_wrong(ask, words):
    with pytest.raises(jm.JourneymapError) as raised:
        ask(small_log([("a", "see", 0), ("a", "buy", 1)]))
    assert all(word in str(raised.value) for word in words)


def test_notes_are_of_the_paths_that_are_counted():
    rows = [("a", "see", 10), ("a", "x", 10), ("a", "buy", 20), ("a", "x", 30)]
    rows += [("b", "x", 0), ("b", "x", 5), ("b", "see", 10), ("b", "buy", 10)]
    log = small_log(rows, columns={"kind": [row[0] for row in rows]})
    journey = jm.Journey("S", stages=[jm.Stage("See", jm.event("see")), jm.Stage("Buy", jm.event("buy"))])
    some = [jm.Segment("A", jm.where(kind="a"))]
    assert jm.flow(log, journey, steps=3, segments=some).notes[-1] == "1 event of no stage skipped."
    ties = "1 time two events of one instant were put in order by their names."
    assert ties not in jm.flow(log, journey, steps=3, segments=some).notes
    assert ties in jm.flow(log, journey, steps=3).notes


def test_without_a_period_no_path_starts_after_the_data_end():
    log = small_log([("a", "see", 10), ("a", "buy", 900_000), ("b", "see", 900_000)], data_end=100)
    flow = jm.flow(log, over="event", steps=2)
    assert flow.nodes[flow.nodes["step"] == 1]["customers"].tolist() == [1]
    assert "2 events after the data end are no entries." in flow.notes
    assert not any("may come back" in note for note in flow.notes)
    late = jm.flow(log, over="event", steps=2, period=("1970-01-01", "1980-01-01"))
    assert late.nodes[late.nodes["step"] == 1]["customers"].sum() == 2
