"""How we count: every control is a rule of the question, then the same in a served page."""

from __future__ import annotations

import re

import pytest
import traitlets

import journeymap as jm
from journeymap.events import sample
from journeymap.notation import load
from tests.analyses.test_funnel import journey, shop
from tests.small_logs import small_log
from tests.workbook.served import running


@pytest.fixture
def workbook():
    made = jm.Workbook(shop(), journey())
    for panel in made.panels.values():
        panel.view.width = 900
    return made


@pytest.fixture
def pane(workbook):
    workbook._rail._sections["rules"].change.click()
    return workbook._panes["rules"]


def options(choice):
    return {one["value"]: one for one in choice.options}


@pytest.mark.parametrize(
    ("rule", "value", "asked"),
    [
        ("unit", "session", "session"),
        ("unit", "channel", "channel"),
        ("window", "session", "session"),
        ("window", "None", None),
        ("window", "90d", "90d"),
        ("attempts", "every", "every"),
        ("represent", "latest", "latest"),
        ("order", "strict", "strict"),
        ("entry", "any stage", "any stage"),
        ("ties", "either", "either"),
        ("tolerance", "2s", "2s"),
        ("reuse", "True", True),
        ("excluded", "removed", "removed"),
        ("bounds", "all", "all"),
        ("open", "left", "left"),
        ("breakdown", "cart", "cart"),
    ],
)
def test_every_rule_applies_at_once_and_is_undone(workbook, pane, rule, value, asked):
    before = pane.rules[rule].value
    pane.rules[rule].value = value
    assert workbook.question.counting == jm.Counting(**{rule: asked})
    assert workbook.panels["Funnel"].shown.counting == workbook.question.counting
    assert f"counting=jm.Counting({rule}={asked!r})" in workbook.header._code.text
    workbook.state.undo()
    assert (workbook.question.counting, pane.rules[rule].value) == (jm.Counting(), before)


def test_every_value_of_every_rule_has_a_name_and_a_consequence_and_one_is_the_default(pane):
    for name, choice in pane.rules.items():
        assert all(one["label"] and one["says"] for one in choice.options), name
        assert choice.default in options(choice), name


def test_another_length_is_typed_and_a_wrong_one_is_said(workbook, pane):
    pane.window.field.value = "6 w"
    assert workbook.question.counting.window == "42d"
    assert options(pane.rules["window"])["42d"]["label"] == "42 days"
    pane.tolerance.field.value = "5s"
    pane.window.field.value = "0d"
    assert "ends where it starts" in pane.window.said.value
    pane.window.field.value = "<b>soon"
    assert "&lt;b&gt;soon" in pane.window.said.value
    assert workbook.question.counting == jm.Counting(window="42d", tolerance="5s")


def test_the_rails_window_leaves_the_other_rules_alone(workbook, pane):
    pane.rules["ties"].value = "either"
    workbook._rail._sections["counting"]._control.value = "7d"
    assert workbook.question.counting == jm.Counting(window="7d", ties="either")


def test_stages_keep_their_place_only_in_any_order(workbook, pane):
    assert pane._anchors.layout.display == "none"
    pane.rules["order"].value = "any"
    pane.anchored.chosen = ["cart"]
    assert workbook.question.counting == jm.Counting(order="any", anchored=["cart"])
    pane.rules["order"].value = "strict"
    assert workbook.question.counting == jm.Counting(order="strict")


def test_what_cannot_go_together_is_off_with_its_reason_and_refused(workbook, pane):
    pane.rules["order"].value = "any"
    off = options(pane.rules["entry"])["any stage"]["why"]
    assert "In any order an attempt begins at any stage anyway" in off
    assert "=" not in off
    with pytest.raises(traitlets.TraitError):
        pane.rules["entry"].value = "any stage"
    assert pane.exclusions.add.disabled
    assert "needs an order of stages" in pane.exclusions.said.value
    workbook.state.undo()
    assert not pane.exclusions.add.disabled
    pane.exclusions.event.field.value = "help"
    pane.exclusions.add.click()
    assert "exclusion" in options(pane.rules["order"])["any"]["why"]


def test_exclusions_are_added_and_removed(workbook, pane):
    editor = pane.exclusions
    editor.add.click()
    assert "Choose an event first" in editor.said.value
    editor.event.field.value = "help"
    editor.after.value = "cart"
    assert list(options(editor.before)) == ["None"]
    editor.add.click()
    editor.after.value = "None"
    editor.event.field.value = "help"
    editor.add.click()
    first, second = jm.Exclusion(jm.event("help"), after="cart"), jm.Exclusion(jm.event("help"))
    assert workbook.question.counting == jm.Counting(exclude=[first, second])
    editor.event.field.value = "help"
    editor.add.click()
    assert "already" in editor.said.value
    editor._rows.children[0].children[1].click()
    assert workbook.question.counting == jm.Counting(exclude=[second])


def test_a_stage_that_a_rule_needs_cannot_be_unticked(workbook, pane):
    pane.exclusions.event.field.value = "help"
    pane.exclusions.after.value = "cart"
    pane.exclusions.add.click()
    rows = {row["id"]: row for row in workbook._rail._sections["journey"]._list.rows}
    assert (rows["cart"]["disabled"], rows["see"].get("disabled")) == (True, None)
    assert "cart" in rows["cart"]["hint"]


def test_up_to_three_properties_are_held_the_same(workbook, pane):
    shown = [choice.layout.display for choice in pane.same]
    assert shown == [None, "none", "none"]
    pane.same[0].value = "channel"
    assert workbook.question.counting == jm.Counting(same=["channel"])
    assert "channel" not in options(pane.same[1])
    pane.same[0].value = ""
    assert workbook.question.counting == jm.Counting()


def test_a_preset_makes_the_same_rules_whatever_stood_before_and_keeps_what_is_excluded(workbook, pane):
    pane.preset.value = "mixpanel"
    assert workbook.question.counting == jm.Counting.like("mixpanel")
    assert "Like Mixpanel<" in workbook._rail._sections["rules"]._text.value
    pane.rules["order"].value = "strict"
    assert "Like Mixpanel, changed: order of the stages<" in workbook._rail._sections["rules"]._text.value
    pane.preset.value = "posthog"
    assert workbook.question.counting == jm.Counting.like("posthog")
    pane.rules["window"].value = "1d"
    pane.rules["unit"].value = "session"
    pane.preset.value = "mixpanel"
    assert workbook.question.counting == jm.Counting.like("mixpanel", unit="session")
    pane.rules["window"].value = "1d"
    pane.preset.value = "clickhouse"
    assert workbook.question.counting == jm.Counting.like("clickhouse", window="1d", unit="session")
    pane.preset.value = ""
    assert workbook.question.counting == jm.Counting(unit="session")
    workbook.state.reset()
    assert (workbook.question.counting, pane.preset.value) == (jm.Counting(), "")


def test_a_preset_says_which_rules_its_product_documents_and_which_are_the_default(pane):
    says = {product: one["says"] for product, one in options(pane.preset).items()}
    assert says["clickhouse"].startswith("It has no window of its own: yours stays.")
    assert says["posthog"].startswith("Takes its window, 14 days.")
    assert "Not documented" not in says["posthog"]
    assert "the default: customers of such attempts, windows that are not over." in says["amplitude"]


def test_changed_rules_are_named_as_the_choices_are(workbook, pane):
    said = workbook._rail._sections["rules"]._text
    pane.exclusions.event.field.value = "help"
    pane.exclusions.add.click()
    assert ">Changed: exclusions<" in said.value
    pane.rules["entry"].value = "any stage"
    assert ">Changed: where an attempt begins, exclusions<" in said.value
    assert workbook._filters.chips[-1]["label"] == "Changed: where an attempt begins, exclusions"


def test_in_any_order_a_row_is_called_how_many_stages_it_counts(workbook, pane):
    pane.rules["order"].value = "any"
    rows = workbook._rail._stages._list.rows
    assert [row["counted"] for row in rows] == ["1 stage", "2 stages", "all 3 stages"]
    pane.anchored.chosen = ["see"]
    assert [row.get("counted") for row in workbook._rail._stages._list.rows] == [
        None,
        "2 stages",
        "all 3 stages",
    ]
    panel = workbook.panels["Funnel"]
    picked = {"stage": "cart", "outcome": "left", "segment": "Everybody", "group": None}
    listing = panel._listing(panel.shown, picked)
    assert re.fullmatch(r"\d+ customers? left after 2 stages", listing.title)
    assert (listing.since, listing.name[-2:]) == ("Reached 2 stages", ["2 stages", "left"])
    assert panel._listing(panel.shown, picked | {"stage": "see"}).title.endswith("left at see")
    panel.chart_or_table.value = "Table"
    assert ">2 stages (cart)<" in panel.table.value
    assert ">see<" in panel.table.value


def test_a_column_that_no_stage_has_a_value_of_is_not_offered_to_be_counted():
    rows = [("a", "see", 0, "x", None), ("b", "buy", 1, "y", None)]
    rows += [("a", "help", 2, None, "price"), ("b", "help", 3, None, "size")]
    columns = {"company": [row[3] for row in rows], "topic": [row[4] for row in rows]}
    log = small_log([row[:3] for row in rows], columns=columns)
    stages = [jm.Stage(name, jm.event(name)) for name in ("see", "buy", "help")]
    workbook = jm.Workbook(log, jm.Journey("Shop", stages=stages[:2]))
    workbook._rail._sections["rules"].change.click()
    unit = workbook._panes["rules"].rules["unit"]
    assert list(options(unit)) == ["customer", "session", "company"]
    workbook.state.ask(journey=jm.Journey("Shop", stages=stages))
    assert list(options(unit)) == ["customer", "session", "company", "topic"]


def test_one_pane_at_a_time_and_none_where_rules_are_not_used(workbook, pane):
    workbook._rail._stages.edit.click()
    assert (pane.opened, workbook._panes["journey"].opened) == (False, True)
    workbook.tabs.selected_index = 1
    assert not workbook._panes["journey"].opened
    assert workbook._rail._sections["rules"].change.disabled


@pytest.mark.parametrize(("unit", "said"), [("session", "sessions"), ("channel", "values of channel")])
def test_heads_name_what_is_counted(workbook, pane, unit, said):
    pane.rules["unit"].value = unit
    panel = workbook.panels["Funnel"]
    picked = panel.shown.table.query("stage == 'see'").iloc[0]
    listing = panel._listing(
        panel.shown, {"stage": "see", "outcome": None, "segment": "Everybody", "group": None}
    )
    assert listing.title == f"{picked['customers']} {said} reached see"
    assert len(listing.customers) == picked["customers"] > 1
    workbook.drawer.open_list(listing)
    assert workbook.drawer.columns[0]["label"] == ("channel" if unit == "channel" else "Customer")
    assert f"Here {said} are counted." in workbook.drawer.no_bars
    assert workbook.drawer.rows_heading == (
        "Each channel, and of its customers the one who entered"
        if unit == "channel"
        else "Whose sessions they are"
    )
    workbook.drawer._handle_custom_msg({"do": "customer", "row": 0}, [])
    assert workbook.drawer.timeline_heading.startswith(str(listing.customers["customer"].iloc[0]))
    panel.chart_or_table.value = "Table"
    assert ">Customers<" not in panel.table.value


def test_the_stages_are_edited_one_by_one(workbook):
    workbook._rail._stages.edit.click()
    forms = workbook._panes["journey"].stages
    assert "first and the last stage are required" in options(forms["see"].optional)["True"]["why"]
    assert forms["see"]._gaps.layout.display == "none"
    forms["cart"].most.field.value = "2 d"
    assert workbook.question.journey.stage("cart").most == "2d"
    forms["cart"].least.field.value = "3d"
    assert "longer than the most" in forms["cart"].least.said.value
    assert "gap" in options(forms["cart"].optional)["True"]["why"]
    forms["cart"].most.field.value = ""
    forms["cart"].optional.value = "True"
    assert workbook.question.journey.stage("cart") == jm.Stage(
        "cart", journey().stage("cart").rule, optional=True
    )
    rows = workbook._rail._stages._list.rows
    assert [row["label"] for row in rows][1] == "cart (optional)"
    workbook.state.reset()
    assert (forms["cart"].optional.value, forms["cart"].least.field.value) == ("False", "")


@pytest.mark.browser
def test_counting_like_another_product_changes_the_picture_to_what_the_package_counts(page, tmp_path):
    files = sample.write(tmp_path / "shop", customers=800)
    named = [str(files.events), "--customers", str(files.customers), "--journey", str(files.journey)]
    arguments = ("-m", "journeymap.cli", "open", *named, "--timezone", "Europe/Berlin", "--no-browser")
    with running(*arguments, folder=tmp_path) as served:
        page.set_default_timeout(60_000)
        page.set_viewport_size({"width": 1400, "height": 1000})
        page.goto(served.url)
        page.locator(".jm-figure svg").first.wait_for(timeout=60_000)
        page.get_by_role("button", name="Change").press("Enter")
        page.wait_for_function("document.activeElement.textContent === 'How we count'")
        page.get_by_label("Count like").select_option("Mixpanel")
        page.locator(".jm-rules").get_by_text("Like Mixpanel", exact=True).wait_for()
        log = jm.read_events(files.events, timezone="Europe/Berlin").with_customers(files.customers)
        counted = jm.funnel(log, load(files.journey)[0], counting=jm.Counting.like("mixpanel")).table
        texts = page.locator(".jm-panel:visible .jm-figure svg text")
        page.locator(".jm-panel:visible .jm-figure svg").get_by_text(
            f"{counted['left'][0]:,} left"
        ).wait_for()
        drawn = " ".join(texts.evaluate_all("all => all.map((one) => one.textContent)"))
        for name in ("customers", "moved_on", "left", "still_open"):
            assert {f"{number:,}" for number in counted[name].dropna()} <= set(re.findall(r"\d[\d,]*", drawn))
        page.keyboard.press("Escape")
        page.wait_for_function("document.activeElement.textContent === 'Change'")
