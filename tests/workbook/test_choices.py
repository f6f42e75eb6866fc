"""A few choices side by side: what Python takes, then keys and roles in Chromium."""

from __future__ import annotations

import pytest
import traitlets

from journeymap.workbook.choices import Choices
from tests.workbook.stub_model import Stub, open_page

MARKUP = "<img src=x onerror=alert(1)>"
OPTIONS = [("7 d", "7d"), (MARKUP, "30d"), ("None", "")]


def test_the_first_is_chosen_and_only_an_option_is_taken():
    choices = Choices(OPTIONS)
    assert choices.value == "7d"
    with pytest.raises(traitlets.TraitError):
        choices.value = "8d"
    choices.set_state({"value": ""})
    assert choices.value == ""


@pytest.mark.browser
class TestPage:
    @pytest.fixture
    def stub(self, page):
        open_page(page)
        return Stub(page, Choices(OPTIONS, description="Window", value="30d"))

    def chosen(self, page):
        return page.get_by_role("radio", checked=True).inner_text()

    def test_arrows_choose_round_and_round_and_tab_stops_once(self, page, stub):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == MARKUP
        for key, value in (("ArrowRight", ""), ("ArrowRight", "7d"), ("ArrowLeft", ""), ("Home", "7d")):
            page.keyboard.press(key)
            assert stub.state("value") == value
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.tagName") == "BODY"

    def test_it_follows_python_and_can_be_off(self, page, stub):
        stub.receive(value="")
        stub.until("stub.el.querySelector('[aria-checked=true]').textContent === 'None'")
        stub.receive(options=[["1 d", "1d"], ["None", ""]], disabled=True)
        stub.until("stub.el.querySelectorAll('button').length === 2")
        assert self.chosen(page) == "None"
        page.get_by_role("radio", name="1 d").click(force=True)
        assert stub.state("value") == ""
        assert page.get_by_role("radiogroup", name="Window").get_attribute("aria-disabled") == "true"
