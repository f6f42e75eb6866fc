"""Real files with real dirt, counted again with pandas. Skipped where the example data is absent."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pandas as pd
import pytest

from journeymap.errors import DataError
from journeymap.events.reading.read import read_events
from journeymap.events.reading.sources import frame

DATA = Path(__file__).parents[4] / "shared" / "data"
pytestmark = pytest.mark.skipif(
    not DATA.exists(), reason="needs the example data, which the project does not ship"
)


def test_grocery_baskets() -> None:
    log = read_events(DATA / "journeys" / "completejourney_union.parquet")
    raw = pd.read_parquet(DATA / "journeys" / "completejourney_union.parquet")
    assert (log.n_customers, log.n_events) == (raw["household_id"].nunique(), len(raw)) == (2_469, 164_539)
    assert log.event_counts.to_dict() == raw["event"].value_counts().to_dict()
    assert log.store.unit == "s"
    for name in ("basket_id", "store_id", "items", "coupon_upc"):
        assert log.store.columns[name].values.tolist() == sorted(raw[name].dropna().astype("int64").unique())
    assert any("exactly midnight" in note for note in log.notes)


def test_online_retail() -> None:
    path = DATA / "journeys" / "online_retail.parquet"
    with pytest.raises(DataError, match="No column looks like the event"):
        read_events(path)
    log = read_events(path, event="StockCode")
    raw = pd.read_parquet(path)
    sound = raw[raw["CustomerID"].notna()]
    assert log.n_events == len(sound)
    assert log.quality.reasons.to_dict() == {"no customer": len(raw) - len(sound)}
    assert log.quality.set_aside["line"].tolist() == (raw.index[raw["CustomerID"].isna()] + 1).tolist()
    assert log.store.customers.tolist() == sorted(sound["CustomerID"].astype(int).astype(str).unique())
    assert log.quality.duplicates == sound.duplicated().sum() == 5_225
    dropped = read_events(path, event="StockCode", duplicates="drop")
    assert dropped.n_events == len(sound) - 5_225
    tied = sound.duplicated(["CustomerID", "InvoiceDate"], keep=False).mean()
    assert (
        f"{tied:.0%} of the rows share customer and time with another row; equal times never chain."
        in log.notes
    )


def test_a_packed_shop() -> None:
    log = read_events(DATA / "journeys" / "retentioneering_ecom.csv.gz")
    raw = pd.read_csv(DATA / "journeys" / "retentioneering_ecom.csv.gz")
    assert (log.n_customers, log.n_events) == (raw["user_id"].nunique(), len(raw))
    assert log.quality.duplicates == raw.duplicated().sum() == 30
    assert log.event_counts.to_dict() == raw["event"].value_counts().to_dict()
    first = pd.to_datetime(raw["timestamp"]).min().tz_localize("UTC")
    assert log.span[0] == first


def test_work_in_groups() -> None:
    log = read_events(DATA / "journeys" / "group_regulation.parquet")
    raw = pd.read_parquet(DATA / "journeys" / "group_regulation.parquet")
    assert (log.n_customers, log.n_events) == (raw["Actor"].nunique(), len(raw))
    assert log.store.unit == "ns"
    assert sorted(log.store.at.tolist()) == sorted(raw["Time"].astype("datetime64[ns]").astype("int64"))


def test_simulated_mixpanel() -> None:
    path = DATA / "journeys" / "sim_mixpanel" / "EVENTS.json.gz"
    with pytest.raises(DataError, match=r"\$user_id is empty in most rows, \$device_id in fewer"):
        read_events(path)
    with gzip.open(path) as lines:
        raw = pd.DataFrame(map(json.loads, lines))
    for customer in ("$user_id", "$device_id"):
        log = read_events(path, customer=customer)
        sound = raw[raw[customer].notna()]
        assert (log.n_customers, log.n_events) == (sound[customer].nunique(), len(sound))
        assert log.quality.rows == len(raw) == len(sound) + len(log.quality.set_aside)
        assert log.event_counts.to_dict() == sound["event"].value_counts().to_dict()
    systems = {device["os"] for device in raw["device"].dropna()}
    assert set(log.store.columns["device.os"].values) == systems


def test_samples_of_exports() -> None:
    samples = DATA / "formats" / "payload_samples"
    found = {
        name: read_events(samples / f"{name}.ndjson")
        for name in ("amplitude_export", "ga4_bigquery_export", "mixpanel_export")
    }
    counts = {name: (log.quality.rows, log.n_events, log.store.unit) for name, log in found.items()}
    assert counts == {
        "amplitude_export": (2, 2, "ms"),
        "ga4_bigquery_export": (3, 1, "us"),
        "mixpanel_export": (3, 1, "s"),
    }
    segment = read_events(
        DATA / "formats" / "segment_spec_examples.jsonl", customer="userId", event="event", at="timestamp"
    )
    assert segment.quality.rows == 76 == segment.n_events + len(segment.quality.set_aside)
    amplitude = read_events(DATA / "formats" / "fivetran_amplitude" / "amplitude_event_data.csv")
    assert (amplitude.n_customers, amplitude.n_events) == (7, 10)
    ga4 = read_events(DATA / "formats" / "fivetran_ga4_export" / "event_data.csv", event="name")
    assert (ga4.n_customers, ga4.n_events) == (3, 6)


@pytest.mark.parametrize(
    "path",
    [
        "journeys/completejourney_campaign_descriptions.parquet",
        "journeys/completejourney_demographics.parquet",
        "profiles/telco_churn.csv",
        "feedback/nps_fr_raw.csv",
        "feedback/womens_clothing_8000.csv",
        "feedback/vader_amazon_gold.tsv",
        "formats/payload_samples/matomo_live_getLastVisitsDetails.json",
    ],
)
def test_what_is_no_event_log_is_refused(path: str) -> None:
    with pytest.raises(DataError, match="Say which columns to take; there are"):
        read_events(DATA / path)


def test_attributes() -> None:
    raw = pd.read_csv(DATA / "profiles" / "telco_churn.csv")
    found = frame(DATA / "profiles" / "telco_churn.csv")
    assert found.shape == raw.shape
    assert found["TotalCharges"].isna().sum() == (raw["TotalCharges"].str.strip() == "").sum() == 11
    assert found["tenure"].tolist() == raw["tenure"].tolist()


def test_broken_bytes() -> None:
    path = DATA / "feedback" / "nps_fr_raw.csv"
    lines = path.read_bytes().split(b"\n")
    broken = sum(1 for line in lines if line.decode("utf-8", "replace").count("\ufffd"))
    found = frame(path)
    assert len(found) == 13_954 - broken
    assert f"{broken:,} rows could not be taken apart and were set aside." in found.attrs["notes"]


def test_texts_over_several_lines() -> None:
    found = frame(DATA / "feedback" / "womens_clothing_8000.csv")
    raw = pd.read_csv(DATA / "feedback" / "womens_clothing_8000.csv")
    assert found["Review Text"].dropna().tolist() == raw["Review Text"].dropna().tolist()
