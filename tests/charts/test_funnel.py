import json
from dataclasses import replace
from itertools import pairwise

import pytest

import journeymap as jm
from journeymap.charts.drawing import ELLIPSIS, text_width
from journeymap.charts.funnel import FIELDS, drawing, fits, key_note, pick_of, picked
from journeymap.charts.funnel_series import places
from journeymap.charts.runtime import inline_javascript
from journeymap.charts.share_axis import axis
from journeymap.charts.theme import role, series
from tests.charts.walks import DAY, journey, segment, walk_log, walks
from tests.small_logs import small_log

TWO = {"mobile": [200, 120, 60], "desktop": [150, 100, 75]}
OPEN = {"mobile": [20, 10, 4]}
SIX = {kind: [90 - 7 * place, 50 - place, 20] for place, kind in enumerate("abcdef")}
LONG = tuple(f"Compared the options of delivery on page {number}" for number in range(5))
FUNNELS = {
    "one": {"reached": {"all": [2000, 1200, 60]}},
    "two": {"reached": TWO, "late": OPEN},
    "three": {"reached": {kind: SIX[kind] for kind in "abc"}},
    "six": {"reached": SIX},
    "few": {"reached": {"a": [64, 41, 22], "b": [9, 2, 1]}},
    "large": {"reached": {"a": [10_204, 10_001, 9_500]}, "names": LONG},
    "long": {"reached": {"a": [50, 40, 30, 20, 10], "b": [40, 9, 8, 7, 6]}, "names": LONG},
    "no window": {"reached": TWO, "window": None},
    "too early": {"reached": TWO, "window": "90d"},
    "half settled": {"reached": {"a": [40, 30, 20], "b": [0, 0, 0]}},
    "nobody": {"reached": TWO, "period": ("1971-01-01", "1972-01-01")},
    "one stage": {"reached": {"a": [40], "b": [30]}},
    "two stages": {"reached": {"a": [40, 20], "b": [30, 10]}},
    "any stage": {"reached": TWO, "late": OPEN, "rules": {"entry": "any stage"}},
    "any order": {"reached": TWO, "late": OPEN, "rules": {"order": "any"}},
    "sessions": {"reached": TWO, "rules": {"unit": "session"}},
    "open left": {"reached": TWO, "late": OPEN, "rules": {"open": "left"}},
    "optional": {"reached": {"a": [90, 70, 50, 20], "b": [80, 60, 50, 40]}, "optional": ["Choose"]},
}
WIDTHS = [360, 480, 600, 780, 1080, 1400]


def ruled(reached, *, late=None, optional=(), rules):
    """Count a funnel under other rules, or with stages that may be passed over."""
    plain = journey(len(next(iter(reached.values()))))
    stages = [replace(stage, optional=stage.name in optional) for stage in plain.stages]
    return jm.funnel(
        walk_log(reached, late=late),
        jm.Journey("Walk", stages=stages),
        segments=[segment(kind) for kind in reached],
        counting=jm.Counting(**rules),
    )


def made(name):
    asked = FUNNELS[name]
    if asked.keys() & {"rules", "optional"}:
        return ruled(**({"rules": {}} | asked))
    return walks(**asked)


@pytest.fixture(scope="module")
def drawn():
    funnels = {}

    def draw(name, **options):
        if name not in funnels:
            funnels[name] = made(name)
        return drawing(funnels[name], **({"width": 780} | options))

    return draw


def rows(picture, kind):
    return picture.spec["datasets"][kind]


def words(picture):
    return [row["text"] for row in rows(picture, "texts")]


def ends(text):
    """Return where a text begins and ends, as wide as it may be."""
    width = text_width(text["text"], size=text["size"], weight=text["weight"])
    width = min(width, text["limit"] or width)
    begin = text["x"] - {"left": 0, "center": width / 2, "right": width}[text["align"]]
    return begin, begin + width


def of_part(picture, **about):
    return next(
        row for row in rows(picture, "bars") if about.items() <= row.items() and row["fill"] != "transparent"
    )


def test_the_parts_of_a_bar_share_its_width(drawn):
    picture = drawn("two")
    of_mobile = {
        row["outcome"]: row
        for row in rows(picture, "bars")
        if row["segment"] == "mobile" and row["stage"] == "See"
    }
    moved, left, still_open = (of_mobile[outcome] for outcome in ("moved_on", "left", "still_open"))
    whole = still_open["x2"] + 0.5 - moved["x"]
    assert (moved["x2"] + 1 - moved["x"]) / whole == pytest.approx(130 / 220)
    assert (left["x2"] + 1 - left["x"]) / whole == pytest.approx(80 / 220)
    assert moved["x2"] + 1 == left["x"]
    assert left["x2"] + 1 == pytest.approx(still_open["x"] - 0.5)


def test_the_scale_changes_the_bars_and_no_number(drawn):
    shares, customers = drawn("two"), drawn("two", scale="customers")
    assert words(shares) == words(customers)
    wide, narrower = (
        of_part(picture, segment="desktop", stage="See", outcome="moved_on")
        for picture in (shares, customers)
    )
    assert (narrower["x2"] + 1 - narrower["x"]) / (wide["x2"] + 1 - wide["x"]) == pytest.approx(150 / 220)
    assert of_part(shares, segment="mobile", stage="See", outcome="left") == of_part(
        customers, segment="mobile", stage="See", outcome="left"
    )


def test_counts_and_shares_stand_at_the_bars(drawn):
    said = words(drawn("two", width=1400))
    for text in ("220", "130 moved on", "80 left", "10 open", "reached the end", "59.1\u202f% of See"):
        assert text in said
    assert "29.1\u202f% of See · 49.2\u202f% of Compare" in said
    assert {"share of first · of previous", "29.1\u202f% · 49.2\u202f%"} <= set(words(drawn("two")))


def test_rates_are_of_settled_customers(drawn):
    said = words(drawn("two"))
    assert {"220 entered, 200 settled", "60.0\u202f%", "66.7\u202f%", "30.0\u202f%", "50.0\u202f%"} <= set(
        said
    )
    assert "\N{MINUS SIGN}6.7 points (\N{MINUS SIGN}16.5 to 3.6)" in said


def test_one_column_shows_numerators_and_intervals(drawn):
    said = words(drawn("one"))
    assert {"1,200 of 2,000 (57.8 to 62.1)", "60 of 2,000"} <= set(said)


OPENED = ["two", "six", "few", "no window", "half settled", "any stage", "any order", "sessions", "optional"]


@pytest.mark.parametrize("name", OPENED)
def test_every_mark_opens_to_exactly_its_customers(name):
    funnel = made(name)
    picture = drawing(funnel, width=1080)
    marks = [row for kind in ("bars", "dots", "places") for row in rows(picture, kind)]
    assert marks
    for mark in marks:
        said = mark["tip"].get(funnel.scope.unit.capitalize()) or mark["tip"]["Moved on"].split(" of ")[0]
        asked = picked({name: [mark[name]] for name in FIELDS})
        assert len(funnel.customers(**asked)) == int(said.replace(",", ""))
        assert said in mark["description"]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", FUNNELS)
def test_no_text_leaves_the_picture_or_lies_on_another(drawn, name, width):
    texts = rows(drawn(name, width=width), "texts")
    for text in texts:
        begin, end = ends(text)
        assert begin >= -0.01, text
        assert end <= width + 0.01, text
    by_height = sorted(texts, key=lambda text: text["y"])
    for upper, lower in pairwise(by_height):
        assert upper["y"] <= lower["y"]
    for place, upper in enumerate(by_height):
        for lower in by_height[place + 1 :]:
            if lower["y"] - upper["y"] >= 11:
                break
            (begin, end), (begin2, end2) = ends(upper), ends(lower)
            assert end <= begin2 + 0.01 or end2 <= begin + 0.01, (upper, lower)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", FUNNELS)
def test_all_marks_lie_in_the_picture(drawn, name, width):
    picture = drawn(name, width=width)
    assert picture.height == picture.spec["height"]
    for kind in ("bars", "dots", "places", "tips", "texts", "lines"):
        for row in rows(picture, kind):
            assert -0.01 <= row["x"] <= row.get("x2", width) + 0.01 <= width + 1, (kind, row)
            assert -5.01 <= row["y"] <= row.get("y2", picture.height) + 0.01 <= picture.height + 1, (
                kind,
                row,
            )


@pytest.mark.parametrize("name", ["no window", "too early"])
def test_without_settled_customers_there_is_no_rate(drawn, name):
    picture = drawn(name, width=1400)
    assert rows(picture, "dots") == []
    assert any(text.startswith("so far") for text in words(picture))
    assert not any(text.endswith(" left") for text in words(picture))


def test_where_an_attempt_may_begin_anywhere_no_share_of_the_first_stage_is_shown():
    rows_of_log = [
        (f"{kind}{n}", f"e{stage}", stage) for kind in (0, 1) for n in range(40) for stage in (kind, kind + 1)
    ]
    log = small_log(rows_of_log, data_end=40 * DAY)
    funnel = jm.funnel(log, journey(3), counting=jm.Counting(entry="any stage"))
    said = words(drawing(funnel, width=1400))
    assert funnel.scope.what == "Entered any stage"
    assert {"80 entered, 80 settled", "40 moved on"} <= set(said)
    assert not any(" of See" in text or "share of" in text or " to Choose" in text for text in said)


def test_in_any_order_rows_say_how_many_stages_were_reached(drawn):
    said = words(drawn("any order", width=1400))
    assert {"1 stage", "2 stages", "all 3 stages", "1 stage to all 3 stages"} <= set(said)
    assert not {"See", "Compare", "Choose"} & set(said)
    assert any("tables and lists call 2 stages Compare" in note for note in made("any order").notes)


def test_shares_are_of_the_required_stage_before(drawn):
    said = words(drawn("optional", width=1400))
    assert said.count("optional") == 1
    assert "56\u202f% of See · 71\u202f% of Compare" in said
    assert "22\u202f% of See · 29\u202f% of Compare" in said


def test_where_open_entries_count_as_left_nothing_is_open_or_settled(drawn):
    said = words(drawn("open left", width=1400))
    assert "220 entered" in said
    assert not any("open" in text or "settled" in text for text in said)
    assert key_note(made("open left")) == "Bars and rates: all who entered."


def test_what_is_counted_is_named(drawn):
    picture = drawn("sessions")
    told = [row["description"] for kind in ("bars", "dots") for row in rows(picture, kind)]
    assert all("sessions" in text for text in told)


def test_the_tip_of_those_who_left_tells_how_many_were_excluded():
    plain = journey(3)
    counting = jm.Counting(exclude=jm.event("e1"))
    funnel = jm.funnel(walk_log(TWO), jm.Journey("Walk", stages=plain.stages[::2]), counting=counting)
    left = of_part(drawing(funnel, width=780), outcome="left")
    assert (left["tip"]["Customers"], left["tip"]["Ended by an exclusion"]) == ("350", "220")


def test_few_settled_customers_get_a_hollow_dot_and_their_number(drawn):
    picture = drawn("few")
    fills = {row["description"]: row["fill"] for row in rows(picture, "dots")}
    solid, hollow = series()[0], role("surface")
    assert [fill for said, fill in fills.items() if "of 41" in said or "of 64" in said] == [solid, solid]
    assert {fill for said, fill in fills.items() if "of 9 " in said or "of 2 " in said} == {hollow}
    assert {"n = 9", "n = 2"} <= set(words(picture))
    assert any(text.endswith("), n = 9") for text in words(picture))


def test_a_column_of_nobody_says_so_and_has_no_rate(drawn):
    picture = drawn("half settled", width=1080)
    assert words(picture).count("Nobody in b entered See in this period.") == 1
    assert {row["segment"] for kind in ("bars", "dots") for row in rows(picture, kind)} == {"a"}


def test_where_nobody_is_settled_there_is_no_dot():
    picture = drawing(
        walks(
            {"a": [40, 30, 20]}, late={"a": [1, 0, 0], "New app": [9, 3, 1]}, by="kind", side_by_side=False
        ),
        width=1080,
    )
    assert words(picture).count("New app: nobody settled") == 3
    assert {row["group"] for row in rows(picture, "dots")} == {"a"}
    assert len(rows(picture, "signs")) == 3


def test_everybody_has_one_colour_whatever_was_ticked_before():
    everybody = walks(TWO, side_by_side=False)
    first, later = (
        rows(drawing(everybody, width=780, known=known), "signs") for known in ((), ("mobile", "desktop"))
    )
    assert first == later


def test_two_pictures_of_one_shape_differ_in_data_only(drawn):
    one = drawn("two").spec
    other = drawing(walks({"mobile": [90, 30, 3], "desktop": [80, 79, 1]}), width=780).spec
    assert {name for name in one if one[name] != other[name]} == {"datasets", "description"}


def test_more_than_six_columns_do_not_fit():
    eight = walks(
        {kind: [40 - place, 20] for place, kind in enumerate("abcdefgh")}, side_by_side=False, by="kind"
    )
    assert fits(eight) == "8 columns do not fit; the table shows all"
    picture = drawing(eight, width=1400)
    assert "6 of 8 columns, the largest; the table shows all." in words(picture)
    assert {row["group"] for row in rows(picture, "bars")} == set("abcdef")
    assert fits(walks(**FUNNELS["six"])) is None


def test_groups_stand_by_size_and_other_comes_last():
    funnel = walks(
        {"a": [10, 5], "b": [30, 5], "c": [20, 5], "d": [40, 5]}, side_by_side=False, by="kind", top=2
    )
    heads = [text for text in words(drawing(funnel, width=1400)) if text in {"a", "b", "c", "d", "(other)"}]
    assert heads == ["d", "b", "(other)"]


def test_the_rest_of_a_segment_has_its_colour_and_a_shape_of_its_own():
    log = walk_log({"mobile": [60, 40], "desktop": [50, 40]})
    mobile = segment("mobile")
    funnel = jm.funnel(log, walks({"a": [1, 1]}).journey, segments=[mobile, ~mobile, segment("desktop")])
    signs = rows(drawing(funnel, width=1080), "signs")[:3]
    assert [sign["stroke"] for sign in signs] == [series()[0], series()[0], series()[1]]
    assert [sign["fill"] for sign in signs] == [sign["stroke"] for sign in signs]
    assert len({sign["shape"] for sign in signs}) == 3


@pytest.mark.parametrize("order", [1, -1])
def test_the_rest_of_a_segment_keeps_its_sign_in_any_order_and_alone(order):
    mobile, desktop = segment("mobile"), segment("desktop")
    chosen = [mobile, desktop, ~mobile][::order]
    together = places([one.name for one in chosen], segments=chosen, known=["mobile", "desktop"])
    alone = places(["not mobile"], segments=[~mobile], known=["mobile", "desktop"])
    assert together == {"mobile": (0, False), "desktop": (1, False), "not mobile": (0, True)}
    assert alone == {"not mobile": (0, True)}


def test_a_name_keeps_its_colour_while_others_come_and_go(drawn):
    signs = rows(drawn("two", known=["tablet", "desktop"]), "signs")[:2]
    assert [sign["stroke"] for sign in signs] == [series()[2], series()[1]]


def test_names_from_data_are_drawn_as_they_are():
    name = '<b>"Buy" & {expr}</b>\n\N{GRINNING FACE} datum.x'
    funnel = walks({"a": [40, 20]}, names=(name, "Pay"))
    picture = drawing(funnel, width=1400)
    assert '<b>"Buy" & {expr}</b>' in " ".join(words(picture))
    assert rows(picture, "tips")[0]["tip"]["title"] == name


def test_long_names_are_cut_in_the_middle_and_whole_in_the_tip(drawn):
    picture = drawing(
        walks({"a": [40, 20]}, names=(LONG[0] + " of the winter catalogue", LONG[1])), width=780
    )
    assert any(ELLIPSIS in text for text in words(picture))
    assert LONG[1] in {row["tip"]["title"] for row in rows(picture, "tips")}


def test_a_picture_can_be_sent_to_a_page(drawn):
    for name in FUNNELS:
        sent = json.dumps(drawn(name).spec)
        assert "NaN" not in sent


def test_dark_pictures_use_the_dark_colours(drawn):
    dark = drawn("two", mode="dark")
    assert of_part(dark, outcome="left")["fill"] == role("left", mode="dark")
    assert dark.spec["config"]["background"] == role("surface", mode="dark")


def test_the_description_says_the_finding(drawn):
    said = drawn("one").description
    assert said.startswith("Funnel of 3 stages from See to Choose, 1 column. ")
    assert "1,200 of 2,000" in said or "60 of 1,200" in said


def test_a_pick_goes_to_the_picture_and_back():
    asked = {"segment": "Loyal", "group": "email", "stage": "Pay", "outcome": "still_open"}
    assert picked(pick_of(**asked)) == asked
    assert picked({}) is None


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0.44, 0.77, [0.4, 0.6, 0.8]),
        (0.001, 0.0043, [0.0, 0.002, 0.004, 0.006]),
        (0, 1, [0, 0.5, 1]),
        (1, 1, [0, 0.5, 1]),
    ],
)
def test_an_axis_ends_at_round_shares(low, high, ticks):
    found = axis(low, high, x=10, width=164)
    assert found.ticks == ticks
    assert (found.at(ticks[0]), found.at(ticks[-1])) == (10, 174)


@pytest.mark.browser
def test_a_click_picks_a_part_and_the_rest_fades(page, drawn):
    picture = drawn("two")
    page.set_content("<div id='picture'></div>")
    page.add_script_tag(content=inline_javascript(), type="module")
    page.evaluate(
        """async (spec) => {
            const embed = await globalThis[Symbol.for("journeymap.vega")].brought;
            globalThis.view = (await embed("#picture", spec, { renderer: "svg", actions: false })).view;
        }""",
        picture.spec,
    )
    clicked = of_part(picture, segment="desktop", stage="Compare", outcome="left")
    page.get_by_label(clicked["description"]).click()
    page.wait_for_function("() => globalThis.view.signal('pick').stage")
    pick = page.evaluate("() => globalThis.view.signal('pick')")
    assert picked(pick) == {"segment": "desktop", "group": None, "stage": "Compare", "outcome": "left"}
    opacity = "(mark) => Number(mark.getAttribute('opacity'))"
    other = of_part(picture, segment="desktop", stage="See", outcome="left")
    assert page.get_by_label(clicked["description"]).evaluate(opacity) == 1
    assert page.get_by_label(other["description"]).evaluate(opacity) == 0.42
