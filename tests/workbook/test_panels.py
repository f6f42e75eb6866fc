"""Panels: what becomes of a pick when the question changes, and what stands there when an answer cannot be given."""

from __future__ import annotations

import pytest

import journeymap as jm
from journeymap.questions import FlowOptions
from journeymap.workbook.table_view import MOST_ROWS, TableView
from tests.analyses.test_funnel import journey, shop
from tests.workbook.served import serving

BUYERS = jm.Segment("Buyers", jm.did(jm.event("buy")))
WRONG = jm.Journey(
    "Wrong",
    stages=[
        jm.Stage("See", jm.event("see")),
        jm.Stage("Decide", jm.event("cart", chanel="ad")),
        jm.Stage("Buy", jm.event("buy")),
    ],
)
LEFT = {"segment": ["Everybody"], "group": [""], "stage": ["see"], "outcome": ["left"]}
PAGE = """
import journeymap as jm
from tests.analyses.test_funnel import journey, shop
from tests.workbook.test_panels import WRONG
jm.Workbook(shop(), [journey(), WRONG])
"""
BOXES = """tools => [tools, ...[".jm-tools-end", ".jm-legend"].map((one) => tools.querySelector(one))]
    .map((one) => one.getBoundingClientRect().toJSON())"""


@pytest.fixture
def workbook():
    made = jm.Workbook(shop(), journey(), segments=[BUYERS])
    for panel in made.panels.values():
        panel.view.width = 900
    return made


def turn_to_flow(workbook):
    workbook.state.ask(flow=FlowOptions("event"))
    workbook.tabs.selected_index = 1
    return workbook.panels["Flow"]


class TestPick:
    def test_stays_with_its_new_count_where_the_new_answer_has_it(self, workbook):
        panel, drawer = workbook.panels["Funnel"], workbook.drawer
        panel.view.signals = {"pick": LEFT}
        before = drawer.total
        workbook.state.ask(counting=jm.Counting(window="1h"))
        funnel = workbook.answer.funnel
        now = len(funnel.customers(stage="see", outcome="left"))
        assert (drawer.shown, drawer.total) == (now > 0, now)
        assert now != before

    def test_is_let_go_where_the_new_answer_lacks_it(self, workbook):
        panel, drawer = workbook.panels["Funnel"], workbook.drawer
        panel.view.signals = {"pick": LEFT}
        workbook.state.ask(segments=(BUYERS,))
        assert not drawer.shown
        assert panel.view.signals == {"pick": {}}

    def test_of_a_node_keeps_its_bar_and_its_list(self, workbook):
        panel, drawer = turn_to_flow(workbook), workbook.drawer
        panel.view.signals = {"node": {"node_id": ['[1,"see"]']}}
        panel.beneath.children[0].children[1].click()
        before = drawer.total
        workbook.state.ask(segments=(BUYERS,))
        assert drawer.shown
        assert drawer.total == len(workbook.answer.flow.customers(step=1, node="see")) != before
        panel.view.signals = {"node": {"node_id": ['[2,"cart"]']}}
        assert not drawer.shown

    def test_after_the_last_step_is_named_as_in_the_picture(self, workbook):
        panel = turn_to_flow(workbook)
        panel._steps.value = 3
        panel.view.signals = {"node": {"node_id": ['[4,"(left)"]']}}
        assert "<strong>(left), after step 3</strong>" in panel.beneath.children[0].children[0].value

    def test_is_let_go_with_the_tab(self, workbook):
        workbook.panels["Funnel"].view.signals = {"pick": LEFT}
        workbook.tabs.selected_index = 1
        assert not workbook.drawer.shown
        assert workbook.panels["Funnel"].view.signals == {"pick": {}}


class TestError:
    def test_names_the_stage_and_leads_to_it(self, workbook):
        panel, asked = workbook.panels["Funnel"], []
        panel._on_edit = lambda *given: asked.append(given)
        panel.view.signals = {"pick": LEFT}
        workbook.state.ask(journey=WRONG)
        said, ways_out = panel.empty.children
        assert (
            "Stage Decide asks for the property &quot;chanel&quot;, which the log does not have."
            in said.value
        )
        assert "<pre>channel</pre>" in said.value
        assert not workbook.drawer.shown
        edit, undo, copy = ways_out.children
        assert (edit.description, copy.label) == ("Edit Decide", "Copy details")
        edit.click()
        undo.click()
        assert asked == [("journey", "Decide")]
        assert (panel.full.layout.display, workbook.question.journey) == (None, journey())

    def test_without_a_stage_leads_to_what_was_changed_last(self, workbook):
        panel = workbook.panels["Funnel"]
        workbook.state.ask(by="nonsense")
        assert panel.empty.children[1].children[0].description == "Edit breakdown"

    def test_leaves_the_tools_of_the_flow_in_use(self, workbook):
        workbook.state.ask(journey=WRONG)
        workbook.tabs.selected_index = 1
        panel = workbook.panels["Flow"]
        assert panel.full.layout.display == "none"
        panel._over.value = "event"
        assert panel.full.layout.display is None
        assert "jm-saying" not in panel._dom_classes


def test_a_list_is_downloaded_under_the_name_of_its_number(workbook):
    sent = []
    workbook.header.menu.send_file = lambda name, *_, **__: sent.append(name)
    workbook.panels["Funnel"].view.signals = {"pick": LEFT}
    workbook.drawer._handle_custom_msg({"do": "download"}, [])
    workbook.drawer.picked_bar = 0
    workbook.drawer._handle_custom_msg({"do": "download"}, [])
    first = workbook.drawer.bars[0]["label"].strip("()").replace(" ", "-")
    assert sent == ["shop-see-left.csv", f"shop-see-left-{first}.csv"]


def test_the_table_is_written_as_in_files_and_its_text_is_text(workbook):
    table = workbook.answer.funnel.table.assign(segment="<b>all</b>")
    shown = TableView()
    shown.show(table)
    assert "&lt;b&gt;all" in shown.value
    assert "<th scope='col'>Group</th>" not in shown.value
    assert shown.value.count("<tr>") == 1 + len(table)
    shown.show(table.loc[[0] * (MOST_ROWS + 1)])
    assert f"{MOST_ROWS + 1} rows; the first {MOST_ROWS} are shown" in shown.value


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("panels"), PAGE) as found:
        yield found


@pytest.mark.browser
class TestPage:
    @pytest.fixture
    def opened(self, page, served):
        page.set_viewport_size({"width": 1200, "height": 900})
        page.goto(served.url, timeout=60_000)
        page.locator(".jm-figure svg").first.wait_for(timeout=60_000)
        return page

    def test_the_first_stop_leads_to_the_finding(self, opened):
        opened.keyboard.press("Tab")
        link = opened.get_by_role("link", name="To the finding")
        assert link.evaluate("link => link === document.activeElement")
        assert link.bounding_box()["y"] >= 0
        opened.keyboard.press("Enter")
        assert opened.evaluate("document.activeElement.className") == "jm-finding"

    def test_chart_and_table_stand_at_the_right_beside_another_tool(self, opened):
        opened.locator(".jm-figure svg [aria-label*='left']").first.click()
        opened.locator(".jm-drawer .jm-customer").first.wait_for()
        for tab in ("Funnel", "Flow"):
            opened.get_by_role("tab", name=tab).click()
            opened.locator(".jm-panel:visible .jm-figure svg").wait_for()
            tools, end, legend = opened.locator(".jm-tools:visible").evaluate(BOXES)
            assert end["right"] == pytest.approx(tools["right"], abs=1)
            assert legend["top"] < end["bottom"]
            assert end["top"] < legend["bottom"]

    def test_a_list_takes_the_focus_and_gives_it_back_to_the_mark(self, opened):
        opened.get_by_role("tab", name="Flow").click()
        mark = opened.locator(".jm-panel:visible svg [aria-label^='see, step 1']")
        mark.click(force=True)
        opened.get_by_role("button", name="List the").click()
        opened.wait_for_function("document.activeElement.className === 'jm-drawer-title'")
        opened.keyboard.press("Escape")
        opened.wait_for_function("document.activeElement.ariaLabel?.startsWith('see, step 1')")

    def test_an_error_leads_to_the_stage_and_keeps_the_tools_of_the_flow(self, opened):
        opened.get_by_label("Journey", exact=True).select_option("Wrong")
        opened.get_by_role("button", name="Edit Decide").click()
        opened.wait_for_function("document.activeElement.closest('li')?.textContent.includes('Decide')")
        opened.get_by_role("tab", name="Flow").click()
        opened.get_by_text("! Cannot show the flow").wait_for()
        assert opened.locator(".jm-finding:visible").count() == 0
        opened.get_by_role("radio", name="Events").click()
        opened.locator(".jm-panel:visible .jm-figure svg").wait_for()
