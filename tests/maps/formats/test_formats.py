"""Which format a path means, and that files are written whole."""

from __future__ import annotations

import pytest

import journeymap as jm
from journeymap.maps.formats import FORMATS, read, write
from journeymap.maps.sample import sample_map

SHOP = jm.JourneyMap(
    "Shop", stages=["Look", "Buy"], steps=[jm.Step("I pay", stage="buy", claims={"emotion": 1})]
)
READ = ["map.yaml", "map.YML", "map.json", "map.mmd", "map.mermaid", "map.xlsx", "map.csv", "map.long.csv"]


@pytest.mark.parametrize("name", READ)
def test_what_is_written_under_a_name_is_read_from_it(tmp_path, name):
    assert write(SHOP, tmp_path / name) == []
    assert read(str(tmp_path / name)) == SHOP


@pytest.mark.parametrize("name", ["map.xml", "map.cjml", "map.survey.xlsx", "backlog.csv", "map.md"])
def test_other_formats_say_what_they_leave_out(tmp_path, name):
    assert write(SHOP, tmp_path / name) != []
    assert [one.name for one in tmp_path.iterdir()] == [name]


def test_a_format_can_be_named(tmp_path):
    write(SHOP, tmp_path / "map.txt", "mermaid")
    assert (tmp_path / "map.txt").read_text().startswith("journey\n")
    assert read(tmp_path / "map.txt", "mermaid") == SHOP


@pytest.mark.parametrize("kind", ["current_state", "future_state", "day_in_life", "service_blueprint"])
def test_the_sample_goes_through_every_format(tmp_path, kind):
    sample = sample_map(kind)
    told = {
        key: write(sample, tmp_path / f"map{one.endings[0]}") for key, one in FORMATS.items() if key != "xes"
    }
    assert [key for key, sentences in told.items() if not sentences] == ["yaml", "xlsx"]
    assert read(tmp_path / "map.xlsx") == sample
    assert read(tmp_path / "map.yaml") == sample


def test_errors_say_what_to_type(tmp_path):
    with pytest.raises(
        jm.JourneymapError, match=r"map\.doc ends in nothing that is known\. One of \.yaml, .*map\.yaml"
    ):
        write(SHOP, tmp_path / "map.doc")
    with pytest.raises(jm.JourneymapError, match="mermaid"):
        write(SHOP, tmp_path / "map.txt", "mermade")
    with pytest.raises(jm.JourneymapError, match="mkdir -p"):
        write(SHOP, tmp_path / "gone" / "map.csv")
    for name in (*READ, "map.xml"):
        with pytest.raises(jm.JourneymapError, match="cannot be read"):
            read(tmp_path / "gone" / name)


def test_a_file_that_cannot_be_made_leaves_the_old_one(tmp_path):
    path = tmp_path / "map.mmd"
    write(SHOP, path)
    before = path.read_bytes()
    with pytest.raises(AttributeError):
        write(None, path)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["map.mmd"]
