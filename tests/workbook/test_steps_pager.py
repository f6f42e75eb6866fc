"""Which steps of a flow are shown where not all have room."""

from __future__ import annotations

from types import SimpleNamespace

import ipywidgets as w
import pytest

from journeymap.workbook.steps_pager import StepsPager

FLOW = SimpleNamespace(steps=6)


@pytest.fixture
def turned():
    return []


@pytest.fixture
def pager(turned):
    return StepsPager(w.VBox(), on_turn=lambda: turned.append(True))


def said(pager):
    return pager.children[1].value


def test_where_all_steps_fit_there_is_nothing_to_turn(pager):
    assert pager.stretch(FLOW, 1000) == (1, None)
    assert pager.layout.display == "none"


def test_each_turn_keeps_one_step_and_the_ends_are_ends(pager, turned):
    earlier, _, later = pager.children
    seen = [pager.stretch(FLOW, 560)]
    assert (earlier.disabled, later.disabled) == (True, False)
    for _ in range(2):
        later.click()
        seen.append(pager.stretch(FLOW, 560))
    assert seen == [(1, 3), (3, 3), (5, 3)]
    assert (earlier.disabled, later.disabled) == (False, True)
    assert "Steps 5 to 6 of 6" in said(pager)
    earlier.click()
    assert pager.stretch(FLOW, 560) == (3, 3)
    assert len(turned) == 3


def test_a_shorter_flow_and_a_wider_page_move_the_stretch_into_what_there_is(pager):
    pager.stretch(FLOW, 560)
    pager.children[2].click()
    pager.children[2].click()
    assert pager.stretch(SimpleNamespace(steps=3), 560) == (2, 3)
    assert pager.stretch(SimpleNamespace(steps=8), 700) == (2, 8)


def test_the_buttons_go_where_the_picture_goes(pager):
    pager.stretch(FLOW, 560)
    assert pager.layout.display is None
    pager._picture.layout.display = "none"
    assert pager.layout.display == "none"
