"""The funnel of the default rules in plain SQL: for every entry the earliest next event, stage by stage."""

from __future__ import annotations

import duckdb
import pandas as pd


def funnel_counts(
    events: pd.DataFrame, stages: list[pd.Series], *, window: pd.Timedelta, data_end: pd.Timestamp
) -> pd.DataFrame:
    """Count customers per stage.

    Parameters
    ----------
    events
        `customer` and `at` of every event.
    stages
        For each stage a mask over `events`.

    Returns
    -------
    pandas.DataFrame
        One row per stage: `customers, moved_on, left, still_open, settled, settled_moved_on`, -1 where not defined.
    """
    connection = duckdb.connect()
    for k, mask in enumerate(stages, start=1):
        chosen = (
            events.loc[mask.to_numpy(bool), ["customer", "at"]]
            .rename(columns={"at": "moment"})
            .astype({"customer": "object"})
        )
        connection.register(f"of_{k}", chosen)
    connection.execute(
        f"create table s1 as select customer, moment as entry, moment from of_1 where moment <= timestamp '{data_end}'"
    )
    for k in range(2, len(stages) + 1):
        connection.execute(
            f"create table s{k} as select s.customer, s.entry, min(e.moment) as moment from s{k - 1} s join of_{k} e "
            f"on e.customer = s.customer and e.moment > s.moment and e.moment <= s.entry + interval {int(window.total_seconds())} second "
            "group by s.customer, s.entry"
        )
    union = " union all ".join(
        f"select customer, entry, {k} as depth from s{k}" for k in range(1, len(stages) + 1)
    )
    settled = f"entry + interval {int(window.total_seconds())} second <= timestamp '{data_end}'"
    connection.execute(
        f"create table best as select customer, max(depth) as depth, bool_or(not ({settled})) as still_open, "
        f"coalesce(max(depth) filter ({settled}), 0) as settled from ({union}) group by customer"
    )
    rows = []
    for k in range(1, len(stages) + 1):
        last = k == len(stages)
        counts = connection.execute(
            "select count(*) filter (depth >= $k), count(*) filter (depth > $k), count(*) filter (depth = $k and not still_open), "
            "count(*) filter (depth = $k and still_open), count(*) filter (settled >= $k), count(*) filter (settled > $k) from best",
            {"k": k},
        ).fetchone()
        rows.append([-1 if last and i in (1, 2, 3, 5) else n for i, n in enumerate(counts)])
    return pd.DataFrame(
        rows, columns=["customers", "moved_on", "left", "still_open", "settled", "settled_moved_on"]
    )
