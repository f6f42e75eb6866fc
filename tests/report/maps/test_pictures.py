import re
import shutil
import subprocess
import xml.etree.ElementTree as ET

import pytest

from journeymap.charts.maps.drawing import drawing
from journeymap.report.maps.pictures import named, resized
from tests.report.some_maps import HOSTILE, TODAY, file_of, hostile_map, measured_map

SVG = "{http://www.w3.org/2000/svg}"


def test_an_svg_names_and_describes_itself():
    root = ET.fromstring(file_of(measured_map(), "svg"))
    title, described = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {described.get('id')}"
    assert title.text == "Sign up"
    assert described.text == drawing(measured_map(), today=TODAY).description
    assert len(root.findall(f"{SVG}title")) == len(root.findall(f"{SVG}desc")) == 1


def test_a_pdf_is_a_sheet_of_a3_that_the_map_fills():
    found = re.search(rb"/MediaBox\s*\[([^\]]*)\]", file_of(measured_map(), "pdf"))
    left, bottom, right, top = map(float, found[1].split())
    assert (right - left, top - bottom) == pytest.approx((1190.55, 841.89), abs=0.01)


def test_another_paper_is_another_size():
    found = re.search(rb"/MediaBox\s*\[([^\]]*)\]", file_of(measured_map(), "pdf", paper="slide"))
    assert [float(one) for one in found[1].split()] == pytest.approx([0, 0, 960, 540], abs=0.01)


@pytest.mark.parametrize("suffix", ["svg", "pdf"])
def test_the_words_of_a_sheet_can_be_found(suffix, tmp_path):
    path = tmp_path / f"map.{suffix}"
    path.write_bytes(file_of(measured_map(), suffix))
    shown = path.read_text(errors="replace")
    if suffix == "pdf":
        if not shutil.which("pdftotext"):
            pytest.skip("needs pdftotext")
        shown = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True).stdout
    for words in ("Discover", "Confirm", "I wait", "Send it at once"):
        assert words in shown


def test_hostile_texts_are_no_markup():
    drawn = file_of(hostile_map(), "svg")
    root = ET.fromstring(drawn)
    assert not list(root.iter(f"{SVG}script"))
    assert not [
        one
        for one in root.iter()
        if any("x.test" in value for value in one.attrib.values() if "href" in value)
    ]
    assert "<script>alert(1)</script>" in root.find(f"{SVG}title").text
    assert file_of(hostile_map(), "pdf").startswith(b"%PDF")
    assert file_of(hostile_map(), "png").startswith(b"\x89PNG")


def test_a_title_that_is_there_is_replaced_and_text_is_escaped():
    drawn = named(
        '<svg role="img" width="9"><title>Old</title><desc>Old too</desc><g/></svg>', HOSTILE[:40], "B & C"
    )
    root = ET.fromstring(drawn)
    assert [one.text for one in root if one.text] == [HOSTILE[:40], "B & C"]


def test_a_picture_without_a_view_box_gets_one():
    assert 'viewBox="0 0 1699 1200"' in resized('<svg width="1699" height="1200"><g/></svg>', (10, 5))
