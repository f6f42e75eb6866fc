"""Any document is checked, whatever stands in its fields."""

import datetime as dt
from dataclasses import fields as fields_of
from dataclasses import replace

import pytest
from hypothesis import given, settings

import journeymap as jm
from journeymap.maps.checks.checking import check
from journeymap.maps.checks.findings_text import as_json, as_text
from journeymap.maps.fields import FORM, Part
from tests.maps.clean_map import TODAY, clean_log, clean_map
from tests.maps.test_document import parts
from tests.small_logs import small_log

HOSTILE = [
    "<script>alert(1)</script>",
    "=HYPERLINK(0)",
    "\x1b[2J\x1b[31mred",
    "a\nerror    JM01 forged",
    "{0} {name} %s %(x)s",
    "\u202egnp.exe",
    "x" * 5000,
]


@settings(deadline=None, max_examples=40)
@given(parts(jm.JourneyMap))
def test_every_document_can_be_checked(journey_map):
    found = check(journey_map, today=TODAY)
    assert as_text(found, level="info")
    assert as_json(found, level="info")


def filled(part, text):
    """Write a text into every field of a part that takes one, ids aside."""
    said = {}
    for one in fields_of(part):
        value = getattr(part, one.name)
        if one.name in ("id", "language") or FORM not in one.metadata or one.metadata.get("options"):
            continue
        if isinstance(value, tuple) and one.metadata.get("of"):
            said[one.name] = [filled(inner, text) for inner in value]
        elif isinstance(value, Part) and one.metadata.get("of"):
            said[one.name] = filled(value, text)
        elif isinstance(value, str):
            said[one.name] = text
        elif isinstance(value, tuple):
            said[one.name] = [text]
    return replace(part, **said, extra={text: text, "colour": text})


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(text):
    hostile = filled(clean_map(), text)
    waived = hostile.change(
        waivers=[jm.Waiver(text, at=text, by=text, reason=text, until=dt.date(2027, 1, 1))]
    )
    found = check(waived, log=clean_log(), today=TODAY)
    printed = as_text(found, level="info")
    assert len(found) > 20
    assert "\x1b" not in printed
    assert "\u202e" not in printed
    assert not [line for line in printed.splitlines() if line.startswith("error    JM01 forged")]
    assert not [line for line in printed.splitlines() if len(line) > 100]
    assert "\x1b" not in as_json(found, level="info")
    assert "<script>" not in found.table.to_html()


def test_a_map_that_cannot_be_followed_is_an_error():
    twice = clean_map().change("buy", name="Return")
    found = check(twice, log=clean_log(), today=TODAY)
    assert found.at_least("error")[0].sentence.startswith(
        "The map cannot be held against the log. Two of the stages"
    )


def test_no_log_is_refused():
    with pytest.raises(jm.DefinitionError, match="is no log"):
        check(clean_map(), log="events.csv")


def test_a_log_in_which_nobody_is():
    log = small_log([("a", "x", 0)])
    dead = {one.at for one in check(clean_map(), log=log, today=TODAY) if one.rule == "JM08"}
    assert {"discover", "buy", "return"} <= dead


def test_a_map_without_milestones():
    bare = clean_map()
    for stage in bare.stages:
        bare = bare.change(stage.id, milestone=None)
    found = check(bare, log=clean_log(), today=TODAY)
    assert not list(found)
    assert "Nothing could be measured" in found.notes[0]


def test_findings_print_themselves():
    wrong = clean_map().change("i-pay", stage="by", title="I pay " + "at last " * 20)
    printed = str(wrong.check(today=TODAY))
    assert "error    JM19 broken reference: I pay at last" in printed
    assert max(map(len, printed.splitlines())) <= 100


def test_every_rule_has_a_name():
    from pathlib import Path

    from journeymap.maps import checks
    from journeymap.maps.checks.findings import RULES

    written = "".join(path.read_text() for path in Path(checks.__file__).parent.glob("*.py"))
    assert list(RULES) == [f"JM{number:02}" for number in range(1, 20)]
    assert all(f'"{rule}"' in written for rule in RULES)
