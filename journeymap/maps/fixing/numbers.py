"""The arithmetic of friction: from counts of customers to customers and money, for one sample or many at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

SHRUNK_BY = 10
"""How many answers the map's own negative share weighs beside those of a place."""


@dataclass(frozen=True)
class Counts:
    """Sums over customers, samples x places; the last two fields samples x 1.

    Attributes
    ----------
    reached, moved, arrived
        Customers at the place, of these those who moved on to the next stage, and of these those who got to the outcome.
    answers, negative
        Answers given there, and those with an emotion below zero.
    answers_moved, negative_moved
        The same of customers who moved on.
    all_answers, all_negative
        Of the whole map.
    """

    reached: Numbers
    moved: Numbers
    arrived: Numbers
    answers: Numbers
    negative: Numbers
    answers_moved: Numbers
    negative_moved: Numbers
    all_answers: Numbers
    all_negative: Numbers


PER_PLACE = ("reached", "moved", "arrived", "answers", "negative", "answers_moved", "negative_moved")


@dataclass(frozen=True)
class Shares:
    """What friction is made of, samples x places; nan where it is not defined.

    Attributes
    ----------
    drop, excess
        The share who did not move on, and what of it is beyond the benchmark.
    negative
        The share of negative answers, shrunk towards that of the whole map; nan where too few answered.
    affected
        The share who are lost beyond the benchmark or unhappy.
    outcome
        The share of those who moved on that got to the outcome.
    """

    drop: Numbers
    excess: Numbers
    negative: Numbers
    affected: Numbers
    outcome: Numbers


def ratio(part: Any, whole: Any) -> Numbers:
    """Divide; nan where there is nothing to divide by."""
    part, whole = np.broadcast_arrays(np.asarray(part, dtype=float), np.asarray(whole, dtype=float))
    quotient: Numbers = np.divide(part, whole, out=np.full(whole.shape, np.nan), where=whole > 0)
    return quotient


@dataclass(frozen=True)
class Marks:
    """What holds of each place in every sample.

    Attributes
    ----------
    last
        It belongs to the last stage, which nobody can leave.
    done
        It belongs to the outcome or to a stage after it.
    measured
        Leaving and negative answers are joined as they were measured, of the same customers; elsewhere they are taken as
        independent.
    unheard
        Too few answered there to say anything of their mood.
    """

    last: NDArray[np.bool_]
    done: NDArray[np.bool_]
    measured: NDArray[np.bool_]
    unheard: NDArray[np.bool_]


def overall_of(counts: Counts) -> Numbers:
    """Return the negative share of the whole map, samples x 1."""
    return ratio(counts.all_negative, counts.all_answers)


def shares_of(counts: Counts, benchmark: Numbers, marks: Marks, *, drawn_to: Numbers) -> Shares:
    """Compute shares from counts.

    Parameters
    ----------
    benchmark
        The share who may leave, samples x places (or one row for all samples); nan where there is none.
    drawn_to
        The negative share towards which that of a place is shrunk, samples x places or x 1: as a rule that of the whole map.

    Examples
    --------
    >>> import numpy as np
    >>> one = {name: np.array([[float(n)]]) for name, n in zip(PER_PLACE, (200, 120, 60, 40, 20, 10, 1))}
    >>> counts = Counts(**one, all_answers=np.array([[80.0]]), all_negative=np.array([[24.0]]))
    >>> found = shares_of(counts, np.array([[0.3]]), Marks(*np.zeros((4, 1), dtype=bool)), drawn_to=overall_of(counts))
    >>> round(found.excess.item(), 3), round(found.negative.item(), 3), round(found.affected.item(), 3)
    (0.1, 0.46, 0.514)
    """
    drop = np.where(marks.last, np.nan, 1 - ratio(counts.moved, counts.reached))
    excess = np.maximum(0, drop - benchmark)
    negative = (counts.negative + SHRUNK_BY * drawn_to) / (counts.answers + SHRUNK_BY)
    negative = np.where(marks.unheard, np.nan, negative)
    unhappy = np.where(np.isnan(negative), 0, negative)
    affected = 1 - (1 - excess) * (1 - unhappy)
    of_moved = (counts.negative_moved + SHRUNK_BY * negative) / (counts.answers_moved + SHRUNK_BY)
    of_left = (counts.negative - counts.negative_moved + SHRUNK_BY * negative) / (
        counts.answers - counts.answers_moved + SHRUNK_BY
    )
    union = excess + (drop - excess) * of_left + (1 - drop) * of_moved
    has_any = ~np.isnan(np.atleast_2d(benchmark)).all(axis=1, keepdims=True)
    affected = np.where(marks.measured, union, np.where(marks.last & has_any, negative, affected))
    return Shares(
        drop, excess, negative, affected, np.where(marks.done, np.nan, ratio(counts.arrived, counts.moved))
    )
