"""Friction from vectors of customers: the estimates, and the same numbers in samples drawn by the bootstrap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from journeymap.analyses.funnel_scope import FEW
from journeymap.maps.feedback.emotions import LEAST
from journeymap.maps.fixing.bootstrap import resampled_sums
from journeymap.maps.fixing.numbers import (
    PER_PLACE,
    SHRUNK_BY,
    Counts,
    Marks,
    overall_of,
    ratio,
    shares_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from journeymap.maps.fixing.benchmarks import Benchmark
    from journeymap.maps.fixing.numbers import Numbers, Shares
    from journeymap.maps.fixing.places import Place
    from journeymap.maps.fixing.values import Value

    Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Draws:
    """Customers and money of the whole period, samples x places.

    Attributes
    ----------
    left, lost, unhappy, friction, at_stake
        As in the table of :class:`~journeymap.maps.fixing.friction.Friction`, not yet a month.
    """

    left: Numbers
    lost: Numbers
    unhappy: Numbers
    friction: Numbers
    at_stake: Numbers


@dataclass(frozen=True)
class Estimates:
    """What was found: counts, shares, numbers of the period (each 1 x places), and what holds of each place."""

    counts: Counts
    shares: Shares
    benchmark: Numbers
    numbers: Draws
    marks: Marks


def estimates_of(
    places: Sequence[Place],
    said: tuple[Whole, Whole],
    benchmark: Benchmark,
    value: Value,
    *,
    times: int,
    seed: int,
) -> tuple[Estimates, Draws]:
    """Compute friction, and what it would be in other samples.

    Parameters
    ----------
    said
        Answers and negative answers, customers x places.
    """
    rows = _rows(places, said, benchmark, value)
    counted = rows.any(axis=1)
    rows, amount = rows[counted], value.amount[counted] if value.is_measured else None
    sums = rows.sum(axis=0, dtype=float)[None, :]
    if amount is not None:
        sums = np.append(sums, [[amount.sum()]], axis=1)
    last = np.array([place.last for place in places])
    done = np.array([place.position >= value.position for place in places])
    told = _counts(sums, len(places))
    marks = Marks(last, done, ~last & _both_answered(told), (told.answers < LEAST)[0])
    drawn = resampled_sums(rows, times=times, seed=seed, amount=amount)
    counts, shares, against, numbers = _all(sums, marks, benchmark, value, drawn_to=overall_of(told))
    moods = _moods(_counts(drawn, len(places)), seed)
    return Estimates(counts, shares, against, numbers, marks), _all(
        drawn, marks, benchmark, value, drawn_to=moods
    )[3]


def _moods(counts: Counts, seed: int) -> Numbers:
    """Draw for each sample and place the negative share that it is shrunk towards, samples x places.

    That a place has the mood of the whole map is a guess worth ``SHRUNK_BY`` answers, so it is drawn as what as many answers
    leave open: a beta distribution around the share p of the map, with the parameters ``SHRUNK_BY`` p and ``SHRUNK_BY`` (1 - p).
    """
    overall = np.broadcast_to(overall_of(counts), counts.answers.shape)
    mixed = (overall > 0) & (overall < 1)
    share = np.where(mixed, overall, 0.5)
    drawn = np.random.default_rng([seed, 1]).beta(SHRUNK_BY * share, SHRUNK_BY * (1 - share))
    moods: Numbers = np.where(mixed, drawn, overall)
    return moods


def _rows(
    places: Sequence[Place], said: tuple[Whole, Whole], benchmark: Benchmark, value: Value
) -> NDArray[np.int16]:
    """Return a row for each customer: the columns of each place, then those of the whole map."""
    reached, moved = (
        np.column_stack([getattr(place, name) for place in places]) for name in ("reached", "moved")
    )
    got_there = next(
        place.reached for place in places if place.kind == "stage" and place.position == value.position
    )
    answers, negative = said
    stages = np.array([place.kind == "stage" for place in places])
    columns = [
        reached,
        moved,
        moved & got_there[:, None],
        answers,
        negative,
        answers * moved,
        negative * moved,
    ]
    columns += [answers[:, stages].sum(axis=1), negative[:, stages].sum(axis=1), value.known]
    if benchmark.reached is not None and benchmark.moved is not None:
        columns += [benchmark.reached, benchmark.moved]
    return np.column_stack([column.astype(np.int16) for column in columns])


def _counts(sums: Numbers, n_places: int) -> Counts:
    blocks = {name: sums[:, k * n_places : (k + 1) * n_places] for k, name in enumerate(PER_PLACE)}
    whole = sums[:, len(PER_PLACE) * n_places :]
    return Counts(**blocks, all_answers=whole[:, :1], all_negative=whole[:, 1:2])


def _both_answered(counts: Counts) -> NDArray[np.bool_]:
    """Say for each place whether enough of those who moved on and of those who left gave answers."""
    of_left = counts.answers - counts.answers_moved
    enough: NDArray[np.bool_] = (np.minimum(counts.answers_moved, of_left) >= FEW)[0]
    return enough


def _all(
    sums: Numbers, marks: Marks, benchmark: Benchmark, value: Value, *, drawn_to: Numbers
) -> tuple[Counts, Shares, Numbers, Draws]:
    n_places = len(marks.last)
    counts, rest = _counts(sums, n_places), sums[:, len(PER_PLACE) * n_places + 2 :]
    against = benchmark.shares[None, :]
    if benchmark.reached is not None:
        against = 1 - ratio(rest[:, 1 + n_places : 1 + 2 * n_places], rest[:, 1 : 1 + n_places])
    shares = shares_of(counts, against, marks, drawn_to=drawn_to)
    worth = ratio(rest[:, -1:], rest[:, :1]) if value.is_measured else np.full((len(sums), 1), value.said)
    lost = counts.reached * shares.excess
    numbers = Draws(
        counts.reached * shares.drop,
        lost,
        counts.reached * shares.negative,
        counts.reached * shares.affected,
        lost * shares.outcome * worth,
    )
    return counts, shares, against, numbers
