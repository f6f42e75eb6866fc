import re
import subprocess
import sys

import altair as alt
import pytest

import journeymap as jm
from journeymap.charts import chart
from journeymap.charts.findings import finding
from journeymap.charts.paper import svg
from journeymap.charts.theme import categorical, role
from tests.charts.walks import journey, segment, walk_log, walks

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
    assert "(left)" in drawn or "moved on" in drawn
    assert set(re.findall(r"https?://[^\"' )]+", drawn)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }


def test_the_key_names_the_parts_of_a_bar():
    said = [row["text"] for row in chart(RESULTS["funnel"]).to_dict()["datasets"]["key_texts"]]
    assert said == ["moved on", "left", "Bars: all who entered. Rates: settled only."]
    late = [row["text"] for row in chart(walks(REACHED, window=None)).to_dict()["datasets"]["key_texts"]]
    assert late == ["moved on", "still open", "Bars: all who entered."]


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
    with pytest.raises(jm.JourneymapError, match="There is no chart of EventLog"):
        jm.chart(RESULTS["flow"].log)


@pytest.mark.parametrize(
    ("option", "said"), [("mode", "'light' and 'dark'"), ("scale", "'share' and 'customers'")]
)
def test_an_unknown_look_names_the_known_ones(option, said):
    with pytest.raises(jm.JourneymapError, match=f"{option}='dim' is not known. There is {said}"):
        jm.chart(RESULTS["funnel"], **{option: "dim"})


def test_a_chart_keeps_the_scale_and_the_colours_of_the_page():
    bars, customers = (
        chart(RESULTS["funnel"], scale=scale).to_dict()["datasets"]["bars"]
        for scale in ("share", "customers")
    )
    assert bars != customers
    names = ["Compare", "See"]
    nodes = chart(RESULTS["flow"], nodes=names).to_dict()["datasets"]["nodes"]
    colour_of = {row["tip"]["title"].split(",")[0]: row["colour"] for row in nodes}
    assert [colour_of[name] for name in names] == categorical()[:2]


def test_a_segment_has_the_same_sign_in_funnel_and_flow():
    log, kinds = walk_log(REACHED), [segment("mobile"), segment("desktop")]
    known = ["desktop", "mobile"]
    of_funnel = chart(jm.funnel(log, journey(3), segments=kinds), known=known).to_dict()["datasets"]["signs"]
    of_flow = chart(jm.flow(log, journey(3), segments=kinds, steps=3), known=known).to_dict()["datasets"][
        "head_signs"
    ]
    looks = [[(row["shape"], row["fill"]) for row in rows[:2]] for rows in (of_funnel, of_flow)]
    assert looks[0] == looks[1]
