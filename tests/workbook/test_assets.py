"""The scripts and the stylesheet, as files."""

from __future__ import annotations

import re

import pytest

from journeymap.workbook.assets import STATIC, script, stylesheet

SCRIPTS = sorted(
    path for path in STATIC.rglob("*.js") if path.name != "runtime.js" or path.parent.name == "parts"
)


def test_files_are_joined_in_the_order_given():
    assert script("parts/element", "finding").index("function element") < script(
        "parts/element", "finding"
    ).index("follow(model")


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_reads_text_as_markup_or_code(path):
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function",
        path.read_text("utf-8"),
    )


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_names_an_address(path):
    text = path.read_text("utf-8").replace('"http://www.w3.org/2000/svg"', "")  # a namespace, never fetched
    assert not re.search(r"https?://", text)


def test_every_rule_stands_under_the_app():
    rules = re.findall(r"^([^@\s/}][^{}]*?)\s*\{", stylesheet(), flags=re.MULTILINE)
    assert rules
    assert [rule for rule in rules if not rule.startswith(".jm-app")] == []
