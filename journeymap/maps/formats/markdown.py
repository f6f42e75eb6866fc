"""A map as a Markdown document that people read: the lanes in a table, then what stands behind them; all text escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeymap.errors import counted, listing
from journeymap.maps.formats import backlog
from journeymap.maps.formats.losses import garbled, losses
from journeymap.maps.formats.markdown_lanes import (
    blueprint_of,
    card_told,
    lanes_of,
    one_measured,
    step_told,
    tied_told,
)
from journeymap.maps.formats.markdown_text import dense, plain, together

if TYPE_CHECKING:
    from pathlib import Path

    from journeymap.maps.document import JourneyMap
    from journeymap.maps.parts import Gain, Pain

KINDS = {
    "current_state": "how it is",
    "future_state": "how it should be",
    "day_in_life": "a day in the life",
    "service_blueprint": "service blueprint",
}
HELD = {
    "": (
        "title",
        "kind",
        "status",
        "scenario",
        "customer_goal",
        "scope.start",
        "scope.end",
        "owner",
        "reviewed_at",
    ),
    "contributors": ("name", "team"),
    "goals": ("name",),
    "personas": ("name", "summary", "goals", "needs", "jobs", "frustrations", "traits"),
    "stages": ("name", "question", "customer_goal", "business_goal", "kpis", "owner"),
    "channels": ("name",),
    "touchpoints": ("name", "channel"),
    "steps": (
        *("title", "stage", "touchpoints", "actions", "thoughts", "personas", "moment_of_truth"),
        *("claims.emotion", "claims.label"),
    ),
    "pains": ("text", "steps", "severity"),
    "gains": ("text", "steps", "severity"),
    "blueprint": ("text", "lane", "step", "owner", "system", "duration", "fail_point", "wait_point"),
    "opportunities": (
        *("title", "id", "pains", "owner", "team", "status", "due", "effort", "impact", "confidence", "kpi"),
        *("shipped_at", "evidence"),
    ),
    "kpis": ("name", "of", "metric", "definition", "unit", "direction", "target", "baseline", "owner"),
    "evidence": ("source", "kind", "n", "window", "method", "collected_at", "expires", "quote"),
    "measurements": (),
    "changelog": ("what", "on", "by"),
}


def written(journey_map: JourneyMap, _path: Path, /) -> tuple[bytes, list[str]]:
    """Return a map as the bytes of a Markdown document, and what it leaves out."""
    told = ["Markdown is to be read by people; it cannot be read back as a map."]
    told += losses(journey_map, "The document", HELD) + garbled(journey_map, "the document")
    return dumps(journey_map).encode(), told


def dumps(journey_map: JourneyMap) -> str:
    """Write a map as a Markdown document.

    Examples
    --------
    >>> import journeymap as jm
    >>> shop = jm.JourneyMap("Shop", stages=["Buy"]).add(jm.Step("I <pay>", stage="buy", claims={"emotion": 1}))
    >>> for line in dumps(shop).splitlines()[:8]:
    ...     print(line or ".")
    # Shop
    .
    How it is, draft: 1 stage and 1 step.
    .
    ## The map
    .
    |   | Buy |
    | --- | --- |
    >>> "| **Steps** | I &lt;pay&gt; |" in dumps(shop)
    True
    """
    parts = [f"# {plain(journey_map.title)}", "", *_head(journey_map)]
    for name, lines in _chapters(journey_map).items():
        if lines:
            parts += [f"## {name}", "", *lines]
    return "\n".join(parts).rstrip("\n") + "\n"


def _head(journey_map: JourneyMap) -> list[str]:
    size = [counted(len(journey_map.stages), "stage"), counted(len(journey_map.steps), "step")]
    kind = KINDS.get(journey_map.kind, "map")
    lines = [f"{kind.capitalize()}, {journey_map.status or 'draft'}: {listing(size)}.", ""]
    scope = journey_map.scope
    said = {
        "Scenario": journey_map.scenario,
        "The customer wants": journey_map.customer_goal,
        "It starts with": scope.start if scope else "",
        "It ends with": scope.end if scope else "",
        "Owner": journey_map.owner,
        "By": together(f"{one.name}, {one.team}".strip(", ") for one in journey_map.contributors),
        "Goals of the business": together(goal.name for goal in journey_map.goals),
        "Last reviewed": journey_map.reviewed_at,
    }
    told = [
        f"- **{name}**: {value if name in ('By', 'Goals of the business') else plain(value)}"
        for name, value in said.items()
        if value
    ]
    return [*lines, *told, *([""] if told else [])]


def _chapters(journey_map: JourneyMap) -> dict[str, list[str]]:
    personas = [
        [
            *map(plain, (one.name, one.summary)),
            *map(together, (one.goals, one.needs, one.jobs, one.frustrations, one.traits)),
        ]
        for one in journey_map.personas
    ]
    proofs = [
        [
            *map(plain, (one.source, one.kind.replace("_", " "))),
            _number(one.n),
            *map(plain, (one.window, one.method)),
            *map(_day, (one.collected_at, one.expires)),
            plain(one.quote),
        ]
        for one in journey_map.evidence
    ]
    return {
        "Personas": dense(
            ["Persona", "In short", "Goals", "Needs", "Jobs", "Frustrations", "Traits"], personas
        ),
        "The map": lanes_of(journey_map),
        "Blueprint": blueprint_of(journey_map),
        "Of no stage or step": _loose(journey_map),
        "Opportunities": dense(
            [name.capitalize() for name in backlog.COLUMNS],
            ([plain(cell) for cell in row.values()] for row in backlog.rows(journey_map)),
        ),
        "KPIs": _kpis(journey_map),
        "Evidence": dense(
            ["Source", "Kind", "n", "Window", "Method", "Collected", "Expires", "Quote"], proofs
        ),
        "History": [
            f"- {' '.join(filter(None, [_day(one.on), plain(one.what), plain(one.by) and f'({plain(one.by)})']))}"
            for one in journey_map.changelog
        ],
    }


def _day(day: object) -> str:
    return "" if day is None else str(day)


def _number(number: float | None) -> str:
    return "" if number is None else f"{number:,.10g}"


def _kpis(journey_map: JourneyMap) -> list[str]:
    names = {
        key: getattr(part, "name", getattr(part, "title", key)) for key, part in journey_map.parts.items()
    }
    rows = [
        [
            *map(plain, (one.name, names.get(one.of, one.of), one.metric.replace("_", " "))),
            *map(plain, (one.definition, one.unit, "more" if one.direction == "up" else "less")),
            *map(_number, (one.baseline, one.target)),
            one_measured(journey_map, one.id, "kpi"),
            plain(one.owner),
        ]
        for one in journey_map.kpis
    ]
    heading = [
        "KPI",
        "Of",
        "Metric",
        "Definition",
        "Unit",
        "Better is",
        "Baseline",
        "Target",
        "Measured",
        "Owner",
    ]
    return dense(heading, rows)


def _loose(journey_map: JourneyMap) -> list[str]:
    """List what stands in no column of the tables."""
    stages = {stage.id for stage in journey_map.stages}
    steps = {step.id for step in journey_map.steps if step.stage in stages}
    tied: list[Pain | Gain] = [*journey_map.pains, *journey_map.gains]
    said = [step_told(journey_map, step) for step in journey_map.steps if step.stage not in stages]
    said += [tied_told(part) for part in tied if not steps & set(part.steps)]
    said += [card_told(card) for card in journey_map.blueprint if card.step not in steps or not card.lane]
    return [*(f"- {plain(one)}" for one in said), *([""] if said else [])]
