"""The table of friction: numbers a month, with their intervals, their rank and how stable it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from journeymap.analyses.intervals import wilson
from journeymap.maps.fixing.bootstrap import interval95, top_share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from journeymap.maps.fixing.estimates import Draws, Estimates
    from journeymap.maps.fixing.places import Place

NAMES = {"lost": "lost", "unhappy": "unhappy", "friction": "friction", "at_stake": "value"}


def table_of(
    places: Sequence[Place], estimates: Estimates, draws: Draws, *, a_month: float, has_benchmark: bool
) -> pd.DataFrame:
    """Write :attr:`Friction.table`."""
    counts, shares, numbers = estimates.counts, estimates.shares, estimates.numbers
    last = estimates.marks.last
    left = np.where(last, np.nan, counts.reached[0] - counts.moved[0])
    low, high = wilson(np.where(last, 0, left), counts.reached[0])
    columns: dict[str, Any] = {
        name: pd.array([getattr(place, name) for place in places], dtype="str")
        for name in ("part", "kind", "name", "stage")
    }
    columns |= {
        "settled": counts.reached[0].astype(np.int64),
        "left_settled": pd.array(left).astype("Int64"),
        "reach": counts.reached[0] * a_month,
        "left": left * a_month,
        "drop_share": shares.drop[0],
        "drop_low": np.where(last, np.nan, low),
        "drop_high": np.where(last, np.nan, high),
        "benchmark_share": np.where(last, np.nan, np.broadcast_to(estimates.benchmark, (1, len(places)))[0]),
        "excess_share": shares.excess[0],
        "answers": counts.answers[0].astype(np.int64),
        "negative_share": shares.negative[0],
    }
    for name, column in NAMES.items():
        columns |= _with_interval(name, column, getattr(numbers, name)[0], getattr(draws, name), a_month)
    columns["union"] = pd.array(np.where(estimates.marks.measured, "measured", "independent"), dtype="str")
    columns["outcome_share"] = shares.outcome[0]
    by = "friction" if has_benchmark else "left"
    of_kind = np.array([place.kind for place in places])
    columns |= _ranks(getattr(numbers, by)[0], getattr(draws, by), of_kind)
    return pd.DataFrame(columns)


def _with_interval(
    name: str, column: str, found: NDArray[np.float64], draws: NDArray[np.float64], a_month: float
) -> dict[str, Any]:
    low, high = interval95(draws * a_month)
    missing = np.isnan(found)
    titled = "value_at_stake" if name == "at_stake" else column
    return {
        titled: found * a_month,
        f"{column}_low": np.where(missing, np.nan, low),
        f"{column}_high": np.where(missing, np.nan, high),
    }


def _ranks(found: NDArray[np.float64], draws: NDArray[np.float64], kinds: NDArray[Any]) -> dict[str, Any]:
    rank, top3 = np.full(len(found), np.nan), np.full(len(found), np.nan)
    for kind in np.unique(kinds):
        of_kind = np.flatnonzero((kinds == kind) & ~np.isnan(found))
        order = of_kind[np.argsort(-found[of_kind], kind="stable")]
        rank[order] = np.arange(1, len(order) + 1)
        top3[of_kind] = top_share(draws[:, of_kind]) if len(of_kind) else top3[of_kind]
    return {"rank": pd.array(rank).astype("Int64"), "top3_share": top3}
