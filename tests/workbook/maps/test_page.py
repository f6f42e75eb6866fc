"""The map's editor in a real browser, served by Voila: edits are kept, taken back, saved, and never lost in silence."""

from __future__ import annotations

import shutil

import pytest

import journeymap as jm
from tests.workbook.maps.test_state import told
from tests.workbook.served import serving, wait_until

pytestmark = pytest.mark.browser
CODE = """
import os
os.environ["JOURNEYMAP_CACHE"] = {cache!r}
from journeymap.workbook.maps.editor import MapEditor
MapEditor({path!r}, allow_saving={allowed})
"""


def served_map(folder, allowed):
    path, cache = folder / "map.yaml", folder / "cache"
    told().save(path)
    return path, cache, CODE.format(path=str(path), cache=str(cache), allowed=allowed)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    path, cache, code = served_map(tmp_path_factory.mktemp("map"), True)
    with serving(path.parent, code) as found:
        yield found, path, cache


@pytest.fixture
def path(served):
    _, path, cache = served
    told().save(path)
    shutil.rmtree(cache, ignore_errors=True)
    return path


@pytest.fixture
def open_page(page, served, path):
    page.set_viewport_size({"width": 1400, "height": 1000})
    return opened(page, served[0].url)


def opened(page, url):
    page.goto(url)
    cell(page, "Pain points, Confirm").wait_for(timeout=60_000)
    return page


def cell(page, name):
    return page.locator(f".jm-figure .cells_marks [aria-label^='{name}']").first


def field(page, name):
    return page.locator(".jm-map-drawer:visible").get_by_label(name, exact=True).first


def says(page, words):
    page.locator(".jm-saved", has_text=words).wait_for()


def reload(page):
    """Load the page again, once it has told its kernel how wide it is now."""
    page.wait_for_timeout(500)
    page.reload()
    cell(page, "Pain points, Confirm").wait_for(timeout=60_000)


def edit_pain(page, text):
    cell(page, "Pain points, Confirm").click()
    field(page, "Pain point").fill(text)
    field(page, "Pain point").blur()
    says(page, "Unsaved changes.")


def test_a_cell_is_edited_drawn_taken_back_and_saved(open_page, path):
    page = open_page
    edit_pain(page, "It takes a day")
    cell(page, "Pain points, Confirm: It takes a day").wait_for()
    page.get_by_role("radio", name="5").click()
    page.locator(".jm-map-drawer:visible h3").focus()
    page.keyboard.press("Control+z")
    page.locator('[role="radio"][aria-checked="true"]', has_text="3").wait_for()
    page.get_by_role("button", name="Save").click()
    says(page, "Saved to map.yaml.")
    pain = jm.JourneyMap.load(path).part("it-is-slow")
    assert (pain.text, pain.severity) == ("It takes a day", 3)


def test_typing_is_not_disturbed_by_what_it_changes(open_page):
    page = open_page
    cell(page, "Pain points, Confirm").click()
    box = field(page, "Pain point")
    box.fill("")
    box.press_sequentially("It takes ")
    page.wait_for_timeout(1500)
    box.press_sequentially("a day")
    says(page, "Unsaved changes.")
    assert box.input_value() == "It takes a day"
    assert box.evaluate("box => box === document.activeElement")


def test_unsaved_edits_are_offered_again_after_a_reload(open_page, path):
    page = open_page
    edit_pain(page, "Half done")
    reload(page)
    assert jm.JourneyMap.load(path) == told()
    page.get_by_role("button", name="Take them up").click()
    cell(page, "Pain points, Confirm: Half done").wait_for()
    says(page, "Unsaved changes.")


def test_two_editors_notice_each_other(open_page, path, served):
    page, other = open_page, opened(open_page.context.new_page(), served[0].url)
    edit_pain(other, "Theirs")
    other.get_by_role("button", name="Save").click()
    says(other, "Saved")
    edit_pain(page, "Mine")
    page.get_by_role("button", name="Save").click()
    notice = page.locator(".jm-notice-clash")
    notice.wait_for()
    assert "map.yaml was changed" in notice.inner_text()
    page.get_by_role("button", name="Keep mine").click()
    says(page, "map-copy.yaml")
    assert jm.JourneyMap.load(path).part("it-is-slow").text == "Theirs"
    copy = path.with_name("map-copy.yaml")
    wait_until(copy.exists, page=page)
    assert jm.JourneyMap.load(copy).part("it-is-slow").text == "Mine"


def test_a_refused_value_is_said_at_its_control_and_stays_in_it(open_page):
    page = open_page
    cell(page, "Pain points, Confirm").click()
    field(page, "Pain point").fill("   ")
    field(page, "Pain point").blur()
    page.locator(".jm-field-problem", has_text="Pain point").wait_for()
    assert field(page, "Pain point").input_value() == "   "
    assert field(page, "Pain point").get_attribute("aria-invalid") == "true"


def test_the_keyboard_reaches_a_cell_edits_it_and_comes_back(open_page):
    page = open_page
    page.get_by_role("radio", name="Picture").focus()
    page.keyboard.press("ArrowRight")
    page.locator("[role=gridcell]").first.wait_for()
    page.keyboard.press("Tab")
    steps = (
        page.locator("tr", has=page.get_by_role("rowheader", name="Steps", exact=True))
        .get_by_role("gridcell")
        .nth(1)
    )
    for key in ("ArrowDown", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    heading = page.locator(".jm-map-drawer:visible h3")
    heading.wait_for()
    page.wait_for_function("document.activeElement.tagName === 'H3'")
    assert steps.get_attribute("data-cell") == "steps:confirm"
    for key in ("Tab", "Tab", "Tab"):
        page.keyboard.press(key)
    page.keyboard.press("End")
    page.keyboard.type(" long")
    page.keyboard.press("Enter")
    says(page, "Unsaved changes.")
    assert "I wait long" in steps.inner_text()
    page.keyboard.press("Escape")
    page.wait_for_function("document.activeElement.dataset.cell === 'steps:confirm'")


def test_the_arrow_keys_walk_over_the_picture_and_enter_opens_a_cell(open_page):
    page = open_page
    page.locator(".jm-figure").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    walked = page.evaluate("document.activeElement.ariaLabel")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.tagName === 'H3'")
    assert page.locator(".jm-map-drawer:visible h3").inner_text() in walked
    page.keyboard.press("Escape")
    page.wait_for_function("walked => document.activeElement.ariaLabel === walked", arg=walked)


def test_a_published_page_cannot_save(page, tmp_path):
    path, cache, code = served_map(tmp_path, None)
    with serving(tmp_path, code) as found:
        opened(page, found.url)
        edit_pain(page, "On a page")
        says(page, "Saving is off")
        assert not page.get_by_role("button", name="Save").is_visible()
    assert jm.JourneyMap.load(path) == told()
    assert not cache.exists()
