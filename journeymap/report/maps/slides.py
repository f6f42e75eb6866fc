"""A map as slides: the answer, who and what was counted, the picture, the numbers, what does not hold, what to do."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from journeymap.charts.numbers import MINUS, MISSING
from journeymap.errors import counted
from journeymap.report.maps.answer import answer, first_grid
from journeymap.report.maps.measured import (
    claims_grid,
    doubted,
    emotion_grid,
    emotion_lines,
    kpi_verdict,
    kpis_grid,
    stages_grid,
)
from journeymap.report.maps.numbers import measured
from journeymap.report.maps.told import (
    findings_grid,
    opportunities_grid,
    personas_grid,
    scope_grid,
    sources_grid,
)
from journeymap.report.slide_tables import Grid
from journeymap.report.slides import Slide

if TYPE_CHECKING:
    from journeymap.charts.maps.facts import Facts
    from journeymap.maps.checks.findings import Findings
    from journeymap.maps.fixing.friction import Friction
    from journeymap.report.slide_shapes import Poster

SETTLED = (
    "Shares are of settled customers, whose window is over; who may still move on is left out. Intervals are of 95 %: "
    "Wilson for shares. Not all who leave are lost to friction. What stands on fewer than 5 customers is not shown."
)
SCORES = (
    f"Answers are turned to a scale from {MINUS}2 to +2, pooled in the stage in which the customer was, and drawn to the map's mean "
    "where they are few. The score of recommendation (NPS) is of the whole map and of no stage."
)
JUDGED = (
    "A claim is contradicted if enough was measured and the claim lies outside the 95 % interval and far from the estimate; "
    "stale if what it stands on is out of date; assumed if too little is known."
)
LIMITS = (
    "Who answers is not who leaves: silent customers are not heard. Customers are joined by their id, so one person with two ids counts twice. "
    "What happens beyond the window, and what was never recorded, is not seen."
)


def map_slides(
    known: Facts, picture: Poster, found: Findings, friction: Friction | None = None, /
) -> list[Slide]:
    """Return the slides of a map; one that would have nothing to show is left out.

    Parameters
    ----------
    known
        The map with its measurements and claims.
    picture
        The map as it is drawn for a slide.
    found
        What the checks found.
    friction
        Where customers are lost or upset, if it was counted.
    """
    slides = [
        _answer(known, friction),
        Slide(_scope_title(known), notes=LIMITS, grid=scope_grid(known)),
        _personas(known),
        Slide(_map_title(known), notes=picture.says, figure=picture),
        *_emotion(known),
        _stages(known),
        _claims(known),
        _opportunities(known, friction),
        _kpis(known),
        _findings(known, found),
        Slide("How this was counted, and what it stands on", LIMITS, JUDGED, grid=sources_grid(known)),
    ]
    return [slide for slide in slides if slide is not None]


def _answer(known: Facts, friction: Friction | None) -> Slide:
    said = answer(known)
    notes = " ".join((str(friction.scope), *friction.notes)) if friction is not None else SETTLED
    return Slide(said.text, said.support, notes, grid=first_grid(known, friction))


def _scope_title(known: Facts) -> str:
    names = ", ".join(persona.name for persona in known.told.personas) or "all customers"
    people = known.number("", "customers")
    on = (
        f"{counted(round(people), 'customer was', 'customers were')} measured"
        if people
        else "nothing is measured yet"
    )
    return f"The map follows {names}; {on}"


def _personas(known: Facts) -> Slide | None:
    personas = known.told.personas
    if not personas:
        return None
    loose = sum(persona.segment_rule is None for persona in personas)
    tied = (
        f"{loose:,} without a rule that says who is counted"
        if loose
        else "each tied to a rule that says who is counted"
    )
    notes = "The number of customers is that of the log to whom the rule applies; no number means that it was not measured."
    return Slide(f"{counted(len(personas), 'persona')}, {tied}", notes=notes, grid=personas_grid(known))


def _map_title(known: Facts) -> str:
    told, lost = known.told, len(doubted(known))
    verb = "does" if lost == 1 else "do"
    size = f"{counted(len(told.stages), 'stage')}, {counted(len(told.steps), 'step')}"
    held = (
        f"{lost:,} of {counted(len(known.claims), 'claim')} {verb} not hold"
        if lost
        else "no claim is contradicted"
        if known.is_measured
        else "nothing measured yet"
    )
    return f"{told.title}: {size}, {held}"


def _emotion(known: Facts) -> list[Slide]:
    """Return the curve, and its numbers beside what the team said; only the numbers where there is no curve."""
    lines, grid = emotion_lines(known), emotion_grid(known)
    slides = []
    if lines is not None:
        found = [(stage.name, known.observed(stage.id, "emotion")) for stage in known.told.stages]
        name, low = min(found, key=lambda one: one[1].value if one[1] and one[1].value is not None else inf)
        title = f"Emotion is lowest at {name}: {measured(low, 'emotion')}"
        slides.append(Slide(title, notes=SCORES, figure=lines))
    if grid is not None:
        said = [claim for claim in known.claims if claim.field == "claims.emotion"]
        wrong = sum(claim.status == "contradicted" for claim in said)
        of = counted(len(said), "emotion")
        title = f"{wrong:,} of {of} that the team told {'is' if wrong == 1 else 'are'} contradicted"
        if all(row[2] == MISSING for row in grid.rows):
            title = f"Emotion is as the team tells it: {of}, none of them measured yet"
        slides.append(Slide(title, notes=f"{SCORES} {JUDGED}", grid=grid))
    return slides


def _stages(known: Facts) -> Slide | None:
    grid, stages = stages_grid(known), known.told.stages
    if grid is None:
        return None
    counts = [(stage.name, known.number(stage.id, "customers")) for stage in stages]
    known_counts = [(name, many) for name, many in counts if many is not None]
    (first, came), (last, arrived) = known_counts[0], known_counts[-1]
    return Slide(
        f"{arrived:,.0f} of {came:,.0f} customers who came to {first} came to {last}",
        notes=SETTLED,
        grid=grid,
    )


def _claims(known: Facts) -> Slide | None:
    if not known.claims:
        return None
    lost, of = len(doubted(known)), counted(len(known.claims), "claim")
    grid = claims_grid(known)
    if grid is None:
        counts = [
            (status, sum(one.status == status for one in known.claims)) for status in ("supported", "assumed")
        ]
        rows = tuple((status, f"{number:,}") for status, number in counts)
        grid = Grid(("Status", "Claims"), rows, frozenset({1}), "Claims by status.")
        return Slide(_undoubted(known, of), notes=JUDGED, grid=grid)
    return Slide(f"{lost:,} of {of} {'does' if lost == 1 else 'do'} not hold", notes=JUDGED, grid=grid)


def _undoubted(known: Facts, of: str) -> str:
    """Say that no claim is wrong; where nothing could be held against them, say that instead."""
    assumed = sum(claim.status == "assumed" for claim in known.claims)
    said = f"{counted(assumed, 'claim is', 'claims are')} assumed"
    if not known.is_measured:
        return f"Nothing is measured yet: {said}"
    if assumed == len(known.claims):
        return f"Nothing that was measured tests a claim: {said}"
    return f"No claim of {of} is contradicted or out of date"


def _opportunities(known: Facts, friction: Friction | None) -> Slide | None:
    grid = opportunities_grid(known, friction)
    if grid is None:
        return None
    loose = sum(not (one.owner or one.team) for one in known.told.opportunities)
    title = f"{counted(len(grid.rows), 'opportunity', 'opportunities')}, {f'{loose:,} without an owner' if loose else 'each with an owner'}"
    notes = "Effort is in person-weeks; impact is 3, 2, 1, 0.5 or 0.25; confidence is a share. They stand in the order of the map."
    return Slide(title, notes=notes, grid=grid)


def _kpis(known: Facts) -> Slide | None:
    grid = kpis_grid(known)
    if grid is None:
        return None
    found = [kpi_verdict(known, kpi) for kpi in known.told.kpis]
    judged = len(found) - found.count(MISSING)
    title = f"{found.count('met'):,} of {counted(judged, 'KPI')} with a target and a measurement {'is' if judged == 1 else 'are'} met"
    if not judged:
        title = f"No KPI of {len(found):,} can be judged: {'a target or a measurement is missing'}"
    defined = " ".join(
        f"{kpi.name}: {kpi.definition.rstrip('.')}." for kpi in known.told.kpis if kpi.definition
    )
    return Slide(title, notes=defined, grid=grid)


def _findings(known: Facts, found: Findings) -> Slide:
    notes = " ".join(found.notes)
    return Slide(f"The checks say: {found.summary}", notes=notes, grid=findings_grid(known, found))
