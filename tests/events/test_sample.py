"""The generated shop: the same every time, full of what it promises, and with something to find."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pandas as pd
import pytest
import yaml

from journeymap.errors import DataError
from journeymap.events import sample
from journeymap.events.sample import clock, words
from journeymap.events.sample.comments import ADDED, REASONS, SAID, comment
from journeymap.events.sample.places import ARRIVE, NAMES, NEXT

if TYPE_CHECKING:
    from pathlib import Path

MOODY_SCORES = {"low": 2, "middle": 7, "high": 10}


@pytest.fixture(scope="module")
def shop() -> sample.Sample:
    return sample.shop(customers=6_000, seed=7)


@pytest.fixture(scope="module")
def events(shop: sample.Sample) -> pd.DataFrame:
    """The log without its flaws: by customer and time."""
    whole = shop.events.dropna(subset=["customer", "at"]).drop_duplicates()
    return whole.sort_values(["customer", "at"], kind="stable", ignore_index=True)


def named(events: pd.DataFrame, event: str) -> pd.DataFrame:
    return events[events["event"] == event]


def paid_share(events: pd.DataFrame) -> float:
    return len(named(events, "purchase")) / len(named(events, "payment_submitted"))


def reached(events: pd.DataFrame, names: list[list[str]]) -> list[int]:
    """How many customers did one after the other, in order, at strictly later times."""
    since = pd.Series(pd.Timestamp(0, tz="UTC"), index=events["customer"].unique())
    counts = []
    for choice in names:
        rows = events[events["event"].isin(choice)]
        later = rows[rows["at"] > rows["customer"].map(since)]
        since = later.groupby("customer")["at"].min()
        counts.append(len(since))
    return counts


CHECKOUT = [["page_view"], ["product_view", "search"], ["add_to_cart"], ["checkout_started"], ["purchase"]]


def test_the_same_seed_gives_the_same_shop() -> None:
    one, two = sample.shop(customers=300, seed=3), sample.shop(customers=300, seed=3)
    pd.testing.assert_frame_equal(one.events, two.events)
    pd.testing.assert_frame_equal(one.customers, two.customers)


def test_another_seed_gives_another_shop() -> None:
    one, two = sample.shop(customers=300, seed=3), sample.shop(customers=300, seed=4)
    assert not one.events.equals(two.events)


@pytest.mark.parametrize("customers", [1, 2, 10, 50, 400])
def test_shops_of_any_size(customers: int) -> None:
    for seed in range(4):
        shop = sample.shop(customers=customers, seed=seed)
        assert list(shop.customers["customer"]) == [f"c_{number:05d}" for number in range(1, customers + 1)]
        assert shop.events["customer"].dropna().isin(shop.customers["customer"]).all()
        assert len(shop.events) >= customers


def test_events_grow_with_the_customers(shop: sample.Sample) -> None:
    small = sample.shop(customers=1_500, seed=7)
    assert len(shop.events) / len(small.events) == pytest.approx(4, rel=0.15)
    assert 22 < len(shop.events) / len(shop.customers) < 35


def test_no_customers_is_an_error() -> None:
    with pytest.raises(DataError, match="0 customers"):
        sample.shop(customers=0)


def test_everybody_did_something(shop: sample.Sample) -> None:
    named_customers = shop.events["customer"].nunique()
    assert (
        len(shop.customers) - shop.events["customer"].isna().sum() <= named_customers <= len(shop.customers)
    )


def test_every_event_of_the_vocabulary_happens(events: pd.DataFrame) -> None:
    assert set(events["event"]) == set(words.EVENTS)


def test_columns_and_their_kinds(shop: sample.Sample) -> None:
    kinds = {"at": "datetime64[ms, UTC]", "price": "float64", "value": "float64", "score": "Int8"}
    assert {name: str(shop.events[name].dtype) for name in kinds} == kinds
    assert list(shop.events.columns[:5]) == ["customer", "event", "at", "channel", "device"]


def test_the_log_is_in_time_and_by_time(shop: sample.Sample) -> None:
    at = shop.events["at"].dropna()
    assert at.is_monotonic_increasing
    assert at.min() >= pd.Timestamp("2026-01-01", tz=clock.ZONE)
    assert at.max() <= pd.Timestamp("2026-03-31 23:58", tz=clock.ZONE)
    assert at.max() > pd.Timestamp("2026-03-31 20:00", tz=clock.ZONE)


def test_people_sleep_at_night_and_shop_on_sunday(events: pd.DataFrame) -> None:
    local = named(events, "page_view")["at"].dt.tz_convert(clock.ZONE)
    hours = local.dt.hour.value_counts()
    assert hours[20] > 10 * hours[3]
    days = local[local.dt.date < pd.Timestamp("2026-03-26").date()].dt.day_of_week.value_counts()
    assert days[6] > days[1]


def test_the_shop_grows(events: pd.DataFrame) -> None:
    months = named(events, "page_view")["at"].dt.tz_convert(clock.ZONE).dt.month.value_counts()
    assert months[3] > 1.1 * months[1]


def test_the_funnel_looks_like_a_shop(events: pd.DataFrame, shop: sample.Sample) -> None:
    counts = reached(events, CHECKOUT)
    shares = np.array(counts[1:]) / np.array(counts[:-1])
    assert counts[0] > 0.9 * len(shop.customers)
    assert 0.08 < counts[-1] / counts[0] < 0.16
    assert ((shares > 0.3) & (shares < 0.9)).all()


def test_mobile_buys_less_than_desktop(events: pd.DataFrame) -> None:
    first = events.dropna(subset=["device"]).groupby("customer")["device"].first()
    bought = first.index.isin(named(events, "purchase")["customer"])
    share = pd.Series(bought, index=first.index).groupby(first, observed=True).mean()
    assert share["mobile"] < 0.85 * share["desktop"]


def test_some_journeys_are_still_open(events: pd.DataFrame) -> None:
    entries = named(events, "page_view").groupby("customer")["at"].min()
    late = (entries > pd.Timestamp("2026-03-17", tz=clock.ZONE)).mean()
    assert 0.05 < late < 0.25


def test_payments_in_one_version_of_the_ios_app_fail(events: pd.DataFrame) -> None:
    version = events["app_version"].eq("5.4.0")
    ios = events["os"].eq("iOS") & events["browser"].eq("App")
    assert paid_share(events[ios & version]) < 0.3
    assert paid_share(events[ios & ~version]) > 0.85
    assert paid_share(events[~ios & version]) > 0.85
    assert paid_share(events[~ios & ~version]) > 0.9


def test_the_fault_comes_with_a_release_and_goes_with_the_next(events: pd.DataFrame) -> None:
    ios = events[events["os"].eq("iOS") & events["browser"].eq("App")]
    release, mended = (pd.Timestamp(day, tz=clock.ZONE) for day in ("2026-02-10", "2026-03-12"))
    weeks = pd.Timedelta("7D")
    before = paid_share(ios[ios["at"] < release])
    during = paid_share(ios[ios["at"].between(release + weeks, mended)])
    after = paid_share(ios[ios["at"] > mended + weeks])
    assert during < before - 0.5
    assert during < after - 0.4


def test_its_victims_try_again_ask_support_and_leave(events: pd.DataFrame) -> None:
    failed = named(events, "payment_error")
    token = failed["error"].eq("wallet token missing")
    assert (failed[token].groupby("customer").size() > 1).mean() > 0.4
    assert returned_share(events, failed[token]) < returned_share(events, failed[~token]) - 0.1
    asked = named(events, "support_ticket").query("topic == 'payment'")["customer"]
    others = events["customer"].drop_duplicates()
    assert failed[token]["customer"].drop_duplicates().isin(asked).mean() > 10 * others.isin(asked).mean()


def test_nobody_is_reminded_without_a_basket(events: pd.DataFrame) -> None:
    reminded = events[events["campaign"].eq(words.REMINDER) & events["event"].eq("email_sent")]
    baskets = events[events["event"].isin(["add_to_cart", "cart_view"])].set_index("customer")["at"]
    for customer, at in zip(reminded["customer"].head(200), reminded["at"].head(200), strict=True):
        hours = (at - baskets.loc[[customer]]) / pd.Timedelta("1h")
        assert ((hours > 20) & (hours < 30)).any()


def returned_share(events: pd.DataFrame, failed: pd.DataFrame) -> float:
    """Of those whose payment failed, the share who look at a page more than an hour later."""
    last = failed.groupby("customer")["at"].max() + pd.Timedelta("1h")
    pages = named(events, "page_view").groupby("customer")["at"].max().reindex(last.index)
    return float((pages > last).mean())


def test_loyal_customers_buy_again(events: pd.DataFrame, shop: sample.Sample) -> None:
    orders = named(events, "purchase").groupby("customer").size()
    assert 0.15 < (orders >= 2).mean() < 0.5
    persona = shop.customers.set_index("customer")["persona"]
    twice = persona[orders.index[orders >= 2]].value_counts() / persona.value_counts()
    assert twice["Busy parent"] > 2 * twice["Window shopper"]


def test_an_order_is_bought_then_delivered_then_refunded(events: pd.DataFrame) -> None:
    bought, delivered, refunded = (
        named(events, name).set_index("order") for name in ("purchase", "order_delivered", "refund")
    )
    assert bought.index.is_unique
    assert bought.index.notna().all()
    assert len(refunded) > 20
    assert delivered.index.isin(bought.index).all()
    assert refunded.index.isin(delivered.index).all()
    assert (bought.loc[delivered.index, "at"] < delivered["at"]).all()
    assert (delivered.loc[refunded.index, "at"] < refunded["at"]).all()
    assert (bought.loc[refunded.index, "customer"] == refunded["customer"]).all()
    assert (bought.loc[refunded.index, "value"] == refunded["value"]).all()


def test_a_purchase_follows_its_payment(events: pd.DataFrame) -> None:
    own = events[events["event"].isin(["payment_submitted", "payment_error", "purchase"])]
    before = own["event"].astype("str").shift()
    assert (before[own["event"].isin(["payment_error", "purchase"])] == "payment_submitted").all()


def test_an_email_is_sent_then_opened_then_clicked_then_visited(events: pd.DataFrame) -> None:
    keys = ["customer", "campaign"]
    counts = {
        name: named(events, name).groupby(keys, observed=True).size()
        for name in ("email_sent", "email_opened", "email_clicked")
    }
    assert (counts["email_opened"] <= counts["email_sent"].reindex(counts["email_opened"].index)).all()
    assert (counts["email_clicked"] <= counts["email_opened"].reindex(counts["email_clicked"].index)).all()
    firsts = {name: named(events, name).groupby(keys, observed=True)["at"].min() for name in counts}
    assert (firsts["email_sent"].reindex(firsts["email_opened"].index) < firsts["email_opened"]).all()
    assert (firsts["email_opened"].reindex(firsts["email_clicked"].index) < firsts["email_clicked"]).all()
    visits = events[events["channel"].eq("email")]
    assert visits["customer"].isin(named(events, "email_clicked")["customer"]).all()


def test_only_members_get_email_and_accounts(events: pd.DataFrame, shop: sample.Sample) -> None:
    guests = shop.customers[shop.customers["plan"] == "guest"]
    for name in ("email_sent", "account_created"):
        assert not named(events, name)["customer"].isin(guests["customer"]).any()
    assert guests["signed_up_on"].isna().all()
    members = shop.customers[shop.customers["plan"] != "guest"].set_index("customer")
    assert members["signed_up_on"].notna().all()
    created = named(events, "account_created").set_index("customer")["at"].dt.tz_convert(clock.ZONE)
    days = created.dt.normalize().dt.tz_localize(None)
    assert (members.loc[days.index, "signed_up_on"] == days).all()


def test_surveys_have_scores_and_some_have_comments(events: pd.DataFrame) -> None:
    answers = named(events, "survey_answered")
    assert answers["score"].between(0, 10).all()
    assert answers["topic"].notna().all()
    assert 0.3 < answers["comment"].notna().mean() < 0.8
    others = events[events["event"] != "survey_answered"]
    assert others["score"].isna().all()
    assert others["comment"].isna().all()


def test_scores_fit_what_happened(events: pd.DataFrame) -> None:
    score = named(events, "survey_answered").groupby("topic", observed=True)["score"].mean()
    assert score["order"] > 8
    assert score[["delivery", "payment", "return"]].max() < 6.5


def test_comments_fit_what_happened(events: pd.DataFrame) -> None:
    said = named(events, "survey_answered").dropna(subset=["comment"])
    about_app = said[said["comment"].str.contains(r"\bapp\b") & said["topic"].eq("payment")]
    failed = named(events, "payment_error").query("error == 'wallet token missing'")
    assert not about_app.empty
    assert about_app["customer"].isin(failed["customer"]).all()
    bought = named(events, "purchase")["product"].astype("str").str.lower()
    late = said[said["topic"].eq("delivery")]["comment"].str.extract(r"days for my (.+?)\.")[0].dropna()
    assert late.isin(bought).all()


def test_every_comment_is_a_finished_sentence() -> None:
    rng = np.random.default_rng(0)
    for reason in REASONS:
        for score in (*MOODY_SCORES.values(), *range(11)):
            text = comment(reason, score=score, product="Oak side table", tries=2, days=9, rng=rng)
            assert re.fullmatch(r"[A-Z][^{}]*[.!]", text), text


def test_there_are_words_for_every_reason_and_mood() -> None:
    assert set(SAID) == set(REASONS)
    assert all(set(moods) == set(ADDED) for moods in SAID.values())
    assert {reason.topic for reason in REASONS.values()} <= set(words.TOPICS)


def test_tickets_belong_to_customers_and_close_after_they_open(
    events: pd.DataFrame, shop: sample.Sample
) -> None:
    opened, closed = named(events, "support_ticket"), named(events, "ticket_closed")
    assert opened["customer"].isin(shop.customers["customer"]).all()
    assert opened["topic"].notna().all()
    first = opened.groupby("customer")["at"].min()
    assert (first.reindex(closed["customer"]).to_numpy() < closed["at"].to_numpy()).all()
    assert 0.7 < len(closed) / len(opened) < 1


def test_products_keep_their_price_category_and_page(events: pd.DataFrame) -> None:
    views = named(events, "product_view")
    assert (views.groupby("product", observed=True)[["price", "category", "page"]].nunique() == 1).all(
        axis=None
    )
    lamp = views[views["product"] == "Floor lamp"].iloc[0]
    assert (lamp["price"], lamp["category"], lamp["page"]) == (159.0, "lighting", "/lighting/floor-lamp")


def test_the_flaws_are_few_and_all_there(shop: sample.Sample) -> None:
    events = shop.events
    tenth = len(events) / 10_000
    assert events["at"].isna().sum() == pytest.approx(tenth, abs=1)
    assert events["customer"].isna().sum() == pytest.approx(tenth, abs=1)
    whole = events.dropna(subset=["customer", "at"])
    assert whole.duplicated().sum() == pytest.approx(2 * tenth, abs=2)
    ties = whole.drop_duplicates().duplicated(["customer", "at"]).sum()
    assert tenth < ties < 4 * tenth
    beats = named(whole, "heartbeat")
    assert 0.005 < len(beats) / len(events) < 0.03
    assert shop.customers["staff"].sum() == round(len(shop.customers) / 800)


def test_staff_are_here_all_the_time(events: pd.DataFrame, shop: sample.Sample) -> None:
    count = events.groupby("customer").size()
    staff = shop.customers.set_index("customer")["staff"]
    assert count[staff].median() > 5 * count[~staff].median()


def test_places_lead_to_places() -> None:
    assert tuple(NEXT) == NAMES
    assert set(ARRIVE) == set(words.CHANNELS)
    for shares in (*NEXT.values(), *ARRIVE.values()):
        assert set(shares) <= set(NAMES)
        assert sum(shares.values()) <= 1 + 1e-9


def test_a_day_that_begins_with_summer_time_is_an_hour_short() -> None:
    days, of_day = np.array([86, 87, 88]), np.zeros(3, dtype=np.int64)
    midnights = clock.utc(days, of_day=of_day)
    assert (np.diff(midnights) / clock.HOUR).tolist() == [24.0, 23.0]


def test_written_files_hold_the_sample(tmp_path: Path) -> None:
    shop = sample.shop(customers=200, seed=5)
    files = sample.write(tmp_path / "new folder", customers=200, seed=5)
    with duckdb.connect() as connection:
        table = connection.read_parquet(str(files.events))
        columns, read = table.columns, table.select('* REPLACE (epoch_ms("at") AS "at")').fetchall()
    assert columns == list(shop.events.columns)
    instants = shop.events["at"].dt.tz_localize(None).astype("int64").where(shop.events["at"].notna())
    expected = shop.events.assign(at=instants.astype("Int64")).astype(object)
    assert read == list(expected.where(expected.notna(), None).itertuples(index=False, name=None))
    customers = pd.read_csv(files.customers, parse_dates=["signed_up_on"])
    pd.testing.assert_frame_equal(customers, shop.customers, check_dtype=False, check_categorical=False)


def test_writing_again_replaces_and_leaves_nothing_behind(tmp_path: Path) -> None:
    first = [file.read_bytes() for file in sample.write(tmp_path, customers=40, seed=1)]
    again = [file.read_bytes() for file in sample.write(tmp_path, customers=40, seed=2)]
    assert first[:2] != again[:2]
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "checkout.yaml",
        "customers.csv",
        "events.parquet",
    ]


def test_writing_that_fails_leaves_the_old_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = [file.read_bytes() for file in sample.write(tmp_path, customers=40, seed=1)]

    def full(*_: object, **__: object) -> None:
        raise OSError("No space left")

    monkeypatch.setattr(pd.DataFrame, "to_csv", full)
    with pytest.raises(OSError, match="No space left"):
        sample.write(tmp_path, customers=40, seed=2)
    names = ("events.parquet", "customers.csv", "checkout.yaml")
    assert [(tmp_path / name).read_bytes() for name in names] == before
    assert len(list(tmp_path.iterdir())) == 3


def test_the_journey_asks_for_what_the_log_has(tmp_path: Path, events: pd.DataFrame) -> None:
    journey = yaml.safe_load(sample.write(tmp_path, customers=10).journey.read_text(encoding="utf-8"))
    assert [stage["name"] for stage in journey["stages"]] == [
        "Discover",
        "Consider",
        "Decide",
        "Check out",
        "Buy",
    ]
    rules = [rule for stage in journey["stages"] for rule in stage.get("any", [stage])]
    assert {rule["event"] for rule in rules} <= set(events["event"])
    for segment in journey["segments"]:
        for name, value in segment.get("where", {}).items():
            assert value in set(events[name])
