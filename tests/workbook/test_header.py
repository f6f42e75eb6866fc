"""What the export menu takes away is what is on the screen."""

import pytest

import journeymap as jm
from journeymap.report.saving import render
from journeymap.workbook.menu import Menu
from tests.analyses.test_funnel import journey, shop

BUYERS = jm.Segment("Buyers", jm.did(jm.event("buy")))


@pytest.fixture
def export(monkeypatch):
    """Choose a row of the menu, and return the file that comes."""
    sent = []
    monkeypatch.setattr(Menu, "send", lambda _menu, _content, buffers=None: sent.extend(buffers or []))

    def choose(workbook, item):
        workbook.header.menu._handle_custom_msg({"do": item}, [])
        return sent.pop()

    return choose


@pytest.fixture
def workbook():
    made = jm.Workbook(shop(), journey(), segments=[BUYERS])
    made.state.ask(segments=(BUYERS,))
    made.state.ask(segments=(~BUYERS, BUYERS))
    for panel in made.panels.values():
        panel.view.width = 900
    return made


def test_a_funnel_is_taken_away_at_its_scale(workbook, export):
    shares = export(workbook, "svg")
    workbook.panels["Funnel"]._scale.value = "customers"
    assert export(workbook, "svg") == render(
        workbook.answer.funnel, "svg", scale="customers", known=["Buyers"]
    )
    assert export(workbook, "svg") != shares


def test_a_flow_is_taken_away_in_the_colours_of_the_page(workbook, export):
    workbook.panels["Flow"]._coloured = ["buy", "cart", "see"]
    workbook.tabs.selected_index = 1
    colours = {"known": ["Buyers"], "nodes": ["buy", "cart", "see"]}
    assert export(workbook, "svg") == render(workbook.answer.flow, "svg", **colours)
    assert export(workbook, "svg") != render(workbook.answer.flow, "svg")


def test_the_rest_of_a_segment_keeps_its_sign_while_the_segment_is_not_ticked(workbook):
    workbook.state.ask(segments=(~BUYERS,))
    assert workbook.state.coloured == ["Buyers"]


def test_everybody_keeps_the_colour_they_had(workbook):
    first = jm.Workbook(shop(), journey())
    first.panels["Funnel"].view.width = 900
    workbook.state.ask(segments=())
    signs = [one.panels["Funnel"].view.data["signs"] for one in (first, workbook)]
    assert signs[0] == signs[1]
