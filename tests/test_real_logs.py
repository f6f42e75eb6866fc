"""Real logs, end to end: read, counted, and counted again in plain SQL. Skipped where the example data is absent."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import journeymap as jm
from tests.plain_sql import funnel_counts

DATA = Path(__file__).parent.parent.parent / "shared" / "data" / "journeys"
pytestmark = pytest.mark.skipif(
    not DATA.exists(), reason="needs the example data, which the project does not ship"
)

GROCERY = jm.Journey(
    "Coupons",
    stages=[
        jm.Stage("Campaign", jm.event("campaign_start_*")),
        jm.Stage("Basket", jm.event(["basket", "basket_with_coupon"])),
        jm.Stage("Coupon redeemed", jm.event("coupon_redeemed")),
    ],
)
ORDERED = jm.event(None, Quantity=jm.at_least(1)) & ~jm.event(None, InvoiceNo="C*")
RETAIL = jm.Journey(
    "Orders", stages=[jm.Stage(name, ORDERED) for name in ("First order", "Second order", "Third order")]
)
MIXPANEL = jm.Journey(
    "Shop",
    stages=[
        jm.Stage(name.capitalize(), jm.event(name))
        for name in ("page view", "view item", "add to cart", "checkout")
    ],
)


def grocery():
    raw = pd.read_parquet(DATA / "completejourney_union.parquet")
    log = jm.read_events(
        DATA / "completejourney_union.parquet", customer="household_id", event="event", at="ts"
    )
    events = pd.DataFrame({"customer": raw["household_id"].astype(str), "at": raw["ts"]})
    masks = [
        raw["event"].str.startswith("campaign_start"),
        raw["event"].isin(["basket", "basket_with_coupon"]),
        raw["event"].eq("coupon_redeemed"),
    ]
    return log, GROCERY, "30d", events, masks


def retail():
    raw = pd.read_parquet(DATA / "online_retail.parquet")
    log = jm.read_events(
        DATA / "online_retail.parquet", customer="CustomerID", event="StockCode", at="InvoiceDate"
    )
    raw = raw[raw["CustomerID"].notna()].reset_index(drop=True)
    events = pd.DataFrame(
        {"customer": raw["CustomerID"].astype("int64").astype(str), "at": raw["InvoiceDate"]}
    )
    ordered = (raw["Quantity"] >= 1) & ~raw["InvoiceNo"].astype(str).str.startswith("C")
    return log, RETAIL, "90d", events, [ordered] * 3


def mixpanel():
    path = DATA / "sim_mixpanel" / "EVENTS.json.gz"
    raw = pd.read_json(path, lines=True, dtype=False)
    log = jm.read_events(path, customer="$user_id", event="event", at="time", complete_to="2026-11-20")
    raw = raw[raw["$user_id"].notna()].reset_index(drop=True)
    at = pd.to_datetime(raw["time"], utc=True, format="ISO8601").dt.tz_localize(None)
    events = pd.DataFrame({"customer": raw["$user_id"].astype(str), "at": at})
    return (
        log,
        MIXPANEL,
        "7d",
        events,
        [raw["event"].eq(name) for name in ("page view", "view item", "add to cart", "checkout")],
    )


@pytest.mark.parametrize("opened", [grocery, retail, mixpanel], ids=lambda made: made.__name__)
def test_every_count_of_the_funnel_is_what_plain_sql_counts(opened):
    log, journey, window, events, masks = opened()
    funnel = jm.funnel(log, journey, counting=jm.Counting(window=window))
    end = log.moment(log.data_end).tz_convert("UTC").tz_localize(None)
    expected = funnel_counts(events, masks, window=pd.Timedelta(window.upper()), data_end=end)
    counted = funnel.table[list(expected.columns)].fillna(-1).astype("int64")
    pd.testing.assert_frame_equal(counted, expected, check_dtype=False)
    for row in funnel.table.itertuples():
        assert len(funnel.customers(stage=row.stage)) == row.customers


def test_rows_are_read_or_set_aside():
    for opened, rows, aside in (
        (grocery, 164_539, 0),
        (retail, 541_909, 135_080),
        (mixpanel, 20_017, 11_915),
    ):
        log = opened()[0]
        assert (log.quality.rows, len(log.quality.set_aside)) == (rows, aside)
        assert log.n_events == rows - aside


def test_a_table_without_customers_is_refused():
    with pytest.raises(jm.JourneymapError, match="customer"):
        jm.read_events(DATA / "completejourney_campaign_descriptions.parquet")
