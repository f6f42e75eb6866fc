"""The two buttons that copy, with a clipboard and without one."""

from __future__ import annotations

import pytest

from journeymap.workbook.clipboard import CodeButton, CopyButton
from tests.workbook.stub_model import ADDRESS, Stub, open_page

CODE = "jm.funnel(\n    log, journey,\n)  # <b>"
FORBID = """() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
    document.execCommand = () => false;
}"""


@pytest.mark.browser
class TestPage:
    @pytest.fixture(autouse=True)
    def _open(self, page):
        open_page(page)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    def clipboard(self, page):
        return page.evaluate("navigator.clipboard.readText()")

    def test_copies_a_text_and_says_so(self, page):
        Stub(page, CopyButton(label="Copy details", text=CODE))
        page.get_by_role("button", name="Copy details").click()
        page.get_by_role("button", name="Copied").wait_for()
        assert self.clipboard(page) == CODE

    def test_a_link_leads_to_this_page_with_the_text_as_query(self, page):
        Stub(page, CopyButton(label="Copy link", text="window=14d&by=a%20b", kind="link"))
        page.get_by_role("button", name="Copy link").click()
        page.get_by_role("button", name="Copied").wait_for()
        assert self.clipboard(page) == f"{ADDRESS}?window=14d&by=a%20b"

    def test_copies_without_the_newer_clipboard(self, page):
        read = page.evaluate_handle("navigator.clipboard")
        page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
        Stub(page, CopyButton(label="Copy", text="old way"))
        page.get_by_role("button", name="Copy").click()
        page.get_by_role("button", name="Copied").wait_for()
        assert read.evaluate("(clipboard) => clipboard.readText()") == "old way"
        assert page.locator("textarea.jm-unseen").count() == 0

    def test_where_copying_is_forbidden_the_text_stands_selected(self, page):
        page.evaluate(FORBID)
        Stub(page, CopyButton(label="Copy", text=CODE))
        page.get_by_role("button", name="Copy").click()
        field = page.get_by_label("Text to copy")
        field.wait_for()
        assert field.input_value() == CODE
        assert field.evaluate("(field) => field.selectionEnd - field.selectionStart") == len(CODE)

    def test_code_opens_as_text_and_is_copied(self, page):
        stub = Stub(page, CodeButton(text="old"))
        stub.receive(text=CODE)
        button = page.get_by_role("button", name="Show as code")
        button.click()
        dialog = page.get_by_role("dialog", name="Show as code")
        assert dialog.locator("pre").text_content() == CODE
        dialog.get_by_role("button", name="Copy").click()
        dialog.get_by_text("Copied").wait_for()
        assert self.clipboard(page) == CODE
        page.keyboard.press("Escape")
        assert page.get_by_role("dialog").count() == 0
        assert button.evaluate("(button) => button === document.activeElement")

    def test_code_says_where_copying_is_forbidden(self, page):
        page.evaluate(FORBID)
        Stub(page, CodeButton(text=CODE))
        page.get_by_role("button", name="Show as code").click()
        page.get_by_role("button", name="Copy").click()
        page.get_by_text("does not allow copying").wait_for()

    @pytest.mark.parametrize("button", [CopyButton, CodeButton])
    def test_leaves_no_listener(self, page, button):
        stub = Stub(page, button(text="x"))
        stub.close()
        assert stub.listeners == 0
