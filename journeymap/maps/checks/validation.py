"""JM07, not validated: maps that no customer was asked about."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from journeymap.analyses.funnel import funnel
from journeymap.analyses.intervals import benjamini_hochberg
from journeymap.errors import counted
from journeymap.maps.checks import data
from journeymap.maps.checks.findings import Finding, plain
from journeymap.maps.comparing.contrasts import chi_square

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from journeymap.events.log import EventLog
    from journeymap.maps.checks.case import Case
    from journeymap.maps.parts import Step

DIRECT = ("survey", "interview", "usability_test", "ticket")
"""Evidence in which customers speak for themselves."""
found = partial(Finding, "JM07")


def told(case: Case) -> Iterator[Finding]:
    """Say whether customers were asked."""
    if not any(one.kind in DIRECT for one in case.journey_map.evidence):
        yield found(
            "warn",
            "",
            "No customer was asked: no survey, interview, test or ticket stands behind the map.",
            {"kinds": sorted({one.kind for one in case.journey_map.evidence})},
            "Speak with customers, and add what they said as evidence.",
        )
    for persona in case.journey_map.personas:
        talks = sum(one.n or 1 for one in case.evidence(persona.evidence) if one.kind == "interview")
        if talks < case.limits.interviews:
            yield found(
                "warn",
                persona.id,
                f"{counted(int(talks), 'interview stands', 'interviews stand')} behind the persona {case.name(persona.id)}; "
                f"fewer than {case.limits.interviews} show only chance.",
                {"interviews": int(talks), "wanted": case.limits.interviews},
                "Speak with more of these customers, and link the interviews as evidence.",
            )


def measured(case: Case) -> Iterator[Finding]:
    """Say where the answers are too few, or not from the customers the map is about."""
    if any(one.metric == "emotion" for one in case.measured.observations):
        for step in case.journey_map.steps:
            if step.moment_of_truth:
                yield from _unsure(case, step)
    if case.log is not None and case.feedback is not None:
        who = set(case.feedback.frame["customer"].astype(str))
        customers = case.log.store.customers
        answered = np.fromiter((str(one) in who for one in customers), bool, len(customers))
        yield from _unlike(case, case.log, answered)
        yield from _silent(case, case.log, answered)


def _unsure(case: Case, step: Step) -> Iterator[Finding]:
    targets = [step.id] + [step.stage] * (len(case.journey_map.steps_of(step.stage)) == 1)
    felt = next((one for target in targets if (one := case.number(target, "emotion"))), None)
    if felt is None or felt.low is None or felt.high is None:
        said, half = "no answer says how it feels", None
    else:
        half = (felt.high - felt.low) / 2
        said = f"{felt.n or 0:,.0f} answers leave its emotion between {felt.low:+.1f} and {felt.high:+.1f}"
    if half is None or half > case.limits.half_width:
        yield found(
            "warn",
            step.id,
            f"{case.name(step.id)} is a moment of truth, but {said}.",
            {"half_width": half, "most": case.limits.half_width, "n": felt.n if felt else 0},
            "Ask more customers right after this step.",
        )


def _unlike(case: Case, log: EventLog, answered: NDArray[np.bool_]) -> Iterator[Finding]:
    """Find properties by which those who answered are other people than those who entered the map."""
    customers = data.entered(log, case.journey_map)
    split = data.splits(log, customers, case.limits)
    if min((customers & answered).sum(), (customers & ~answered).sum()) < case.limits.few:
        return
    shares, contrasts = [], []
    for one in split:
        tables = [
            np.bincount(one.of_customer[mask & (one.of_customer >= 0)], minlength=len(one.groups))
            for mask in (customers & answered, customers & ~answered)
        ]
        contrasts.append(chi_square(tables))
        shares.append([table / max(table.sum(), 1) for table in (tables[0], tables[0] + tables[1])])
    adjusted = benjamini_hochberg([one.p for one in contrasts])
    for one, contrast, p, (theirs, everybody) in zip(split, contrasts, adjusted, shares, strict=True):
        if p < case.limits.false_share and contrast.v >= case.limits.effect:
            most = int(np.argmax(np.abs(theirs - everybody)))
            yield found(
                "warn",
                "",
                f"Those who answered are not like the customers: {theirs[most]:.0%} of them are {plain(one.groups[most])} "
                f"({plain(one.name)}), of all customers {everybody[most]:.0%}.",
                {
                    "property": one.name,
                    "p": p,
                    "v": round(contrast.v, 3),
                    "answered": int((customers & answered).sum()),
                },
                "Ask the others too, or weigh the answers.",
            )


def _silent(case: Case, log: EventLog, answered: NDArray[np.bool_]) -> Iterator[Finding]:
    """Say whether those who left were heard."""
    journey = case.journey
    if journey is None:
        return
    result = funnel(log, journey)
    left = {
        who
        for stage in journey.stage_names[:-1]
        for who in result.customers(stage=stage, outcome="left")["customer"]
    }
    heard = left & set(map(str, np.asarray(log.store.customers)[answered]))
    if len(left) >= case.limits.few and len(heard) < case.limits.left_answers:
        yield found(
            "warn",
            "",
            f"Of the {len(left):,} customers who left, {len(heard) or 'none'} answered; the feedback is of those who stayed.",
            {"left": len(left), "answered": len(heard)},
            "Ask customers who left, by e-mail or when they close the page.",
        )
