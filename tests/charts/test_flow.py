import json

import altair as alt
import pytest
import vl_convert

import journeymap as jm
from journeymap.charts import flow as flow_chart
from journeymap.charts.flow import coloured, drawing, pick_of, picked
from journeymap.charts.theme import categorical, opacity, role
from tests.charts.some_flows import flow_of

SHOP = [
    (["see", "search", "buy"], 40),
    (["see", "buy"], 20),
    (["search", "see"], 15),
    (["see"], 25),
]


@pytest.fixture(scope="module")
def shop():
    return flow_of(SHOP, steps=3)


def rows(drawn, name):
    return drawn.spec["datasets"][name]


def test_every_link_and_node_of_the_table_is_drawn(shop):
    drawn = drawing(shop, width=780)
    links = {tuple(json.loads(row["link"])) for row in rows(drawn, "links")}
    assert links == set(shop.table[["step", "source", "target"]].itertuples(index=False, name=None))
    nodes = {tuple(json.loads(row["node_id"])) for row in rows(drawn, "nodes")}
    assert nodes == set(shop.nodes[["step", "node"]].itertuples(index=False, name=None))


def test_a_pick_opens_to_the_customers_it_counts(shop):
    drawn = drawing(shop, width=780)
    for row in rows(drawn, "links"):
        listed = shop.customers(**picked({"pick": {"link": [row["link"]]}}))
        assert f"{len(listed)}" == row["tip"]["customers"]
    for row in rows(drawn, "nodes"):
        listed = shop.customers(**picked({"node": {"node_id": [row["node_id"]]}}))
        assert f"{len(listed)}" == row["tip"]["customers"]


@pytest.mark.parametrize(
    "place", [{"step": 4, "node": 'a "quoted" [1]'}, {"step": 1, "source": "x, y", "target": "(left)"}]
)
def test_a_pick_can_be_written_and_read(place):
    assert picked(pick_of(**place)) == place


def test_a_name_keeps_its_colour(shop):
    colour_of = {
        (json.loads(row["node_id"])[1], row["colour"]) for row in rows(drawing(shop, width=780), "nodes")
    }
    assert len(dict(colour_of)) == len(colour_of)
    assert dict(colour_of) == {
        "see": categorical()[0],
        "search": categorical()[1],
        "buy": categorical()[2],
        "(left)": role("left"),
    }
    known = coloured(flow_of([["buy", "see"]], steps=2))
    again = drawing(shop, width=780, known=known)
    assert {row["colour"] for row in rows(again, "nodes") if "buy" in row["node_id"]} == {categorical()[0]}


def test_a_new_name_takes_the_colour_of_one_that_is_gone():
    known = [f"page {number}" for number in range(12)]
    flow = flow_of([(["page 3", "new"], 3)], steps=2)
    assert coloured(flow, known=known) == ["new", *known[1:]]
    assert coloured(flow, known=coloured(flow, known=known)) == ["new", *known[1:]]
    assert coloured(flow, known=known[:11]) == [*known[:11], "new"]


def test_the_thirteenth_name_is_grey():
    many = flow_of([([f"page {number:02}"], 20 - number) for number in range(13)], steps=2, top=13)
    colour_of = {row["node_id"]: row["colour"] for row in rows(drawing(many, width=780), "nodes")}
    assert colour_of['[1,"page 11"]'] == categorical()[11]
    assert colour_of['[1,"page 12"]'] == role("other")


def test_ribbons_have_the_colour_of_where_they_come_from_or_of_leaving(shop):
    looks = {row["link"]: (row["colour"], row["opacity"]) for row in rows(drawing(shop, width=780), "links")}
    assert looks['[1,"see","buy"]'] == (categorical()[0], opacity("ribbon"))
    assert looks['[1,"see","(left)"]'] == (role("left"), opacity("ribbon_left"))
    assert looks['[2,"(left)","(left)"]'] == (role("left"), opacity("ribbon_carried"))


def test_what_marks_say(shop):
    drawn = drawing(shop, width=780)
    tips = {row["node_id"]: row["tip"] for row in rows(drawn, "nodes")}
    assert tips['[1,"see"]'] == {
        "title": "see, step 1",
        "customers": "85",
        "of all who start": "85.0\u202f%",
        "leave next": "25 (29\u202f%)",
        "leave next elsewhere in this step": "0\u202f%",
    }
    link = next(row for row in rows(drawn, "links") if row["link"] == '[1,"see","buy"]')
    assert link["tip"] == {
        "title": "see → buy",
        "customers": "20",
        "of see, step 1": "24\u202f%",
        "of buy, step 2": "100\u202f%",
    }
    assert drawn.description == (
        "Flow of customers over 3 steps, all: of 100 who start, 100 have left by the end and 0 continue."
    )


def test_two_drawings_of_one_size_differ_in_their_rows_only(shop):
    other = flow_of([(["buy", "see"], 3)], steps=3)
    first, second = (drawing(flow, width=780) for flow in (shop, other))
    assert first.height == second.height
    for drawn in (first, second):
        del drawn.spec["datasets"], drawn.spec["description"]
    assert first.spec == second.spec


def test_a_segment_is_chosen_by_name_and_an_unknown_one_suggests():
    flow = flow_of(SHOP, apart=range(10), steps=3)
    assert "of 100 who start" in drawing(flow, width=780).description
    assert "Apart: of 10 who start" in drawing(flow, width=780, segment="Apart").description
    with pytest.raises(jm.DefinitionError, match="Apart"):
        drawing(flow, width=780, segment="Appart")


@pytest.mark.parametrize("width", [340, 600, 780, 1400])
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_it_is_valid_and_draws_all_its_texts(shop, width, mode):
    drawn = drawing(shop, width=width, mode=mode)
    alt.LayerChart.from_dict(drawn.spec)
    svg = vl_convert.vegalite_to_svg(drawn.spec)
    assert f'width="{width}" height="{drawn.height}"' in svg
    for text in ("Step 1", "Then", "(left)", "100"):
        assert f">{text}</text>" in svg


def test_nobody_is_said():
    flow = flow_of([["see"]], apart=[9], steps=2)
    assert [row["text"] for row in rows(drawing(flow, width=780, segment="Apart"), "labels")] == [
        "No customer starts."
    ]


def test_text_from_data_stays_text():
    flow = flow_of([(["<script>alert(1)</script>\nx", "</svg>"], 5)], steps=2)
    svg = vl_convert.vegalite_to_svg(drawing(flow, width=780).spec)
    assert "<script" not in svg
    assert "&lt;script&gt;alert(1)&lt;/script&gt; x" in svg


def test_public_names():
    assert all(hasattr(flow_chart, name) for name in flow_chart.__all__)


def test_stretches_of_one_flow_have_one_scale():
    flow = flow_of(
        [(["a", "b", "c", "d"], 300), (["a"], 100), ([f"page {n}" for n in range(9)], 20)], steps=6
    )
    px = set()
    for first in range(1, 6):
        drawn = drawing(flow, width=340, first_step=first, columns=3)
        for row in rows(drawn, "nodes"):
            customers = int(row["tip"]["customers"].replace(",", ""))
            px.add(round((row["y2"] - row["y"]) / customers, 4))
    assert max(px) - min(px) < 0.001
