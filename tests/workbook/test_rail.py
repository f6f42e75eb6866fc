"""The rail: what its controls ask and how they follow the question, then where the focus goes in a served page."""

from __future__ import annotations

import datetime as dt

import pytest

import journeymap as jm
from tests.analyses.test_funnel import journey, shop
from tests.workbook.served import serving, wait_until

BUYERS = jm.Segment("Buyers", jm.did(jm.event("buy")))
CODE = """
import pandas as pd, journeymap as jm
rows = [(who, what, f"2026-01-{day:02}", "ad" if who < "c" else "mail")
        for who in "abcdef" for day, what in enumerate(["see", "cart", "buy", "help"], start=1)]
log = jm.read_events(pd.DataFrame(rows, columns=["who", "what", "when", "channel"]), customer="who", event="what", at="when")
stages = [jm.Stage(name, jm.event(name)) for name in ("see", "cart", "buy")]
jm.Workbook(log, jm.Journey("Shop", stages=stages), segments=[jm.Segment(n, jm.where(channel=n)) for n in ("ad", "mail")])
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("rail"), CODE) as found:
        yield found


@pytest.fixture
def workbook():
    made = jm.Workbook(shop(), journey(), segments=[BUYERS])
    for panel in made.panels.values():
        panel.view.width = 900
    return made


@pytest.fixture
def stages(workbook):
    return workbook._rail._sections["journey"]


@pytest.fixture
def segments(workbook):
    return workbook._rail._sections["segments"]


def rows(picker):
    return {row["id"]: row for row in picker._list.rows}


def names(workbook):
    return [segment.name for segment in workbook.question.segments]


def test_stages_are_chosen_ordered_and_added(workbook, stages):
    stages._list.chosen = ["buy", "see"]
    assert workbook.question.journey.stage_names == ["buy", "see"]
    stages._add.field.value = "help"
    assert workbook.question.journey.stage_names == ["buy", "see", "help"]
    assert stages._add.field.value == ""
    assert workbook.panels["Funnel"].shown.journey == workbook.question.journey
    workbook.state.undo()
    workbook.state.undo()
    assert stages._list.chosen == ["see", "cart", "buy"]


def test_the_last_stage_stays(workbook, stages):
    stages._list.chosen = ["cart"]
    assert rows(stages)["cart"]["disabled"]
    stages._list.chosen = []
    assert (workbook.question.journey.stage_names, stages._list.chosen) == (["cart"], ["cart"])
    assert "at least one stage" in stages._said.value


def test_stages_show_the_customers_of_the_picture_and_count_none_themselves(workbook, stages):
    assert [row["count"] for row in stages._list.rows] == ["5", "3", "1"]
    workbook.state.ask(by="channel")
    assert [row["count"] for row in stages._list.rows] == ["5", "3", "1"]
    workbook.state.ask(segments=(BUYERS, ~BUYERS))
    assert [row["count"] for row in stages._list.rows] == ["5", "3", "1"]
    again = jm.Segment("Buyers again", BUYERS.rule)
    workbook.state.ask(segments=(BUYERS, again))
    both = workbook.answer.funnel.table.groupby("stage", observed=True, sort=False)["customers"].sum()
    assert [int(row["count"]) * 2 for row in stages._list.rows] == both.tolist()
    workbook.tabs.selected_index = 1
    workbook.state.ask(segments=())
    assert workbook.state.known("funnel") is None
    assert [row["count"] for row in stages._list.rows] == ["", "", ""]
    workbook.tabs.selected_index = 0
    assert [row["count"] for row in stages._list.rows] == ["5", "3", "1"]


def test_an_event_that_the_log_does_not_have_is_said_with_the_nearest(workbook, stages):
    stages._add.field.value = "hepl"
    assert "Type: help" in stages._add.said.value
    assert workbook.question.journey == journey()


def test_segments_are_ticked_and_the_rest_joins_at_the_end_and_stays(workbook, segments):
    segments._given["Ads"] = jm.Segment("Ads", jm.where(channel="ad"))
    segments._list.rows = [*segments._list.rows, {"id": "Ads", "label": "Ads"}]
    segments._list.chosen = ["Buyers"]
    assert list(rows(segments)) == ["Buyers", "Ads", "not Buyers"]
    segments._list.chosen = ["Buyers", "not Buyers"]
    assert workbook.question.segments == (BUYERS, ~BUYERS)
    assert rows(segments)["not Buyers"]["sign"] == {"shape": "not", "series": 1}
    segments._list.chosen = []
    assert list(rows(segments)) == ["Buyers", "Ads", "not Buyers"]


def test_a_segment_is_made_and_deleted_and_undo_brings_it_back(workbook, segments):
    form = segments._form
    form._kind.value, form._property.value, form._value.value = "have", "channel", "mail"
    form._make()
    made = jm.Segment("channel: mail", jm.where(channel="mail", pick="first"))
    assert workbook.question.segments == (made,)
    assert [name for name, row in rows(segments).items() if row["removable"]] == ["channel: mail"]
    segments._list._handle_custom_msg({"do": "remove", "id": "Buyers"}, [])
    segments._list._handle_custom_msg({"do": "remove", "id": "channel: mail"}, [])
    assert (workbook.question.segments, list(rows(segments))) == ((), ["Buyers"])
    workbook.state.undo()
    assert workbook.question.segments == (made,)
    assert "channel: mail" in rows(segments)


def test_a_name_is_not_taken_twice(segments):
    segments._add(jm.Segment("Buyers", jm.where(channel="ad")))
    assert segments._all()["Buyers"] == BUYERS
    assert "Buyers (new)" in segments._all()


@pytest.mark.parametrize("times", [0, -3, 1001])
def test_too_few_times_are_said_and_make_no_segment(workbook, segments, times):
    form = segments._form
    form._kind.value, form._event.field.value, form._times.value = "did", "buy", times
    assert "Type 1 to 1,000." in form._said.value
    form._make()
    assert workbook.question.segments == ()
    form._times.value = 2
    assert form._said.value == ""
    form._make()
    assert workbook.question.segments == (
        jm.Segment("did buy at least 2 times", jm.did(jm.event("buy"), at_least=2)),
    )


def test_a_segment_that_the_log_does_not_fit_is_marked_and_the_page_lives():
    wrong = jm.Segment("Wrong", jm.where(chanel="ad"))
    workbook = jm.Workbook(shop(), journey(), segments=[wrong, BUYERS])
    row = rows(workbook._rail._sections["segments"])["Wrong"]
    assert (row["disabled"], row["count"]) == (True, "!")
    assert "'channel'" in row["hint"]
    assert workbook.answer.funnel.table["customers"].tolist() == [5, 3, 1]


def test_a_seventh_segment_is_not_taken(workbook, segments):
    many = tuple(jm.Segment(f"S{n}", jm.where(channel="ad")) for n in range(6))
    workbook.state.ask(segments=many)
    assert rows(segments)["Buyers"]["disabled"]
    segments._list.chosen = [*segments._list.chosen, "Buyers"]
    assert names(workbook) == segments._list.chosen == [one.name for one in many]


def test_a_year_that_is_still_being_typed_asks_nothing(workbook):
    period = workbook._rail._sections["period"]
    period._choice.value = "custom"
    before = workbook.question
    period._first.value = dt.date(202, 1, 1)
    assert workbook.question == before
    assert "Choose a first day" in period._said.value


def test_reset_takes_dates_back_that_were_wrong(workbook):
    period = workbook._rail._sections["period"]
    workbook.state.ask(by="channel")
    period._choice.value = "custom"
    period._last.value = dt.date(2030, 1, 1)
    period._first.value = dt.date(2031, 1, 1)
    workbook.state.reset()
    assert period._choice.value.startswith("All")
    assert (period._dates.layout.display, period._said.value) == ("none", "")
    first, last = (moment.date() for moment in workbook.state.log.span)
    assert (period._first.value, period._last.value) == (first, last)
    assert workbook.question == workbook.state.first


def test_done_folds_the_rail_away(workbook):
    workbook._filters.opened = True
    workbook._rail.children[-1].click()
    assert not workbook._filters.opened


def test_every_control_asks_and_follows(workbook):
    sections = workbook._rail._sections
    breakdown, period, window = (sections[name] for name in ("by", "period", "counting"))
    breakdown._control.value = "channel"
    window._control.value = "7d"
    period._choice.value = "custom"
    assert (workbook.question.by, workbook.question.counting.window) == ("channel", "7d")
    window._control.value = ""
    assert workbook.question.counting.window is None
    workbook.state.reset()
    assert (breakdown._control.value, window._control.value) == ("", "30d")


@pytest.mark.browser
class TestPage:
    @pytest.fixture
    def shown(self, page, served):
        page.set_viewport_size({"width": 1400, "height": 1000})
        page.goto(served.url)
        page.locator(".jm-figure svg").first.wait_for(timeout=60_000)
        return page

    def focused(self, page):
        return page.evaluate(
            "(({ ariaLabel, type, innerText, parentElement: near }) => ariaLabel ?? (type === 'checkbox' ? near.innerText : innerText))(document.activeElement)"
        )

    def stages(self, page):
        return page.locator(".jm-ticks-ordered .jm-tick-name").all_inner_texts()

    def counts(self, page):
        return page.locator(".jm-ticks-ordered .jm-tick-count").all_inner_texts()

    def drawn(self, page, *wanted):
        """Wait until each of these stands in the picture's words."""
        for text in wanted:
            page.locator(".jm-figure svg text").get_by_text(text, exact=True).first.wait_for()

    def test_moving_and_unticking_a_stage_and_undo_keep_the_focus(self, shown):
        page = shown
        page.get_by_role("button", name="Move buy up").focus()
        page.keyboard.press("Enter")
        wait_until(lambda: self.stages(page) == ["see", "buy", "cart"], page=page)
        wait_until(lambda: self.counts(page) == ["6", "6", "0"], page=page)
        assert self.focused(page) == "Move buy up"
        page.keyboard.press("Enter")
        wait_until(lambda: self.stages(page) == ["buy", "see", "cart"], page=page)
        wait_until(lambda: self.counts(page) == ["6", "0", "0"], page=page)
        assert self.focused(page) == "Move buy down"
        page.get_by_role("checkbox", name="see").focus()
        page.keyboard.press("Space")
        wait_until(lambda: self.counts(page) == ["6", "", "0"], page=page)
        assert self.focused(page) == "see"
        undo = page.get_by_role("button", name="Undo")
        undo.focus()
        for counts in (["6", "0", "0"], ["6", "6", "0"], ["6", "6", "6"]):
            page.keyboard.press("Enter")
            wait_until(lambda counts=counts: self.counts(page) == counts, page=page)
            assert self.focused(page) == "Undo"
        assert undo.get_attribute("aria-disabled") == "true"
        assert self.stages(page) == ["see", "cart", "buy"]

    def test_two_quick_picks_both_count(self, shown):
        page = shown
        boxes = [page.get_by_role("checkbox", name=name, exact=True) for name in ("ad", "mail")]
        places = [box.bounding_box() for box in boxes]
        for place in places:
            page.mouse.click(place["x"] + 8, place["y"] + 8)
            page.wait_for_timeout(40)
        self.drawn(page, "ad", "mail")
        assert [box.is_checked() for box in boxes] == [True, True]
        assert [box.bounding_box() for box in boxes] == places

    def test_the_form_takes_the_focus_and_gives_it_back_and_arrows_choose(self, shown):
        page = shown
        page.get_by_role("button", name="New segment").click()
        wait_until(lambda: self.focused(page) == "Who have", page=page)
        page.keyboard.press("ArrowRight")
        assert self.focused(page) == "Who did"
        event = page.get_by_label("Event", exact=True)
        event.fill("buy")
        page.get_by_role("button", name="Add segment").click()
        page.get_by_role("button", name="Delete did buy").wait_for()
        wait_until(lambda: self.focused(page) == "New segment", page=page)
        page.get_by_role("button", name="Delete did buy").click()
        page.get_by_role("checkbox", name="did buy", exact=True).wait_for(state="detached")
        page.get_by_role("button", name="Undo").click()
        page.get_by_role("checkbox", name="did buy", exact=True).wait_for()

    def test_the_window_is_a_group_of_radio_buttons(self, shown):
        page = shown
        page.get_by_role("radiogroup", name="Window from entry").get_by_role("radio", name="30 d").focus()
        page.keyboard.press("ArrowLeft")
        chosen = page.get_by_role("radio", checked=True, name="14 d")
        chosen.wait_for()
        assert self.focused(page) == "14 d"
        page.locator(".jm-rules").get_by_text("Changed: window from entry").wait_for()

    def test_a_sixth_window_stands_in_even_rows(self, shown):
        page = shown
        page.get_by_role("button", name="Change").click()
        page.locator(".jm-pane").get_by_label("Window from entry").select_option("session")
        group = page.get_by_role("radiogroup", name="Window from entry")
        group.get_by_role("radio", name="Session", checked=True).wait_for()
        boxes = [one.bounding_box() for one in group.get_by_role("radio").all()]
        assert len(boxes) == 6
        assert len({round(box["y"]) for box in boxes}) == 2
        assert max(box["width"] for box in boxes) - min(box["width"] for box in boxes) < 1

    def test_in_any_order_a_count_stands_beside_what_it_counts(self, shown):
        page = shown
        page.get_by_role("button", name="Change").click()
        page.locator(".jm-pane").get_by_label("Order of the stages").select_option("any")
        counts = page.locator(".jm-stages .jm-tick-count")
        counts.get_by_text("2 stages: 6", exact=True).wait_for()
        assert counts.all_inner_texts() == ["1 stage: 6", "2 stages: 6", "all 3 stages: 6"]
        name, count = (
            page.locator(f".jm-stages .jm-tick-{part}").first.bounding_box() for part in ("name", "count")
        )
        assert name["y"] + name["height"] <= count["y"] + 1
