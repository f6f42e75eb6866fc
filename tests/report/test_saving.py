import json
import stat

import altair as alt
import pandas as pd
import pytest

import journeymap as jm
from journeymap.charts.theme import categorical
from journeymap.report.saving import SUFFIXES, render
from tests.charts.walks import walks
from tests.report.results import FORMULA, JOURNEY, flow_result, funnel_result

MAGIC = {
    "png": b"\x89PNG",
    "svg": b"<svg",
    "pdf": b"%PDF",
    "html": b"<!doctype html>",
    "pptx": b"PK",
    "xlsx": b"PK",
    "csv": b"segment,",
    "json": b"{",
}
FRAME = pd.DataFrame(
    {"stage": ["Buy"], "at": pd.to_datetime(["2026-03-01"]), "customers": [3], "share": [None]}
)


@pytest.fixture(scope="module")
def chart():
    return alt.Chart(FRAME[["stage", "customers"]]).mark_bar().encode(x="customers", y="stage")


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("make", [flow_result, funnel_result])
def test_a_result_is_saved_as_anything(make, suffix, tmp_path):
    path = jm.save(make(), tmp_path / f"result.{suffix.upper()}")
    assert path.read_bytes().startswith(MAGIC[suffix])
    assert list(tmp_path.iterdir()) == [path]


def test_render_is_what_save_writes(tmp_path):
    result = flow_result()
    for suffix in ("svg", "csv", "html", "json"):
        assert jm.save(result, tmp_path / f"result.{suffix}").read_bytes() == render(result, f".{suffix}")


def test_width_and_mode_reach_the_picture():
    result = flow_result()
    light, dark = render(result, "svg", width=500).decode(), render(result, "svg", mode="dark").decode()
    assert 'fill="#FFFFFF"' in light.replace("white", "#FFFFFF")
    assert "#161B22" in dark
    assert float(light.split('width="')[1].split('"')[0]) == pytest.approx(500, abs=5)


def test_colours_and_scale_reach_the_picture():
    result = walks({"a": [40, 20], "b": [10, 5]})
    shares, customers = (render(result, "html", scale=scale) for scale in ("share", "customers"))
    assert shares != customers
    nodes = json.loads(
        render(flow_result(), "html", nodes=["see"])
        .split(b'type="application/json">')[1]
        .split(b"</script>")[0]
    )
    first = next(row for row in nodes["datasets"]["nodes"] if json.loads(row["node_id"])[1] == "see")
    assert first["colour"] == categorical()[0]


@pytest.mark.parametrize("suffix", ["png", "csv", "html"])
def test_an_unknown_mode_is_said_and_writes_nothing(suffix, tmp_path):
    with pytest.raises(jm.JourneymapError, match=r"mode='dim' is not known\. There is 'light' and 'dark'"):
        jm.save(flow_result(), tmp_path / f"flow.{suffix}", mode="dim")
    assert not list(tmp_path.iterdir())


def test_json_of_a_result_has_table_and_scope():
    result = flow_result()
    content = json.loads(render(result, "json"))
    assert content["table"] == result.table.to_dict("records")
    assert {"name": "Time zone", "text": "UTC"} in content["scope"]


def test_json_of_a_frame_has_its_rows_and_of_a_chart_its_specification(chart):
    assert json.loads(render(FRAME, "json")) == {
        "table": [{"stage": "Buy", "at": "2026-03-01T00:00:00", "customers": 3, "share": None}]
    }
    assert json.loads(render(chart, "json"))["mark"] == {"type": "bar"}


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf", "html", "json"])
def test_a_chart_is_saved(chart, suffix, tmp_path):
    assert jm.save(chart, tmp_path / f"chart.{suffix}").read_bytes().startswith(MAGIC[suffix])


@pytest.mark.parametrize("suffix", ["html", "csv", "xlsx", "json"])
def test_a_frame_is_saved(suffix, tmp_path):
    assert jm.save(FRAME, tmp_path / f"table.{suffix}").stat().st_size


def test_a_journey_is_saved_as_yaml(tmp_path):
    path = jm.save(JOURNEY, str(tmp_path / "shop.yaml"))
    assert jm.Journey.load(path) == JOURNEY
    with pytest.raises(jm.JourneymapError, match=r"A journey cannot be saved as \.png.*\.yaml and \.yml"):
        jm.save(JOURNEY, tmp_path / "shop.png")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("funnel.pgn", r"cannot be saved as \.pgn\. Known are \.png, .* Type: \.png"),
        ("funnel.xls", r"Type: \.xlsx"),
        ("funnel", "a file without a suffix"),
        ("funnel.zzz", r"and \.json\.$"),
    ],
)
def test_an_unknown_suffix_names_the_known_ones(name, said, tmp_path):
    with pytest.raises(jm.JourneymapError, match=said):
        jm.save(flow_result(), tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_what_a_thing_lacks_is_said(chart):
    with pytest.raises(jm.JourneymapError, match=r"A chart has no table\. It can be saved as \.png"):
        render(chart, "csv")
    with pytest.raises(jm.JourneymapError, match=r"A table has no picture\. It can be saved as \.html"):
        render(FRAME, "png")
    with pytest.raises(jm.JourneymapError, match="A dict cannot be saved"):
        render({}, "png")


def test_a_folder_that_is_missing_is_said(tmp_path):
    with pytest.raises(jm.JourneymapError, match="cannot be written"):
        jm.save(FRAME, tmp_path / "none" / "table.csv")


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "table.csv"
    path.write_text("before")

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(jm.JourneymapError, match="No space left"):
        jm.save(FRAME, path)
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_can_be_read_by_whom_any_file_can(tmp_path):
    plain = tmp_path / "plain"
    plain.touch()
    saved = jm.save(FRAME, tmp_path / "table.csv")
    assert stat.S_IMODE(saved.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)


def test_a_name_that_is_a_formula_stays_text():
    assert f"'{FORMULA}" in render(flow_result(), "csv").decode()
