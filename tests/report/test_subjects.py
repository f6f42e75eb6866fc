"""Results without a picture as files: table, scope and notes; and what is said of a picture."""

from __future__ import annotations

import json

import pandas as pd
import pytest

import journeymap as jm
from journeymap.report.saving import render
from tests.report.results import FORMULA

STAGES = [
    {"name": "See", "milestone": jm.event("see")},
    {"name": "Buy", "milestone": jm.event("buy")},
]


@pytest.fixture(scope="module")
def made():
    rows = [("a", "see", 1), ("a", "buy", 2), ("b", "buy", 1), ("b", "see", 2), ("c", FORMULA, 1)]
    frame = pd.DataFrame(rows, columns=["who", "what", "day"])
    frame["when"] = pd.Timestamp("2026-01-01") + pd.to_timedelta(frame.pop("day"), "D")
    log = jm.read_events(frame, customer="who", event="what", at="when", complete_to="2026-04-01")
    shop = jm.JourneyMap(
        "Shop",
        stages=STAGES,
        kpis=[{"name": "Bought", "of": "see", "metric": "moved_on_share"}],
        opportunities=[
            {"title": "Say why", "kpi": "bought", "status": "shipped", "shipped_at": "2026-01-02"}
        ],
    )
    return {
        "fit": shop.fit(log),
        "measured impact": jm.impact(shop, log),
        "difference": shop.diff(shop.change("see", name="=Look")),
        "list of findings": shop.check(),
    }


KINDS = ["fit", "measured impact", "difference", "list of findings"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("suffix", ["csv", "xlsx", "json", "html"])
def test_a_result_without_a_picture_is_saved(made, kind, suffix, tmp_path):
    path = jm.save(made[kind], tmp_path / f"result.{suffix}")
    assert path.stat().st_size > 100


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("suffix", ["png", "svg", "pdf", "pptx"])
def test_its_picture_is_refused(made, kind, suffix):
    with pytest.raises(jm.JourneymapError, match=rf"A {kind} has no picture.* saved as \.html, \.csv"):
        render(made[kind], suffix)


@pytest.mark.parametrize("kind", KINDS)
def test_table_finding_and_notes_stand_in_json(made, kind):
    content = json.loads(render(made[kind], "json"))
    assert len(content["table"]) == len(made[kind].table) > 0
    said = {(one["name"], one["text"]) for one in content["scope"]}
    assert {("Note", note) for note in made[kind].notes} <= said
    assert "Finding" in {name for name, _ in said}


def test_a_fit_says_what_it_found_and_shows_its_rules(made):
    page = render(made["fit"], "html").decode()
    assert "The map explains the whole path of 50" in page
    assert "Rules of the map" in page
    assert "Events that match no rule of the map" in page


def test_an_interval_of_mixed_units_is_no_share(made):
    table = json.loads(render(made["measured impact"], "json"))["table"]
    assert {"difference", "difference_from", "difference_to"} <= set(table[0])
    assert "'=Look" in render(made["difference"], "csv").decode()


def test_the_numbers_of_a_finding_are_json(made):
    rows = json.loads(render(made["list of findings"], "json"))["table"]
    numbers = [json.loads(row["numbers"]) for row in rows if row["numbers"]]
    assert numbers == [dict(one.numbers) for one in made["list of findings"] if one.numbers]
