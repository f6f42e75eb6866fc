import pytest

import journeymap as jm
from journeymap.charts.findings import finding
from journeymap.charts.paper import svg
from journeymap.report.saving import render
from tests.charts.walks import walks

FUNNEL = walks({"a": [60, 40]})


@pytest.mark.parametrize("drawn", [svg(FUNNEL), render(FUNNEL, "svg").decode()], ids=["shown", "saved"])
def test_a_picture_of_lines_names_and_describes_itself(drawn):
    assert drawn.startswith('<svg role="img" ')
    assert f"<title>{finding(FUNNEL).text}</title><desc>Funnel of 2 stages" in drawn


def test_names_from_data_are_no_markup():
    named = walks({"<b>": [60, 40], "&": [50, 20]})
    assert "<b>" not in svg(named)
    assert jm.chart(named).to_dict()["description"].startswith("Funnel")
