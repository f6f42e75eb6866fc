"""Friction as a picture: what its bars, lines and words say."""

from __future__ import annotations

import pytest

import journeymap as jm
from journeymap.charts.findings import finding
from journeymap.charts.friction import drawing, key, key_note
from journeymap.charts.paper import chart
from journeymap.maps.fixing.friction import friction
from tests.small_logs import small_log

DAY = 86_400
HOSTILE = "<script>Pay</script> =1+1"
SHOP = jm.JourneyMap(
    "Shop",
    currency="EUR",
    stages=[
        {"name": "See", "milestone": jm.event("a")},
        {"name": HOSTILE, "milestone": jm.event("b")},
        {"name": "Buy", "milestone": jm.event("c")},
    ],
)
ROWS = [(f"c{k:03}", "a", k % 30 * DAY) for k in range(300)]
ROWS += [(f"c{k:03}", "b", k % 30 * DAY + 5) for k in range(150)]
ROWS += [(f"c{k:03}", "c", k % 30 * DAY + 9) for k in range(120)]
LOG = small_log(ROWS, data_end=40 * DAY)


def found(**options):
    return friction(SHOP, LOG, counting=jm.Counting(window="5d"), replicates=200, **options)


MEASURED = found(benchmark=0.1, value=30)


def rows(drawn, kind):
    return drawn.spec["datasets"][kind]


def test_bars_are_as_long_as_customers_on_one_scale():
    drawn = drawing(MEASURED, width=600)
    bars = rows(drawn, "bars")
    table = MEASURED.stages.set_index("part")
    widths = [bar["x2"] - bar["x"] for bar in bars]
    assert len(bars) == 2  # nobody leaves the last stage, and nobody was asked
    assert widths[0] / widths[1] == pytest.approx(table["lost"].iloc[0] / table["lost"].iloc[1])
    longest = max(line["x2"] for line in rows(drawn, "lines"))
    assert longest == pytest.approx(600)


def test_the_line_under_a_bar_is_its_interval():
    drawn = drawing(MEASURED, width=600)
    row = MEASURED.stages.iloc[0]
    bar = rows(drawn, "bars")[0]
    scale = bar["x2"] / row["friction"]
    level = [line for line in rows(drawn, "lines") if line["y"] == line["y2"] and line["x"] < line["x2"]]
    assert (level[0]["x"], level[0]["x2"]) == pytest.approx(
        (row["friction_low"] * scale, row["friction_high"] * scale)
    )


def test_the_finding_names_the_worst_stage_with_its_interval_and_value():
    said = finding(MEASURED)
    row = MEASURED.stages.iloc[0]
    assert said.text.startswith(f"See costs most: {row['friction']:,.0f} customers a month (")
    assert f"EUR\N{NO-BREAK SPACE}{row['value_at_stake']:,.0f}" in said.text + said.support
    assert said.support.endswith("of the samples.")


def test_without_a_benchmark_bars_are_all_who_left():
    result = found()
    drawn = drawing(result, width=600)
    assert (
        finding(result).text == "Most customers leave at See: 130 a month, 50.0\u202f% of those who reach it."
    )
    assert "Not all drop-off is friction" in finding(result).support
    assert (key(result), key_note(result)) == ([("left, a month", "left")], "")
    assert "130 left" in [text["text"] for text in rows(drawn, "texts")]


def test_where_nothing_exceeds_the_benchmark_it_says_so():
    assert finding(found(benchmark=0.9)).text.startswith("No stage loses more")


def test_names_of_authors_stay_text_and_everything_fits():
    for width in (280, 600, 1200):
        drawn = drawing(MEASURED, width=width)
        texts = rows(drawn, "texts")
        assert any("script" in text["text"] or "…" in text["text"] for text in texts)
        assert all(0 <= text["x"] <= width and 0 <= text["y"] <= drawn.height for text in texts)


def test_the_page_holds_key_picture_and_footer():
    spec = chart(MEASURED, width=700).to_dict(validate=False)
    assert spec["title"]["text"]
    assert {"key_bars", "bars", "footer_texts"} <= set(spec["datasets"])
    assert "a month is 30.4375 days" in spec["description"]
