"""What shipped opportunities did: the figure of their KPI before and after the day."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from journeymap.analyses.funnel_scope import FEW
from journeymap.analyses.scope import Scope, definition_hash
from journeymap.analyses.showing import Told
from journeymap.analyses.splitting import checked_log, checked_number
from journeymap.counting.contract import Counting
from journeymap.errors import DefinitionError
from journeymap.maps.fixing.impact_figures import COMPARED, side_of

if TYPE_CHECKING:
    from journeymap.events.log import EventLog
    from journeymap.maps.document import JourneyMap
    from journeymap.maps.feedback.reading import Feedback
    from journeymap.maps.plans import Kpi, Opportunity

COLUMNS = ["opportunity", "title", "kpi", "part", "metric", "shipped_at", "days", "before", "n_before", "after", "n_after",
           "difference", "low", "high", "better", "on_both_sides", "why"]  # fmt: skip
WARNING = (
    "A figure before and after is no proof: season, prices, campaigns and the mix of customers changed as well. "
    "Customers who entered shortly before the day lived through part of their window after it."
)


@dataclass(frozen=True, eq=False)
class Impact(Told):
    """The answer of :func:`impact`.

    Attributes
    ----------
    table
        One row per shipped opportunity: `opportunity` (id), `title`, `kpi` (its name), `part` (id of the stage or step),
        `metric`, `shipped_at`, `days` on each side; `before` and `after`, standing on `n_before` and `n_after` customers or
        answers; `difference` (after less before) with its 95 % interval `low` to `high`: of shares Newcombe's, of means the
        normal approximation, none of a median; `better`: whether the whole interval lies on the good side (missing without
        one); `on_both_sides`: customers with a settled entry into the map
        in both periods, wherever the KPI stands, so there may be more of them than of those in `n_before` and `n_after`; `why` there is no comparison, or what weakens it.
    scope, notes
        What was counted, and what the reader must know.
    """

    table: pd.DataFrame
    scope: Scope
    notes: tuple[str, ...]
    journey_map: JourneyMap = field(repr=False)


def impact(
    journey_map: JourneyMap,
    log: EventLog,
    feedback: Feedback | None = None,
    /,
    *,
    days: int = 90,
    counting: Counting | None = None,
) -> Impact:
    """Compare the KPI of each shipped opportunity before and after its day.

    Both sides are equally long: as many whole days as the log has before the day, and as it has settled entries after it, at
    most `days`. Entries belong to a side by when they began; only settled ones count.

    Parameters
    ----------
    days
        The most days on each side.
    counting
        As for :func:`journeymap.funnel`; customers are counted, each once on a side.

    Returns
    -------
    Impact

    Raises
    ------
    DefinitionError
        If fewer than two stages have a milestone, or the rules do not count customers.

    Examples
    --------
    >>> import pandas as pd, journeymap as jm
    >>> frame = pd.DataFrame({"who": ["a", "b", "b", "c", "c"], "what": ["see", "see", "buy", "see", "buy"],
    ...     "when": ["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-11", "2026-01-12"]})
    >>> log = jm.read_events(frame, customer="who", event="what", at="when", complete_to="2026-02-28")
    >>> shop = jm.JourneyMap("Shop", kpis=[jm.Kpi("Bought", of="see", metric="moved_on_share")],
    ...     stages=[{"name": "See", "milestone": jm.event("see")}, {"name": "Buy", "milestone": jm.event("buy")}],
    ...     opportunities=[jm.Opportunity("Say why", kpi="bought", status="shipped", shipped_at="2026-01-11")])
    >>> found = impact(shop, log)
    >>> found.table[["days", "before", "n_before", "after", "n_after"]].values.tolist()
    [[10, 0.5, 2, 1.0, 1]]
    """
    checked_log(log)
    checked_number("days", days, least=1, most=3660)
    counting = counting or Counting()
    if journey_map.journey is None or counting.unit != "customer" or counting.attempts == "every":
        raise DefinitionError(
            "A before and an after need stages with milestones, and customers who are counted once.",
            right="Two stages with a milestone; leave unit and attempts as they are.",
            fix='jm.Counting(window="30d")',
        )
    shipped = [one for one in journey_map.opportunities if one.status == "shipped"]
    rows = [_row(one, journey_map, log, feedback, days, counting) for one in shipped]
    table = pd.DataFrame(rows, columns=COLUMNS)
    for name in ("before", "after", "difference", "low", "high"):
        table[name] = table[name].astype(float)
    for name in ("days", "n_before", "n_after", "on_both_sides"):
        table[name] = table[name].astype("Int64")
    table["better"] = table["better"].astype("boolean")
    notes = (*((WARNING,) if len(table) else ()), *log.notes)
    return Impact(table, _scope(journey_map, log, counting, days, len(table)), notes, journey_map)


def _row(
    one: Opportunity,
    journey_map: JourneyMap,
    log: EventLog,
    feedback: Feedback | None,
    days: int,
    counting: Counting,
) -> dict[str, Any]:
    kpi = next((kpi for kpi in journey_map.kpis if kpi.id == one.kpi), None)
    row: dict[str, Any] = {"opportunity": one.id, "title": one.title, "shipped_at": one.shipped_at}
    if kpi is None or one.shipped_at is None:
        return row | {"why": "it has no KPI" if kpi is None else "it has no ship date"}
    row |= {"kpi": kpi.name, "part": kpi.of, "metric": kpi.metric}
    if kpi.metric not in COMPARED:
        return row | {"why": f"{kpi.metric or 'a KPI without a metric'} is not compared"}
    day = log.instant(one.shipped_at)
    length = _days_around(log, day, counting, days)
    if length < 1:
        return row | {
            "days": 0,
            "why": "less than a day of settled entries before or after it; a shorter window settles sooner",
        }
    return row | {"days": length} | _compared(kpi, journey_map, log, feedback, day, length, counting)


def _days_around(log: EventLog, day: int, counting: Counting, days: int) -> int:
    """Return how many whole days the log has before a day, and of settled entries after it; the smaller number."""
    end = log.data_end + 1
    if counting.window not in (None, "session") and counting.open == "apart":
        end -= log.length(counting.window or "")
    return max(
        0, min(days, (day - int(log.visible.at.min())) // log.length("1d"), (end - day) // log.length("1d"))
    )


def _compared(
    kpi: Kpi,
    journey_map: JourneyMap,
    log: EventLog,
    feedback: Feedback | None,
    day: int,
    length: int,
    counting: Counting,
) -> dict[str, Any]:
    away = length * log.length("1d")
    sides = [
        side_of(journey_map, log, feedback, bounds=bounds, counting=counting)
        for bounds in ((day - away, day), (day, day + away))
    ]
    both = int((sides[0].customers & sides[1].customers).sum())
    before, after = (side.figure(kpi) for side in sides)
    if before is None or after is None:
        return {"on_both_sides": both, "why": "the KPI cannot be computed on both sides"}
    difference, low, high = after.difference(before)
    good = (low, high) if kpi.direction == "up" else (-high, -low)
    return {
        "before": before.value,
        "n_before": before.n,
        "after": after.value,
        "n_after": after.n,
        "difference": difference,
        "low": low,
        "high": high,
        "better": None if low != low else good[0] > 0,  # noqa: PLR0124 - nan
        "on_both_sides": both,
        "why": f"fewer than {FEW} on a side" if min(before.n, after.n) < FEW else "",
    }


def _scope(journey_map: JourneyMap, log: EventLog, counting: Counting, days: int, n: int) -> Scope:
    begin, end = log.span
    return Scope(
        what="Opportunities that were shipped",
        counted=n,
        of=len(journey_map.opportunities),
        begin=begin,
        end=end,
        timezone=log.timezone,
        complete_to=log.moment(log.data_end),
        rules=(
            *counting.sentences,
            f"Equal periods before and after the day, of at most {days} days; entries belong to one by when they began, settled only.",
            "Intervals 95 %: Newcombe of shares, normal approximation of means.",
        ),
        filters=tuple(map(str, log.filters)),
        definition=definition_hash(
            "impact", journey_map.journey, journey_map.kpis, journey_map.opportunities, counting, days
        ),
        data=log.fingerprint,
        unit="opportunities",
    )
