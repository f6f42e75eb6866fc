"""A result in letters: what it is, what was counted, and how its table begins."""

from __future__ import annotations

import pytest

import journeymap as jm
from tests.report.results import JOURNEY, flow_result, funnel_result


@pytest.fixture(scope="module")
def funnel():
    return funnel_result()


def test_a_result_is_told_in_a_few_lines(funnel):
    said = repr(funnel).splitlines()
    assert said[0] == "Funnel: 102 of 102 customers. Entered See."
    assert said[1].split()[:4] == ["segment", "stage", "position", "customers"]
    assert said[2].split() == ["Everybody", "See", "1", "102", "70", "32", "0", "0"]
    assert said[-1] == "2 rows and 20 columns are in .table; .scope and .notes say the rest."


def test_no_result_writes_out_what_it_was_made_of(funnel):
    log = funnel.log
    results = [
        flow_result(),
        jm.reconcile(log, JOURNEY, jm.Counting(), jm.Counting(window="1h")),
        jm.sensitivity(log, JOURNEY),
    ]
    for result in results:
        said = repr(result)
        assert said.startswith(f"{type(result).__name__}: 102 of 102 customers.")
        assert len(said.splitlines()) <= 11
        assert str(result) == said
