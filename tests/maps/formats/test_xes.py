"""Events as XES, and back."""

from __future__ import annotations

import gzip
from xml.etree import ElementTree as ET

import pandas as pd
import pytest

import journeymap as jm
from journeymap.maps.formats import read, write, xes_reading
from tests.maps.making import CONTROLLED, HOSTILE

SHOP = jm.JourneyMap(
    "Shop",
    stages=[{"name": "Look", "milestone": jm.event("view")}, {"name": "Buy", "milestone": jm.event("buy")}],
    personas=[
        {"name": "Mobile", "segment_rule": jm.where(device="mobile")},
        {"name": "Early", "segment_rule": jm.where(device="mobile", until="entry")},
    ],
    channels=[{"name": "Web", "id": "web"}],
    touchpoints=[{"name": "Till", "id": "till", "channel": "web"}],
    steps=[
        jm.Step("I pay", stage="buy", match=jm.event("pay"), touchpoints=["till"]),
        jm.Step("I look", stage="look", match=jm.event("view", price=jm.at_least(5))),
    ],
)


@pytest.fixture(scope="module")
def log():
    return jm.read_events(
        pd.DataFrame(
            {
                "customer": ["ada", "ada", "ada", "bo"],
                "event": ["view", "pay", "scroll", "view"],
                "at": pd.to_datetime(
                    ["2026-01-05 09:00:00.25", "2026-01-05 10:00", "2026-01-05 11:00", "2026-01-06 09:00"],
                    utc=True,
                    format="ISO8601",
                ),
                "price": [9.5, None, None, 1.0],
                "device": ["mobile", "mobile", "mobile", "desktop"],
                "time:zone": [1, 2, 3, 4],
            }
        ),
        customer="customer",
        event="event",
        at="at",
    )


@pytest.mark.parametrize("name", ["map.xes", "map.xes.gz"])
def test_events_stand_beside_their_place_on_the_map(tmp_path, log, name):
    path = tmp_path / name
    told = write(SHOP, path, log=log)
    assert told[0].startswith("Who Early is cannot be said for the whole log")
    assert told[-1] == "Nowhere on the map: 1 of 4 events."
    assert (path.read_bytes()[:2] == b"\x1f\x8b") == name.endswith("gz")
    found = xes_reading.events(path)
    assert list(found["customer"]) == ["ada", "ada", "ada", "bo"]
    assert list(found["event"]) == ["view", "pay", "scroll", "view"]
    assert found["at"][0] == pd.Timestamp("2026-01-05 09:00:00.25", tz="UTC")
    rows = found.astype(object).where(found.notna(), None).to_dict("records")
    places = [
        tuple(row[f"cjm:{lane}"] for lane in ("stage", "step", "touchpoint", "channel")) for row in rows
    ]
    assert places == [
        ("Look", "I look", None, None),
        ("Buy", "I pay", "Till", "Web"),
        (None, None, None, None),
        ("Look", None, None, None),
    ]
    assert [row["trace:cjm:persona"] for row in rows] == ["Mobile"] * 3 + [None]
    assert [row["price"] for row in rows] == [9.5, None, None, 1.0]
    assert [row["time:zone (property)"] for row in rows] == [1, 2, 3, 4]


def test_what_is_written_is_read_as_the_same_log(tmp_path, log):
    path = tmp_path / "map.xes"
    write(SHOP, path, log=log)
    again = jm.read_events(xes_reading.events(path), customer="customer", event="event", at="at")
    assert (again.n_customers, again.n_events, again.event_names) == (2, 4, log.event_names)
    assert again.timeline("ada")["at"].tolist() == log.timeline("ada")["at"].tolist()
    one, other = (jm.funnel(each, SHOP.journey).table for each in (log, again))
    assert one.equals(other)


def test_filters_are_heeded_and_hostile_words_are_text(tmp_path):
    words = [*HOSTILE, *CONTROLLED[:-1]]
    events = pd.DataFrame({"customer": words, "event": words, "at": "2026-01-05T09:00:00Z", "note": words})
    events = pd.concat([events, events.assign(event="noise")])
    log = jm.read_events(events, customer="customer", event="event", at="at").without(jm.event("noise"))
    path = tmp_path / "map.xes"
    shop = jm.JourneyMap(
        HOSTILE[0], stages=[{"name": one, "milestone": jm.event(one)} for one in ("two\nlines", "null")]
    )
    write(shop, path, log=log)
    root = ET.parse(path).getroot()
    assert {one.tag for one in root.iter()} == {
        "log",
        "classifier",
        "trace",
        "event",
        "string",
        "date",
    }
    found = xes_reading.events(path)
    said = dict(zip(found["event"], found["note"], strict=True))
    assert len(found) == log.n_events
    assert all(said[word] == word for word in log.event_names if word in HOSTILE)
    assert "noise" not in said


def test_a_file_that_is_not_written_to_its_end_is_not_there(tmp_path, log):
    broken = SHOP.change("web", match=jm.event("view", colour="red"))
    with pytest.raises(jm.JourneymapError, match="colour"):
        write(broken, tmp_path / "map.xes", log=log)
    with pytest.raises(jm.JourneymapError, match="cannot be written"):
        write(SHOP, tmp_path / "gone" / "map.xes", log=log)
    assert list(tmp_path.iterdir()) == []


def test_it_needs_a_log_and_is_no_map(tmp_path):
    with pytest.raises(jm.JourneymapError, match=r"Give the log.*log=log"):
        write(SHOP, tmp_path / "map.xes")
    with pytest.raises(jm.JourneymapError, match="holds no whole map"):
        read(tmp_path / "map.xes")


def test_traces_without_names_and_odd_values_are_read(tmp_path):
    path = tmp_path / "log.xes.gz"
    event = (
        '<event><string key="concept:name" value="buy"/><date key="time:timestamp" value="soon"/>'
        '<int key="n" value="many"/><boolean key="paid" value="true"/><string key="at" value="till"/>'
        '<list key="l"><string key="x" value="y"/></list></event>'
    )
    path.write_bytes(gzip.compress(f'<log xmlns="http://x/"><trace>{event}</trace></log>'.encode()))
    (row,) = xes_reading.events(path).to_dict("records")
    assert row == {
        "customer": "trace 1",
        "event": "buy",
        "at": pd.NaT,
        "n": "many",
        "paid": True,
        "at (attribute)": "till",
    }


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<log/>", "holds no events"),
        (b"<log>", "is not XML"),
        (b'<!DOCTYPE log [<!ENTITY a "b">]><log><trace/></log>', "document type"),
    ],
)
def test_what_is_wrong_is_said(tmp_path, data, said):
    for name, packed in (("log.xes", data), ("log.xes.gz", gzip.compress(data))):
        (tmp_path / name).write_bytes(packed)
        with pytest.raises(jm.JourneymapError, match=said):
            xes_reading.events(tmp_path / name)


def test_a_packed_file_that_is_cut_off_is_refused(tmp_path):
    path = tmp_path / "log.xes.gz"
    path.write_bytes(gzip.compress(b"<log>" + bytes(range(256)) * 99)[:-9])
    with pytest.raises(jm.JourneymapError, match=r"cannot be read|is not XML"):
        xes_reading.events(path)
    path.write_bytes(b"plain")
    with pytest.raises(jm.JourneymapError, match="cannot be read"):
        xes_reading.events(path)
