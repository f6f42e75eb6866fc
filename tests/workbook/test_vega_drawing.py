"""The picture in Chromium: drawn, updated, busy, measured, taken away."""

from __future__ import annotations

import altair as alt
import pytest

from journeymap.workbook.vega import VegaView
from tests.workbook.pictures import MARKUP, ROWS, OnThePage, bars, view
from tests.workbook.stub_model import Stub, bring_vega, open_page


@pytest.mark.browser
class TestPage(OnThePage):
    def test_draws_its_data_as_svg_with_texts(self, page, stub):
        assert self.bars(page).count() == 3
        assert "Discover" in page.locator(".jm-drawing svg").text_content()
        assert page.locator("canvas, .vega-actions, details").count() == 0

    def test_says_what_it_shows_to_screen_readers(self, page, stub):
        assert page.get_by_role("group", name="Customers by stage.").count() == 1
        assert page.locator('[role="graphics-symbol"][aria-label="Consider"]').count() == 1

    def test_the_bundle_may_come_after_the_picture(self, page):
        open_page(page)
        Stub(page, view())
        assert self.bars(page).count() == 0
        bring_vega(page)
        page.wait_for_selector(".mark-rect path")

    def test_without_a_bundle_it_says_so_after_ten_seconds_and_still_draws_later(self, page):
        page.clock.install()
        open_page(page)
        Stub(page, view())
        page.clock.run_for(9_000)
        assert page.locator(".jm-plain").text_content() == ""
        page.clock.run_for(2_000)
        assert "Reload the page." in page.locator(".jm-plain").text_content()
        page.clock.resume()
        bring_vega(page)
        page.wait_for_selector(".mark-rect path")
        assert page.locator(".jm-plain").text_content() == ""

    def test_new_data_goes_into_the_picture_that_stands(self, page, stub):
        before = page.query_selector(".jm-drawing svg")
        stub.receive(data={"bars": ROWS[:2], "unknown": [{"a": 1}]})
        page.wait_for_function("document.querySelectorAll('.mark-rect path').length === 2")
        assert page.evaluate("(svg) => svg.isConnected", before)

    def test_the_picture_grows_with_its_data(self, page, stub):
        height = page.locator(".jm-drawing svg").bounding_box()["height"]
        stub.receive(data={"bars": [{**ROWS[0], "stage": str(i)} for i in range(12)]})
        page.wait_for_function("document.querySelectorAll('.mark-rect path').length === 12")
        assert page.locator(".jm-drawing svg").bounding_box()["height"] > 2 * height

    def test_a_new_spec_takes_the_place_of_the_last_one(self, page, stub):
        stub.receive(spec=bars(height=55))
        page.wait_for_selector(".jm-drawing svg .background[d*='v55']", state="attached")
        assert page.locator(".jm-drawing").count() == 1

    def test_data_that_comes_while_a_spec_is_drawn_is_drawn_in_it(self, page, stub):
        late = [{"id": "z", "stage": "Late", "customers": 5}]
        send = (
            "stub.model.receive({ spec: given[0] }); setTimeout(() => stub.model.receive({ data: given[1] }))"
        )
        stub._do(f"(() => {{ {send} }})()", [bars(height=77), {"bars": late}])
        page.wait_for_selector('[aria-label="Late"]', state="attached")
        assert page.locator(".jm-drawing svg .background[d*='v77']").count() == 1
        assert self.bars(page).count() == 1

    def test_new_data_never_stands_in_the_last_spec(self, page, stub):
        page.evaluate("""() => {
            globalThis.shown = new Set();
            const look = () => {
                const [picture] = document.querySelectorAll('.jm-drawing:not(.jm-coming) svg');
                const height = picture.querySelector('.background').getAttribute('d');
                shown.add(`${picture.querySelectorAll('.mark-rect path').length} ${height.includes('v77')}`);
            };
            const figure = document.querySelector('.jm-figure');
            new MutationObserver(look).observe(figure, { childList: true, subtree: true });
        }""")
        stub.receive(data={"bars": ROWS[:1]}, spec=bars(height=77))
        page.wait_for_selector(".jm-drawing:not(.jm-coming) svg .background[d*='v77']", state="attached")
        page.wait_for_function("shown.has('1 true')")
        assert page.evaluate("shown.has('1 false')") is False

    def test_listeners_stay_the_same_over_updates(self, page, stub):
        page.evaluate("""() => {
            globalThis.added = 0;
            for (const name of ['addEventListener', 'removeEventListener']) {
                const original = EventTarget.prototype[name];
                const step = name === 'addEventListener' ? 1 : -1;
                EventTarget.prototype[name] = function (...given) {
                    added += step;
                    return original.apply(this, given);
                };
            }
        }""")
        before = stub.listeners
        for number in range(25):
            stub.receive(data={"bars": [{**ROWS[0], "customers": number}]})
            stub.receive(spec=bars(height=100 + number), data={"bars": ROWS})
        page.wait_for_selector(".jm-drawing:not(.jm-coming) svg .background[d*='v124']", state="attached")
        settled = page.evaluate("added")
        for number in range(50):
            stub.receive(data={"bars": [{**ROWS[0], "customers": 1000 + number}]})
            page.wait_for_function("document.querySelectorAll('.mark-rect path').length === 1")
        assert stub.listeners == before
        assert page.evaluate("added") == settled

    def test_redrawing_takes_away_what_it_added(self, page, stub):
        page.evaluate("""() => {
            globalThis.kept = 0;
            const { addEventListener: add, removeEventListener: remove } = window;
            window.addEventListener = (...given) => { kept += 1; add.apply(window, given); };
            window.removeEventListener = (...given) => { kept -= 1; remove.apply(window, given); };
        }""")
        brushed = (
            alt.Chart(alt.NamedData("bars"))
            .mark_bar()
            .encode(x="customers:Q")
            .add_params(alt.selection_interval())
        )
        kept = []
        for number in range(4):
            stub.receive(spec=brushed.properties(height=100 + number).to_dict())
            page.wait_for_selector(
                f".jm-drawing:not(.jm-coming) svg .background[d*='v{100 + number}']", state="attached"
            )
            kept.append(page.evaluate("kept"))
        assert kept == [kept[0]] * 4
        assert kept[0] > 0

    def test_leaves_nothing_behind(self, page, stub):
        stub.close()
        assert stub.listeners == 0
        assert page.locator(".jm-picture").count() == 0

    def test_a_tooltip_shows_markup_as_text(self, page, stub):
        self.bars(page).nth(2).hover()
        tip = page.locator(".jm-tip")
        tip.wait_for()
        assert MARKUP in tip.text_content()
        assert "Customers 10" in tip.text_content()
        assert page.locator("img").count() == 0
        page.mouse.move(900, 600)
        tip.wait_for(state="hidden")

    def test_a_tooltip_field_named_image_loads_nothing(self, page):
        shown = {
            "data": {"name": "bars"},
            "mark": "bar",
            "encoding": {"x": {"field": "n", "type": "quantitative"}, "tooltip": {"field": "image"}},
        }
        open_page(page)
        bring_vega(page)
        Stub(page, VegaView(spec=shown, data={"bars": [{"n": 1, "image": "http://192.0.2.1/a.png"}]}))
        page.wait_for_selector(".mark-rect path")
        self.bars(page).first.hover()
        page.locator(".jm-tip").wait_for()
        assert page.locator("img").count() == 0

    def test_nothing_is_loaded_from_elsewhere(self, page):
        shown = {"data": {"url": "http://192.0.2.1/rows.json"}, "mark": "bar"}
        open_page(page)
        bring_vega(page)
        Stub(page, VegaView(spec=shown))
        page.wait_for_selector(".jm-drawing:not(.jm-coming) svg", state="attached")
        assert page.outside == []
        page.errors.clear()

    def test_a_spec_that_cannot_be_drawn_is_a_sentence_and_the_last_picture_stays(self, page, stub):
        stub.receive(spec={"mark": "bar", "data": {"name": "bars"}, "transform": [{"filter": "datum..x"}]})
        stub.until("stub.model.get('problem')")
        assert "could not be drawn" in page.locator(".jm-plain").text_content()
        assert self.bars(page).count() == 3
        stub.receive(spec=bars(height=77))
        stub.until("!stub.model.get('problem')")
        assert page.locator(".jm-plain").text_content() == ""

    def test_busy_keeps_the_height_and_takes_no_clicks(self, page, stub):
        height = page.locator(".jm-figure").bounding_box()["height"]
        stub.receive(busy=True)
        page.wait_for_selector('.jm-figure[aria-busy="true"]')
        figure = page.locator(".jm-figure")
        assert figure.bounding_box()["height"] == height
        assert figure.evaluate("(e) => getComputedStyle(e).opacity") == "0.4"
        self.bars(page).nth(1).click(force=True)
        page.focus(".jm-figure")
        page.keyboard.press("Enter")
        assert stub.state("signals") == {}

    def test_nothing_moves_where_less_motion_is_asked_for(self, page, stub):
        motion = "(e) => getComputedStyle(e).transitionDuration"
        assert page.locator(".jm-figure").evaluate(motion) == "0s"
        page.emulate_media(reduced_motion="no-preference")
        assert page.locator(".jm-figure").evaluate(motion) == "0.12s"

    def test_tells_its_width_in_steps_of_forty(self, page, stub):
        stub.until("stub.model.get('width') === 960")
        page.set_viewport_size({"width": 700, "height": 700})
        stub.until("stub.model.get('width') === 680")
        stub.give_back()
        assert stub.widget.width == 680

    def test_a_wide_picture_does_not_widen_its_place(self, page, stub):
        stub.receive(spec={**bars(), "width": 2000})
        page.wait_for_function("document.querySelector('.jm-drawing svg').getAttribute('width') > 2000")
        assert page.locator(".jm-picture").bounding_box()["width"] < 1000
        assert stub.state("width") == 960
