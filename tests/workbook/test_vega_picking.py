"""Clicks on the picture reach Python, and what Python picks reaches the picture."""

from __future__ import annotations

import pytest

from journeymap.workbook.vega import VegaView
from tests.workbook.pictures import ROWS, OnThePage, bars
from tests.workbook.stub_model import Stub, bring_vega, open_page


@pytest.mark.browser
class TestPage(OnThePage):
    def test_a_click_reaches_python_and_a_second_one_lets_go(self, page, stub):
        self.bars(page).nth(1).click()
        stub.until("stub.model.get('signals').pick?.id")
        stub.give_back()
        assert stub.widget.signals == {"pick": {"id": ["b"]}}
        self.bars(page).nth(1).click()
        stub.until("!stub.model.get('signals').pick.id")
        stub.give_back()
        assert stub.widget.signals == {"pick": {}}

    def test_a_pick_moves_from_one_mark_to_the_next(self, page, stub):
        self.bars(page).nth(1).click()
        self.bars(page).nth(0).click()
        stub.until("stub.model.get('signals').pick?.id?.[0] === 'a'")
        assert stub.state("signals") == {"pick": {"id": ["a"]}}

    def test_python_can_pick_and_let_go(self, page, stub):
        stub.receive(signals={"pick": {"id": ["b"]}})
        page.wait_for_selector('[aria-label="Discover"][opacity="0.4"]')
        assert page.locator('[aria-label="Consider"]').get_attribute("opacity") == "1"
        stub.receive(signals={"pick": {}})
        page.wait_for_selector('[aria-label="Discover"][opacity="1"]')

    def test_a_second_click_lets_go_of_what_python_picked(self, page, stub):
        stub.receive(signals={"pick": {"id": ["b"]}})
        page.wait_for_selector('[aria-label="Discover"][opacity="0.4"]')
        self.bars(page).nth(1).click()
        stub.until("!stub.model.get('signals').pick.id")

    def test_a_pick_stays_when_a_new_spec_is_drawn(self, page, stub):
        self.bars(page).nth(1).click()
        stub.until("stub.model.get('signals').pick?.id")
        stub.receive(spec=bars(height=77))
        page.wait_for_selector(".jm-drawing:not(.jm-coming) svg .background[d*='v77']", state="attached")
        page.wait_for_selector('[aria-label="Discover"][opacity="0.4"]')
        self.bars(page).nth(1).click()
        stub.until("!stub.model.get('signals').pick.id")

    def test_a_plain_parameter_is_set_from_python(self, page):
        shown = {
            "params": [{"name": "on", "value": 0.2}],
            "data": {"name": "bars"},
            "mark": {"type": "bar", "opacity": {"expr": "on"}},
        }
        open_page(page)
        bring_vega(page)
        stub = Stub(page, VegaView(spec=shown, data={"bars": [{}]}, watch=["on", "missing"]))
        page.wait_for_selector('.mark-rect path[opacity="0.2"]', state="attached")
        stub.receive(signals={"on": 0.7})
        page.wait_for_selector('.mark-rect path[opacity="0.7"]', state="attached")

    def test_selections_in_joined_charts_work_too(self, page):
        open_page(page)
        bring_vega(page)
        one = bars()
        shown = {
            "hconcat": [{"layer": one["layer"], "width": 200}],
            "params": [{**one["params"][0], "views": one["params"][0]["views"]}],
        }
        stub = Stub(page, VegaView(spec=shown, data={"bars": ROWS}, watch=["pick"]))
        page.wait_for_selector(".mark-rect path")
        self.bars(page).nth(1).click()
        stub.until("stub.model.get('signals').pick?.id")
        assert stub.state("signals") == {"pick": {"id": ["b"]}}
        stub.receive(signals={"pick": {"id": ["a"]}})
        page.wait_for_selector('[aria-label="Consider"][opacity="0.4"]')
