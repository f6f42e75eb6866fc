"""What stands for the rail on a narrow page: chips in Python, then the script in Chromium."""

from __future__ import annotations

import pytest

import journeymap as jm
from journeymap.questions import Question
from journeymap.workbook.filters import Filters
from journeymap.workbook.rail import Rail
from journeymap.workbook.state import State
from tests.analyses.test_funnel import journey, shop
from tests.workbook.stub_model import Stub, open_page

MARKUP = "<img src=x onerror=alert(1)>"
BUYERS = jm.Segment("Buyers", jm.did(jm.event("buy")))
MARKED = jm.Segment(MARKUP, jm.did(jm.event("see")))


@pytest.fixture
def state():
    return State(shop(), Question(journey()), tab="Funnel")


@pytest.fixture
def filters(state):
    return Filters(state, Rail(state, journeys=[journey()], segments=[BUYERS]))


def labels(filters, *, changed):
    return [chip["label"] for chip in filters.chips if chip["changed"] is changed]


def take_off(filters, chip):
    filters._handle_custom_msg({"take_off": chip}, [])


def test_period_and_window_have_chips_that_stay(filters):
    assert labels(filters, changed=True) == []
    assert labels(filters, changed=False) == ["Everybody", "1 Jan 1970 to 9 Feb 1970", "Window 30 days"]
    for chip in filters.chips:
        take_off(filters, chip["id"])
    assert not filters._state.can_undo


def test_what_is_chosen_is_taken_off_chip_by_chip(state, filters):
    asked = {
        "segments": (BUYERS, ~BUYERS),
        "by": "channel",
        "period": ("1970-01-01", "1970-01-03"),
        "counting": jm.Counting(window=None),
    }
    state.ask(**asked)
    assert labels(filters, changed=True) == [
        "Buyers",
        "not Buyers",
        "By channel",
        "1 Jan 1970 to 2 Jan 1970",
        "No window",
    ]
    signs = [chip["sign"] for chip in filters.chips[:2]]
    assert [(sign["series"], sign["shape"]) for sign in signs] == [(1, "circle"), (1, "not")]
    for chip in [chip["id"] for chip in filters.chips]:
        take_off(filters, chip)
    assert state.question == state.first


def test_the_flow_has_no_chips_of_what_it_does_not_use(state, filters):
    state.ask(by="channel")
    state.tab = "Flow"
    assert [chip["id"] for chip in filters.chips] == ["segments", "period"]


@pytest.mark.parametrize("message", [{"take_off": "nonsense"}, {"take_off": ["by"]}, {}, "by", None])
def test_nonsense_is_not_heard(state, filters, message):
    state.ask(by="channel")
    filters._handle_custom_msg(message, [])
    assert state.question.by == "channel"


@pytest.mark.browser
class TestPage:
    @pytest.fixture
    def stub(self, page, state, filters):
        open_page(page)
        state.ask(segments=(BUYERS, MARKED))
        return Stub(page, filters)

    def test_the_button_opens_the_rail_and_says_so(self, stub):
        button = stub.page.get_by_role("button", name="Filters 2")
        assert button.get_attribute("aria-expanded") == "false"
        button.click()
        stub.give_back()
        assert "jm-open" in stub.widget._rail._dom_classes
        assert button.get_attribute("aria-expanded") == "true"

    def test_the_focus_goes_to_the_next_chip_and_then_to_the_button(self, stub, state):
        for name, focused in (("Buyers", f"Take off: {MARKUP}"), (MARKUP, None)):
            stub.page.get_by_role("button", name=f"Take off: {name}").click()
            take_off(stub.widget, stub.messages[-1]["take_off"])
            stub.receive(chips=stub.widget.chips)
            stub.until("document.activeElement !== document.body")
            assert stub.page.evaluate("document.activeElement.ariaLabel") == focused
        assert state.question.segments == ()
        assert stub.page.evaluate("document.activeElement.textContent").strip() == "Filters"

    def test_names_are_text_and_segments_have_their_signs(self, stub):
        assert stub.find("img").count() == 0
        assert stub.find(".jm-chips svg").count() == 2
        assert MARKUP in stub.find(".jm-chips").inner_text()
