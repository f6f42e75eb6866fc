import json

import vl_convert

from journeymap.charts.flow_paper import key, paper
from tests.charts.some_flows import flow_of

SHOP = [(["see", "search", "buy"] * 3, 40), (["see", "buy"], 20), (["search"], 15)]


def test_every_segment_is_drawn_under_the_one_before():
    flow = flow_of(SHOP, apart=range(30), steps=3)
    drawn = paper(flow, width=780)
    tops = {row["text"]: row["y"] for row in drawn.spec["datasets"]["head_texts"]}
    assert list(tops) == ["All", "75 customers start", "Apart", "30 customers start"]
    assert tops["Apart"] > 440
    assert drawn.height > 2 * 440
    assert len(drawn.spec["datasets"]["links"]) == len(flow.table)
    assert "Apart" in vl_convert.vegalite_to_svg(drawn.spec)


def test_one_segment_has_no_head():
    assert paper(flow_of(SHOP, steps=3), width=780).spec["datasets"]["head_texts"] == []


def test_what_is_too_wide_goes_on_in_the_next_row_at_the_same_scale():
    flow = flow_of(SHOP, steps=8)
    drawn = paper(flow, width=480)
    heads = [row["text"] for row in drawn.spec["datasets"]["heads"]]
    assert heads == [
        *(f"Step {step}" for step in (1, 2, 3, 4, 5)),
        *(f"Step {step}" for step in (5, 6, 7, 8)),
        "Then",
    ]
    links = drawn.spec["datasets"]["links"]
    assert len(links) == len(flow.table)
    widths = {(row["from_y2"] - row["from_y"]) / int(row["tip"]["customers"]) for row in links}
    assert max(widths) - min(widths) < 0.001
    twice = [row for row in drawn.spec["datasets"]["nodes"] if json.loads(row["node_id"])[0] == 5]
    assert len({row["y"] for row in twice}) == len(twice)


def test_the_key_names_what_occurs():
    assert key(flow_of([["see"]], steps=2)) == [("(left)", "left")]
    flow = flow_of([(["see", "buy", "see"], 3), (["buy"], 1)], steps=2, top=1)
    assert key(flow) == [("(left)", "left"), ("(other)", "other"), ("(continues)", "continues")]
