import re
from importlib.metadata import version

import pytest

from journeymap.charts.runtime import STATIC, build, inline_javascript, javascript, versions


def test_the_bundle_is_a_module_that_brings_the_embedder():
    assert re.search(r"export\s*\{\s*[\w$]+ as default\s*\};?\s*$", javascript())
    assert 'Symbol.for("journeymap.vega")' in javascript()


def test_inline_it_starts_by_itself_and_cannot_end_its_element():
    text = inline_javascript()
    assert text.rstrip().endswith(".initialize();")
    assert not re.search(r"</script|<!--", text, flags=re.IGNORECASE)


@pytest.mark.skipif(
    version("vl-convert-python") != versions()["vl_convert_python"],
    reason="Another vl-convert than the one that built static/runtime.js builds another bundle.",
)
def test_the_held_bundle_is_what_vl_convert_builds():
    assert build() == javascript()


def test_the_bundle_names_no_address_to_load_from():
    assert "cdn" not in javascript().lower()


def test_the_licences_of_the_bundle_are_beside_it():
    notice = (STATIC / "NOTICE.txt").read_text("utf-8")
    for package in ["vega-lite", "vega-embed", "vega-tooltip", "d3-array", "topojson-client", "semver"]:
        assert package in notice
