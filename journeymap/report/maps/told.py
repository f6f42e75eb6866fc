"""What is told of a map, as tables: its scope, personas, opportunities, findings of the checks, sources."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from journeymap import __version__
from journeymap.charts.maps.facts import FEWEST
from journeymap.charts.maps.numbers import money
from journeymap.charts.numbers import MISSING, count
from journeymap.errors import counted, listing
from journeymap.maps.checks.findings import CALLED, LEVELS
from journeymap.maps.fixing.opportunities import opportunities
from journeymap.report.maps.measured import name_of
from journeymap.report.maps.numbers import number
from journeymap.report.slide_tables import Grid
from journeymap.wording import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from journeymap.charts.maps.facts import Facts
    from journeymap.maps.checks.findings import Findings
    from journeymap.maps.fixing.friction import Friction

DRAWN = re.compile(r"(\w+), drawn (\d+%) to (.*)", re.DOTALL)
MOST_PLACES = 10
STAKES = ("Reach a month", "Value at stake a month")


def scope_lines(known: Facts, /) -> list[tuple[str, str]]:
    """Return what the map is about and what was counted, as named lines; without those that say nothing."""
    told, run = known.told, known.measurements.run if known.measurements else None
    people = known.observed("", "customers")
    answers, lost = known.observed("", "answers"), known.observed("", "unassigned")
    contributors = [f"{one.name} ({one.team})" if one.team else one.name for one in told.contributors]
    lines = [
        ("Map", f"{told.kind.replace('_', ' ')}, {told.status}{_version(told.version)}"),
        ("Persona", _joined(persona.name for persona in told.personas)),
        ("Scenario", told.scenario),
        ("Customer's goal", told.customer_goal),
        ("From", told.scope.start if told.scope else ""),
        ("To", told.scope.end if told.scope else ""),
        ("Window", _joined(_windows(known))),
        ("Customers measured", number(people.value, "customers") if people else ""),
        ("Answers", number(answers.value, "customers") if answers else ""),
        ("Answers of no stage", number(lost.value, "customers") if lost else ""),
        ("Measured at", run.at if run else ""),
        ("Data", f"{run.data_hash[:12]}, run {run.id}" if run and run.data_hash else ""),
        ("Owner", told.owner),
        ("Contributors", _joined(contributors)),
        ("Last reviewed", str(told.reviewed_at or "")),
        ("Made by", f"journeymap {__version__}"),
    ]
    return [(name, text) for name, text in lines if text]


def scope_sentence(known: Facts, /) -> str:
    """Say in one line what the map is about and what was counted; the footer of each slide."""
    told = known.told
    people = known.observed("", "customers")
    run = known.measurements.run if known.measurements else None
    parts = [
        told.title,
        _joined(persona.name for persona in told.personas) or "all customers",
        f"{counted(round(people.value), 'customer')} measured"
        if people and people.value is not None
        else "not measured",
        f"measured {run.at[:10]}" if run and run.at else "",
        _joined(_windows(known)),
        f"journeymap {__version__}",
    ]
    return " · ".join(part for part in parts if part)


def _windows(known: Facts) -> list[str]:
    found = known.measurements.observations if known.measurements else ()
    return list(dict.fromkeys(one.window for one in found if one.window))[:2]


def _version(version: float | None) -> str:
    return f", version {number(version)}" if version is not None else ""


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(text for text in texts if text)


def scope_grid(known: Facts, /) -> Grid:
    """Return the scope as a table."""
    return Grid(
        ("About", "This map"), tuple(scope_lines(known)), says="What the map is about and what was counted."
    )


def personas_grid(known: Facts, /) -> Grid | None:
    """Return who the map speaks of; None if it names nobody."""
    measurements = known.measurements
    rows = []
    for persona in known.told.personas:
        found = measurements.of("", "customers", persona=persona.id) if measurements else None
        rows.append(
            (
                _joined((persona.name, persona.summary)),
                words_of(persona.segment_rule) if persona.segment_rule else MISSING,
                number(found.value, "customers") if found and (found.value or 0) >= FEWEST else MISSING,
                _joined(persona.goals) or MISSING,
                _joined((*persona.needs, *persona.jobs)) or MISSING,
                _joined(persona.frustrations) or MISSING,
            )
        )
    heads = ("Persona", "Who is counted", "Customers", "Goals", "Needs and jobs", "Frustrations")
    return Grid(heads, tuple(rows), frozenset({2}), "The personas of the map.") if rows else None


def opportunities_grid(known: Facts, friction: Friction | None = None, /) -> Grid | None:
    """Return what is to be done, in the order of the map, with reach and value if friction was counted; None if there is nothing."""
    parts, stakes = known.told.parts, _stakes(known, friction)
    rows = tuple(
        (
            one.title,
            _joined(name_of(parts[pain]) for pain in one.pains if pain in parts) or MISSING,
            _joined((one.owner, one.team)) or MISSING,
            one.status or MISSING,
            str(one.due or MISSING),
            *stakes.get(one.id, ()),
            number(one.effort),
            number(one.impact),
            number(one.confidence, "reach_share"),
            name_of(parts[one.kpi]) if one.kpi in parts else MISSING,
        )
        for one in known.told.opportunities
    )
    counted_too = STAKES if stakes else ()
    heads = ("Opportunity", "Pains", "Owner", "Status", "Due", *counted_too)
    heads += ("Effort, weeks", "Impact", "Confidence", "KPI")
    numbers = frozenset(range(5, len(heads) - 1))
    return Grid(heads, rows, numbers, "Opportunities, with owner, effort and KPI.") if rows else None


def _stakes(known: Facts, friction: Friction | None) -> dict[str, tuple[str, str]]:
    """Return whom each opportunity reaches and what it is worth, both a month; nothing without friction."""
    if friction is None:
        return {}
    rows = opportunities(known.told, friction).table.to_dict("records")
    return {
        row["opportunity"]: (count(row["reach"]), money(known, row["opportunity"]) or MISSING) for row in rows
    }


def findings_grid(known: Facts, found: Findings, /) -> Grid | None:
    """Return what the checks found, the worst first; None if they found nothing."""
    parts = known.told.parts
    rows = tuple(
        (
            CALLED[one.level][0],
            one.rule,
            name_of(parts[one.at]) if one.at in parts else "the whole map",
            one.sentence,
            one.fix or MISSING,
            f"waived until {one.waived_by.until}" if one.waived_by else "open",
        )
        for one in sorted(found, key=lambda one: (one.waived_by is not None, LEVELS.index(one.level)))
    )
    heads = ("Level", "Rule", "Where", "Finding", "How to mend it", "State")
    return Grid(heads, rows, says="Findings of the checks, the worst first.") if rows else None


def _drawn(known: Facts) -> list[str]:
    """Say which places were drawn to a mean and how far, those of one mean together."""
    places: dict[tuple[str, str], dict[str, None]] = {}
    for seen in known.measurements.observations if known.measurements else ():
        found = None if seen.persona or seen.metric != "emotion" else DRAWN.fullmatch(seen.method or "")
        if found is not None:
            said = f"{name_of(known.told.parts.get(seen.target))} by {found[2]}"
            places.setdefault((found[1], found[3]), {})[said] = None
    return [
        f"{how}, drawn to {mean}: {listing(said, most=MOST_PLACES)}" for (how, mean), said in places.items()
    ]


def sources_grid(known: Facts, /) -> Grid | None:
    """Return how each number was computed, and what the claims stand on; None if neither is said."""
    found = known.measurements.observations if known.measurements else ()
    methods: dict[str, dict[str, None]] = {}
    for seen in found:
        if seen.method and not DRAWN.fullmatch(seen.method):
            methods.setdefault(seen.method, {})[seen.metric.replace("_", " ")] = None
    methods |= {method: {"emotion": None} for method in _drawn(known)}
    rows = [
        ("method", ", ".join(metrics), method, MISSING, MISSING, MISSING)
        for method, metrics in methods.items()
    ]
    for one in known.told.evidence:
        when = _joined((str(one.collected_at or ""), f"expires {one.expires}" if one.expires else ""))
        said = (one.kind.replace("_", " "), one.source, one.method or MISSING)
        rows.append((*said, number(one.n, "customers"), one.window or MISSING, when or MISSING))
    heads = ("Kind", "Source", "Method", "n", "Window", "Collected")
    return Grid(heads, tuple(rows), frozenset({3}), "Methods, and the evidence of the map.") if rows else None
