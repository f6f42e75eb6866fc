"""The Vega bundle and the picture as Python sees them."""

from __future__ import annotations

import ipywidgets

from journeymap.workbook.assets import stylesheet
from journeymap.workbook.vega import VegaView, runtime
from tests.workbook.pictures import ROWS, bars, view


class TestPython:
    def test_there_is_one_bundle_and_every_view_sees_to_it(self):
        ipywidgets.Widget.close_all()
        VegaView()
        first = runtime()
        assert first is runtime()
        assert first.comm is not None

    def test_a_closed_bundle_is_made_anew(self):
        first = runtime()
        ipywidgets.Widget.close_all()
        assert runtime() is not first

    def test_show_tells_the_page_once(self, monkeypatch):
        made, told = VegaView(), []
        monkeypatch.setattr(made, "send_state", lambda key=None: told.append(set(key)))
        made.show(bars(), data={"bars": ROWS}, signals={"pick": {}}, description="Bars.")
        assert told == [{"spec", "data", "signals", "description"}]

    def test_show_keeps_what_is_not_given(self):
        made = view()
        made.set_signals(pick={"id": ["a"]})
        made.show(bars())
        assert (made.signals, made.data) == ({"pick": {"id": ["a"]}}, {"bars": ROWS})

    def test_set_signals_keeps_the_others(self):
        made = view(signals={"hover": 1})
        made.set_signals(pick={})
        assert made.signals == {"hover": 1, "pick": {}}

    def test_what_the_page_sends_back_is_observed(self):
        made, seen = view(), []
        made.observe(lambda change: seen.append(change["new"]), "signals")
        made.set_state({"signals": {"pick": {"id": ["b"]}}})
        assert seen == [{"pick": {"id": ["b"]}}]

    def test_the_stylesheet_types_no_colour(self):
        declared = [
            line for line in stylesheet().splitlines() if "#" in line or "rgb" in line or "hsl" in line
        ]
        assert declared == []
