"""The whole picture: nothing leaves the sheet, no words lie on others, and every cell says what it is."""

from __future__ import annotations

import json
from itertools import combinations

import pytest
import vl_convert

import journeymap as jm
from journeymap.charts.maps.drawing import drawing
from journeymap.charts.maps.paints import paints
from journeymap.charts.maps.words import text_width
from journeymap.charts.vector import vector
from journeymap.errors import DefinitionError
from tests.charts import maps_to_draw
from tests.charts.maps_to_draw import MAPS, TODAY

HOSTILE = '<script>alert("x")</script> =1+1 & {datum.x}'
DRAWN = [(name, width) for name in MAPS for width in (900, 1400)]


def drawn(name, **options):
    if name == "future":
        options.setdefault("baseline", maps_to_draw.membership())
    return drawing(MAPS[name](), today=TODAY, **options)


def rows(picture, layer):
    return picture.spec["datasets"][layer]


def texts(picture):
    return [row["text"].replace("\n", " ") for row in rows(picture, "words")]


def places(picture):
    """Return each line of words as (left, top, right, bottom, text), as high as its small letters."""
    found = []
    for row in rows(picture, "words"):
        for number, line in enumerate(row["text"].split("\n")):
            wide = text_width(line, size=row["size"], bold=row["weight"] == 700)
            left = row["x"] - {"left": 0, "center": wide / 2, "right": wide}[row["align"]]
            base = row["y"] + number * row["lead"]
            found.append((left, base - 0.7 * row["size"], left + wide, base, line))
    return found


def overlap(one, other):
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 0.6 and down > 0.6


@pytest.mark.parametrize(("name", "width"), DRAWN)
def test_no_words_lie_on_others(name, width):
    lying = [
        (one[4], other[4])
        for one, other in combinations(places(drawn(name, width=width)), 2)
        if overlap(one, other)
    ]
    assert not lying


@pytest.mark.parametrize(("name", "width"), DRAWN)
def test_nothing_leaves_the_sheet(name, width):
    picture = drawn(name, width=width)
    assert (picture.spec["width"], picture.spec["height"]) == (width, picture.height)
    for left, top, right, bottom, text in places(picture):
        assert 0 <= left < right <= width, text
        assert 0 <= top < bottom <= picture.height, text
    for box in (*rows(picture, "boxes"), *rows(picture, "cells")):
        assert 0 <= box["x"] < box["x2"] <= width
        assert 0 <= box["y"] < box["y2"] <= picture.height


@pytest.mark.parametrize(("name", "width"), DRAWN)
def test_words_stay_inside_the_column_they_begin_in(name, width):
    picture = drawn(name, width=width)
    cells = [cell for cell in rows(picture, "cells") if not cell["cell"].startswith("emotion")]
    for left, top, right, bottom, text in places(picture):
        for cell in cells:
            begins = cell["x"] <= left < cell["x2"] and cell["y"] <= top and bottom <= cell["y2"]
            assert not begins or right <= cell["x2"] + 0.5, (text, cell["cell"])


@pytest.mark.parametrize("name", MAPS)
def test_each_cell_has_an_id_of_its_own_and_lies_on_no_other(name):
    cells = rows(drawn(name), "cells")
    assert len({cell["cell"] for cell in cells}) == len(cells)
    for one, other in combinations(cells, 2):
        assert not overlap(*((cell["x"], cell["y"], cell["x2"], cell["y2"]) for cell in (one, other)))


def test_cells_of_a_stage_stand_below_one_another():
    cells = {cell["cell"]: cell for cell in rows(drawn("membership"), "cells")}
    lefts = {
        cells[f"{lane}:confirm"]["x"]
        for lane in ("stages", "measured", "goals", "touchpoints", "pains", "kpis", "owner")
    }
    assert len(lefts) == 1
    assert cells["actions:wait"]["x"] == cells["steps:wait"]["x"] == cells["goals:confirm"]["x"]


def test_lanes_stand_in_order_and_those_without_content_are_left_out():
    lanes = list(dict.fromkeys(cell["cell"].split(":")[0] for cell in rows(drawn("membership"), "cells")))
    assert lanes == [
        "stages", "steps", "measured", "goals", "actions", "touchpoints", "thoughts",
        "emotion", "pains", "opportunities", "kpis", "owner",
    ]  # fmt: skip
    bare = drawing(jm.JourneyMap("Shop", stages=["Look", "Buy"], steps=[jm.Step("I pay", stage="buy")]))
    assert {cell["cell"] for cell in rows(bare, "cells")} == {"stages:look", "stages:buy", "steps:i-pay"}


def test_what_is_empty_says_so():
    told = maps_to_draw.membership().change("sign", customer_goal="")
    picture = drawing(told, today=TODAY)
    cell = next(cell for cell in rows(picture, "cells") if cell["cell"] == "goals:sign")
    assert cell["says"] == "nothing known yet"
    assert "nothing known yet" in texts(picture)
    dashed = [
        box
        for box in rows(picture, "boxes")
        if box["dash"] and box["y"] >= cell["y"] and box["y2"] <= cell["y2"]
    ]
    assert [box["fill"] for box in dashed] == ["none"]


def test_a_cell_tells_those_who_cannot_see_it():
    cell = next(cell for cell in rows(drawn("membership"), "cells") if cell["cell"] == "measured:confirm")
    assert cell["description"].startswith(
        "Measured, Confirm: 8,180 customers, 5,726 moved on, 2,310 left, 144 still open"
    )
    pains = next(cell for cell in rows(drawn("membership"), "cells") if cell["cell"] == "pains:use")
    assert (pains["lane"], pains["where"], pains["status"]) == ("Pain points", "Start using", "stale")
    assert "2 of 5" in pains["says"]


def test_two_maps_differ_in_their_data_alone():
    one, other = drawn("membership").spec, drawn("day").spec
    for key in one.keys() - {"datasets", "description", "usermeta", "height"}:
        assert one[key] == other[key], key


def test_colours_are_names_and_the_dark_is_another_range():
    light, dark = drawn("membership").spec, drawn("membership", mode="dark").spec
    assert light["datasets"] == dark["datasets"]
    used = {
        row[key]
        for layer in ("boxes", "shapes")
        for row in light["datasets"][layer]
        for key in ("fill", "stroke")
    }
    assert used <= set(paints("light"))
    scales = [spec["layer"][0]["encoding"]["fill"]["scale"] for spec in (light, dark)]
    assert scales[0]["domain"] == scales[1]["domain"]
    assert scales[0]["range"] != scales[1]["range"]


def test_pointing_and_picking_are_about_cells():
    spec = drawn("membership").spec
    assert [param["name"] for param in spec["params"]] == ["hover", "cell"]
    assert all(param["select"]["fields"] == ["cell"] for param in spec["params"])


def test_text_is_text_wherever_it_stands():
    told = maps_to_draw.membership()
    for part in told.parts.values():
        for field in (
            "name",
            "title",
            "text",
            "question",
            "owner",
            "customer_goal",
            "summary",
            "moment_of_truth",
        ):
            if hasattr(part, field):
                told = told.change(part.id, **{field: HOSTILE})
        if hasattr(part, "thoughts"):
            told = told.change(part.id, thoughts=[HOSTILE], actions=[HOSTILE])
    picture = drawing(told.change(title=HOSTILE, scenario=HOSTILE), today=TODAY)
    svg = vector(picture.spec)
    assert "<script" not in svg
    assert "&lt;script" in svg
    assert json.loads(json.dumps(picture.spec)) == picture.spec
    lying = [(one, other) for one, other in combinations(places(picture), 2) if overlap(one, other)]
    assert not lying


@pytest.mark.parametrize(
    "said",
    [
        "Donaudampfschifffahrtsgesellschaftskapitänspatent",
        "会員登録の確認メールを待っています",
        "a\x00b\u202ec\n\n  d",
        "👩‍👩‍👧 " * 30,
    ],
)
def test_long_words_other_scripts_and_signs_stay_in_their_cells(said):
    told = (
        maps_to_draw.membership()
        .change("confirm", customer_goal=said, name=said, owner=said)
        .change("slow-mail", text=said)
    )
    picture = drawing(told, today=TODAY)
    cells = {cell["cell"]: cell for cell in rows(picture, "cells")}
    for lane in ("goals", "owner", "pains"):
        cell = cells[f"{lane}:confirm"]
        inside = [
            place
            for place in places(picture)
            if cell["x"] <= place[0] < cell["x2"] and cell["y"] < place[1] < cell["y2"]
        ]
        assert inside
        assert all(place[2] <= cell["x2"] + 0.5 for place in inside)
    assert not any("\x00" in text or "\u202e" in text for text in texts(picture))


def test_a_persona_has_a_map_of_her_own():
    told = maps_to_draw.membership(personas=["Lena", "Omar"]).change("catch", personas=["omar"])
    seen = [maps_to_draw.seen("wait", "emotion", 0.8, persona="lena", low=0.6, high=1.0, n=90)]
    told = told.change(measurements={"observations": seen})
    picture = drawing(told, persona="lena", today=TODAY)
    names = {cell["cell"] for cell in rows(picture, "cells")}
    assert "emotion:wait" in names
    assert "steps:catch" not in names
    assert "measured:confirm" not in names
    assert {"+0.8", "n 90"} <= {text.replace("\N{NO-BREAK SPACE}", " ") for text in texts(picture)}
    assert " of Lena" in picture.description


def test_the_claims_of_a_persona_are_held_against_her_numbers():
    told = maps_to_draw.membership(personas=["Lena", "Omar"])
    hers = [maps_to_draw.seen("wait", "emotion", 0.9, persona="lena", low=0.7, high=1.1, n=90)]
    told = told.change(measurements={"observations": [*told.measurements.observations, *hers]})
    assert "is rated" in drawing(told, today=TODAY).description
    assert "is rated" not in drawing(told, persona="lena", today=TODAY).description


def test_an_a3_page_has_its_proportions_and_a_slide_its_size():
    page, slide = drawn("membership", paper="a3"), drawn("membership", paper="slide")
    assert page.spec["width"] / page.height == pytest.approx(2**0.5, abs=0.002)
    assert (slide.spec["width"], slide.height) == (1067, 600)
    lanes = {cell["cell"].split(":")[0] for cell in rows(slide, "cells")}
    assert lanes == {"stages", "steps", "measured", "emotion", "pains"}
    for picture in (page, slide):
        assert all(
            place[3] <= picture.height and place[2] <= picture.spec["width"] for place in places(picture)
        )
        assert not [1 for one, other in combinations(places(picture), 2) if overlap(one, other)]


def test_a_slide_of_a_blueprint_shows_all_its_rows():
    slide = drawn("blueprint", paper="slide")
    lanes = {cell["cell"].split(":")[0] for cell in rows(slide, "cells")}
    assert lanes >= {"evidence", "actions", "frontstage", "backstage", "support"}
    assert slide.spec["width"] / slide.height == pytest.approx(1067 / 600, abs=0.003)


def test_an_unknown_paper_is_named():
    with pytest.raises(DefinitionError, match="paper='a4' is not known"):
        drawn("day", paper="a4")


def test_the_picture_names_and_describes_itself():
    svg = vector(drawn("blueprint").spec)
    assert 'role="img"' in svg[:100]
    assert "<title>2 fail points and 1 wait point" in svg
    assert "<desc>Membership registration: service blueprint" in svg


@pytest.mark.parametrize("name", MAPS)
def test_every_kind_is_drawn_without_a_browser(name):
    assert vl_convert.vegalite_to_png(drawn(name).spec, scale=0.25, allowed_base_urls=[]).startswith(
        b"\x89PNG"
    )


def test_a_map_shows_itself_and_is_a_chart():
    told = maps_to_draw.day()
    assert told._repr_mimebundle_()["image/svg+xml"].startswith("<svg")
    assert jm.chart(told, width=900).to_dict(validate=False)["width"] == 900


@pytest.mark.parametrize("name", ["membership", "eight"])
def test_a_slide_always_shows_what_tells_most_and_cuts_no_number(name):
    slide = drawn(name, paper="slide")
    lanes = {cell["cell"].split(":")[0] for cell in rows(slide, "cells")}
    assert lanes >= {"steps", "measured", "emotion", "pains"}
    assert slide.spec["width"] / slide.height == pytest.approx(1067 / 600, abs=0.003)
    (strip,) = [text for text in texts(slide) if " claims have " in text]
    assert strip.endswith("fresh evidence")
