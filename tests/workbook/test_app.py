"""The workbook without a browser: what is asked, what is worked out, and when."""

from __future__ import annotations

import pytest

import journeymap as jm
from journeymap import questions
from journeymap.events import sample
from journeymap.questions import FlowOptions
from tests.analyses.test_funnel import journey, shop

BUYERS = jm.Segment("Buyers", jm.did(jm.event("buy")))


@pytest.fixture
def counted(monkeypatch):
    """List the analyses as they are worked out."""
    calls = []
    for name in ("funnel", "flow"):
        real = getattr(questions, name)
        monkeypatch.setattr(
            questions, name, lambda *a, _real=real, _name=name, **k: (calls.append(_name), _real(*a, **k))[1]
        )
    return calls


@pytest.fixture
def workbook():
    made = jm.Workbook(shop(), journey(), segments=[BUYERS])
    for panel in made.panels.values():
        panel.view.width = 900
    return made


def funnel_panel(workbook):
    return workbook.panels["Funnel"]


def flow_panel(workbook):
    return workbook.panels["Flow"]


def test_a_hidden_tab_computes_nothing_and_a_pick_computes_once(counted):
    workbook = jm.Workbook(shop(), journey(), segments=[BUYERS])
    assert counted == ["funnel"]
    workbook.state.ask(segments=(BUYERS,))
    assert counted == ["funnel", "funnel"]
    workbook.tabs.selected_index = 1
    assert counted == ["funnel", "funnel", "flow"]
    workbook.state.ask(flow=FlowOptions("event"))
    assert counted == ["funnel", "funnel", "flow", "flow"]
    workbook.tabs.selected_index = 0
    assert counted[4:] == ["funnel"]
    workbook.tabs.selected_index = 1
    assert len(counted) == 5


def test_question_and_answer_are_what_is_on_the_screen(workbook):
    workbook.state.ask(segments=(BUYERS,), counting=jm.Counting(window="7d"))
    assert workbook.question.segments == (BUYERS,)
    assert workbook.answer.funnel is funnel_panel(workbook).shown
    assert workbook.answer.funnel.table["customers"].tolist() == [1, 1, 1]


def test_the_question_prints_as_code_that_asks_it_again(workbook):
    workbook.state.ask(
        segments=(BUYERS,),
        by="channel",
        period=("1970-01-01", "1970-01-03"),
        flow=FlowOptions("event", "see", 3, 4),
    )
    names = {"jm": jm, "log": shop()}
    exec(str(workbook.question), names)
    assert names["answer"].question == workbook.question
    assert workbook.header._code.text == str(workbook.question)


def test_undo_goes_back_one_question_also_after_reset(workbook):
    first = workbook.question
    workbook.state.ask(by="channel")
    second = workbook.question
    workbook.state.reset()
    assert workbook.question == first
    workbook.state.undo()
    assert workbook.question == second
    workbook.state.undo()
    assert (workbook.question, workbook.state.can_undo) == (first, False)


def test_an_error_is_a_sentence_in_its_panel_and_the_rest_lives(workbook):
    workbook.state.ask(by="channel", flow=FlowOptions("nonsense"))
    workbook.tabs.selected_index = 1
    panel = flow_panel(workbook)
    assert panel.full.layout.display == "none"
    assert "nonsense" in panel.empty.children[0].value
    workbook.tabs.selected_index = 0
    assert funnel_panel(workbook).full.layout.display is None
    assert workbook.answer.funnel.by == "channel"


def test_text_from_data_is_text_in_an_error(workbook):
    workbook.state.ask(flow=FlowOptions("<img src=x onerror=alert(1)>"))
    workbook.tabs.selected_index = 1
    said = flow_panel(workbook).empty.children[0].value
    assert "<img" not in said
    assert "&lt;img" in said


def test_nobody_is_said_with_a_way_out(workbook):
    workbook.state.ask(period=("1980-01-01", "1980-02-01"))
    panel = funnel_panel(workbook)
    assert "Nobody entered see" in panel.empty.children[0].value
    use_all = panel.empty.children[1].children[-1]
    use_all.click()
    assert panel.full.layout.display is None


def test_a_click_on_a_bar_lists_its_customers(workbook):
    panel, drawer = funnel_panel(workbook), workbook.drawer
    panel.view.signals = {
        "pick": {"segment": ["Everybody"], "group": [""], "stage": ["see"], "outcome": ["left"]}
    }
    assert drawer.shown
    assert (drawer.title, drawer.total) == ("2 customers left at see", 2)
    assert [row[0] for row in drawer.rows] == ["bob", "eve"]
    assert sum(bar["count"] for bar in drawer.bars) == 2
    drawer.picked_bar = 0
    assert drawer.total == drawer.bars[0]["count"]
    panel.view.signals = {"pick": {}}
    assert not drawer.shown


def test_a_click_on_a_rate_lists_the_settled_who_moved_on(workbook):
    pick = {"segment": ["Everybody"], "group": [""], "stage": ["see"], "outcome": ["settled_moved_on"]}
    funnel_panel(workbook).view.signals = {"pick": pick}
    assert (workbook.drawer.shown, workbook.drawer.total) == (True, 2)


@pytest.mark.parametrize(
    "pick",
    [
        {"segment": ["Nobody"], "group": [""], "stage": ["see"], "outcome": ["left"]},
        {"stage": [3]},
        {"outcome": ["__class__"]},
    ],
)
def test_a_click_that_names_nothing_does_no_harm(workbook, pick):
    funnel_panel(workbook).view.signals = {"pick": pick}
    assert not workbook.drawer.shown


def test_a_click_on_a_node_offers_its_list_and_a_new_start(workbook):
    workbook.state.ask(flow=FlowOptions("event"))
    workbook.tabs.selected_index = 1
    panel = flow_panel(workbook)
    node = next(row for row in panel.view.data["nodes"] if row["node_id"] == '[1,"see"]')
    panel.view.signals = {"node": {"node_id": [node["node_id"]]}}
    (selection,) = panel.beneath.children
    said, show, here, _ = selection.children
    assert "<b>4</b> customers" in said.value
    show.click()
    assert workbook.drawer.total == 4
    here.click()
    assert workbook.question.flow.start == "see"


def test_a_flow_of_several_segments_shows_one_at_a_time(workbook):
    workbook.state.ask(segments=(BUYERS, ~BUYERS), flow=FlowOptions("event"))
    workbook.tabs.selected_index = 1
    panel = flow_panel(workbook)
    assert panel._segment.value == "Buyers"
    first = panel.view.data
    panel._segment.value = "not Buyers"
    assert panel.view.data != first
    assert panel._segment.layout.display is None


def test_text_from_data_stays_text_everywhere():
    made = sample.shop(customers=60)
    events = made.events.assign(
        event=made.events["event"].astype("object").where(made.events["event"] != "search", "<b>bold</b>")
    )
    log = jm.read_events(events, customer="customer", event="event", at="at")
    workbook = jm.Workbook(
        log, jm.Journey("<i>J</i>", stages=[jm.Stage("<b>S</b>", jm.event("<b>bold</b>"))]), title="<u>T</u>"
    )
    workbook.tabs.selected_index = 1
    htmls = [
        widget.value for widget in every_widget(workbook) if type(widget).__name__ in {"HTML", "TableView"}
    ]
    assert not any(mark in text for text in htmls for mark in ("<b>bold", "<i>J", "<u>T", "<b>S"))


def every_widget(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from every_widget(child)
