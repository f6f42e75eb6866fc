"""The picture without a mouse."""

from __future__ import annotations

import pytest

from journeymap.workbook.vega import VegaView
from tests.workbook.pictures import MARKUP, ROWS, OnThePage
from tests.workbook.stub_model import Stub, bring_vega, open_page


@pytest.mark.browser
class TestPage(OnThePage):
    def test_the_keyboard_walks_over_marks_and_only_over_marks(self, page, stub):
        page.keyboard.press("Tab")
        heard = []
        for key in ["ArrowRight", "ArrowDown", "End", "ArrowRight", "ArrowUp", "ArrowLeft", "Home"]:
            page.keyboard.press(key)
            heard.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
        assert heard == ["Discover", "Consider", MARKUP, MARKUP, "Consider", "Discover", "Discover"]

    def test_enter_picks_and_escape_lets_go(self, page, stub):
        page.keyboard.press("Tab")
        page.keyboard.press("End")
        ring = page.locator(".jm-ring").bounding_box()
        mark = self.bars(page).nth(2).bounding_box()
        assert ring["x"] == pytest.approx(mark["x"] - 4, abs=1)
        page.keyboard.press("Enter")
        stub.until("stub.model.get('signals').pick?.id?.[0] === 'c'")
        page.keyboard.press("Escape")
        stub.until("!stub.model.get('signals').pick.id")
        stub.give_back()
        assert (stub.widget.escaped, stub.widget.signals) == (1, {"pick": {}})

    def test_enter_in_the_picture_goes_to_the_mark_that_was_clicked_last(self, page, stub):
        self.bars(page).nth(1).click()
        stub.until("stub.model.get('signals').pick?.id")
        page.focus(".jm-figure")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Consider"
        assert stub.state("signals") == {"pick": {"id": ["b"]}}

    def test_a_ribbon_is_outlined_itself_as_a_box_would_hold_its_neighbours(self, page):
        ribbon = {"mark": {"type": "point", "size": 4, "description": "Ribbon"}, "data": {"name": "links"}}
        shape = {"field": "path", "scale": None, "legend": None}
        spec = {**ribbon, "encoding": {"x": {"value": 0}, "y": {"value": 9}, "shape": shape}, "width": 200}
        open_page(page)
        bring_vega(page)
        Stub(page, VegaView(spec=spec, data={"links": [{"path": "M0,0L150,60L150,70L0,9Z"}]}))
        page.wait_for_selector('[aria-label="Ribbon"]', state="attached")
        page.focus(".jm-figure")
        page.keyboard.press("ArrowRight")
        assert page.locator('.jm-outlined[aria-label="Ribbon"]').count() == 1
        assert page.locator(".jm-ring").is_hidden()

    def test_the_focus_stays_in_the_picture_when_its_marks_change(self, page, stub):
        page.keyboard.press("Tab")
        page.keyboard.press("End")
        stub.receive(data={"bars": ROWS[:2]})
        page.wait_for_function("document.activeElement.getAttribute('aria-label') === 'Consider'")
        stub.receive(data={"bars": []})
        page.wait_for_function("document.activeElement.classList.contains('jm-figure')")

    def test_one_stop_of_the_tab_key(self, page, stub):
        page.evaluate(
            "document.body.append(Object.assign(document.createElement('button'), { id: 'after' }))"
        )
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "after"
