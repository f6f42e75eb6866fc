import re

import altair as alt
import pandas as pd
import pytest

import journeymap as jm
from tests.report.results import FORMULA, JOURNEY, SCRIPT, flow_result, funnel_result, segmented_flow

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(page, tmp_path):
    def open_page(thing, **look):
        address = jm.save(thing, tmp_path / "page.html", **look).as_uri()
        page.route(address, lambda route: route.continue_())
        page.goto(address)
        page.outside.remove(address)
        page.wait_for_function(
            "[...document.querySelectorAll('figure')].every((one) => one.querySelector('svg'))"
        )
        return page

    return open_page


def ribbons(page):
    marks = page.locator("figure:first-of-type .links_marks path")
    return {
        mark.get_attribute("aria-label"): float(mark.get_attribute("opacity") or 1) for mark in marks.all()
    }


def node(page, name):
    return page.locator(f'figure .nodes_marks path[aria-label^="{name}"]').first


def test_a_page_has_finding_picture_scope_and_table(opened):
    result = flow_result()
    page = opened(result)
    assert page.locator("h1").inner_text().startswith("At ")
    assert page.title() == page.locator("h1").inner_text()
    assert page.locator("figure").get_attribute("aria-label").startswith("Flow of customers over 3 steps")
    assert page.locator("footer").inner_text().startswith(str(result.scope))
    assert page.locator("tbody tr").count() == len(result.table)
    assert page.locator("th[scope=col]").all_inner_texts() == [
        "Segment",
        "Step",
        "Source",
        "Target",
        "Customers",
    ]
    assert page.locator(".colours li").all_inner_texts() == ["(left)"]


def test_a_page_is_as_wide_as_its_picture(page, opened):
    page.set_viewport_size({"width": 1600, "height": 900})
    opened(funnel_result(), width=1400)
    assert (
        page.locator("figure").evaluate("one => one.clientWidth >= one.scrollWidth && one.clientWidth")
        == 1400
    )
    opened(funnel_result())
    assert page.locator("main").evaluate("one => one.clientWidth") == 1072


def test_a_table_names_what_is_counted(opened):
    sessions = jm.funnel(flow_result().log, JOURNEY, counting=jm.Counting(unit="session"))
    heads = opened(sessions).locator("th[scope=col]").all_inner_texts()
    assert ("Sessions" in heads, "Customers" in heads) == (True, False)


def test_a_click_on_a_node_isolates_its_ribbons_and_a_second_lets_go(opened):
    page = opened(flow_result())
    before = ribbons(page)
    node(page, "see, step 1").click()
    page.wait_for_function("document.querySelector('.nodes_marks path[stroke-width=\"2\"]')")
    after = ribbons(page)
    assert {label for label, opacity in after.items() if opacity == 0.55} == {
        label for label in after if label.startswith("see → ") and "of 90" in label
    }
    assert {opacity for opacity in after.values() if opacity != 0.55} == {0.11}
    node(page, "see, step 1").click()
    page.wait_for_function("!document.querySelector('.nodes_marks path[stroke-width=\"2\"]')")
    assert ribbons(page) == before


def test_a_click_on_a_ribbon_isolates_it_and_escape_lets_go(opened):
    page = opened(flow_result())
    before = ribbons(page)
    node(page, "see, step 1").click()
    page.wait_for_function("document.querySelector('.nodes_marks path[stroke-width=\"2\"]')")
    ribbon = page.locator('figure .links_marks path[aria-label^="see → (left)"]').first
    box = ribbon.bounding_box()
    page.mouse.click(box["x"] + 2, box["y"] + 4)
    page.wait_for_function("!document.querySelector('.nodes_marks path[stroke-width=\"2\"]')")
    assert [label for label, opacity in ribbons(page).items() if opacity == 0.55] == [
        ribbon.get_attribute("aria-label")
    ]
    page.keyboard.press("Escape")
    page.wait_for_function("!document.querySelector('.links_marks path[opacity=\"0.55\"]')")
    assert ribbons(page) == before


def test_a_funnel_can_be_clicked(opened):
    page = opened(funnel_result())
    page.locator('figure path[aria-label^="See, left"]').first.click()
    page.wait_for_function("document.querySelector('figure path[opacity=\"0.42\"]')")


def test_segments_have_a_picture_each_and_one_key(opened):
    page = opened(segmented_flow())
    assert page.locator("figure").count() == 2
    assert page.locator("h2").all_inner_texts() == ["All", "Apart", "Table"]
    assert page.locator(".colours").count() == 1


def test_text_from_data_is_never_markup(opened):
    page = opened(flow_result())
    assert page.title() != "ran"
    assert page.locator("script").count() == 3
    assert SCRIPT in page.locator("tbody").inner_text()
    assert FORMULA in page.locator("figure").inner_text()
    node(page, "<script>").hover()
    assert page.locator("#vg-tooltip-element").inner_text().startswith(SCRIPT)


def test_its_policy_stops_a_script_that_was_not_written_with_it(page, opened):
    page = opened(flow_result())
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))"
    )
    assert page.evaluate("window.ran") is None
    assert "Content Security Policy" in page.errors.pop()


def test_a_chart_of_ones_own(opened):
    chart = (
        alt.Chart(pd.DataFrame({"x": [1, 2], "y": [3, 4]}), description="Two bars.")
        .mark_bar()
        .encode(x="x:O", y="y:Q")
    )
    page = opened(chart)
    assert page.locator("figure").get_attribute("aria-label") == "Two bars."
    assert page.locator("table").count() == 0


def test_a_table_of_ones_own(opened):
    page = opened(pd.DataFrame({"name": ["{{style}}"], "n": [1]}))
    assert page.locator("td").all_inner_texts() == ["{{style}}", "1"]
    assert page.locator("script").count() == 0


def test_it_names_no_address_on_the_internet(tmp_path):
    text = jm.save(flow_result(), tmp_path / "page.html").read_text()
    about_page = re.sub(r'<script type="module">.*?</script>', "", text, flags=re.DOTALL)
    assert re.findall(r"https?://[^\"'\s<]+", about_page) == [
        "https://vega.github.io/schema/vega-lite/v6.json"
    ]
    assert "src=" not in about_page
