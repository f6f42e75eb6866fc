from dataclasses import replace
from io import BytesIO

import altair as alt
import pandas as pd
import pytest

import journeymap as jm
from journeymap.charts.findings import finding
from journeymap.charts.look import Look
from journeymap.report.result_slides import MOST_ROWS, result_slides
from journeymap.report.saving import render
from journeymap.report.subjects import subject
from tests.charts.walks import walks
from tests.report.results import flow_result, funnel_result
from tests.report.some_maps import plainly

pptx = pytest.importorskip("pptx")


def opened(thing):
    return pptx.Presentation(BytesIO(render(thing, "pptx")))


def cells(found):
    tables = [shape.table for slide in found.slides for shape in slide.shapes if shape.has_table]
    return [[plainly(cell.text) for cell in row.cells] for table in tables for row in table.rows]


def test_a_funnel_is_a_slide_with_finding_picture_table_and_scope():
    funnel = walks({"a": [400, 200, 150, 40]})
    found = opened(funnel)
    titles = [plainly(slide.shapes.title.text) for slide in found.slides]
    assert titles == [plainly(finding(funnel).text).rstrip(".")]
    pictures = [shape for shape in found.slides[0].shapes if shape.shape_type == 13]
    assert pictures[0].element.xpath(".//p:cNvPr")[0].get("descr").startswith("Funnel of 4 stages")
    assert cells(found)[0] == ["Stage", "Customers", "Moved on", "Left", "Settled share"]
    assert cells(found)[1] == ["See", "400", "200", "200", "50.0 % (45.1 to 54.9)"]
    texts = " ".join(shape.text_frame.text for shape in found.slides[0].shapes if shape.has_text_frame)
    assert str(funnel.scope)[:60] in texts


@pytest.mark.parametrize("make", [flow_result, funnel_result])
def test_hostile_names_stay_names(make):
    texts = [cell for row in cells(opened(make())) for cell in row]
    assert any("=cmd()|' /C calc'!A0" in text.replace("\n", " ") for text in texts)


def test_a_table_of_many_rows_says_what_is_not_on_the_slides():
    flow = flow_result()
    about = subject(flow, Look())
    long = pd.concat([flow.table] * 20, ignore_index=True)
    found = pptx.Presentation(BytesIO(result_slides(replace(about, table=long))))
    assert len([row for row in cells(found) if row[0] != "Step"]) == MOST_ROWS
    said = [shape.text_frame.text for shape in found.slides[0].shapes if shape.has_text_frame]
    assert any(f"The first {MOST_ROWS} of {len(long)} rows stand here" in text for text in said)


def test_a_chart_is_a_slide_and_a_table_alone_is_none():
    frame = pd.DataFrame({"stage": ["Buy"], "customers": [3]})
    chart = alt.Chart(frame, title="Buyers").mark_bar().encode(x="customers", y="stage")
    assert [slide.shapes.title.text for slide in opened(chart).slides] == ["Buyers"]
    with pytest.raises(jm.JourneymapError, match=r"A table has no picture, and a slide needs one"):
        opened(frame)
