"""The opportunities as a backlog."""

from __future__ import annotations

import csv
import datetime as dt
import io

import journeymap as jm
from journeymap.maps.formats import read, write, write_backlog
from journeymap.maps.formats.sheets_reading import rows_of
from journeymap.maps.measurements import Measurements, Observation
from tests.maps.making import HOSTILE, hostile_map


def rows(path):
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode(), newline="")))


def test_a_row_says_what_hurts_who_does_what_and_which_number_moves(tmp_path):
    shop = jm.JourneyMap(
        "Shop",
        stages=["Buy"],
        pains=[jm.Pain("Slow", severity=4, evidence=["survey"]), "Dear"],
        kpis=[{"name": "Sales", "target": 0.4}],
        evidence=[{"source": "Survey", "n": 120}],
        opportunities=[
            {
                "title": "Cache pages",
                "pains": ["slow"],
                "owner": "Ada",
                "effort": 2,
                "impact": 3,
                "kpi": "sales",
                "due": dt.date(2026, 6, 1),
                "status": "next",
            }
        ],
    )
    path = tmp_path / "shop backlog.csv"
    assert write_backlog(shop, path) == [
        "A backlog holds only the opportunities, with what they stand on; it cannot be read back as a map.",
        "Pains without an opportunity are not in it: Dear.",
    ]
    (row,) = rows(path)
    said = {name: value for name, value in row.items() if value}
    assert said == {
        "id": "cache-pages",
        "opportunity": "Cache pages",
        "pain": "Slow",
        "severity": "4",
        "evidence": "Survey (n = 120)",
        "owner": "Ada",
        "impact": "3",
        "effort (person-weeks)": "2",
        "metric": "Sales",
        "target": "0.4",
        "due": "2026-06-01",
        "status": "next",
    }


def test_what_is_at_stake_stands_in_it_and_in_the_workbook(tmp_path):
    worth = [
        Observation("cache", "reach", value=120.0),
        Observation("cache", "value_at_stake", value=912.504, low=-5, high=1000),
    ]
    shop = jm.JourneyMap(
        "Shop", opportunities=["Cache", "Nothing"], measurements=Measurements(observations=worth)
    )
    write_backlog(shop, tmp_path / "backlog.csv")
    names = ["reach (a month)", "value (a month)", "value low", "value high"]
    assert [[row[name] for name in names] for row in rows(tmp_path / "backlog.csv")] == [
        ["120", "912.5", "-5", "1000"],
        [""] * 4,
    ]
    write(shop, tmp_path / "shop.xlsx")
    heading, cache, _ = rows_of(tmp_path / "shop.xlsx")["Backlog"]
    assert [cache[heading.index(name)] for name in names] == [120, 912.5, -5, 1000]
    assert read(tmp_path / "shop.xlsx") == shop
    write(shop, tmp_path / "shop.md")
    assert "912.5" in (tmp_path / "shop.md").read_text()


def test_no_word_is_a_formula(tmp_path):
    path = tmp_path / "backlog.csv"
    write_backlog(hostile_map(HOSTILE), path)
    found = rows(path)
    assert len(found) == len(HOSTILE)
    for row in found:
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())
