import struct
import xml.etree.ElementTree as ET

import pytest

from journeymap.charts import chart
from journeymap.report.pictures import pdf, png, svg
from tests.report.results import FORMULA, flow_result, funnel_result


@pytest.fixture(scope="module", params=[flow_result, funnel_result])
def spec(request):
    return chart(request.param(), width=700).to_dict(validate=False)


def test_png_has_two_dots_for_each_px(spec):
    data = png(spec)
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", data[16:24])
    assert width == pytest.approx(1400, abs=10)
    assert height > 600


def test_pdf_is_one_of_text(spec):
    data = pdf(spec)
    assert data.startswith(b"%PDF-")
    assert b"/Font" in data


def test_svg_is_well_formed_and_has_no_script(spec):
    root = ET.fromstring(svg(spec))
    names = {element.tag.split("}")[1] for element in root.iter()}
    assert "script" not in names
    assert any(FORMULA in (element.text or "") for element in root.iter())
