"""The Map tab without a browser: what is asked by messages, what is shown, kept and refused."""

from __future__ import annotations

import pytest

import journeymap as jm
from journeymap.workbook.maps.editor import MapEditor
from journeymap.workbook.maps.panel import MapPanel
from tests.analyses.test_funnel import journey, shop
from tests.workbook.maps.test_state import told
from tests.workbook.test_app import every_widget

MARKUP = "<img src=x onerror=alert(1)>"


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.setenv("JOURNEYMAP_CACHE", str(tmp_path / "cache"))
    told().save(tmp_path / "map.yaml")
    return tmp_path / "map.yaml"


def opened(source, **options):
    panel = MapEditor(source, **options).panel
    panel.view.width = 900
    return panel


def do(panel, **message):
    """Send a message as the drawer does."""
    panel.drawer._handle_custom_msg(message, [])


def press(panel, what):
    panel.bar._handle_custom_msg({"do": what}, [])


def ways_out(panel, kind):
    return {button.description: button for button in panel.notices._said[kind][1].children[1:]}


def test_a_click_on_a_cell_opens_it_and_an_edit_changes_the_map():
    panel = opened(told())
    panel.view.signals = {"cell": {"cell": ["pains:confirm"]}}
    assert (panel.drawer.shown, panel.drawer.title, panel.drawer.subtitle) == (True, "Confirm", "Pain points")
    do(panel, do="set", part="it-is-slow", field="severity", value="5", visit=1)
    assert panel.journey_map.part("it-is-slow").severity == 5
    assert panel.drawer.sections[0]["fields"][1]["value"] == "5"
    press(panel, "undo")
    assert panel.journey_map == told()
    do(panel, do="close")
    assert (panel.drawer.shown, panel.view.signals["cell"]) == (False, {})


def test_a_value_that_is_refused_is_said_at_its_control_with_what_was_typed():
    panel = opened(told())
    panel.state.pick("pains:confirm")
    do(panel, do="set", part="it-is-slow", field="text", value=" ", visit=1)
    problem = panel.drawer.problem
    assert (problem["part"], problem["field"], problem["typed"]) == ("it-is-slow", "text", " ")
    assert problem["text"].startswith("Pain point: ")
    assert panel.journey_map == told()
    do(panel, do="set", part="it-is-slow", field="text", value="It is dear", visit=1)
    assert panel.drawer.problem == {}


@pytest.mark.parametrize(
    "message",
    [
        {"do": "set", "part": "i-look", "field": "title", "value": "not shown here"},
        {"do": "set", "part": "it-is-slow", "field": "extra", "value": "x"},
        {"do": "set", "part": ["it-is-slow"], "field": "text", "value": "x"},
        {"do": "remove", "part": "confirm"},
        {"do": "add", "kind": "Step", "words": "x"},
        {"do": "add", "kind": "Pain", "words": 3},
        {"do": "__init__"},
        {"do": ["set"]},
        "set",
    ],
)
def test_a_message_about_what_is_not_shown_changes_nothing(message):
    panel = opened(told())
    panel.state.pick("pains:confirm")
    panel.drawer._handle_custom_msg(message, [])
    assert panel.journey_map == told()


def test_parts_are_added_moved_and_removed_in_their_cell():
    panel = opened(told())
    panel.state.pick("steps:confirm")
    do(panel, do="add", kind="Step", words="I give up")
    do(panel, do="earlier", part="i-give-up")
    do(panel, do="add", kind="Step", words="I forget")
    press(panel, "undo")
    assert [step.id for step in panel.journey_map.steps_of("confirm")] == ["i-wait", "i-give-up", "i-click"]
    do(panel, do="set", part="i-give-up", field="stage", value="discover", visit=1)
    assert [step.id for step in panel.journey_map.steps_of("discover")] == ["i-look", "i-give-up"]
    do(panel, do="remove", part="i-wait")
    assert panel.journey_map.part("it-is-slow").steps == ()


def test_a_persona_s_map_is_drawn_and_stays_through_edits():
    panel = opened(told().change("i-click", personas=["tom"]))
    panel.persona.value = "lena"
    said = {row["description"] for row in panel.view.data["cells"]}
    assert not any("I click" in text for text in said)
    panel.state.change("i-wait", title="I wait long")
    assert (panel.persona.value, panel.state.seen.persona) == ("lena", "lena")


def test_each_finding_leads_to_its_cell():
    panel = opened(told())
    panel.checks.button.click()
    assert panel.checks.list.shown
    places = [one.at for one in panel.checks._found]
    place = places.index("it-is-slow") if "it-is-slow" in places else 0
    panel.checks.list._handle_custom_msg({"go": place}, [])
    assert panel.drawer.shown
    assert not panel.checks.list.shown
    do(panel, do="close")
    assert panel.checks.list.shown
    panel.checks.list._handle_custom_msg({"go": 10_000}, [])
    assert not panel.drawer.shown


def test_saving_writes_the_file_and_says_so(path):
    panel = opened(path)
    assert (panel.bar.can_save, panel.bar.said) == (False, "Saved.")
    panel.state.change("i-wait", title="I wait long")
    assert (panel.bar.can_save, panel.bar.said) == (True, "Unsaved changes.")
    press(panel, "save")
    assert (panel.bar.can_save, panel.bar.said) == (False, "Saved to map.yaml.")
    assert jm.JourneyMap.load(path) == panel.journey_map


def test_two_editors_of_one_file_notice_each_other(path):
    mine, theirs = opened(path), opened(path)
    theirs.state.change("i-wait", title="I wait long")
    press(theirs, "save")
    mine.state.change("i-click", title="I click twice")
    press(mine, "save")
    assert "map.yaml was changed" in mine.notices.said("clash")
    assert "“I wait”" in mine.notices.said("clash")
    assert jm.JourneyMap.load(path).part("i-click").title == "I click"
    ways_out(mine, "clash")["Keep mine (save as copy)"].click()
    assert jm.JourneyMap.load(path.with_name("map-copy.yaml")).part("i-click").title == "I click twice"
    assert (mine.state.is_saved, mine.notices.said("clash")) == (True, "")


def test_loading_theirs_can_be_undone(path):
    mine = opened(path)
    mine.state.change("i-click", title="I click twice")
    told().change("i-wait", title="I wait long").save(path)
    press(mine, "look")
    ways_out(mine, "clash")["Load theirs"].click()
    assert (mine.journey_map.part("i-wait").title, mine.state.is_saved) == ("I wait long", True)
    press(mine, "undo")
    assert mine.journey_map.part("i-click").title == "I click twice"
    press(mine, "save")
    assert jm.JourneyMap.load(path).part("i-click").title == "I click twice"


def test_edits_that_were_not_saved_are_offered_again(path):
    opened(path).state.change("i-wait", title="Half done")
    again = opened(path)
    assert again.journey_map == told()
    ways_out(again, "draft")["Take them up"].click()
    assert (again.journey_map.part("i-wait").title, again.bar.said) == ("Half done", "Unsaved changes.")
    press(again, "save")
    assert opened(path).notices.said("draft") == ""


def test_a_published_page_writes_nothing_unless_its_owner_allows_it(path, tmp_path, monkeypatch):
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5.13")
    panel = opened(path)
    panel.state.change("i-wait", title="I wait long")
    press(panel, "save")
    assert "Saving is off" in panel.bar.why_not
    assert "Saving is off" in panel.notices.said("error")
    assert panel.bar.warns
    assert jm.JourneyMap.load(path) == told()
    assert not (tmp_path / "cache").exists()
    allowed = opened(path, allow_saving=True)
    allowed.state.change("i-wait", title="I wait long")
    press(allowed, "save")
    assert jm.JourneyMap.load(path) == allowed.journey_map


def test_what_saving_would_drop_is_said_before(path):
    path.write_text("# by hand\n" + path.read_text())
    panel = opened(path)
    panel.state.change("i-wait", title="# I wait\n# long")
    assert panel.bar.said == "Unsaved changes. Saving drops 1 line of comment from the file."
    press(panel, "save")
    panel.state.change("i-wait", title="I wait")
    assert panel.bar.said == "Unsaved changes."
    assert opened(path).keeper.file.comments == 0


def test_a_map_is_measured_with_the_log_and_that_can_be_undone():
    told = jm.JourneyMap(
        "Shop", stages=[jm.MapStage(name, milestone=jm.event(name)) for name in ("see", "buy")]
    )
    panel = opened(told, log=shop())
    panel.more._handle_custom_msg({"do": "measure"}, [])
    assert panel.journey_map.measurements.of("see", "customers").value > 0
    press(panel, "undo")
    assert panel.journey_map == told
    assert "measure" not in [item["id"] for item in opened(told).more.items]


def test_text_of_the_map_is_text_everywhere(path):
    wild = jm.JourneyMap(
        MARKUP,
        stages=[jm.MapStage(MARKUP, id="s", question=MARKUP)],
        steps=[jm.Step(MARKUP, id="t", stage="s", thoughts=[MARKUP])],
        pains=[jm.Pain(MARKUP, id="p", steps="t")],
    )
    wild.save(path)
    editor = MapEditor(path)
    wild.change("s", name=f"{MARKUP} theirs").save(path)
    press(editor.panel, "look")
    htmls = [widget.value for widget in every_widget(editor) if type(widget).__name__ == "HTML"]
    assert any("&lt;img" in text for text in htmls)
    assert not any("<img" in text for text in htmls)


def test_a_map_of_nothing_can_be_filled():
    panel = opened(jm.JourneyMap("New"))
    panel.more._handle_custom_msg({"do": "map:"}, [])
    assert panel.drawer.title == "New"
    panel.more._handle_custom_msg({"do": "stages:"}, [])
    do(panel, do="add", kind="MapStage", words="Discover")
    assert [stage.id for stage in panel.journey_map.stages] == ["discover"]
    assert panel.notices.said("error") == ""


def test_the_workbook_has_a_map_tab_if_it_is_given_a_map(path):
    workbook = jm.Workbook(shop(), journey(), journey_map=path)
    assert list(workbook.panels) == ["Funnel", "Flow", "Map", "Data"]
    panel = workbook.panels["Map"]
    assert isinstance(panel, MapPanel)
    assert panel.checks.list.items == []
    workbook.tabs.selected_index = 2
    assert panel.picture.grid.columns == ["Discover", "Confirm"]
    panel.state.pick("pains:confirm")
    workbook.tabs.selected_index = 0
    assert not panel.drawer.shown
    assert "Map" not in jm.Workbook(shop(), journey()).panels
