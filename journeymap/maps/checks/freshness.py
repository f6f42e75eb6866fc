"""JM08, never updated: maps, evidence and numbers that are out of date."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any

from journeymap.errors import counted
from journeymap.maps.checks import drift
from journeymap.maps.checks.findings import Finding, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from journeymap.maps.checks.case import Case

found = partial(Finding, "JM08")
RELEASES = "releases"
"""Where a map may list releases, beyond its fields: `name` and `on` of each, or only the days."""


def told(case: Case) -> Iterator[Finding]:
    """Say whether the map and its evidence are older than they may be."""
    yield from _review(case)
    yield from _releases(case)
    for one in case.journey_map.evidence:
        if one.expires is not None and one.expires < case.today:
            why = f"expired on {one.expires}"
        elif (
            one.collected_at is not None and (case.today - one.collected_at).days > case.limits.evidence_days
        ):
            why = f"is of {one.collected_at}, {counted((case.today - one.collected_at).days, 'day')} ago"
        else:
            continue
        yield found(
            "warn",
            one.id,
            f"The evidence {case.name(one.id)} {why}.",
            {"collected_at": str(one.collected_at or ""), "expires": str(one.expires or "")},
            "Collect it anew, or let somebody say that it still holds.",
        )


def _review(case: Case) -> Iterator[Finding]:
    journey_map, days = case.journey_map, case.journey_map.review_every_days or case.limits.review_days
    if journey_map.reviewed_at is None:
        yield found(
            "warn",
            "",
            "Nobody has reviewed the map yet.",
            {},
            "Go through it with the teams, and set reviewed_at.",
        )
        return
    age = (case.today - journey_map.reviewed_at).days
    if age > days:
        yield found(
            "warn",
            "",
            f"The last review was {counted(age, 'day')} ago; one was due after {counted(int(days), 'day')}.",
            {"reviewed_at": str(journey_map.reviewed_at), "days": age, "every": days},
            "Go through the map with the teams, and set reviewed_at.",
        )


def _releases(case: Case) -> Iterator[Finding]:
    journey_map = case.journey_map
    days = [journey_map.reviewed_at, *(change.on for change in journey_map.changelog)]
    touched = max((day for day in days if day is not None), default=dt.date.min)
    later = [(day, name) for name, day in releases(case) if touched < day <= case.today]
    if later:
        day, name = max(later)
        yield found(
            "warn",
            "",
            f"{plain(name)} was released on {day}, and the map has not been touched since.",
            {"released": str(day), "touched": str(touched) if touched > dt.date.min else ""},
            "See what the release changed for customers, and review the map.",
        )


def releases(case: Case) -> list[tuple[str, dt.date]]:
    """List what was released, and when: shipped opportunities, and the releases that the map lists."""
    shipped = [(one.title, one.shipped_at) for one in case.journey_map.opportunities if one.shipped_at]
    listed = case.journey_map.extra.get(RELEASES)
    for one in listed if isinstance(listed, list | tuple) else []:
        said = one if isinstance(one, dict) else {"on": one}
        day = _day(said.get("on"))
        if day is not None:
            shipped.append((str(said.get("name") or "A release"), day))
    return shipped


def _day(said: Any) -> dt.date | None:
    if isinstance(said, dt.datetime):
        return said.date()
    if isinstance(said, dt.date):
        return said
    try:
        return dt.date.fromisoformat(str(said))
    except ValueError:
        return None


def measured(case: Case) -> Iterator[Finding]:
    """Say which numbers have moved, which claims are stale, and which events have no place."""
    yield from drift.moved(case)
    yield from drift.outdated_kpis(case)
    if case.log is not None:
        yield from drift.unmapped(case, case.log)
        yield from drift.dead(case, case.log)
