"""The export menu: messages in Python, then the script in Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest

from journeymap.errors import DataError
from journeymap.workbook.menu import FAILED, Menu
from tests.workbook.stub_model import Stub, open_page

MARKUP = "<img src=x onerror=alert(1)>"
ITEMS = [
    {"id": "png", "label": "PNG", "hint": "for slides", "group": "Picture", "busy": "Making the picture…"},
    {"id": "svg", "label": "SVG", "group": "Picture"},
    {"id": "csv", "label": MARKUP, "group": "Table"},
]


class TestPython:
    @pytest.fixture
    def sent(self, monkeypatch):
        sent = []
        monkeypatch.setattr(Menu, "send", lambda menu, content, buffers=None: sent.append((content, buffers)))
        return sent

    def choose(self, answer, message):
        menu = Menu(items=ITEMS)
        menu.on_choose(lambda item: answer(menu, item))
        menu._handle_custom_msg(message, [])

    def test_a_choice_is_answered_with_a_file(self, sent):
        self.choose(
            lambda menu, item: menu.send_file(f"funnel.{item}", b"\0bytes", mime="image/png"), {"do": "png"}
        )
        assert sent == [({"do": "file", "name": "funnel.png", "mime": "image/png"}, [b"\0bytes"])]

    def test_our_errors_are_said_in_their_words(self, sent):
        def answer(_menu, _item):
            raise DataError("No customer entered.", right="The log ends in March.", fix="period=None")

        self.choose(answer, {"do": "png"})
        assert sent == [
            ({"do": "failed", "text": "No customer entered. The log ends in March. Type: period=None"}, None)
        ]

    def test_other_errors_are_a_plain_sentence_and_go_on(self, sent):
        def answer(_menu, _item):
            raise KeyError("secret")

        menu = Menu(items=ITEMS)
        with pytest.raises(KeyError):
            menu._answer(lambda item: answer(menu, item), "png")
        assert sent == [({"do": "failed", "text": FAILED}, None)]

    @pytest.mark.parametrize("message", [{"do": "exe"}, {"do": None}, {"do": ["png"]}, {}, "png", None])
    def test_what_is_not_on_the_menu_is_not_heard(self, sent, message):
        self.choose(lambda menu, item: menu.done(), message)
        assert sent == []


@pytest.mark.browser
class TestPage:
    @pytest.fixture
    def stub(self, page):
        open_page(page)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        return Stub(page, Menu(items=ITEMS))

    @pytest.fixture
    def button(self, page, stub):
        return page.get_by_role("button", name="Export")

    def focused(self, page):
        return page.evaluate("document.activeElement.dataset.id")

    def test_opens_and_closes_with_the_button(self, page, button):
        assert page.get_by_role("menu").count() == 0
        button.click()
        assert page.get_by_role("menuitem").count() == 3
        assert button.get_attribute("aria-expanded") == "true"
        button.click()
        assert page.get_by_role("menu").count() == 0
        assert button.get_attribute("aria-expanded") == "false"

    def test_items_stand_in_groups_and_markup_is_text(self, page, button):
        button.click()
        assert page.get_by_role("group", name="Picture").get_by_role("menuitem").count() == 2
        assert page.get_by_role("menuitem", name=MARKUP).count() == 1
        assert page.locator("img").count() == 0

    def test_arrows_go_round(self, page, button):
        button.focus()
        page.keyboard.press("ArrowDown")
        seen = [self.focused(page)]
        for key in ["ArrowDown", "End", "ArrowDown", "ArrowUp", "Home"]:
            page.keyboard.press(key)
            seen.append(self.focused(page))
        assert seen == ["png", "svg", "csv", "png", "csv", "png"]

    def test_escape_and_a_click_elsewhere_close_it(self, page, button):
        button.click()
        page.keyboard.press("Escape")
        assert page.get_by_role("menu").count() == 0
        assert button.evaluate("(button) => button === document.activeElement")
        button.click()
        page.mouse.click(500, 600)
        assert page.get_by_role("menu").count() == 0

    @pytest.mark.parametrize("where", ["right: 0; top: 0", "left: 0; bottom: 0"])
    def test_is_never_clipped(self, page, button, where):
        page.add_style_tag(
            content=f".jm-app {{ position: fixed; {where}; width: 90px; overflow: hidden; contain: paint }}"
        )
        button.click()
        box = page.locator(".jm-menu").bounding_box()
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= 1000
        assert box["y"] + box["height"] <= 700
        page.get_by_role("menuitem", name="SVG").click()

    @pytest.mark.parametrize("side", ["left", "right"])
    def test_opens_under_the_button_on_its_side_of_the_page(self, page, button, side):
        page.add_style_tag(
            content=f".jm-menu-place {{ position: fixed !important; {side}: 40px; top: 40px }}"
        )
        button.click()
        box, near = page.locator(".jm-menu").bounding_box(), button.bounding_box()
        assert box["y"] == near["y"] + near["height"] + 4
        away = box["x"] - near["x"] if side == "left" else box["x"] + box["width"] - near["x"] - near["width"]
        assert away == pytest.approx(0, abs=0.1)

    def test_the_row_waits_and_the_file_arrives_with_its_bytes(self, page, stub, button):
        content = bytes(range(256)) * 3
        button.click()
        page.get_by_role("menuitem", name="PNG").click()
        assert stub.messages == [{"do": "png"}]
        assert page.locator('[data-id="png"] .jm-menu-hint').text_content() == "Making the picture…"
        page.get_by_role("menuitem", name="SVG").click(force=True)
        assert stub.messages == [{"do": "png"}]
        with page.expect_download() as download:
            stub.hear({"do": "file", "name": "funnel.png", "mime": "image/png"}, content)
        assert download.value.suggested_filename == "funnel.png"
        assert Path(download.value.path()).read_bytes() == content
        assert page.get_by_role("menu").count() == 0
        button.click()
        assert page.locator('[data-id="png"] .jm-menu-hint').text_content() == "for slides"

    def test_a_failure_is_a_sentence_and_the_menu_works_again(self, page, stub, button):
        button.click()
        page.get_by_role("menuitem", name="PNG").click()
        page.keyboard.press("Escape")
        stub.hear({"do": "failed", "text": f"No picture. {MARKUP}"})
        assert page.get_by_role("alert").text_content() == f"No picture. {MARKUP}"
        assert page.locator("img").count() == 0
        page.get_by_role("menuitem", name="SVG").click()
        assert stub.messages == [{"do": "png"}, {"do": "svg"}]
        assert page.get_by_role("alert").count() == 0

    def test_text_goes_to_the_clipboard(self, page, stub, button):
        button.click()
        page.get_by_role("menuitem", name="SVG").click()
        stub.hear({"do": "text", "text": "jm.funnel(log)"})
        page.wait_for_function("async () => (await navigator.clipboard.readText()) === 'jm.funnel(log)'")
        assert page.get_by_role("menu").count() == 0

    def test_done_ends_the_waiting(self, page, stub, button):
        button.click()
        page.get_by_role("menuitem", name="PNG").click()
        stub.hear({"do": "done"})
        assert page.get_by_role("menu").count() == 0

    def test_leaves_no_listener(self, page, stub, button):
        button.click()
        stub.close()
        assert stub.listeners == 0
        assert page.get_by_role("menu").count() == 0
