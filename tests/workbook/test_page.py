"""The page in a real browser, served by Voila on the sample: what a marketer sees and clicks is what is counted."""

from __future__ import annotations

import re
import struct

import pytest

import journeymap as jm
from journeymap.events import sample
from journeymap.notation import load
from tests.workbook.served import running

pytestmark = pytest.mark.browser
ACTIVE = ".jm-panel:visible"


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    return sample.write(tmp_path_factory.mktemp("shop"), customers=800)


@pytest.fixture(scope="module")
def served(shop, tmp_path_factory):
    files = [str(shop.events), "--customers", str(shop.customers), "--journey", str(shop.journey)]
    arguments = ("-m", "journeymap.cli", "open", *files, "--timezone", "Europe/Berlin", "--no-browser")
    with running(*arguments, folder=tmp_path_factory.mktemp("page")) as found:
        yield found


@pytest.fixture(scope="module")
def log(shop):
    return jm.read_events(shop.events, timezone="Europe/Berlin").with_customers(shop.customers)


@pytest.fixture
def open_page(page, served):
    page.set_viewport_size({"width": 1400, "height": 1000})
    page.goto(served.url)
    page.locator(".jm-figure svg").first.wait_for(timeout=60_000)
    return page


def marks(page):
    """Read the marks of the picture as a screen reader does: {label: element}."""
    found = page.locator(f"{ACTIVE} .jm-figure svg [aria-label]:not([aria-label=''])")
    return {
        label: found.nth(i) for i, label in enumerate(found.evaluate_all("all => all.map(e => e.ariaLabel)"))
    }


def texts(page):
    """Read every number that stands in the picture."""
    drawn = page.locator(f"{ACTIVE} .jm-figure svg text").evaluate_all("all => all.map(e => e.textContent)")
    return {number for text in drawn for number in re.findall(r"\d[\d,]*", text)}


def settle(page, finding):
    """Wait until the finding is another one."""
    page.wait_for_function("was => document.querySelector('.jm-finding').textContent !== was", arg=finding)
    page.wait_for_timeout(300)


def test_picking_a_segment_changes_the_picture_and_shows_what_is_counted(open_page, log, shop):
    page = open_page
    journey, segments = load(shop.journey)
    everybody = jm.funnel(log, journey).table
    assert {f"{n:,}" for n in everybody["customers"]} <= texts(page)
    finding = page.locator(".jm-finding").first.inner_text()
    page.get_by_role("checkbox", name="Mobile first", exact=True).click()
    settle(page, finding)
    mobile = jm.funnel(log, journey, segments=segments[:1]).table
    for name in ("customers", "moved_on", "left", "still_open"):
        assert {f"{n:,}" for n in mobile[name].dropna()} <= texts(page), name


def test_a_click_on_a_bar_lists_as_many_customers_as_the_bar_says(open_page, log, shop):
    page = open_page
    journey, _ = load(shop.journey)
    funnel = jm.funnel(log, journey)
    left = len(funnel.customers(stage="Decide", outcome="left"))
    label = next(
        label for label in marks(page) if "Decide" in label and "left" in label and f"{left:,}" in label
    )
    marks(page)[label].click()
    page.get_by_role("heading", name=f"{left:,} customers left at Decide").wait_for()
    listed = set(page.locator(".jm-drawer .jm-customer").all_inner_texts())
    for _ in range((left - 1) // 10):
        before = page.locator(".jm-drawer .jm-customer").first.inner_text()
        page.get_by_role("button", name="Next").click()
        page.wait_for_function(
            "was => document.querySelector('.jm-drawer .jm-customer').innerText !== was", arg=before
        )
        listed |= set(page.locator(".jm-drawer .jm-customer").all_inner_texts())
    assert listed == set(funnel.customers(stage="Decide", outcome="left")["customer"])


def test_the_flow_draws_isolates_and_lists(open_page, log, shop):
    page = open_page
    page.get_by_role("tab", name="Flow").click()
    page.locator(f"{ACTIVE} .jm-figure svg path").first.wait_for()
    flow = jm.flow(log, load(shop.journey)[0], steps=6, top=7)
    node = flow.nodes.query("step == 2 and node == 'Consider'").iloc[0]
    label = next(label for label in marks(page) if label.startswith("Consider, step 2"))
    assert f"{node.customers:,}" in label
    marks(page)[label].click()
    page.get_by_role("button", name=f"List the {node.customers:,}").click()
    page.get_by_role("heading", name=f"{node.customers:,} customers, Consider, step 2").wait_for()


def test_a_downloaded_picture_and_table_open(open_page, tmp_path):
    page = open_page
    for name, first in (("PNG", b"\x89PNG"), ("CSV", b"segment,")):
        page.get_by_role("button", name="Export").click()
        with page.expect_download(timeout=60_000) as download:
            page.get_by_role("menuitem", name=name).click()
        content = (download.value.path()).read_bytes()
        assert content.startswith((first, b"\xef\xbb\xbf" + first))
        if name == "PNG":
            width, height = struct.unpack(">II", content[16:24])
            assert width > 1000
            assert height > 500
        page.keyboard.press("Escape")


def test_the_table_is_the_pictures_twin(open_page, log, shop):
    page = open_page
    page.get_by_role("radio", name="Table", exact=True).first.click()
    rows = page.locator(f"{ACTIVE} .jm-table tbody tr")
    rows.first.wait_for()
    counted = jm.funnel(log, load(shop.journey)[0]).table["customers"]
    shown = [rows.nth(i).inner_text().split("\t") for i in range(rows.count())]
    assert all(f"{n:,}" in row for n, row in zip(counted, shown, strict=True))


def test_a_narrow_page_shows_everything_without_sideways_scrolling(open_page):
    page = open_page
    page.set_viewport_size({"width": 600, "height": 900})
    page.wait_for_timeout(1500)
    assert page.evaluate("document.documentElement.scrollWidth") <= 600
    figure = page.locator(f"{ACTIVE} .jm-figure").first
    assert figure.evaluate("e => e.scrollWidth - e.clientWidth") <= 1
