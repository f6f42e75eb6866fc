"""JM01, assumptions without data: claims nobody has evidence for, and claims that the data contradicts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from journeymap.errors import counted
from journeymap.maps.checks.findings import Finding, plain
from journeymap.maps.grounds import HEARSAY
from journeymap.maps.verdicts import FORMS, UNITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from journeymap.maps.checks.case import Case
    from journeymap.maps.claims import Claim
    from journeymap.maps.measurements import Observation
    from journeymap.maps.parts import Step

found = partial(Finding, "JM01")


class Said(NamedTuple):
    """A claim: of which part, how much of the customers it reaches (0 to 1), and whether it has evidence."""

    part: str
    reach: float
    has_evidence: bool


def told(case: Case) -> Iterator[Finding]:
    """Say how much of what is claimed has evidence."""
    said, share = everything_said(case), coverage(case)
    if share is None or share >= case.limits.evidence_warn:
        return
    bare = list(dict.fromkeys(one.part for one in said if not one.has_evidence))
    numbers = {
        "coverage": round(share, 4),
        "claims": len(said),
        "with_evidence": sum(s.has_evidence for s in said),
    }
    yield found(
        "error" if share < case.limits.evidence_error else "warn",
        "",
        f"{f'Only {share:.0%}' if share else 'Nothing'} of what the map claims stands on more than workshops and assumptions "
        f"({numbers['with_evidence']} of {counted(len(said), 'claim')}, weighted by the customers they reach).",
        numbers | {"without": bare},
        f"Link evidence (events, a survey, interviews, tickets) to {case.names(bare)}.",
    )


def coverage(case: Case) -> float | None:
    """Return the share of claims that have evidence, weighted by reach; None if nothing is claimed."""
    said = everything_said(case)
    weight = sum(one.reach for one in said)
    return sum(one.reach for one in said if one.has_evidence) / weight if weight else None


def everything_said(case: Case) -> list[Said]:
    """List the claims: every step, its emotion, every pain, and each thing that is said of a persona."""
    supported = {(claim.part, claim.field) for claim in case.claims if claim.status == "supported"}
    reach = {step.id: step_reach(case, step) for step in case.journey_map.steps}
    said = []
    for step in case.journey_map.steps:
        backed, seen = _backed(case, step.evidence), case.number(step.id, "customers")
        is_seen = seen is not None and (seen.value or 0) >= case.limits.few
        said.append(Said(step.id, reach[step.id], backed or is_seen))
        if step.claims is not None and step.claims.emotion is not None:
            held = (step.id, "claims.emotion") in supported
            said.append(Said(step.id, reach[step.id], backed or held))
    for pain in case.journey_map.pains:
        weight = max((reach.get(one, 1.0) for one in pain.steps), default=1.0)
        said.append(Said(pain.id, weight, _backed(case, pain.evidence) or (pain.id, "text") in supported))
    evidence_of = {persona.id: persona.evidence for persona in case.journey_map.personas}
    for claim in case.claims:
        if claim.part in evidence_of:
            backed = _backed(case, evidence_of[claim.part])
            said.append(Said(claim.part, _persona_share(case, claim.part), backed))
    return said


def _backed(case: Case, evidence: Iterable[str]) -> bool:
    return any(one.kind not in HEARSAY for one in case.evidence(evidence))


def step_reach(case: Case, step: Step) -> float:
    """Return the share of all customers who take a step: as measured, else as claimed, else everybody."""
    everybody = case.number("", "customers")
    for target in (step.id, step.stage):
        seen = case.number(target, "customers")
        if seen is not None and everybody is not None and everybody.value:
            return min(1.0, (seen.value or 0) / everybody.value)
    return step.claims.share if step.claims is not None and step.claims.share is not None else 1.0


def _persona_share(case: Case, persona: str) -> float:
    theirs, everybody = case.number("", "customers", persona=persona), case.number("", "customers")
    if theirs is None or everybody is None or not everybody.value:
        return 1.0
    return min(1.0, (theirs.value or 0) / everybody.value)


def measured(case: Case) -> Iterator[Finding]:
    """Say which claims the data contradicts, and which steps nobody takes."""
    for claim in case.claims:
        if claim.status == "contradicted" and claim.field.startswith("claims.") and claim.observation:
            yield _contradicted(case, claim, claim.observation)
    for step in case.journey_map.steps:
        seen = case.number(step.id, "customers")
        if step.match is not None and seen is not None and seen.value == 0:
            yield found(
                "warn",
                step.id,
                f"No customer takes the step {case.name(step.id)}: its rule matches no event of the stage.",
                {"customers": 0, "rule": plain(repr(step.match), most=200)},
                "Correct the rule of the step, or take the step out if it is gone.",
            )


WORDS = {"claims.emotion": "an emotion", "claims.share": "a share of customers", "claims.hours": "a time"}


def _contradicted(case: Case, claim: Claim, seen: Observation) -> Finding:
    shown = FORMS[UNITS.get(seen.metric, "count")]
    interval = (
        f" ({shown.format(seen.low)} to {shown.format(seen.high)})"
        if seen.low is not None and seen.high is not None
        else ""
    )
    counted = seen.metric not in ("emotion", "negative_share", "nps")
    who = "customers were counted: it is" if counted else "answers say"
    return found(
        "error",
        claim.part,
        f"At {case.name(claim.part)} the team says {WORDS.get(claim.field, 'a number')} of {shown.format(claim.said)}; "
        f"{seen.n or 0:,.0f} {who} {shown.format(seen.value)}{interval}.",
        {"said": claim.said, "value": seen.value, "low": seen.low, "high": seen.high, "n": seen.n},
        "Change the claim, or find out of which customers it holds and make it theirs.",
    )
