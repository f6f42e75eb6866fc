"""JM03, one segment for all: personas that are missing, that nobody can count, that fit few, or that are the same."""

from __future__ import annotations

from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from journeymap.analyses.funnel import funnel
from journeymap.analyses.intervals import benjamini_hochberg, newcombe
from journeymap.errors import counted
from journeymap.maps.checks import data
from journeymap.maps.checks.findings import Finding, plain
from journeymap.maps.comparing.contrasts import chi_square
from journeymap.rules import property_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from journeymap.events.log import EventLog
    from journeymap.maps.checks.case import Case
    from journeymap.maps.comparing.contrasts import Contrast
    from journeymap.maps.measurements import Observation
    from journeymap.maps.parts import Persona

found = partial(Finding, "JM03")


def told(case: Case) -> Iterator[Finding]:
    """Say whether the map tells customers apart."""
    personas = case.journey_map.personas
    if len(personas) < 2:
        yield found(
            "warn",
            "",
            f"The map has {counted(len(personas), 'persona')}, as if all customers were alike.",
            {"personas": len(personas)},
            "Add the personas whose journeys differ, or say in a waiver why one is enough.",
        )
    for persona in personas:
        if persona.segment_rule is None:
            yield found(
                "warn",
                persona.id,
                f"Nobody can tell which customers are {case.name(persona.id)}: the persona has no segment rule.",
                {},
                "Say it with a rule, such as where: {plan: plus}.",
            )


def measured(case: Case) -> Iterator[Finding]:
    """Say what tells customers apart in the data and not on the map."""
    if case.log is not None:
        yield from _unsplit(case, case.log)
        yield from _strangers(case, case.log)
    for one, other in combinations(case.journey_map.personas, 2):
        yield from _alike(case, one, other)


def _unsplit(case: Case, log: EventLog) -> Iterator[Finding]:
    """Find the properties whose groups reach the end of the map unlike, and that no persona speaks of."""
    journey, limits = case.journey, case.limits
    if journey is None:
        return
    spoken = {
        name for p in case.journey_map.personas if p.segment_rule for name in property_names(p.segment_rule)
    }
    tables, contrasts = {}, {}
    for split in data.splits(log, data.entered(log, case.journey_map), limits):
        rows = _reached(funnel(log, journey, by=split.name).table, limits.few)
        if split.name not in spoken and len(rows) > 1:
            tables[split.name] = rows
            contrasts[split.name] = chi_square([[hits, of - hits] for _, hits, of in rows])
    adjusted = benjamini_hochberg([one.p for one in contrasts.values()])
    for (name, contrast), p in zip(contrasts.items(), adjusted, strict=True):
        shares = sorted((hits / of, group) for group, hits, of in tables[name])
        if p < limits.false_share and (
            contrast.v >= limits.effect or shares[-1][0] - shares[0][0] >= limits.points
        ):
            yield _difference(name, shares, contrast, p)


def _difference(name: str, shares: list[tuple[float, str]], contrast: Contrast, p: float) -> Finding:
    (low, worst), (high, best) = shares[0], shares[-1]
    return found(
        "warn",
        "",
        f"Customers differ by {plain(name)}, of which no persona speaks: {high:.0%} of {plain(best)} reach the last stage, "
        f"{low:.0%} of {plain(worst)}.",
        {
            "property": name,
            "p": p,
            "v": round(contrast.v, 3),
            "shares": {group: round(share, 4) for share, group in shares},
        },
        f"Let the segment rules of the personas speak of {plain(name)}, or draw a map for each group.",
    )


def _reached(table: pd.DataFrame, few: int) -> list[tuple[str, int, int]]:
    """Return of each group how many settled customers reached the last stage, and of how many."""
    rows = []
    for group, part in table.groupby("group", sort=False):
        ordered = part.sort_values("position")
        entered, reached = int(ordered["settled"].iloc[0]), int(ordered["settled"].iloc[-1])
        if entered >= few and not str(group).startswith("("):
            rows.append((str(group), min(reached, entered), entered))
    return rows


def _strangers(case: Case, log: EventLog) -> Iterator[Finding]:
    """Say whether many customers are of no persona."""
    masks = [data.customers_of(log, case.journey_map, persona) for persona in case.journey_map.personas]
    known = [mask for mask in masks if mask is not None]
    customers = data.entered(log, case.journey_map)
    if not known or len(known) < len(masks) or not customers.any():
        return
    strangers, all_of_them = int((customers & ~np.logical_or.reduce(known)).sum()), int(customers.sum())
    if strangers / all_of_them > case.limits.fits_no_persona:
        yield found(
            "warn",
            "",
            f"{strangers / all_of_them:.0%} of the customers fit no persona ({strangers:,} of {all_of_them:,}).",
            {"customers": strangers, "of": all_of_them},
            "Add a persona for them, or widen a segment rule.",
        )


def _alike(case: Case, one: Persona, other: Persona) -> Iterator[Finding]:
    """Say whether two personas move and feel the same, as far as is known sharply enough; or are the same people."""
    shared = _shared(case, one, other)
    same = _same_shares(case, one.id, other.id)
    if not same and (shared is None or shared < case.limits.alike[1]):
        return
    why = (
        f"{shared:.0%} of their customers are the same"
        if shared is not None and shared >= case.limits.alike[1]
        else f"in no stage do they differ by {case.limits.alike[0]:.0%} or more"
    )
    yield found(
        "info",
        other.id,
        f"{case.name(one.id)} and {case.name(other.id)} may be one persona: {why}.",
        {"shared": shared, "stages_compared": same},
        "Merge them, or say what each does that the other does not.",
    )


def _shared(case: Case, one: Persona, other: Persona) -> float | None:
    if case.log is None:
        return None
    masks = [data.customers_of(case.log, case.journey_map, who) for who in (one, other)]
    if masks[0] is None or masks[1] is None:
        return None
    either = int((masks[0] | masks[1]).sum())
    return int((masks[0] & masks[1]).sum()) / either if either else None


def _same_shares(case: Case, one: str, other: str) -> int:
    """Count the stages in which two personas move on alike and feel alike; 0 if they differ in one, or it cannot be told."""
    same = 0
    for stage in case.journey_map.stages:
        felt = [case.number(stage.id, "emotion", persona=who) for who in (one, other)]
        if felt[0] and felt[1] and abs((felt[0].value or 0) - (felt[1].value or 0)) >= case.limits.emotion:
            return 0
        moved = [case.number(stage.id, "moved_on_share", persona=who) for who in (one, other)]
        if moved[0] is None or moved[1] is None:
            continue
        if not _within(moved[0], moved[1], case.limits.alike[0], case.limits.few):
            return 0
        same += 1
    return same


def _within(one: Observation, other: Observation, points: float, few: int) -> bool:
    """Say whether two shares are known to differ by no more than some points."""
    if min(one.den or 0, other.den or 0) < few:
        return False
    counts = (int(one.num or 0), int(other.num or 0)), (int(one.den or 0), int(other.den or 0))
    _, low, high = newcombe(*counts)
    return -points <= low and high <= points
