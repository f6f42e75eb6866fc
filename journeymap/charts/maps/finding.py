"""The finding of a map: what stands above it, and which stage it speaks of. It is computed, never typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from journeymap.charts.findings import Finding
from journeymap.charts.maps.facts import facts as known_of
from journeymap.charts.maps.numbers import count, money, signed
from journeymap.errors import counted

if TYPE_CHECKING:
    from journeymap.charts.maps.facts import Facts
    from journeymap.maps.claims import Claim
    from journeymap.maps.document import JourneyMap
    from journeymap.maps.parts import MapStage

FRICTION = "most customers lost or unhappy"
LOSS, SAID, LOW = "largest avoidable loss", "furthest from what we say", "lowest point"
ENOUGH = 30


@dataclass(frozen=True)
class MapFinding:
    """What a map says.

    Attributes
    ----------
    texts
        One sentence, in several lengths from the longest on.
    stage
        The id of the stage it speaks of, which is framed; empty if of none.
    tab
        What is written at the frame.
    """

    texts: tuple[str, ...]
    stage: str = ""
    tab: str = ""


def finding_of(journey_map: JourneyMap, /) -> Finding:
    """Return the finding of a map as that of any other result.

    Examples
    --------
    >>> import journeymap as jm
    >>> finding_of(jm.JourneyMap("Shop", stages=["Buy"])).text
    'Shop: 1 stage and 0 steps as the team tells them; nothing is measured yet'
    """
    return Finding(map_finding(known_of(journey_map, baseline=None, persona=None, today=None)).texts[0])


def map_finding(facts: Facts, /) -> MapFinding:
    """Return the finding: most friction if counted, else most lost beyond a target, the claim furthest off, the lowest emotion.

    A loss is called avoidable only as far as a target says so; without any measurement the sentence says what is told.
    """
    if facts.told.kind == "service_blueprint":
        return _of_blueprint(facts)
    if facts.told.kind == "future_state":
        return _of_plan(facts) or _of_told(facts)
    if facts.told.kind == "day_in_life":
        return _without_frame(_of_claim(facts) or _of_low(facts)) or _of_told(facts)
    worst = _of_friction(facts) or _of_loss(facts)
    return worst or _of_claim(facts) or _of_low(facts) or _of_left(facts) or _of_told(facts)


def _without_frame(found: MapFinding | None) -> MapFinding | None:
    return None if found is None else MapFinding(found.texts)


def _of_friction(facts: Facts) -> MapFinding | None:
    """Return the stage that loses or upsets most customers, in the words of the picture of friction."""
    found = [(facts.number(stage.id, "friction") or 0, stage) for stage in facts.told.stages]
    most, stage = max(found, key=lambda one: one[0], default=(0.0, None))
    seen = None if stage is None else facts.observed(stage.id, "friction")
    if stage is None or seen is None or round(most) < 1:
        return None
    known = seen.low is not None and seen.high is not None
    within = f" ({count(seen.low)} to {count(seen.high)})" if known else ""
    text = f"“{stage.name}” costs most: {count(most)} customers a month{within} are lost or unhappy"
    worth = money(facts, stage.id) if (facts.number(stage.id, "value_at_stake") or 0) > 0 else ""
    texts = (f"{text}, and {worth.partition(' (')[0]} are at stake",) if worth else ()
    return MapFinding((*texts, text), stage.id, FRICTION)


def _of_loss(facts: Facts) -> MapFinding | None:
    """Return the stage that loses most customers beyond what its target allows."""
    losses = [(_beyond_target(facts, stage), stage) for stage in facts.told.stages]
    most, stage = max(losses, key=lambda loss: loss[0], default=(0.0, None))
    found = None if stage is None else facts.observed(stage.id, "left_share")
    if stage is None or found is None or not found.num or not found.den or round(most) < 1:
        return None
    lost = f"At “{stage.name}” {count(found.num)} of {count(found.den)} settled customers did not move on"
    target = f"{lost}, {count(most)} more than its target allows"
    claim = _worst_claim(facts, {step.id for step in facts.steps_of(stage.id)})
    if claim is None:
        return MapFinding((target, lost), stage.id, LOSS)
    rated = f"{lost}, and “{_title(facts, claim)}” is rated {_held(claim)}"
    return MapFinding((rated, target, lost), stage.id, LOSS)


def _beyond_target(facts: Facts, stage: MapStage) -> float:
    """Return how many settled customers left a stage beyond the target of its KPI, if that is sure."""
    found = facts.observed(stage.id, "moved_on_share")
    if found is None or found.value is None or not found.den:
        return 0.0
    for kpi in facts.kpis_of(stage.id):
        if kpi.of != stage.id or kpi.target is None or kpi.metric not in ("moved_on_share", "left_share"):
            continue
        wanted = kpi.target if kpi.metric == "moved_on_share" else 1 - kpi.target
        if (found.high if found.high is not None else found.value) < wanted:
            return float(found.den * (wanted - found.value))
    return 0.0


def _worst_claim(facts: Facts, steps: set[str] | None = None) -> Claim | None:
    """Return the contradicted claim of an emotion that is furthest from what was measured."""
    found = [
        claim
        for claim in facts.claims
        if claim.field == "claims.emotion"
        and claim.status == "contradicted"
        and (steps is None or claim.part in steps)
    ]
    return max(found, key=_distance, default=None)


def _distance(claim: Claim) -> float:
    measured = claim.observation.value if claim.observation is not None else None
    return 0.0 if measured is None else abs(float(claim.said) - measured)


def _held(claim: Claim) -> str:
    measured = claim.observation.value if claim.observation is not None else None
    return f"{signed(measured or 0)} where the map says {signed(float(claim.said))}"


def _title(facts: Facts, claim: Claim) -> str:
    return str(facts.told.part(claim.part).title)


def _of_claim(facts: Facts) -> MapFinding | None:
    claim = _worst_claim(facts)
    if claim is None:
        return None
    text = f"Customers rate “{_title(facts, claim)}” {_held(claim)}"
    return MapFinding((text,), facts.told.part(claim.part).stage, SAID)


def _of_low(facts: Facts) -> MapFinding | None:
    """Return the step that is surely rated below zero, the lowest."""
    rated = [(found, step) for step in facts.told.steps if (found := facts.emotion_of(step)) is not None]
    low = [
        (found.value or 0, step, found)
        for found, step in rated
        if found.high is not None and found.high < 0 and (found.n or 0) >= ENOUGH
    ]
    if not low:
        return None
    value, step, found = min(low, key=lambda one: one[0])
    text = f"Customers feel worst at “{step.title}”: {signed(value)} from {counted(round(found.n or 0), 'answer')}"
    return MapFinding((text,), step.stage, LOW)


def _of_left(facts: Facts) -> MapFinding | None:
    """Return the stage that most customers leave; nothing says that this could be avoided, so nothing is framed."""
    losses = [
        (found.num or 0, stage, found)
        for stage in facts.told.stages
        if (found := facts.observed(stage.id, "left_share")) is not None and found.den
    ]
    if not losses:
        return None
    lost, stage, found = max(losses, key=lambda loss: loss[0])
    text = f"Most are lost at “{stage.name}”: {count(lost)} of {count(found.den)} settled customers did not move on"
    return MapFinding((text,))


def _of_plan(facts: Facts) -> MapFinding | None:
    """Return the step that is to rise most over what was measured."""
    rises = [
        (step.claims.emotion - (found.value or 0), step, found.value or 0)
        for step in facts.told.steps
        if step.claims is not None
        and step.claims.emotion is not None
        and (found := facts.emotion_of(step)) is not None
    ]
    rise, step, now = max(rises, key=lambda one: one[0], default=(0.0, None, 0.0))
    if step is None or rise < 0.1:
        return None
    planned = signed(step.claims.emotion or 0) if step.claims is not None else ""
    return MapFinding((f"Planned: “{step.title}” is to rise from {signed(now)} today to {planned}",))


def _of_blueprint(facts: Facts) -> MapFinding:
    cards = facts.told.blueprint
    fails, waits = [card for card in cards if card.fail_point], [card for card in cards if card.wait_point]
    unseen = [card for card in fails if card.lane in ("backstage", "support")]
    if not fails and not waits:
        return _of_told(facts)
    parts = [counted(len(fails), "fail point")] * bool(fails) + [counted(len(waits), "wait point")] * bool(
        waits
    )
    first = "first " if len(fails or waits) > 1 else ""
    at = f", {first}at “{(fails or waits)[0].text}”"
    hidden = (
        f"; {len(unseen)} of the fail points out of the customer\N{RIGHT SINGLE QUOTATION MARK}s sight"
        if unseen
        else ""
    )
    said = f"{' and '.join(parts)}{at}"
    return MapFinding((said + hidden, said))


def _of_told(facts: Facts) -> MapFinding:
    """Say what the map has where nothing stands out: what the team tells, and that it is no more than that."""
    told = facts.told
    size = f"{counted(len(told.stages), 'stage')} and {counted(len(told.steps), 'step')}"
    if facts.is_measured:
        return MapFinding((f"{told.title}: {size}, and no measured number stands out", told.title))
    if told.kind == "future_state":
        return MapFinding(
            (f"{told.title}: {size} as planned; there is nothing measured to hold them against", told.title)
        )
    only = f"{told.title}: {size} as the team tells them; nothing is measured yet"
    rated = [
        (step.claims.emotion, step.title)
        for step in told.steps
        if step.claims and step.claims.emotion is not None
    ]
    if len(rated) < 2 or told.kind == "service_blueprint":
        return MapFinding((only, told.title))
    (low, worst), (high, best) = min(rated), max(rated)
    ends = f"As told, “{worst}” is the low point ({signed(low)}) and “{best}” the high one ({signed(high)})"
    return MapFinding((f"{ends}; nothing is measured yet", ends, only))
