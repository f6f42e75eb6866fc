"""The Data tab: every row of the source is accounted for, and text from it stays text."""

from __future__ import annotations

import io
import re
from html import unescape

import pandas as pd
import pytest

import journeymap as jm
from tests.analyses.test_funnel import journey, shop

GOOD = ["ann,see,2026-03-01 10:00", "ann,buy,2026-03-02", "ann,buy,2026-03-02", "bob,see,2099-01-01"]
NASTY = "<img src=x onerror=alert(1)>"


@pytest.fixture
def workbook(tmp_path, monkeypatch):
    monkeypatch.setenv("JOURNEYMAP_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "shop.csv"
    bad = [*(f"bob,{NASTY}{n},yesterday" for n in range(250)), ",see,2026-03-01", "=1+1,see"]
    path.write_text("\n".join(["customer,event,at", *GOOD, *bad, f"eve,see,2026-03-01,{'x' * 400}"]))
    log = jm.read_events(path, at="at").without(jm.event("buy"))
    return jm.Workbook(log, jm.Journey("Shop", stages=[jm.Stage("see", jm.event("see"))]))


@pytest.fixture
def panel(workbook):
    workbook.tabs.selected_index = list(workbook.panels).index("Data")
    return workbook.panels["Data"]


def cells(table):
    rows = re.findall(r"<tr>(<td.*?)</tr>", table.value, flags=re.DOTALL)
    return [tuple(map(unescape, re.findall(r"<td[^>]*>(.*?)</td>", row, flags=re.DOTALL))) for row in rows]


def test_a_tab_that_is_not_looked_at_holds_nothing(workbook):
    hidden = workbook.panels["Data"]
    assert (hidden.shown, hidden.table.value, hidden._counts.value, hidden.finding.text) == (None, "", "", "")


def test_every_row_of_the_source_is_accounted_for(panel):
    assert panel.finding.text == "253 of 257 rows are set aside; the counts use 2 events."
    assert cells(panel._counts) == [
        ("rows in the source", "257"),
        ("set aside: a time that cannot be read", "250"),
        ("set aside: no customer", "1"),
        ("set aside: 2 fields where 3 are expected", "1"),
        ("set aside: 4 fields where 3 are expected", "1"),
        ("events in the log", "4"),
        ("of these, rows that repeat another", "1"),
        ("of these, in the future", "1"),
        ("events without buy", "2"),
    ]
    assert cells(panel._columns)[0] == ("customer", "customer", "by its name")
    assert "Rows set aside: 253 of 257" in panel.footer.value


def test_the_first_rows_of_a_reason_are_listed_as_text(panel):
    assert "250 with a time that cannot be read; the first 200 are shown" in panel._about.value
    assert len(cells(panel.table)) == 200
    assert cells(panel.table)[0] == ("6", f"bob,{NASTY}0,yesterday")
    assert "<img" not in panel.table.value
    panel.open_at("no customer")
    assert cells(panel.table) == [("256", ",see,2026-03-01")]


def test_a_long_row_is_cut_on_the_page(panel):
    panel.open_at("4 fields where 3 are expected")
    assert cells(panel.table)[0][1] == f"eve,see,2026-03-01,{'x' * 281}…"


def test_the_download_has_all_rows(panel, monkeypatch):
    sent = []
    monkeypatch.setattr(
        panel._download, "send_file", lambda name, content, *, mime: sent.append((name, content))
    )
    panel._download._answer(panel._hand_out, "csv")
    name, content = sent[0]
    found = pd.read_csv(io.BytesIO(content))
    assert (name, len(found)) == ("rows-set-aside.csv", 253)
    assert list(found.columns) == ["line", "reason", "text", "source"]
    assert found["text"].iloc[-1].endswith("x" * 400)
    assert "'=1+1,see" in set(found["text"])


def test_a_clean_log_says_so_and_lists_nothing():
    workbook = jm.Workbook(shop(), journey())
    workbook.tabs.selected_index = list(workbook.panels).index("Data")
    panel = workbook.panels["Data"]
    assert panel.finding.text == f"All {shop().quality.rows} rows could be read."
    assert panel._aside.layout.display == "none"


def test_a_question_changes_nothing(panel):
    before = panel.table.value
    panel.open_at("no customer")
    panel.state.ask(period=("2026-03-01", "2026-04-01"))
    assert panel._reason.value == "no customer"
    assert panel.table.value != before
