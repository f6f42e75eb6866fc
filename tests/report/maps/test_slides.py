from dataclasses import replace
from io import BytesIO

import openpyxl
import pandas as pd
import pytest

import journeymap as jm
from journeymap.charts.maps.drawing import drawing
from journeymap.charts.maps.facts import Facts, facts
from journeymap.charts.maps.finding import map_finding
from journeymap.maps.checks.findings import Findings
from journeymap.report.maps.slides import map_slides
from journeymap.report.maps.told import sources_grid
from journeymap.report.slide_shapes import Poster
from tests.report.some_maps import TODAY, file_of, hostile_map, measured_map, plainly

pptx = pytest.importorskip("pptx")


@pytest.fixture(scope="module")
def deck():
    return pptx.Presentation(BytesIO(file_of(measured_map(), "pptx")))


def tables(slide):
    return [
        [[plainly(cell.text) for cell in row.cells] for row in shape.table.rows]
        for shape in slide.shapes
        if shape.has_table
    ]


def slide_of(deck, start):
    return next(slide for slide in deck.slides if slide.shapes.title.text.startswith(start))


def test_a_map_is_a_deck_with_one_claim_a_title(deck):
    titles = [plainly(slide.shapes.title.text) for slide in deck.slides]
    checks = [title for title in titles if title.startswith("The checks say: ")]
    assert checks
    assert [title for title in titles if title not in checks] == [
        plainly(map_finding(facts(measured_map(), today=TODAY, baseline=None, persona=None)).texts[0]),
        "The map follows Newcomer; 1,000 customers were measured",
        "1 persona, each tied to a rule that says who is counted",
        "Sign up: 3 stages, 3 steps, 1 of 6 claims does not hold",
        "Emotion is lowest at Confirm: -1.3 (-1.5 to -1.1)",
        "1 of 2 emotions that the team told is contradicted",
        "300 of 1,000 customers who came to Discover came to Use",
        "1 of 6 claims does not hold",
        "1 opportunity, 1 without an owner",
        "0 of 1 KPI with a target and a measurement is met",
        "How this was counted, and what it stands on",
    ]


def test_native_tables_have_the_measurements(deck):
    stages = tables(slide_of(deck, "300 of"))[0]
    assert stages[1][:5] == ["Discover", "1,000", "600", "390", "10"]
    assert stages[2][5:7] == ["50.8 % (46.8 to 54.9)", "49.2 % (45.1 to 53.2)"]
    emotion = tables(slide_of(deck, "1 of 2 emotions"))[0]
    assert ["Confirm", "I wait", "-1.3", "(-1.5 to -1.1)", "263", "+1.5", "contradicted"] in emotion
    claims = tables(slide_of(deck, "1 of 6 claims does"))[0]
    assert claims[1][:5] == ["I wait", "emotion", "+1.5", "-1.3 (-1.5 to -1.1)", "contradicted"]
    kpis = tables(slide_of(deck, "0 of 1 KPI"))[0]
    assert kpis[1][0] == "Confirmed"
    assert kpis[1][5] == "missed"


def test_the_emotion_is_a_chart_that_can_be_edited_and_says_what_it_shows(deck):
    (shape,) = [shape for shape in slide_of(deck, "Emotion").shapes if shape.has_chart]
    plot = shape.chart.plots[0]
    assert list(plot.categories) == ["Discover", "Confirm", "Use"]
    assert {series.name: list(series.values) for series in plot.series} == {
        "Measured": [0.8, -1.3, None],
        "95 % interval from": [pytest.approx(0.6), pytest.approx(-1.5), None],
        "95 % interval to": [pytest.approx(1.0), pytest.approx(-1.1), None],
        "Team said": [1, 1.5, None],
    }
    said = shape.element.xpath(".//p:cNvPr")[0].get("descr")
    assert "Confirm -1.3 (-1.5 to -1.1); Use no data" in plainly(said)


def test_the_picture_is_the_whole_slide_and_carries_its_description(deck):
    slide = deck.slides[3]
    (picture,) = [shape for shape in slide.shapes if shape.shape_type == 13]
    assert picture.width == deck.slide_width
    assert picture.height == pytest.approx(deck.slide_height, rel=0.001)
    assert (
        picture.element.xpath(".//p:cNvPr")[0].get("descr")
        == drawing(measured_map(), today=TODAY).description
    )


def test_every_picture_chart_and_table_has_a_text_and_every_slide_a_note(deck):
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_table or shape.has_chart or shape.shape_type == 13:
                assert len(shape.element.xpath(".//p:cNvPr")[0].get("descr")) > 10
        assert slide.shapes.title.text[:20] in slide.notes_slide.notes_text_frame.text


def test_hostile_texts_stay_texts():
    found = pptx.Presentation(BytesIO(file_of(hostile_map(), "pptx")))
    cells = [cell for slide in found.slides for table in tables(slide) for row in table for cell in row]
    assert any("=cmd()|x <script>alert(1)</script>" in cell for cell in cells)
    assert not any("\x00" in cell or "_x0000_" in cell for cell in cells)
    (shape,) = [shape for slide in found.slides for shape in slide.shapes if shape.has_chart]
    book = openpyxl.load_workbook(BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob))
    values = [cell for row in book.active.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in values if cell.data_type == "f" or cell.hyperlink]


def test_what_is_not_known_has_no_slide():
    found = pptx.Presentation(BytesIO(file_of(jm.JourneyMap("Shop", stages=["See", "Buy"]), "pptx")))
    titles = [slide.shapes.title.text for slide in found.slides]
    assert titles[:3] == [
        "Shop: 2 stages and 0 steps as the team tells them; nothing is measured yet",
        "The map follows all customers; nothing is measured yet",
        "Shop: 2 stages, 0 steps, nothing measured yet",
    ]
    assert len(titles) == 5


def test_a_persona_has_its_own_deck():
    found = pptx.Presentation(BytesIO(file_of(measured_map(), "pptx", persona="newcomer")))
    assert "nothing is measured yet" in found.slides[1].shapes.title.text


@pytest.mark.parametrize("kind", ["current_state", "future_state", "day_in_life", "service_blueprint"])
def test_every_kind_has_slides(kind):
    known = Facts(jm.sample_map(kind), today=TODAY)
    slides = map_slides(known, Poster(b"", "A map."), Findings(()))
    assert len(slides) >= 6
    assert all(slide.title for slide in slides)


def test_a_map_that_is_only_told_claims_no_success():
    told = replace(measured_map(), measurements=None)
    slides = map_slides(Facts(told, today=TODAY), Poster(b"", "A map."), Findings(()))
    titles = [slide.title for slide in slides]
    assert any(title.startswith("Nothing is measured yet: ") for title in titles)
    assert not [title for title in titles if "contradicted" in title]


def test_places_drawn_to_a_mean_are_named_in_one_row():
    told = measured_map()
    numbers = told.measurements
    drawn = tuple(
        replace(one, method=f"scores, drawn {share}% to the mean of places, +0.66")
        for one, share in zip(numbers.observations[-4:-1], (11, 5, 7), strict=True)
    )
    known = Facts(replace(told, measurements=replace(numbers, observations=drawn)), today=TODAY)
    grid = sources_grid(known)
    (row,) = [row for row in grid.rows if "drawn" in row[2]]
    assert (
        row[2]
        == "scores, drawn to the mean of places, +0.66: Discover by 11%, Confirm by 5% and I wait by 7%"
    )


def test_slides_with_friction_show_reach_and_value_and_agree_with_the_picture():
    made = friction_for_slides()
    found = pptx.Presentation(BytesIO(file_of(made[0], "pptx", friction=made[1])))
    picture = map_finding(facts(made[1].on(made[0]), today=TODAY, baseline=None, persona=None))
    assert found.slides[0].shapes.title.text == picture.texts[0]
    heads, row = next(
        table for slide in found.slides for table in tables(slide) if table[0][0] == "Opportunity"
    )
    assert heads[5:7] == ["Reach a month", "Value at stake a month"]
    assert row[5] != "-"
    assert "(" in row[6]


def friction_for_slides():
    """Return a map with an opportunity, and where its customers are lost."""
    rows = [(f"c{n}", "see", "2026-01-01") for n in range(40)]
    rows += [(f"c{n}", "buy", "2026-01-02") for n in range(10)]
    frame = pd.DataFrame(rows, columns=["who", "what", "when"])
    log = jm.read_events(frame, customer="who", event="what", at="when", complete_to="2026-03-03")
    stages = [jm.MapStage(name.capitalize(), milestone=jm.event(name)) for name in ("see", "buy")]
    told = jm.JourneyMap(
        "Shop",
        stages=stages,
        steps=[jm.Step("I look", stage="see")],
        pains=[jm.Pain("It is dull", steps=["i-look"])],
        opportunities=[jm.Opportunity("Paint it", pains=["it-is-dull"])],
    )
    return told, jm.friction(told, log, benchmark=0.5, value=30)
