"""Before and after a ship date: equal windows, settled entries, and the interval of the difference."""

from __future__ import annotations

from math import nan

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import journeymap as jm
from journeymap.analyses.intervals import newcombe
from journeymap.errors import DefinitionError
from journeymap.events.quality import Quality
from journeymap.maps.feedback.reading import Feedback
from journeymap.maps.fixing.impact import impact
from tests.small_logs import small_log

DAY = 86_400
COUNTING = jm.Counting(window="5d")


def shop(metric="moved_on_share", of="see", direction="up", **options):
    said = {"status": "shipped", "shipped_at": "1970-01-21", "kpi": "figure"} | options
    return jm.JourneyMap(
        "Shop",
        stages=[{"name": "See", "milestone": jm.event("a")}, {"name": "Buy", "milestone": jm.event("c")}],
        steps=[jm.Step("I ask", stage="see", match=jm.event("q"))],
        kpis=[jm.Kpi("Figure", of=of, metric=metric, direction=direction)],
        opportunities=[jm.Opportunity("Mend it", **said), jm.Opportunity("Idea", status="idea")],
    )


def rows_of_shop():
    """Let one customer in five buy before day 20, and two in five after it; each enters once, ten a day, for 38 days."""
    rows = []
    for k in range(380):
        day, who = k // 10, f"c{k:03}"
        rows.append((who, "a", day * DAY + k % 10))
        if k % 10 < (2 if day < 20 else 4):
            rows.append((who, "c", day * DAY + 3600 * (4 if day < 20 else 2)))
        if k % 10 < (5 if day < 20 else 3):
            rows.append((who, "q", day * DAY + 60))
    return rows


LOG = small_log(rows_of_shop(), data_end=40 * DAY - 1)


def compared(journey_map, feedback=None, **options):
    found = impact(journey_map, LOG, feedback, counting=COUNTING, **options)
    assert found.table["opportunity"].tolist() == ["mend-it"]
    return found.table.iloc[0]


def test_both_sides_are_as_long_as_settled_entries_allow():
    row = compared(shop())
    assert row["days"] == 15  # the data ends on day 40, so entries are settled to the end of day 34
    assert (row["n_before"], row["n_after"]) == (150, 150)
    assert (row["before"], row["after"]) == (0.2, 0.4)
    assert (row["difference"], row["low"], row["high"]) == pytest.approx(newcombe((60, 30), (150, 150)))
    assert row["better"]
    assert compared(shop(), days=7)["n_before"] == 70


def test_less_of_what_should_go_down_is_better():
    row = compared(shop("left_share", direction="down"))
    assert (row["before"], row["after"], row["better"]) == (0.8, 0.6, True)
    assert not compared(shop("left_share", direction="up"))["better"]


def test_the_share_who_take_a_step():
    row = compared(shop("reach_share", of="i-ask"))
    assert (row["before"], row["after"]) == (0.5, 0.3)


def test_a_median_has_no_interval():
    row = compared(shop("median_hours", direction="down"))
    assert (row["before"], row["after"]) == pytest.approx((4, 2), abs=0.01)
    assert np.isnan(row["low"])
    assert pd.isna(row["better"])


def answers(scale, at):
    random = np.random.default_rng(4)
    rows = []
    for k in range(380):
        late = k // 10 >= 20
        score = random.choice([10, 9, 7, 6], p=[0.5, 0.2, 0.2, 0.1] if late else [0.1, 0.2, 0.3, 0.4])
        emotion = nan if scale == "nps" else float(random.normal(0.8 if late else -0.5, 1))
        rows.append((f"c{k:03}", k // 10 * DAY + at, float(score), emotion))
    frame = pd.DataFrame(rows, columns=["customer", "at", "score", "emotion"])
    frame["at"] = pd.to_datetime(frame["at"], unit="s", utc=True)
    return Feedback(frame.assign(comment=None, scale=scale, basis="scores", words=None), Quality(rows=380))


def test_emotion_is_compared_as_welch_does():
    said = answers("csat", 100)
    row = compared(shop("emotion"), said)
    emotion = said.frame["emotion"].to_numpy()
    welch = stats.ttest_ind(emotion[200:350], emotion[50:200], equal_var=False).confidence_interval()
    assert row["difference"] == pytest.approx(emotion[200:350].mean() - emotion[50:200].mean())
    assert (row["low"], row["high"]) == pytest.approx((welch.low, welch.high), abs=0.01)
    share = compared(shop("negative_share", direction="down"), said)
    assert share["before"] == pytest.approx((emotion[50:200] < 0).mean())


def test_nps_is_of_the_answers_of_each_period():
    said = answers("nps", 100)
    row = compared(shop("nps", of=""), said)
    score = said.frame["score"].to_numpy()
    nps = [100 * ((part >= 9).mean() - (part <= 6).mean()) for part in (score[50:200], score[200:350])]
    assert (row["before"], row["after"]) == pytest.approx(nps)
    assert row["low"] < row["difference"] < row["high"]


def test_customers_on_both_sides_are_counted():
    again = [*rows_of_shop(), ("c199", "a", 25 * DAY), ("c100", "a", 26 * DAY)]
    found = impact(shop(), small_log(again, data_end=40 * DAY - 1), counting=COUNTING)
    assert found.table["on_both_sides"].tolist() == [2]


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"kpi": "lost"}, "no KPI"),
        ({"shipped_at": None}, "no ship date"),
        ({"metric": "customers"}, "not compared"),
        ({"metric": "emotion"}, "cannot be computed"),
        ({"shipped_at": "1970-02-09"}, "less than a day"),
    ],
)
def test_why_there_is_no_comparison(options, why):
    row = compared(shop(**options))
    assert why in row["why"]
    assert np.isnan(row["difference"])


def test_it_warns_that_it_is_no_proof():
    assert "no proof" in impact(shop(), LOG, counting=COUNTING).notes[0]
    assert not impact(shop(status="doing"), LOG, counting=COUNTING).notes


def test_a_map_without_milestones_is_refused():
    with pytest.raises(DefinitionError, match="milestones"):
        impact(jm.JourneyMap("Shop", stages=["See"]), LOG)
