import json
import logging
import re
from html import escape

import pytest

import journeymap as jm
from journeymap.charts.maps.drawing import drawing
from journeymap.maps import notation
from journeymap.report import losses
from journeymap.report.maps.files import MapLook
from journeymap.report.saving import render
from tests.report.some_maps import TODAY, file_of, hostile_map, measured_map

MAGIC = {
    "yaml": b"schema_version: 1",
    "yml": b"schema_version: 1",
    "json": b"{",
    "mmd": b"",
    "xml": b"<?xml",
    "md": b"#",
    "csv": b"",
    "backlog.csv": b"",
    "xlsx": b"PK",
    "svg": b"<svg",
    "png": b"\x89PNG",
    "pdf": b"%PDF",
    "html": b"<!doctype html>",
    "pptx": b"PK",
}


@pytest.mark.parametrize("suffix", MAGIC)
def test_a_map_is_saved_as_anything(suffix, tmp_path):
    path = jm.save(measured_map(), tmp_path / f"Map.{suffix.upper()}")
    assert path.read_bytes().startswith(MAGIC[suffix])
    assert path.stat().st_size > 100
    assert list(tmp_path.iterdir()) == [path]


def test_the_own_formats_hold_all_of_it():
    told = measured_map()
    assert notation.loads(file_of(told, "yaml").decode()) == told
    assert notation.loads(file_of(told, "json").decode()) == told
    assert losses(told, "yaml") == losses(told, ".json") == []


def test_what_a_format_cannot_hold_is_said(caplog, tmp_path):
    told = measured_map()
    found = losses(told, "mmd")
    assert any("1 KPI" in sentence for sentence in found)
    with caplog.at_level(logging.WARNING, "journeymap"):
        jm.save(told, tmp_path / "shop.mmd")
        jm.save(told, tmp_path / "shop.yaml")
    assert [record.getMessage() for record in caplog.records] == [
        f"shop.mmd: {found[0]} journeymap.report.losses(journey_map, 'shop.mmd') says the rest."
    ]
    assert losses(told, "pptx")
    assert losses(told, "shop.svg")


@pytest.mark.parametrize("name", ["map.jpg", "map", "map.doc.zip"])
def test_an_unknown_suffix_says_what_is_known_and_writes_nothing(name, tmp_path):
    with pytest.raises(jm.JourneymapError, match=r"journey map cannot be saved as .*\.yaml"):
        jm.save(measured_map(), tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_events_need_a_log(tmp_path):
    with pytest.raises(jm.JourneymapError, match="log"):
        jm.save(measured_map(), tmp_path / "map.xes")


@pytest.mark.parametrize(("name", "value"), [("paper", "a4"), ("mode", "dim")])
def test_an_unknown_look_is_said(name, value):
    with pytest.raises(jm.JourneymapError, match=f"{name}='{value}' is not known"):
        render(measured_map(), "svg", **{name: value})


def test_width_mode_and_persona_reach_the_picture():
    told = measured_map()
    wide = file_of(told, "svg", width=1000).decode()
    assert re.search(r'^<svg [^>]*width="1000"', wide)
    assert 'fill="#161B22"' in file_of(told, "svg", mode="dark").decode()
    theirs = drawing(told, persona="newcomer", today=TODAY).description
    assert theirs != drawing(told, today=TODAY).description
    assert escape(theirs, quote=False) in file_of(told, "svg", persona="newcomer").decode()


def test_a_page_has_the_picture_the_findings_and_every_cell():
    page = file_of(measured_map(), "html").decode()
    spec = json.loads(page.split('type="application/json">')[1].split("</script>")[0])
    assert {row["cell"] for row in spec["datasets"]["cells"]} >= {"steps:i-wait", "stages:use"}
    assert re.findall(r"<h2 id=[^>]*>([^<]*)</h2>", page) == [
        "Findings of the checks",
        "Claims that do not hold",
        "KPIs",
        "Every cell",
    ]
    cells = page.split("Every cell")[-1]
    for words in (
        "The e-mail takes ten minutes (severity 4 of 5)",
        "contradicted",
        "At last",
        "Send it at once",
    ):
        assert words in cells
    assert "connect-src" not in page
    assert "default-src 'none'" in page


def test_hostile_texts_are_no_markup_on_a_page():
    page = file_of(hostile_map(), "html").decode()
    assert "<script>alert" not in page
    assert len(re.findall(r"<script\b", page)) == 3


def test_findings_and_friction_that_are_known_are_not_worked_out_anew():
    told = measured_map()
    found = told.check(today=TODAY)
    assert MapLook(findings=found).findings is found
    page = file_of(told, "html", findings=type(found)(found.found[:1])).decode()
    findings = page.split("Findings of the checks")[-1].split("</table>")[0]
    assert findings.count("<tr>") == 2
    assert "Findings of the checks" not in file_of(told, "html", findings=type(found)(())).decode()
