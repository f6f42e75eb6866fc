"""The file behind the editor: nobody's edits are lost, neither one's own nor somebody else's."""

from __future__ import annotations

import json

import pytest

import journeymap as jm
from journeymap.errors import JourneymapError
from journeymap.workbook.maps.file import ClashError, MapFile
from tests.workbook.maps.test_state import told


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.setenv("JOURNEYMAP_CACHE", str(tmp_path / "cache"))
    told().save(tmp_path / "map.yaml")
    return tmp_path / "map.yaml"


@pytest.fixture
def opened(path):
    file = MapFile(path)
    assert file.read() == told()
    return file


def test_a_file_that_somebody_else_has_saved_is_not_written_over(path, opened):
    told().change(title="Theirs").save(path)
    with pytest.raises(ClashError, match=r"map.yaml was changed by .+ on .+ at .+"):
        opened.save(told().change(title="Mine"))
    assert jm.JourneyMap.load(path).title == "Theirs"
    copy = opened.save_copy(told().change(title="Mine"))
    assert (copy.name, jm.JourneyMap.load(copy).title) == ("map-copy.yaml", "Mine")
    assert opened.save_copy(told()).name == "map-copy-2.yaml"


def test_a_file_that_is_gone_is_said_to_be_gone(path, opened):
    path.unlink()
    with pytest.raises(ClashError, match="gone"):
        opened.save(told())


def test_looking_again_finds_a_change_once_and_never_one_s_own(path, opened):
    opened.changed_since_look()
    assert not opened.changed_since_look()
    opened.save(told().change(title="Mine"))
    assert not opened.changed_since_look()
    told().change(title="Theirs").save(path)
    assert [opened.changed_since_look(), opened.changed_since_look()] == [True, False]


def test_a_draft_waits_for_the_next_editor_and_stands_on_what_it_was_made_from(path, opened):
    opened.keep_draft(told().change(title="Half done"))
    told().change(title="Theirs").save(path)
    later = MapFile(path)
    later.read()
    draft = later.found_draft()
    assert draft.journey_map.title == "Half done"
    later.take_up(draft)
    assert later.found_draft() is None
    with pytest.raises(ClashError):
        later.save(draft.journey_map)


def test_a_draft_goes_when_it_is_saved(path, opened):
    opened.keep_draft(told().change(title="Half done"))
    opened.save(told().change(title="Done"))
    assert MapFile(path).found_draft() is None


@pytest.mark.parametrize(
    "broken",
    [
        "no json",
        "[]",
        json.dumps({"text": "x"}),
        json.dumps({"text": "", "base": "", "at": "then", "by": ""}),
    ],
)
def test_a_broken_draft_is_passed_over_and_removed(path, opened, broken):
    opened.keep_draft(told())
    opened._own.write_text(broken)
    assert MapFile(path).found_draft() is None
    assert not opened._own.exists()


def test_a_draft_is_data_never_code(path, opened):
    opened.keep_draft(told())
    kept = json.loads(opened._own.read_text())
    kept["text"] = "title: !!python/object/apply:os.system ['true']"
    opened._own.write_text(json.dumps(kept))
    with pytest.raises(JourneymapError, match="not YAML"):
        _ = MapFile(path).found_draft().journey_map
