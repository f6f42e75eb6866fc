"""A list to tick: what Python takes, then rows, order and focus in Chromium."""

from __future__ import annotations

import pytest

from journeymap.workbook.tick_list import TickList
from tests.workbook.stub_model import Stub, open_page

MARKUP = "<img src=x onerror=alert(1)>"


def listed(*ids, ordered=True, **more):
    made = TickList(label="Stages", ordered=ordered)
    made.show([{"id": one, "label": one, **more} for one in ids], chosen=ids)
    return made


def test_only_rows_are_taken_and_each_once():
    made = listed("a", "b", "c")
    made.set_state({"chosen": ["c", "nobody", "a", "c"]})
    assert made.chosen == ["c", "a"]


@pytest.mark.browser
class TestPage:
    @pytest.fixture
    def open_list(self, page):
        def open_list(made):
            open_page(page)
            return Stub(page, made)

        return open_list

    def names(self, page):
        return page.locator(".jm-tick-name").all_inner_texts()

    def test_a_stage_comes_back_to_its_place_also_after_a_move(self, page, open_list):
        stub = open_list(listed("a", "b", MARKUP, "d"))
        page.get_by_role("button", name="Move b down").click()
        assert self.names(page) == ["a", MARKUP, "b", "d"]
        page.get_by_role("checkbox", name=MARKUP).click()
        assert (self.names(page), stub.state("chosen")) == (["a", MARKUP, "b", "d"], ["a", "b", "d"])
        page.get_by_role("button", name="Move b up").click()
        assert stub.state("chosen") == ["b", "a", "d"]
        page.get_by_role("checkbox", name=MARKUP).click()
        assert stub.state("chosen") == ["b", MARKUP, "a", "d"]
        assert page.get_by_role("status").inner_text() == "b is now 1 of 3"

    def test_what_is_ticked_last_comes_last_where_the_order_is_no_stage_order(self, page, open_list):
        stub = open_list(listed("a", "b", "c", ordered=False))
        page.get_by_role("checkbox", name="a").click()
        page.get_by_role("checkbox", name="a").click()
        assert (self.names(page), stub.state("chosen")) == (["a", "b", "c"], ["b", "c", "a"])

    def test_a_row_that_is_off_says_why_and_is_not_ticked(self, page, open_list):
        stub = open_list(listed("a", disabled=True, hint="One must stay."))
        box = page.get_by_role("checkbox", name="a")
        box.click(force=True)
        assert (stub.state("chosen"), box.is_checked()) == (["a"], True)
        assert page.get_by_title("One must stay.", exact=False).count() == 1

    def test_when_the_row_with_the_focus_goes_its_neighbour_has_it(self, page, open_list):
        stub = open_list(listed("a", "b", ordered=False, removable=True))
        page.get_by_role("button", name="Delete b").click()
        assert stub.messages == [{"do": "remove", "id": "b"}]
        stub.receive(rows=[{"id": "a", "label": "a"}], chosen=["a"])
        stub.until("document.activeElement.type === 'checkbox'")
        assert self.names(page) == ["a"]
