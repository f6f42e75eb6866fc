"""JM08 in the data: what moved since the snapshot, baselines that no longer hold, events without a place, rules that pick nothing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from journeymap.errors import counted, listing
from journeymap.maps.checks import data
from journeymap.maps.checks.findings import Finding, plain
from journeymap.maps.comparing.measured import Floors, measured_changes
from journeymap.maps.verdicts import FORMS, UNITS, in_time, measured_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from journeymap.events.log import EventLog
    from journeymap.maps.checks.case import Case
    from journeymap.maps.plans import Kpi

WORDS = {
    "moved_on_share": "the share who move on",
    "reach_share": "the share who take it",
    "negative_share": "the share of negative answers",
    "mentions": "the share of comments about it",
    "emotion": "the emotion",
    "median_hours": "the median time",
    "nps": "the NPS",
}
found = partial(Finding, "JM08")


def moved(case: Case) -> Iterator[Finding]:
    """Say which numbers are others than in the snapshot, beyond chance among all that were compared; and which KPIs got worse."""
    if case.baseline is None:
        return
    limits = case.limits
    floors = Floors(share=limits.points, emotion=limits.emotion, nps=limits.nps, hours=limits.hours)
    changes = [
        row for row in measured_changes(case.baseline, case.journey_map, floors=floors) if row["significant"]
    ]
    for row in changes:
        yield _drifted(case, row)
    for kpi in case.journey_map.kpis:
        for row in changes:
            is_it = (row["part"], row["field"], row["persona"]) == (kpi.of, kpi.metric, "")
            if is_it and (row["difference"] > 0) != (kpi.direction == "up"):
                yield _worse(case, kpi, row)


def _drifted(case: Case, row: dict[str, Any]) -> Finding:
    where = f"At {case.name(row['part'])}" if row["part"] else "On the whole map"
    whose = f" of {case.name(row['persona'])}" if row["persona"] else ""
    return found(
        "warn",
        row["part"],
        f"{where} {WORDS[row['field']]}{whose} has changed since the snapshot: {_from_to(row)}.",
        _numbers(row),
        "Revisit this cell, and say in the changelog what happened.",
    )


def _worse(case: Case, kpi: Kpi, row: dict[str, Any]) -> Finding:
    return found(
        "warn",
        kpi.id,
        f"The KPI {case.name(kpi.id)} got worse since the snapshot: {_from_to(row)}.",
        _numbers(row),
        f"Ask {plain(kpi.owner)} why." if kpi.owner else "Find an owner for it, and ask why.",
    )


def _from_to(row: dict[str, Any]) -> str:
    shown = FORMS[UNITS[row["field"]]] if row["field"] != "mentions" else FORMS["share"]
    return f"from {shown.format(row['before'])} to {shown.format(row['after'])}"


def _numbers(row: dict[str, Any]) -> dict[str, Any]:
    names = {
        "field": "metric",
        "persona": "persona",
        "before": "before",
        "after": "after",
        "low": "low",
        "high": "high",
        "q": "q",
    }
    return {name: row[key] for key, name in names.items()}


def outdated_kpis(case: Case) -> Iterator[Finding]:
    """Say which KPIs carry a baseline that is no longer what is measured; of old numbers only that they are old."""
    day = measured_on(case.journey_map)
    if not in_time(case.journey_map, day, today=case.today):
        yield found(
            "warn",
            "",
            f"The map was measured on {day}, too long ago for a map that is reviewed every "
            f"{counted(int(case.journey_map.review_every_days or 0), 'day')}.",
            {"measured": str(day)},
            "Measure it anew.",
        )
        return
    for claim in case.claims:
        if claim.field == "baseline" and claim.status in ("contradicted", "stale"):
            seen = claim.observation
            yield found(
                "warn",
                claim.part,
                f"The baseline of the KPI {case.name(claim.part)} is out of date. {plain(claim.why, most=200)}",
                {
                    "baseline": claim.said,
                    "value": seen.value if seen else None,
                    "n": seen.n if seen else None,
                },
                "Set the baseline anew, with the day it was measured.",
            )


def unmapped(case: Case, log: EventLog) -> Iterator[Finding]:
    """Say which events many customers do and no part of the map picks; a map without rules cannot be held against a log."""
    rules = [rule for _, rule in data.event_rules(case.journey_map)]
    nowhere = ~data.union(log, rules)
    customers = data.customers_of_events(log, nowhere)
    least = max(case.limits.few, case.limits.unmapped * log.n_customers)
    many = {name: n for name, n in customers.items() if n >= least}
    if rules and many:
        shown = listing([f"{plain(name)} ({n / log.n_customers:.0%})" for name, n in many.items()], most=4)
        yield found(
            "warn",
            "",
            f"{counted(len(many), 'event that many customers do has', 'events that many customers do have')} no place on the map: {shown}.",
            {"customers": many, "of": log.n_customers},
            "Give each a step or a touchpoint; or leave it out of the log, if no customer does it.",
        )


def dead(case: Case, log: EventLog) -> Iterator[Finding]:
    """Say which stages, touchpoints and channels have a rule that picks no event."""
    steps = {step.id for step in case.journey_map.steps}
    for part_id, rule in data.event_rules(case.journey_map):
        mask = data.picked(log, rule)
        if part_id not in steps and mask is not None and not np.any(mask):
            yield found(
                "warn",
                part_id,
                f"The rule of {case.name(part_id)} picks no event of the log.",
                {"rule": plain(repr(rule), most=200), "events": 0},
                "Correct the rule: the event may be called otherwise now.",
            )
