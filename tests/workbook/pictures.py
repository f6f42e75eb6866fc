"""A picture to show in a bare page: bars with labels beside them, one name of which is markup."""

from __future__ import annotations

import altair as alt
import pytest

from journeymap.workbook.vega import VegaView
from tests.workbook.stub_model import Stub, bring_vega, open_page

MARKUP = "<img src=x onerror=alert(1)>"
ROWS = [
    {"id": "a", "stage": "Discover", "customers": 40},
    {"id": "b", "stage": "Consider", "customers": 25},
    {"id": "c", "stage": MARKUP, "customers": 10},
]


def bars(**properties):
    pick = alt.selection_point(name="pick", fields=["id"])
    encoding = {
        "x": "customers:Q",
        "y": alt.Y("stage:N", sort=None),
        "tooltip": ["stage:N", alt.Tooltip("customers:Q", title="Customers")],
        "description": "stage:N",
        "opacity": alt.when(pick).then(alt.value(1)).otherwise(alt.value(0.4)),
    }
    marks = alt.Chart(alt.NamedData("bars")).mark_bar().encode(**encoding).add_params(pick)
    beside = alt.Chart(alt.NamedData("bars")).encode(x=alt.value(305), y=alt.Y("stage:N", sort=None))
    label = beside.mark_text(align="left").encode(text="stage:N", tooltip="stage:N")
    return (marks + label + beside.mark_rule()).properties(width=300, **properties).to_dict()


def view(**traits):
    made = VegaView(watch=["pick"], description="Customers by stage.", **traits)
    made.show(bars(), data={"bars": ROWS})
    return made


class OnThePage:
    """Tests of one picture that stands in the page: `stub` starts it, `bars` finds its marks."""

    @pytest.fixture
    def stub(self, page):
        open_page(page)
        bring_vega(page)
        stub = Stub(page, view())
        page.wait_for_selector(".mark-rect path")
        return stub

    def bars(self, page):
        return page.locator(".mark-rect path")
