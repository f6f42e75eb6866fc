"""The finding: read out once, and only when its words change."""

from __future__ import annotations

import pytest

from journeymap.workbook.finding import Finding
from tests.workbook.stub_model import Stub, open_page

MARKUP = "<b onclick=alert(1)>Decide</b>"


@pytest.mark.browser
class TestPage:
    @pytest.fixture
    def stub(self, page):
        open_page(page)
        return Stub(page, Finding(text="First finding.", support="Its support."))

    def test_is_a_heading_in_a_live_region_with_the_support_beside_it(self, page, stub):
        assert page.get_by_role("status").text_content() == "First finding."
        assert page.get_by_role("heading", level=2, name="First finding.").count() == 1
        assert page.locator(".jm-support").text_content() == "Its support."

    def test_markup_is_text(self, page, stub):
        stub.receive(text=MARKUP, support=MARKUP)
        page.get_by_role("heading", name=MARKUP).wait_for()
        assert page.locator("b").count() == 0

    def test_unchanged_words_are_not_said_again(self, page, stub):
        page.evaluate("""() => {
            globalThis.said = 0;
            const watch = new MutationObserver((changes) => { said += changes.length; });
            const region = document.querySelector('[role=status]');
            watch.observe(region, { childList: true, subtree: true, characterData: true });
        }""")
        stub.receive(support="Another support.")
        page.get_by_text("Another support.").wait_for()
        assert page.evaluate("said") == 0
        stub.receive(text="Second finding.")
        page.get_by_role("heading", name="Second finding.").wait_for()
        assert page.evaluate("said") == 1

    def test_a_count_that_takes_long_is_said_and_moves_nothing(self, page, stub):
        finding = page.get_by_role("heading", level=2)
        before = finding.bounding_box()
        stub.receive(busy=True)
        assert page.locator(".jm-counting").text_content() == ""
        page.get_by_text("Counting…").wait_for()
        assert finding.bounding_box() == before
        stub.receive(busy=False)
        page.get_by_text("Counting…").wait_for(state="detached")
        assert finding.bounding_box() == before

    def test_no_support_takes_no_room(self, page, stub):
        stub.receive(support="")
        page.locator(".jm-support").wait_for(state="hidden")

    def test_leaves_no_listener(self, stub):
        stub.close()
        assert stub.listeners == 0
