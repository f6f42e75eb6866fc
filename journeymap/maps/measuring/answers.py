"""What feedback says of a map: emotions of stages and steps, comments on pains, and the net promoter score of the whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from journeymap.errors import listing
from journeymap.maps.feedback.emotions import LEAST, pooled
from journeymap.maps.feedback.joining import Places, instants_of, places_of
from journeymap.maps.feedback.nps import nps_of
from journeymap.maps.measuring.observing import observed, share

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from journeymap.maps.feedback.reading import Feedback
    from journeymap.maps.measurements import Observation
    from journeymap.maps.measuring.stages import Counted, Group
    from journeymap.maps.parts import Pain, Step

    Mask = NDArray[np.bool_]
    Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Heard:
    """Answers and where they belong."""

    counted: Counted
    frame: pd.DataFrame
    places: Places
    steps: list[Step]

    @cached_property
    def emotion(self) -> NDArray[np.float64]:
        """The emotion of each answer."""
        return self.frame["emotion"].to_numpy(dtype=float)

    @cached_property
    def by_words(self) -> Mask:
        """Whether the emotion of each answer was read from words."""
        return (self.frame["basis"] == "words").to_numpy(dtype=bool)

    @cached_property
    def in_period(self) -> Mask:
        """Whether each answer was given in the period, if there is one."""
        period = self.counted.funnel.period
        if period is None:
            return np.ones(len(self.frame), dtype=bool)
        at = instants_of(self.counted.log, self.frame["at"])
        return (period[0] <= at) & (at < period[1])

    def of(self, group: Group) -> Mask:
        """Say which answers are those of a group's customers; of everybody, those of customers in the log."""
        if not group.persona:
            return self.places.customer >= 0
        found, log = self.counted.found, self.counted.log
        mine = np.flatnonzero(group.part.counted)
        theirs = np.zeros(len(log.store.customers), dtype=bool)
        theirs[found.customers(log, found.overall)[mine]] = True
        customer = self.places.customer
        return (customer >= 0) & theirs[np.maximum(customer, 0)]


def heard(counted: Counted, feedback: Feedback) -> Heard:
    """Join answers to the stages and steps of a map."""
    steps = [step for step in counted.journey_map.steps if step.match and step.stage in counted.positions]
    asked = [(counted.positions[step.stage], step.match) for step in steps]
    places = places_of(counted.log, counted.reached, feedback.frame, steps=asked)
    return Heard(counted, feedback.frame, places, steps)


def of_answers(told: Heard, group: Group) -> Iterator[Observation]:
    """Say what a group's customers answered: in each stage, after each step, of each pain, and of the whole."""
    ours = told.of(group)
    stages = [stage.id for stage in told.counted.stages]
    yield from _of_places(told, stages, np.where(ours, told.places.stage, -1))
    yield from _of_places(told, [step.id for step in told.steps], np.where(ours, told.places.step, -1))
    for pain in told.counted.journey_map.pains:
        if pain.theme.strip(" ,"):
            yield _mentions(told, pain, ours)
    strangers = told.places.customer < 0 if not group.persona else np.zeros_like(ours)
    yield from _of_whole(told, ours & told.in_period, strangers & told.in_period)


def _of_places(told: Heard, targets: Sequence[str], place: Whole) -> Iterator[Observation]:
    """Say what was answered in each place (-1 for none): by scores where there are any, else by words."""
    answers = np.bincount(place[place >= 0], minlength=len(targets))
    for position, target in enumerate(targets):
        yield observed(target, "answers", answers[position], n=answers[position], method="count")
    known = ~np.isnan(told.emotion) & (place >= 0)
    scored = np.isin(place, place[known & ~told.by_words])
    yield from _emotions(told, targets, place, known & ~told.by_words, method="scores")
    yield from _emotions(told, targets, place, known & told.by_words & ~scored, method="words")


def _emotions(
    told: Heard, targets: Sequence[str], place: Whole, used: Mask, *, method: str
) -> Iterator[Observation]:
    kinds = told.frame["scale"].to_numpy(dtype=object)[used]
    found = pooled(told.emotion[used], place[used], kinds, n_places=len(targets))
    negative = np.bincount(place[used & (told.emotion < 0)], minlength=len(targets))
    for position, target in enumerate(targets):
        n, drawn = int(found.n[position]), found.drawn[position]
        if not n:
            continue
        how = f"{method}; fewer than {LEAST}"
        if n >= LEAST:
            how = f"{method}, drawn {drawn:.0%} to the mean of places, {found.mean:+.2f}" if drawn else method
        bounds = {"low": found.low[position], "high": found.high[position]}
        yield observed(target, "emotion", found.value[position], n=n, method=how, **bounds)
        yield share(
            target,
            "negative_share",
            int(negative[position]),
            n,
            least=LEAST,
            method=f"{method}, Wilson interval",
        )


def _mentions(told: Heard, pain: Pain, ours: Mask) -> Observation:
    """Count the comments that contain a word of a pain's theme, in the stages of its steps."""
    comments = told.frame["comment"]
    asked = ours & comments.notna().to_numpy(dtype=bool)
    stages = {
        told.counted.positions.get(step.stage)
        for step in told.counted.journey_map.steps
        if step.id in pain.steps
    }
    if not pain.steps:
        asked &= told.in_period
    else:
        asked &= np.isin(told.places.stage, [stage for stage in stages if stage is not None])
    spoken = comments[asked].str.contains(theme_pattern(pain.theme), regex=True)
    return observed(
        pain.id,
        "mentions",
        spoken.sum(),
        n=asked.sum(),
        num=spoken.sum(),
        den=asked.sum(),
        method="words of the theme",
    )


def theme_pattern(theme: str) -> str:
    """Return the regular expression of a theme: words or phrases between commas, whole; a star stands for any ending.

    Examples
    --------
    >>> re.findall(theme_pattern("late, deliver*"), "It was delivered late, later than ever")
    ['delivered', 'late']
    """
    words = [re.escape(" ".join(word.split())) for word in theme.split(",") if word.strip()]
    written = "|".join(word.replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for word in words)
    return rf"(?i)(?<!\w)(?:{written})(?!\w)"


def _of_whole(told: Heard, ours: Mask, strangers: Mask) -> Iterator[Observation]:
    """Say what customers of the log answered; answers of others are only counted, among those that belong to no stage."""
    yield from _of_places(told, [""], np.where(ours, 0, -1))
    given = ours | strangers
    lost = given & (told.places.stage < 0)
    reasons = (
        told.frame.assign(why=told.places.why_not)[lost].groupby("why").size().sort_values(ascending=False)
    )
    why = listing((f"{number:,} {reason}" for reason, number in reasons.items()), last="and")
    yield observed("", "unassigned", lost.sum(), n=given.sum(), num=lost.sum(), den=given.sum(), method=why)
    scored = ours & (told.frame["scale"] == "nps").to_numpy() & told.frame["score"].notna().to_numpy()
    if scored.any():
        yield _nps(told.frame["score"].to_numpy(dtype=float)[scored])


def _nps(scores: NDArray[np.float64]) -> Observation:
    found = nps_of(scores)
    method = f"adjusted Wald interval; {found.promoters:,} promoters, {found.passives:,} passives, {found.detractors:,} detractors"
    _, low, high = found.adjusted
    if found.n < LEAST:
        return observed("", "nps", None, n=found.n, method=f"fewer than {LEAST}")
    net = found.promoters - found.detractors
    return observed(
        "", "nps", found.score, n=found.n, num=net, den=found.n, low=low, high=high, method=method
    )
