"""Every cell of a map as a row of a table: what the picture shows, for those who read or hear it, in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from journeymap.charts.maps.kpis import decimals
from journeymap.charts.numbers import MISSING
from journeymap.maps.plans import BLUEPRINT_LANES
from journeymap.report.maps.measured import name_of
from journeymap.report.maps.numbers import measured, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from journeymap.charts.maps.facts import Facts
    from journeymap.maps.measurements import Observation
    from journeymap.maps.parts import MapStage, Step

Cell = tuple[str, str, str, str, str, str, float | None]
COLUMNS = ("lane", "stage", "step", "text", "status", "measured", "n")
COUNTED = {
    "customers": "customers",
    "moved_on_share": "share who moved on",
    "left_share": "share who left",
    "median_hours": "median time to the next stage",
    "still_open": "still open",
}
"""What is measured of a stage, in words."""
BLUEPRINT = dict(
    zip(
        BLUEPRINT_LANES, ("Evidence", "Customer actions", "Front stage", "Back stage", "Support"), strict=True
    )
)


def cells(known: Facts, /) -> pd.DataFrame:
    """Return a map as a table, stage by stage and lane by lane.

    Returns
    -------
    pandas.DataFrame
        One row each: lane, stage, step, text, status of the claim, measured (number with its 95 % interval), n. What is not
        known is None.

    Examples
    --------
    >>> import journeymap as jm
    >>> from journeymap.charts.maps.facts import Facts
    >>> step = jm.Step("I pay", stage="buy", claims={"emotion": 1})
    >>> cells(Facts(jm.JourneyMap("Shop", stages=["Buy"], steps=[step])))[["lane", "step", "text", "status"]]
          lane   step   text   status
    0    Stage   None    Buy     None
    1     Step  I pay  I pay     None
    2  Emotion  I pay   +1.0  assumed
    """
    found = [row for stage in known.told.stages for row in _of_stage(known, stage)]
    found += _of_map(known)
    texts = pd.DataFrame([row[:6] for row in found], columns=COLUMNS[:6], dtype=object)
    texts = texts.where(~texts.isin(["", MISSING]), None)
    return texts.assign(n=pd.array([row[6] for row in found], dtype="Float64"))


def _cell(
    lane: str,
    stage: str,
    text: str,
    *,
    step: str = "",
    status: str | None = "",
    found: Observation | None = None,
    metric: str = "",
) -> Cell:
    said = measured(found, metric or (found.metric if found else ""))
    return lane, stage, step, text, status or "", said, found.n if found else None


def _of_stage(known: Facts, stage: MapStage) -> Iterator[Cell]:
    name = stage.name
    yield _cell("Stage", name, f"{name}: {stage.question}" if stage.question else name)
    for metric, words in COUNTED.items():
        found = known.observed(stage.id, metric)
        if found is not None:
            shown = metric if metric != "still_open" else "customers"
            yield _cell("Measured", name, words, found=found, metric=shown)
    if stage.customer_goal:
        yield _cell(
            "Customer goal", name, stage.customer_goal, status=known.status((stage.id, "customer_goal"))
        )
    if stage.business_goal:
        yield _cell("Business goal", name, stage.business_goal)
    for step in known.steps_of(stage.id):
        yield from _of_step(known, name, step)
    for touchpoint in known.touchpoints_of(stage.id):
        text = f"{touchpoint.name} ({known.channel_kind(touchpoint)})"
        yield _cell("Touchpoint", name, text, found=known.observed(touchpoint.id, "reach_share"))
    found = known.observed(stage.id, "emotion")
    if found is not None:
        yield _cell("Emotion", name, "of the stage", found=found)
    yield from _of_pains(known, stage)
    if stage.owner:
        yield _cell("Owner", name, stage.owner)


def _of_step(known: Facts, stage: str, step: Step) -> Iterator[Cell]:
    title = step.title
    star = f"; a moment of truth: {step.moment_of_truth}" if step.moment_of_truth else ""
    yield _cell("Step", stage, title + star, step=title, found=known.observed(step.id, "reach_share"))
    for field in ("actions", "thoughts"):
        status = known.status((step.id, field))
        for text in getattr(step, field):
            yield _cell(field.capitalize().removesuffix("s"), stage, text, step=title, status=status)
    said, found = step.claims.emotion if step.claims else None, known.observed(step.id, "emotion")
    if said is not None or found is not None:
        status = known.status((step.id, "claims.emotion"))
        text = number(said, "emotion") if said is not None else "nothing said"
        yield _cell("Emotion", stage, text, step=title, status=status, found=found)
    for card in known.told.blueprint:
        if card.step == step.id:
            marks = [
                word for word, on in (("fail point", card.fail_point), ("wait point", card.wait_point)) if on
            ]
            text = "; ".join((card.text, *marks, *filter(None, (card.owner, card.system, card.duration))))
            yield _cell(BLUEPRINT.get(card.lane, "Blueprint"), stage, text, step=title)


def _of_pains(known: Facts, stage: MapStage) -> Iterator[Cell]:
    titles = {step.id: step.title for step in known.steps_of(stage.id)}
    for lane, parts in (("Pain", known.pains_of(stage.id)), ("Gain", known.gains_of(stage.id))):
        for part in parts:
            at = "; ".join(titles[one] for one in part.steps if one in titles)
            severity = f" (severity {number(part.severity)} of 5)" if part.severity is not None else ""
            found, status = known.observed(part.id, "mentions"), known.status((part.id, "text"))
            yield _cell(lane, stage.name, part.text + severity, step=at, status=status, found=found)
    for one in known.opportunities_of(stage.id):
        text = "; ".join(filter(None, (one.title, one.owner or one.team, one.status, str(one.due or ""))))
        yield _cell("Opportunity", stage.name, text)
    for kpi in known.kpis_of(stage.id):
        yield _kpi(known, stage.name, kpi.id)


def _of_map(known: Facts) -> Iterator[Cell]:
    """Yield what belongs to no stage."""
    seen = {one.id for stage in known.told.stages for one in known.kpis_of(stage.id)}
    for kpi in known.told.kpis:
        if kpi.id not in seen:
            yield _kpi(known, "", kpi.id)
    here = {one.id for stage in known.told.stages for one in known.opportunities_of(stage.id)}
    for one in known.told.opportunities:
        if one.id not in here:
            yield _cell("Opportunity", "", one.title)
    placed = {step.id for stage in known.told.stages for step in known.steps_of(stage.id)}
    for lane, parts in (("Pain", known.told.pains), ("Gain", known.told.gains)):
        for part in parts:
            if not placed & set(part.steps):
                yield _cell(lane, "", part.text, status=known.status((part.id, "text")))


def _kpi(known: Facts, stage: str, part: str) -> Cell:
    kpi = next(one for one in known.told.kpis if one.id == part)
    found, status = known.observed(part, "kpi"), known.status((part, "baseline"))
    more = decimals(kpi, found.value if found else None)
    target = number(kpi.target, kpi.metric, unit=kpi.unit, more=more)
    text = name_of(kpi) + (f", target {target}" if kpi.target is not None else "")
    said = measured(found, kpi.metric, unit=kpi.unit, more=more)
    return "KPI", stage, "", text, status or "", said, found.n if found else None
