import re
import subprocess
import sys

import altair as alt
import pytest

import journeymap as jm
from journeymap.charts import chart
from journeymap.charts.findings import finding
from journeymap.charts.paper import svg
from journeymap.charts.theme import role
from tests.charts.walks import journey, walk_log, walks

REACHED = {"mobile": [200, 120, 60], "desktop": [150, 100, 75]}
RESULTS = {
    "funnel": walks(REACHED),
    "everybody": walks(REACHED, side_by_side=False),
    "flow": jm.flow(walk_log(REACHED), journey(3), steps=3),
}


@pytest.mark.parametrize("name", RESULTS)
@pytest.mark.parametrize("width", [320, 600, 1400])
def test_a_chart_says_finding_scope_and_rules(name, width):
    result = RESULTS[name]
    drawn = chart(result, width=width).to_dict()
    assert " ".join(drawn["title"]["text"]) == finding(result).text
    footer = " ".join(row["text"] for row in drawn["datasets"]["footer_texts"])
    assert footer == " ".join([str(result.scope), *result.notes])
    assert str(result.scope) in drawn["description"]


@pytest.mark.parametrize("width", [320, 600, 1400])
def test_a_chart_is_as_wide_as_asked(width):
    drawn = svg_of(RESULTS["funnel"], width=width)
    assert float(re.match(r'<svg [^>]*?width="([\d.]+)"', drawn)[1]) == pytest.approx(width, abs=3)


def svg_of(result, **options):
    import vl_convert

    return vl_convert.vegalite_to_svg(chart(result, **options).to_dict())


@pytest.mark.parametrize("name", RESULTS)
def test_a_drawn_chart_holds_its_numbers_and_asks_for_nothing(name):
    drawn = svg(RESULTS[name])
    assert "350" in drawn or "200" in drawn
    assert "(left)" in drawn or "still open" in drawn
    assert set(re.findall(r"https?://[^\"' )]+", drawn)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }


def test_the_key_names_the_parts_of_a_bar():
    said = [row["text"] for row in chart(RESULTS["funnel"]).to_dict()["datasets"]["key_texts"]]
    assert said == ["moved on", "left", "still open", "Bars: all who entered. Rates: settled only."]


def test_a_dark_chart_is_dark():
    assert chart(RESULTS["funnel"], mode="dark").to_dict()["config"]["background"] == role(
        "surface", mode="dark"
    )


def test_a_result_shows_itself():
    for result in RESULTS.values():
        shown = result._repr_mimebundle_()
        assert shown["image/svg+xml"].startswith("<svg")
        assert shown["text/plain"] == f"{finding(result).text}\n{result.scope}"


def test_a_chart_shows_itself_without_the_internet():
    assert alt.renderers.active == "svg"
    assert list(chart(RESULTS["funnel"])._repr_mimebundle_()) == ["image/svg+xml"]


@pytest.mark.parametrize(("chosen", "active"), [("default", "svg"), ("png", "png")])
def test_a_renderer_that_the_user_chose_stays(chosen, active):
    code = f"import altair as alt; alt.renderers.enable({chosen!r}); import journeymap.charts.paper; print(alt.renderers.active)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == active


def test_other_things_have_no_chart():
    with pytest.raises(TypeError, match="There is no chart of str"):
        chart("funnel")
