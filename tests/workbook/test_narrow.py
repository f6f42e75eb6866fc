"""The page where it has little room: controls for fingers, the sheet from below, three steps of a flow."""

from __future__ import annotations

import pytest

from journeymap.events import sample
from tests.workbook.served import running, wait_until

pytestmark = pytest.mark.browser
MARKS = ".jm-panel:visible .jm-figure svg [role=graphics-symbol][aria-label]"
CONTROLS = """() => [...document.querySelectorAll('.jm-app :is(button, select, input, [role=tab])')]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .map((one) => [one.textContent || one.ariaLabel || one.type, (one.closest('label') ?? one).getBoundingClientRect().height])"""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    shop = sample.write(tmp_path_factory.mktemp("shop"), customers=800)
    files = [str(shop.events), "--customers", str(shop.customers), "--journey", str(shop.journey)]
    arguments = ("-m", "journeymap.cli", "open", *files, "--timezone", "Europe/Berlin", "--no-browser")
    with running(*arguments, folder=tmp_path_factory.mktemp("page")) as found:
        yield found


@pytest.fixture
def narrow(page, served):
    page.set_viewport_size({"width": 600, "height": 900})
    page.goto(served.url)
    page.locator(".jm-figure svg").first.wait_for(timeout=60_000)
    return page


def lower_than(page, least):
    """List the controls that are seen and lower than so many px; there are others."""
    controls = page.evaluate(CONTROLS)
    assert len(controls) > 8
    return [(text, height) for text, height in controls if height < least]


def pick_left_at_decide(page):
    """Click who left at Decide, and return what the sheet then says."""
    labels = page.locator(MARKS).evaluate_all("all => all.map((one) => one.ariaLabel)")
    place = next(i for i, label in enumerate(labels) if "Decide" in label and "left" in label)
    page.locator(MARKS).nth(place).click()
    heading = page.get_by_role("heading", name="customers left at Decide")
    heading.wait_for()
    return heading


def test_every_control_is_44_px_high_under_640_px(narrow):
    page = narrow
    assert lower_than(page, 44) == []
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("Period of entry").select_option("Custom…")
    page.get_by_label("To, included").wait_for()
    page.get_by_role("button", name="New segment").click()
    page.get_by_role("button", name="Add segment").wait_for()
    assert lower_than(page, 44) == []
    for opens in ("Edit stages", "Change"):
        page.get_by_role("button", name=opens, exact=True).click()
        page.get_by_role("button", name="Close: ").wait_for()
        assert lower_than(page, 44) == []
        page.keyboard.press("Escape")
    page.get_by_role("button", name="Done").click()
    page.wait_for_function("document.activeElement.textContent.startsWith('Filters')")
    pick_left_at_decide(page)
    page.get_by_role("button", name="Open list").click()
    assert lower_than(page, 44) == []
    page.get_by_role("button", name="Close the list").click()
    page.get_by_role("tab", name="Flow").click()
    page.get_by_role("button", name="Later steps").wait_for()
    assert lower_than(page, 44) == []


def test_every_control_is_24_px_high_where_there_is_room(narrow):
    page = narrow
    for width in (760, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert lower_than(page, 24) == []


def test_the_list_is_a_sheet_closed_to_its_heading(narrow):
    page = narrow
    heading = pick_left_at_decide(page)
    people = page.locator(".jm-drawer .jm-customer")
    page.mouse.wheel(0, 200)
    assert people.first.is_hidden()
    box = page.locator(".jm-drawer").bounding_box()
    assert box["y"] + box["height"] == pytest.approx(900, abs=1)
    assert box["height"] < 120
    heading.click()
    people.first.wait_for()
    page.get_by_role("button", name="Close the list").click()
    heading.wait_for(state="hidden")
    pick_left_at_decide(page)
    assert people.first.is_hidden()


def test_a_chip_takes_a_segment_off(narrow):
    page = narrow
    page.get_by_role("button", name="Filters").click()
    box = page.get_by_role("checkbox", name="Mobile first", exact=True)
    box.check()
    page.get_by_role("button", name="Filters 1").wait_for()
    assert page.locator(".jm-chips svg").count() == 1
    page.get_by_role("button", name="Take off: Mobile first").click()
    page.locator(".jm-chips").get_by_text("Everybody").wait_for()
    wait_until(lambda: not box.is_checked(), page=page)


def test_the_flow_shows_three_steps_at_a_time(narrow):
    page = narrow
    page.get_by_role("tab", name="Flow").click()
    heads = page.locator(".jm-panel:visible .jm-figure svg text").filter(has_text="Step")
    heads.first.wait_for()
    assert heads.all_text_contents() == ["Step 1", "Step 2", "Step 3"]
    page.get_by_role("button", name="Later steps").click()
    heads.filter(has_text="Step 5").wait_for()
    assert heads.all_text_contents() == ["Step 3", "Step 4", "Step 5"]
    figure = page.locator(".jm-panel:visible .jm-figure")
    assert figure.evaluate("e => e.scrollWidth - e.clientWidth") <= 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 600
