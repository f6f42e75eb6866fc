"""What the team says, claim by claim, and whether it holds: assumed, supported, contradicted or stale."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from journeymap.maps.measurements import Measurements
from journeymap.maps.verdicts import (
    UNITS,
    Distances,
    Status,
    Verdict,
    in_time,
    is_fresh,
    measured_on,
    mentions_verdict,
    number_verdict,
    unmeasured_verdict,
    words_verdict,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from journeymap.maps.document import JourneyMap
    from journeymap.maps.grounds import Evidence
    from journeymap.maps.measurements import Observation
    from journeymap.maps.parts import Named, Step
    from journeymap.maps.plans import Kpi

WORST_FIRST: tuple[Status, ...] = ("contradicted", "stale", "assumed", "supported")
OF_STEP = {"emotion": "emotion", "share": "reach_share", "hours": "median_hours"}
"""What is claimed of a step in numbers, and the metric it is held against."""
TARGETS = tuple(f"claims.{field}" for field in OF_STEP)
"""What a map of a future state aims at, rather than claims."""
OF_PERSONA = ("goals", "needs", "jobs", "frustrations", "traits", "empathy")


@dataclass(frozen=True)
class Claim:
    """Something the team says of a part of the map, and whether it holds.

    Attributes
    ----------
    part, field
        The id of the part, and which of its fields says it, such as ``"claims.emotion"`` or ``"thoughts"``.
    said
        The number or the text; several texts are joined by semicolons.
    status
        ``"supported"``, ``"contradicted"``, ``"stale"`` or ``"assumed"``.
    observation
        The number it was held against, if there is one.
    why
        A sentence or two, with the numbers and the distance.
    """

    part: str
    field: str
    said: float | str
    status: Status
    observation: Observation | None
    why: str


def claims(
    journey_map: JourneyMap, /, *, today: dt.date | None = None, distances: Distances | None = None
) -> list[Claim]:
    """Hold everything that a map says of customers against its measurements and its evidence.

    Numbers (a step's emotion, share and hours, a KPI's baseline) are held against what was measured. They are *supported*
    if enough was measured, sharply enough, and near; *contradicted* if enough was measured, and the claim is outside the
    interval and far; *stale* if the measurement (without one: all evidence) is out of date; else *assumed*. A step of one
    persona is held against that persona's number, and a stage's only step against the answers of the stage, where there is
    no nearer number. A future state's steps have targets, which nothing of today contradicts.

    Words (actions, thoughts, pains, gains, a stage's customer goal, what is said of a persona) are *supported* by fresh
    evidence from outside the team that stands on enough, or by one interview, test, ticket or review with a quote or a
    place to look it up; a pain also by enough comments. They are *stale* if none of their evidence is fresh; else *assumed*.

    Evidence is fresh until it expires, and for `review_every_days` after it was collected or the map was reviewed.

    Parameters
    ----------
    today
        The day to judge by; the present one if not given.
    distances
        How near is near enough, and how many are enough; the sentences say it.

    Examples
    --------
    >>> import journeymap as jm
    >>> step = jm.Step("I pay", stage="buy", claims={"emotion": 1}, thoughts=["At last!"])
    >>> found = {"target": "i-pay", "metric": "emotion", "value": -1, "low": -1.2, "high": -0.8, "n": 80}
    >>> told = jm.JourneyMap("Shop", stages=["Buy"], steps=[step], measurements={"observations": [found]})
    >>> for claim in claims(told):
    ...     print(claim.field, claim.status, claim.why, sep=" | ")
    claims.emotion | contradicted | Measured -1 (95 % interval -1.2 to -0.8, n = 80). The claim of +1 is outside the
    interval and more than 0.5 away.
    thoughts | assumed | There is no evidence.
    """
    day = today or dt.datetime.now(tz=dt.UTC).date()
    return list(_Judge(journey_map, day, distances or Distances()).claims())


def statuses(found: list[Claim], /) -> dict[str, Status]:
    """Return the worst status of each part that claims something.

    From the worst: contradicted, stale, assumed, supported.
    """
    worst: dict[str, Status] = {}
    for claim in found:
        worst[claim.part] = min(worst.get(claim.part, claim.status), claim.status, key=WORST_FIRST.index)
    return worst


def status_of(
    journey_map: JourneyMap,
    part_id: str,
    /,
    *,
    today: dt.date | None = None,
    distances: Distances | None = None,
) -> Status | None:
    """Return the worst status of a part's claims; None if it claims nothing. For many parts ask :func:`statuses`.

    Examples
    --------
    >>> import journeymap as jm
    >>> status_of(jm.JourneyMap("Shop", pains=["It is slow"]), "it-is-slow")
    'assumed'
    """
    return statuses(claims(journey_map, today=today, distances=distances)).get(part_id)


@dataclass(frozen=True)
class _Judge:
    journey_map: JourneyMap
    today: dt.date
    distances: Distances

    def claims(self) -> Iterator[Claim]:
        told = self.journey_map
        for persona in told.personas:
            for field in OF_PERSONA:
                yield from self._words(persona, field)
        for stage in told.stages:
            yield from self._words(stage, "customer_goal")
        for step in told.steps:
            yield from self._numbers(step)
            yield from self._words(step, "actions")
            yield from self._words(step, "thoughts")
        for pain in told.pains:
            yield from self._words(pain, "text", mentions=self._measured.of(pain.id, "mentions"))
        for gain in told.gains:
            yield from self._words(gain, "text")
        for kpi in told.kpis:
            yield from self._baseline(kpi)

    def _numbers(self, step: Step) -> Iterator[Claim]:
        for field, metric in OF_STEP.items():
            said = getattr(step.claims, field, None)
            if said is not None:
                found = self._nearest(step, metric)
                yield self._number(step, f"claims.{field}", said, found, unit=UNITS[metric])

    def _nearest(self, step: Step, metric: str) -> Observation | None:
        """Return the number that is nearest to what a step claims: of its one persona, then of everybody."""
        personas = (step.personas[0], "") if len(step.personas) == 1 else ("",)
        targets = [step.id]
        if metric == "emotion" and len(self.journey_map.steps_of(step.stage)) == 1:
            targets.append(step.stage)
        found = [self._measured.of(target, metric, persona=who) for who in personas for target in targets]
        known = [one for one in found if one is not None]
        return next((one for one in known if one.value is not None), known[0] if known else None)

    def _baseline(self, kpi: Kpi) -> Iterator[Claim]:
        if kpi.baseline is not None:
            unit = UNITS.get(kpi.metric, "count")
            yield self._number(kpi, "baseline", kpi.baseline, self._measured.of(kpi.id, "kpi"), unit=unit)

    def _number(self, part: Named, field: str, said: float, found: Observation | None, *, unit: str) -> Claim:
        if field in TARGETS and self.journey_map.kind == "future_state":
            verdict = Verdict("assumed", "It is a target: the map shows a future state.")
        elif found is None or found.value is None:
            evidence = self._evidence(part)
            verdict = unmeasured_verdict(found, evidence, any_fresh=bool(self._fresh(evidence)))
        elif self._measured_in_time:
            verdict = number_verdict(said, found, unit=unit, distances=self.distances)
        else:
            verdict = Verdict(
                "stale", f"It was measured on {measured_on(self.journey_map)}, too long ago for this map."
            )
        return Claim(part.id, field, said, verdict.status, found, verdict.why)

    def _words(self, part: Named, field: str, *, mentions: Observation | None = None) -> Iterator[Claim]:
        said = _joined(getattr(part, field))
        if said:
            times = (mentions.value or 0) if mentions and self._measured_in_time else 0
            evidence = self._evidence(part)
            verdict = mentions_verdict(times, distances=self.distances) or words_verdict(
                evidence, self._fresh(evidence), distances=self.distances
            )
            yield Claim(part.id, field, said, verdict.status, mentions, verdict.why)

    def _evidence(self, part: Named) -> list[Evidence]:
        named = getattr(part, "evidence", ())
        return [one for one in self.journey_map.evidence if one.id in named]

    def _fresh(self, evidence: list[Evidence]) -> list[Evidence]:
        return [one for one in evidence if is_fresh(self.journey_map, one, today=self.today)]

    @property
    def _measured(self) -> Measurements:
        return self.journey_map.measurements or Measurements()

    @property
    def _measured_in_time(self) -> bool:
        return in_time(self.journey_map, measured_on(self.journey_map), today=self.today)


def _joined(said: object) -> str:
    """Write texts, or the texts of an empathy map, as one."""
    if said is None:
        return ""
    if isinstance(said, str):
        return said
    texts = (
        said
        if isinstance(said, tuple)
        else [one for name in ("says", "thinks", "does", "feels") for one in getattr(said, name)]
    )
    return "; ".join(texts)
