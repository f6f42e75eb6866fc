"""A map as a document: every text stays text when it is shown."""

from __future__ import annotations

import datetime as dt
from html.parser import HTMLParser

import pytest

import journeymap as jm
from journeymap.maps.formats import read, write
from journeymap.maps.formats.markdown import dumps
from journeymap.maps.formats.markdown_text import plain
from journeymap.maps.measurements import Measurements, Observation
from journeymap.maps.sample import sample_map
from tests.maps.making import CONTROLLED, HOSTILE, hostile_map

mistune = pytest.importorskip("mistune")
OURS = {"h1", "h2", "p", "ul", "li", "strong", "table", "thead", "tbody", "tr", "th", "td", "br"}


class Shown(HTMLParser):
    """The tags and the texts of a page."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.text = set(), ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.text += "\n" if tag == "br" else ""

    def handle_data(self, data):
        self.text += data.strip("\n") if data.strip() else ""


def shown(text):
    """Show a document as Markdown readers do, with all that GitHub adds."""
    draw = mistune.create_markdown(
        escape=False, plugins=["table", "strikethrough", "url", "task_lists", "math"]
    )
    return Shown(draw(text))


@pytest.mark.parametrize("said", [HOSTILE, CONTROLLED], ids=["hostile", "control characters"])
def test_nothing_but_our_own_markup_is_markup(said):
    assert shown(dumps(hostile_map(said))).tags <= OURS


@pytest.mark.parametrize("said", HOSTILE)
@pytest.mark.parametrize(
    "form", ["# {}\n", "- {}\n", "|a|\n|---|\n| {} |\n", "{}\n"], ids=["head", "item", "cell", "alone"]
)
def test_a_text_shows_as_itself(form, said):
    found = shown(form.format(plain(said)))
    lines = [" ".join(line.split()) for line in said.splitlines()]
    above = "a" if form.startswith("|") else ""
    assert found.text.strip() == above + "\n".join(line for line in lines if line)
    assert found.tags <= OURS


def test_the_document_says_what_the_map_says():
    seen = [
        Observation(target="buy", metric="moved_on_share", value=0.412, n=1200, low=0.384, high=0.44),
        Observation(target="i-pay", metric="emotion", value=-1.3, n=263, low=-1.4, high=-1.2),
        Observation(target="buy", metric="customers", value=12345, n=12345),
    ]
    shop = jm.JourneyMap(
        "Shop",
        stages=["Look", "Buy"],
        personas=[{"name": "Ada", "summary": "in a hurry"}],
        steps=[
            jm.Step("I pay", stage="buy", personas=["ada"], moment_of_truth="money", claims={"emotion": 1}),
            jm.Step("I dream"),
        ],
        pains=[jm.Pain("Slow", steps=["i-pay"], severity=4)],
        opportunities=[{"title": "Cache", "pains": ["slow"], "due": dt.date(2026, 6, 1)}],
        blueprint=[{"text": "Check stock", "lane": "backstage", "step": "i-pay", "fail_point": True}],
        kpis=[{"name": "Sales", "of": "buy", "metric": "moved_on_share", "target": 0.5}],
        measurements=Measurements(observations=seen),
    )
    text = dumps(shop)
    for line in (
        "|   | Look | Buy |",
        "| **Steps** |  | I pay (Ada) ★ money |",
        "| **Pains** |  | Slow (4 of 5) |",
        "| **Moved on** |  | 41.2% \\[38.4%, 44.0%\\], n = 1,200 |",
        "| **Customers** |  | 12,345 |",
        "| **Backstage** |  | Check stock (goes wrong here) |",
        "| Sales | Buy | moved on share | more | 0.5 |",
        "- I dream",
        "| Ada | in a hurry |",
    ):
        assert line in text
    assert "I pay: +1, measured -1.3 \\[-1.4, -1.2\\], n = 263" in text
    assert "| Id | Opportunity | Pain | Severity | Due | Status |" in text


@pytest.mark.parametrize("kind", ["current_state", "service_blueprint"])
def test_the_sample_is_a_document_of_tables(kind):
    assert {"h1", "h2", "table"} <= shown(dumps(sample_map(kind))).tags <= OURS


def test_what_it_leaves_out_is_told(tmp_path):
    path = tmp_path / "map.md"
    shop = jm.JourneyMap("Shop", stages=[{"name": "Buy", "milestone": jm.event("buy")}])
    assert write(shop, path) == [
        "Markdown is to be read by people; it cannot be read back as a map.",
        "Of stages it leaves out milestone (1).",
    ]
    with pytest.raises(jm.JourneymapError, match="markdown, which holds no whole map"):
        read(path)
