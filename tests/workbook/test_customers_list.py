"""The list of customers: traits and messages in Python, then the script in Chromium."""

from __future__ import annotations

import pytest
import traitlets

from journeymap.workbook.customers_list import CustomersList
from tests.workbook.stub_model import Stub, open_page

MARKUP = "<img src=x onerror=alert(1)>"
TIMELINE = [
    {"at": "1 Jan, 00:52", "event": "page_view", "detail": MARKUP},
    {"at": "1 Jan, 00:54", "event": "search"},
]


def people(**traits):
    given = {
        "title": "25 customers left at Decide",
        "subtitle": "Mobile first, settled.",
        "columns": [
            {"key": "customer", "label": "Customer"},
            {"key": "days", "label": "Stayed", "align": "right"},
        ],
        "rows": [[f"c_{number}", f"{number} d"] for number in range(9)] + [[MARKUP, "9 d"]],
        "total": 25,
        "bars": [
            {"label": "Search", "count": 1200, "share_text": "60.0 %", "fraction": 1},
            {"label": "(other)", "count": 800, "share_text": "40.0 %", "fraction": 0.5},
        ],
        "actions": [{"id": "download", "label": "Download list"}],
    }
    return CustomersList(**{**given, **traits})


class TestPython:
    def heard(self, message):
        widget, heard = people(), []
        for what in ["close", "customer", "download"]:
            widget.on_do(what, heard.append)
        widget._handle_custom_msg(message, [])
        return heard

    @pytest.mark.parametrize("message", [{"do": "close"}, {"do": "download"}, {"do": "customer", "row": 9}])
    def test_what_the_reader_does_is_heard_once(self, message):
        assert self.heard(message) == [message]

    @pytest.mark.parametrize(
        "message",
        [
            {"do": "customer", "row": 10},
            {"do": "customer", "row": -1},
            {"do": "customer", "row": "0"},
            {"do": "customer"},
            {"do": "customer", "row": True},
            {"do": "other"},
            {},
            "close",
            None,
        ],
    )
    def test_what_is_not_there_is_not_heard(self, message):
        assert self.heard(message) == []

    def test_a_tone_is_an_outcome(self):
        with pytest.raises(traitlets.TraitError):
            people(tone="red")

    def test_pages_count_from_one(self):
        with pytest.raises(traitlets.TraitError):
            people(page=0)


@pytest.mark.browser
class TestPage:
    @pytest.fixture
    def stub(self, page):
        open_page(page)
        page.evaluate(
            "document.body.prepend(Object.assign(document.createElement('button'), { id: 'opener' }))"
        )
        page.focus("#opener")
        return Stub(page, people(shown=False))

    @pytest.fixture
    def opened(self, page, stub):
        stub.receive(shown=True)
        page.get_by_role("table").wait_for()
        return stub

    def test_is_not_there_until_it_is_shown(self, page, stub):
        assert page.get_by_role("region").count() == 0

    def test_opening_moves_the_focus_to_its_title_and_closing_back(self, page, opened):
        assert page.evaluate("document.activeElement.textContent") == "25 customers left at Decide"
        opened.receive(shown=False)
        page.wait_for_function("document.activeElement.id === 'opener'")

    def test_is_a_table_with_heads_and_texts(self, page, opened):
        assert page.get_by_role("columnheader").all_text_contents() == ["Customer", "Stayed"]
        assert page.get_by_role("row").count() == 11
        assert page.get_by_role("cell", name=MARKUP).count() == 1
        assert page.locator("img").count() == 0

    def test_a_customer_is_opened_by_the_row_or_its_button(self, page, opened):
        page.get_by_role("cell", name="3 d").click()
        page.get_by_role("button", name="c_4").click()
        assert opened.messages == [{"do": "customer", "row": 3}, {"do": "customer", "row": 4}]

    def test_close_and_actions_send_what_they_do(self, page, opened):
        page.get_by_role("button", name="Close the list").click()
        page.get_by_role("button", name="Download list").click()
        assert opened.messages == [{"do": "close"}, {"do": "download"}]

    def test_pages_go_from_the_first_to_the_last(self, page, opened):
        before, after = page.get_by_role("button", name="Previous"), page.get_by_role("button", name="Next")
        said = page.get_by_role("navigation").get_by_role("status")
        assert said.text_content() == "1 to 10 of 25"
        before.click(force=True)
        for text in ["11 to 20 of 25", "21 to 25 of 25"]:
            after.click()
            page.wait_for_function(
                "(text) => document.querySelector('nav [role=status]').textContent === text", arg=text
            )
        assert after.get_attribute("aria-disabled") == "true"
        after.click(force=True)
        opened.give_back()
        assert opened.widget.page == 3

    def test_python_turns_the_page_too(self, page, opened):
        opened.receive(page=2, rows=[["c_10", "10 d"]])
        page.get_by_role("button", name="c_10").wait_for()
        page.wait_for_function("document.querySelector('nav [role=status]').textContent === '11 to 20 of 25'")

    def test_a_bar_narrows_the_list_and_its_chip_takes_that_off(self, page, opened):
        bar = page.get_by_role("button", name="Search 1,200 60.0 %")
        bar.click()
        page.wait_for_selector('[aria-pressed="true"]')
        opened.give_back()
        assert opened.widget.picked_bar == 0
        page.get_by_role("button", name="Take off: Search").click()
        page.wait_for_function("!document.querySelector('[aria-pressed=\"true\"]')")
        opened.give_back()
        assert opened.widget.picked_bar == -1
        assert bar.evaluate("(bar) => bar === document.activeElement")

    def test_a_second_press_of_a_bar_takes_it_off(self, page, opened):
        bar = page.get_by_role("button", name="Search 1,200 60.0 %")
        bar.click()
        bar.click()
        opened.give_back()
        assert opened.widget.picked_bar == -1

    def test_bars_are_as_long_as_their_fraction(self, page, opened):
        long, short = (box.bounding_box()["width"] for box in page.locator(".jm-bar-fill").all())
        assert short == pytest.approx(long / 2, abs=1)

    def test_a_timeline_stands_in_place_of_the_list_and_back_returns(self, page, opened):
        page.get_by_role("button", name="c_4").click()
        opened.receive(timeline=TIMELINE, timeline_heading="c_4")
        page.get_by_role("heading", name="c_4").wait_for()
        assert page.get_by_role("table").count() == 0
        assert page.locator(".jm-timeline li").first.text_content() == f"1 Jan, 00:52page_view{MARKUP}"
        page.keyboard.press("Enter")
        assert opened.messages[-1] == {"do": "back"}
        opened.receive(timeline=[])
        page.get_by_role("table").wait_for()
        page.wait_for_function("document.activeElement.textContent === 'c_4'")

    def test_an_empty_list_says_so(self, page, opened):
        opened.receive(rows=[], total=0, bars=[])
        page.get_by_text("Nobody is in this list.").wait_for()
        assert page.get_by_role("table").count() == 0
        assert page.get_by_role("button", name="Next").count() == 0

    def test_busy_is_said(self, page, opened):
        opened.receive(busy=True)
        page.wait_for_selector('[role="region"][aria-busy="true"]')

    def test_the_mark_of_a_segment_has_its_shape(self, page, opened):
        opened.receive(series=4)
        page.wait_for_selector(".jm-mark-diamond.jm-series-4")

    def test_leaves_no_listener(self, stub):
        stub.close()
        assert stub.listeners == 0
