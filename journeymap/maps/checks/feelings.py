"""JM06, emotion and pain missing: maps that say what happens and not how it feels."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from journeymap.maps.checks import themes
from journeymap.maps.checks.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from journeymap.maps.checks.case import Case
    from journeymap.maps.measurements import Observation

found = partial(Finding, "JM06")


def told(case: Case) -> Iterator[Finding]:
    """Say where nobody wrote how it feels or what hurts."""
    journey_map = case.journey_map
    emotions = {
        s.id: s.claims.emotion
        for s in journey_map.steps
        if s.claims is not None and s.claims.emotion is not None
    }
    hurt = {step for pain in journey_map.pains for step in pain.steps}
    for stage in journey_map.stages:
        steps = [step.id for step in journey_map.steps_of(stage.id)]
        if not any(step in emotions for step in steps) and case.number(stage.id, "emotion") is None:
            yield found(
                "warn",
                stage.id,
                f"Nothing says how customers feel in {case.name(stage.id)}.",
                {},
                "Ask customers, and give its steps an emotion.",
            )
        if not hurt & set(steps):
            yield found(
                "info",
                stage.id,
                f"No pain is known in {case.name(stage.id)}.",
                {},
                "Look into the comments and tickets of this stage.",
            )
    if len(emotions) > 1 and max(emotions.values()) - min(emotions.values()) < case.limits.flat:
        yield found(
            "warn",
            "",
            f"The emotion curve is flat: it goes from {min(emotions.values()):+g} to {max(emotions.values()):+g} only.",
            {"lowest": min(emotions.values()), "highest": max(emotions.values())},
            "Ask customers for the best and the worst moment; a journey has both.",
        )
    for pain in journey_map.pains:
        if pain.severity is None:
            yield found(
                "warn",
                pain.id,
                f"The pain {case.name(pain.id)} has no severity.",
                {},
                "Say how much it hurts, from 1 to 5.",
            )


def measured(case: Case) -> Iterator[Finding]:
    """Say what customers complain of that is no pain, and where they are unhappy though the map says they are not."""
    for step in case.journey_map.steps:
        negative = case.number(step.id, "negative_share")
        if step.claims is not None and (step.claims.emotion or 0) > 0 and negative and _many(case, negative):
            yield found(
                "warn",
                step.id,
                f"The map has {case.name(step.id)} at {step.claims.emotion:+g}, but {negative.value:.0%} of {negative.den or negative.n or 0:,.0f} answers "
                "there are negative.",
                {
                    "said": step.claims.emotion,
                    "negative_share": negative.value,
                    "low": negative.low,
                    "n": negative.den or negative.n,
                },
                "Lower the emotion, or tell apart who is happy and who is not.",
            )
    for theme in themes.untold(case):
        yield found(
            "warn",
            "",
            f'{theme.mentions:,} comments speak of "{theme.word}", most of them negative, and no pain does.',
            {
                "word": theme.word,
                "mentions": theme.mentions,
                "negative": theme.negative,
                "comments": theme.comments,
            },
            f"Write the pain down, with the theme {theme.word}; or add the word to the theme of one that is there.",
        )


def _many(case: Case, negative: Observation) -> bool:
    least = negative.low if negative.low is not None else negative.value
    return (negative.den or negative.n or 0) >= case.limits.few and (least or 0) >= case.limits.negative_share
