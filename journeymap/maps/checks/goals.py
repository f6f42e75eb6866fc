"""JM09, no business goal: stages without a KPI, KPIs without a target, opportunities that nobody owns."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from journeymap.errors import listing
from journeymap.maps.checks.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from journeymap.events.log import EventLog
    from journeymap.maps.checks.case import Case
    from journeymap.maps.plans import Kpi, Opportunity

OF_ANSWERS = ("emotion", "negative_share", "nps", "mentions")
"""Metrics that nobody can compute where no feedback was given."""
found = partial(Finding, "JM09")


def told(case: Case) -> Iterator[Finding]:
    """Say what keeps the map from being worked with."""
    journey_map = case.journey_map
    for stage in journey_map.stages:
        places = {stage.id, *(step.id for step in journey_map.steps_of(stage.id))}
        if not stage.kpis and not any(kpi.of in places for kpi in journey_map.kpis):
            yield found(
                "warn",
                stage.id,
                f"No KPI says whether {case.name(stage.id)} goes well.",
                {},
                "Give the stage a KPI.",
            )
    wanted = {goal.kpi for goal in journey_map.goals}
    for kpi in journey_map.kpis:
        yield from _missing(case, "KPI", kpi.id, _missing_of_kpi(kpi, wanted))
    for one in journey_map.opportunities:
        if one.status != "dropped":
            yield from _missing(case, "opportunity", one.id, _missing_of_opportunity(one))


def _missing(case: Case, what: str, part_id: str, names: list[str]) -> Iterator[Finding]:
    if names:
        yield found(
            "warn",
            part_id,
            f"The {what} {case.name(part_id)} has {listing(f'no {name}' for name in names)}.",
            {"missing": names},
            f"Fill in: {', '.join(names)}.",
        )


def _missing_of_kpi(kpi: Kpi, wanted: set[str]) -> list[str]:
    said = {
        "target": kpi.target is not None,
        "baseline": kpi.baseline is not None,
        "owner": bool(kpi.owner),
        "goal": bool(kpi.goal) or kpi.id in wanted,
    }
    return [name for name, is_there in said.items() if not is_there]


def _missing_of_opportunity(one: Opportunity) -> list[str]:
    said = {
        "owner": bool(one.owner),
        "effort": one.effort is not None,
        "KPI": bool(one.kpi),
        "due date": one.due is not None or one.status == "shipped",
    }
    return [name for name, is_there in said.items() if not is_there]


def measured(case: Case) -> Iterator[Finding]:
    """Say which KPIs cannot be computed, what was shipped without a before and after, and what hurts most and nobody mends."""
    heard = any(one.metric == "answers" for one in case.measured.observations)
    for kpi in case.journey_map.kpis if case.measured.observations else ():
        if case.number(kpi.id, "kpi") is None and (heard or kpi.metric not in OF_ANSWERS):
            why = f"{kpi.metric} was not measured there" if kpi.metric else "it names no metric"
            yield found(
                "warn",
                kpi.id,
                f"The KPI {case.name(kpi.id)} cannot be computed: {why}.",
                {"metric": kpi.metric, "of": kpi.of},
                "Name a metric and a stage with a milestone or a step with a rule; an emotion or NPS needs feedback.",
            )
    for one in case.journey_map.opportunities:
        if one.status == "shipped" and (why := _no_before_and_after(case, one)):
            yield found(
                "warn",
                one.id,
                f"{case.name(one.id)} was shipped, but nobody can see what it did: {why}.",
                {"shipped_at": str(one.shipped_at or "")},
                "Set shipped_at and a KPI with a metric, and keep data of before and after.",
            )
    yield from _worst(case)


def _no_before_and_after(case: Case, one: Opportunity) -> str:
    kpis = {kpi.id: kpi for kpi in case.journey_map.kpis}
    if one.shipped_at is None:
        return "the day is not known"
    if one.kpi not in kpis or not kpis[one.kpi].metric:
        return "no KPI with a metric shows it"
    return _outside(case.log, one.shipped_at, case.limits.days_around) if case.log is not None else ""


def _outside(log: EventLog, shipped: dt.date, days: int) -> str:
    first, last = (moment.date() for moment in log.span)
    around = dt.timedelta(days=days)
    if shipped - around < first:
        return f"the data begins on {first}, less than {days} days before"
    return f"the data ends on {last}, less than {days} days after" if shipped + around > last else ""


def _worst(case: Case) -> Iterator[Finding]:
    """Find the stage that affects most customers (who leave, or answer negatively), and see whether anybody works on it."""
    affected = {
        stage.id: n for stage in case.journey_map.stages if (n := _affected(case, stage.id)) is not None
    }
    worst = max(affected, key=lambda one: affected[one], default=None)
    if worst is None or affected[worst] < case.limits.few:
        return
    places = {worst, *(step.id for step in case.journey_map.steps_of(worst))}
    pains = {pain.id for pain in case.journey_map.pains if places & set(pain.steps)}
    kpis = {kpi.id for kpi in case.journey_map.kpis if kpi.of in places}
    alive = [one for one in case.journey_map.opportunities if one.status != "dropped"]
    if not any(pains & set(one.pains) or one.kpi in kpis for one in alive):
        yield found(
            "warn",
            worst,
            f"Most customers are lost or unhappy in {case.name(worst)} ({affected[worst]:,.0f}), and no opportunity is about it.",
            {
                "customers": round(affected[worst]),
                "of_stages": {one: round(n) for one, n in affected.items()},
            },
            "Write down the pain behind it and what could be done.",
        )


def _affected(case: Case, stage: str) -> float | None:
    """Return how many settled customers of a stage left or were unhappy, as if one told nothing of the other."""
    settled, left = case.number(stage, "settled"), case.number(stage, "left_share")
    negative = case.number(stage, "negative_share")
    if settled is None or (left is None and negative is None):
        return None
    stay, content = (1 - (one.value or 0) if one is not None else 1.0 for one in (left, negative))
    return (settled.value or 0) * (1 - stay * content)
