"""Two versions of a map, two runs of measuring: what is told otherwise, and what is beyond chance."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import journeymap as jm
from journeymap.maps.comparing.differences import diff
from journeymap.maps.comparing.measured import Floors, of_means
from journeymap.maps.measurements import Measurements, Observation, Run
from tests.maps.making import parts

SHOP = jm.JourneyMap(
    "Shop",
    stages=["See", "Think", "Buy"],
    personas=[jm.Persona("Mobile")],
    steps=[jm.Step("I look", stage="see", claims={"emotion": 1}), jm.Step("I pay", stage="buy")],
)


def share(part, metric, num, den, persona=""):
    return Observation(target=part, metric=metric, persona=persona, value=num / den, num=num, den=den, n=den)


def mean(part, metric, value, half):
    return Observation(target=part, metric=metric, value=value, low=value - half, high=value + half, n=50)


def measured(*observations):
    return SHOP.change(measurements=Measurements(run=Run("run"), observations=observations))


def test_what_is_told_otherwise_is_listed_field_by_field():
    after = (
        SHOP.change(scenario="By night").change("i-look", claims={"emotion": -1, "label": "tired"})
        .remove("i-pay").add(jm.Step("I give up", stage="buy")).move("buy", before="see")
    )  # fmt: skip
    rows = diff(SHOP, after).table[["kind", "part", "field", "before", "after"]].values.tolist()
    rows = [[None if one != one else one for one in row] for row in rows]
    assert rows == [
        ["changed", "", "scenario", None, "By night"],
        ["moved", "buy", "order", 3, 1],
        ["removed", "i-pay", "", "I pay", None],
        ["added", "i-give-up", "", None, "I give up"],
        ["changed", "i-look", "claims.emotion", 1, -1],
        ["changed", "i-look", "claims.label", None, "tired"],
    ]


@settings(max_examples=25, deadline=None)
@given(parts(jm.JourneyMap))
def test_a_map_does_not_differ_from_itself(journey_map):
    found = diff(journey_map, journey_map)
    assert not found.table["significant"].any()
    assert set(found.table["kind"]) <= {"measured"}


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 400), st.integers(1, 400), st.floats(0, 1), st.floats(0, 1))
def test_shares_are_tested_as_scipy_does(n1, n2, p1, p2):
    k1, k2 = round(n1 * p1), round(n2 * p2)
    row = diff(
        measured(share("see", "moved_on_share", k1, n1)), measured(share("see", "moved_on_share", k2, n2))
    ).table.iloc[0]
    assert row["difference"] == pytest.approx(k2 / n2 - k1 / n1)
    assert row["low"] - 1e-9 <= row["difference"] <= row["high"] + 1e-9
    table = np.array([[k1, n1 - k1], [k2, n2 - k2]])
    if (table.sum(axis=0) > 0).all():
        assert row["p"] == pytest.approx(stats.chi2_contingency(table, correction=False).pvalue, abs=1e-9)
    else:
        assert row["p"] == 1


def test_means_are_tested_as_scipy_does_with_many_answers():
    random = np.random.default_rng(1)
    one, two = random.normal(0, 1, 4000), random.normal(0.05, 1.2, 3000)
    spreads = [values.std(ddof=1) / len(values) ** 0.5 for values in (one, two)]
    difference, low, high, p = of_means(one.mean(), two.mean(), *spreads)
    welch = stats.ttest_ind(two, one, equal_var=False)
    ends = welch.confidence_interval()
    assert p == pytest.approx(welch.pvalue, rel=0.01)
    assert (low, high) == pytest.approx((ends.low, ends.high), abs=1e-3)
    assert difference == pytest.approx(two.mean() - one.mean())


def test_false_discoveries_are_controlled_over_all_tests():
    before = [share("see", "reach_share", 500, 1000, f"p{k}") for k in range(20)]
    after = [share("see", "reach_share", 500 + 4 * k, 1000, f"p{k}") for k in range(20)]
    table = diff(measured(*before), measured(*after)).table
    assert table["q"].to_numpy() == pytest.approx(stats.false_discovery_control(table["p"].to_numpy()))
    assert 0 < table["significant"].sum() < (table["p"] < 0.05).sum()


def test_a_certain_trifle_is_told_but_does_not_count():
    before, after = (
        share("see", "moved_on_share", 50_000, 100_000),
        share("see", "moved_on_share", 51_000, 100_000),
    )
    found = diff(measured(before), measured(after))
    assert found.table["q"].iloc[0] < 1e-4
    assert found.table["why"].tolist() == ["too small to matter"]
    assert found.sentence.startswith("Nothing that was measured has changed")
    assert diff(measured(before), measured(after), floors=Floors(share=0.01)).table["significant"].all()


def test_the_sentence_and_the_cells_name_what_to_look_at_again():
    before = measured(
        share("see", "moved_on_share", 620, 1000), mean("i-pay", "emotion", 1.2, 0.2), mean("", "nps", 30, 6)
    )
    after = measured(
        share("see", "moved_on_share", 510, 1000), mean("i-pay", "emotion", -0.4, 0.2), mean("", "nps", 33, 6)
    )
    found = diff(before, after)
    assert found.sentence == (
        "This map needs updating because the emotion at I pay fell from +1.2 to \N{MINUS SIGN}0.4 (95 %: \N{MINUS SIGN}1.9 to "
        "\N{MINUS SIGN}1.3) and the share who move on at See fell from 62.0\u202f% to 51.0\u202f% (95 %: \N{MINUS SIGN}15.3 to "
        "\N{MINUS SIGN}6.7 points)."
    )
    assert found.cells == ("emotion:i-pay", "measured:see")
    assert repr(found).startswith(found.sentence)


def test_a_touchpoint_and_its_channel_with_one_number_are_told_once_in_the_cell_that_shows_them():
    shop = (
        SHOP.add(jm.Channel("Web"))
        .add(jm.Touchpoint("Search", channel="web"))
        .add(jm.Pain("Slow", steps=["i-pay"]))
    )
    shop = shop.change("i-look", touchpoints=["search"])

    def state(num):
        parts = [share(part, "reach_share", num, 1000) for part in ("search", "web", "i-pay")]
        told = [*parts, share("slow", "mentions", num, 1000), share("", "moved_on_share", num, 1000)]
        return shop.change(measurements=Measurements(run=Run("run"), observations=told))

    found = diff(state(500), state(800))
    assert set(found.cells) == {"touchpoints:see", "steps:i-pay", "pains:buy"}
    assert sorted(found.table["part"]) == ["", "i-pay", "search", "slow"]
    assert "the share who meet the touchpoint Search rose" in found.sentence
    assert "the share who take the step I pay rose" in found.sentence


def test_what_cannot_be_tested_is_told_as_such():
    before = measured(
        Observation(target="see", metric="median_hours", value=5), share("buy", "reach_share", 5, 10)
    )
    after = measured(
        Observation(target="see", metric="median_hours", value=9), share("see", "mentions", 5, 10)
    )
    table = diff(before, after).table
    hours = table[table["field"] == "median_hours"].iloc[0]
    assert (hours["difference"], hours["why"]) == (4, "without an interval, so not tested")
    only = table.set_index("field")["why"]
    assert (only["reach_share"], only["mentions"]) == ("measured only before", "measured only after")
    assert table["p"].isna().all()
    assert diff(before, after).sentence == "Nothing was measured in both maps."


def test_text_of_authors_stays_text():
    found = diff(SHOP, SHOP.change("see", name="<script>alert(1)</script>"))
    assert found.table["after"].tolist() == ["<script>alert(1)</script>"]
