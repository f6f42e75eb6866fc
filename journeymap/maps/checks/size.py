"""JM04, overcomplicated: maps that nobody reads to the end."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from journeymap.analyses.intervals import wilson
from journeymap.maps.checks.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from journeymap.maps.checks.case import Case
    from journeymap.maps.document import JourneyMap
    from journeymap.maps.parts import Named

CELLS = {
    "stages": ("name", "question", "customer_goal", "business_goal"),
    "steps": ("title", "actions", "thoughts"),
    "pains": ("text",),
    "gains": ("text",),
    "opportunities": ("title",),
    "blueprint": ("text",),
}
"""The texts that stand in cells."""
found = partial(Finding, "JM04")


def told(case: Case) -> Iterator[Finding]:
    """Say what is too much of the map."""
    journey_map, limits = case.journey_map, case.limits
    sizes = {
        "stages": (
            len(journey_map.stages),
            limits.stages,
            "Join stages that one question of the customer spans.",
        ),
        "steps": (
            len(journey_map.steps),
            limits.steps,
            "Join steps, or give part of them a map of their own.",
        ),
        "lanes": (len(lanes(journey_map)), limits.lanes, "Leave to other maps what this one does not need."),
    }
    for what, (size, most, fix) in sizes.items():
        if size > most:
            yield found(
                "warn",
                "",
                f"The map has {size} {what}; more than {most} are hard to read.",
                {what: size, "most": most},
                fix,
            )
    for stage in journey_map.stages:
        size = len(journey_map.steps_of(stage.id))
        if size > limits.steps_of_stage:
            yield found(
                "warn",
                stage.id,
                f"The stage {case.name(stage.id)} has {size} steps; more than {limits.steps_of_stage} are hard to read.",
                {"steps": size, "most": limits.steps_of_stage},
                "Join steps, or make two stages of it.",
            )
    yield from _long_cells(case)


def lanes(journey_map: JourneyMap) -> list[str]:
    """List the lanes that hold something."""
    steps = journey_map.steps
    held = {
        "customer goals": any(stage.customer_goal or stage.question for stage in journey_map.stages),
        "business goals": any(stage.business_goal for stage in journey_map.stages),
        "steps": bool(steps),
        "touchpoints": any(step.touchpoints for step in steps),
        "thoughts": any(step.thoughts for step in steps),
        "emotion": any(step.claims is not None and step.claims.emotion is not None for step in steps),
        "pains": bool(journey_map.pains),
        "gains": bool(journey_map.gains),
        "opportunities": bool(journey_map.opportunities),
        "KPIs": any(stage.kpis for stage in journey_map.stages),
    }
    below = (
        dict.fromkeys((item.lane for item in journey_map.blueprint), True)
        if journey_map.kind != "service_blueprint"
        else {}
    )
    return [lane for lane, is_held in (held | below).items() if is_held and lane]


def _long_cells(case: Case) -> Iterator[Finding]:
    most = case.limits.words
    for kind, names in CELLS.items():
        for part in getattr(case.journey_map, kind):
            longest = max((len(text.split()) for text in _texts(part, names)), default=0)
            if longest > most:
                yield found(
                    "warn",
                    part.id,
                    f"A text of {case.name(part.id)} has {longest} words; a cell with more than {most} is not read.",
                    {"words": longest, "most": most},
                    "Keep the point, and put the rest into the evidence.",
                )


def _texts(part: Named, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        said = getattr(part, name)
        yield from (said,) if isinstance(said, str) else said


def measured(case: Case) -> Iterator[Finding]:
    """Say which steps hardly anybody takes."""
    seen = {
        step.id: one.value or 0
        for step in case.journey_map.steps
        if (one := case.number(step.id, "customers"))
    }
    everybody = case.number("", "customers")
    total = (everybody.value if everybody else 0) or 0
    rare = [one for one, n in seen.items() if 0 < n <= total and wilson(n, total)[1] < case.limits.rare]
    tail = [one for one in _tail(seen, case.limits.volume) if one not in rare]
    for part_id in rare:
        yield found(
            "info",
            part_id,
            f"Only {seen[part_id]:,.0f} of {total:,.0f} customers take the step {case.name(part_id)}.",
            {"customers": seen[part_id], "of": total},
            "Join it with a neighbour, or take it out.",
        )
    if len(tail) > 1:
        yield found(
            "info",
            "",
            f"{len(tail)} steps together hold less than {1 - case.limits.volume:.0%} of all steps that customers take: {case.names(tail)}.",
            {"steps": tail, "customers": [seen[one] for one in tail]},
            "See whether they can be joined, or left to another map.",
        )


def _tail(seen: dict[str, float], volume: float) -> list[str]:
    """Return the steps that come after most of the volume, the least taken last."""
    total, so_far, tail = sum(seen.values()), 0.0, []
    for part_id, customers in sorted(seen.items(), key=lambda one: -one[1]):
        if total and customers and so_far >= volume * total:
            tail.append(part_id)
        so_far += customers
    return tail
