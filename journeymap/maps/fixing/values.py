"""What an outcome is worth: a number that is said, or a property of the events that are the outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from journeymap.errors import DefinitionError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeymap.counting.attempts import Attempts
    from journeymap.events.log import EventLog


@dataclass(frozen=True)
class Value:
    """The money of an outcome.

    Attributes
    ----------
    said
        The value of every outcome, nan if it was measured or is not known.
    position
        Of the stage that is the outcome, from 0.
    known, amount
        If it was measured: for each customer of the store whether their outcome has a value, and which (0 without).
    sentences, notes
        For the scope, and what the reader must know.
    """

    said: float
    position: int
    known: NDArray[np.bool_]
    amount: NDArray[np.float64]
    sentences: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_measured(self) -> bool:
        """Whether outcomes have values of their own."""
        return bool(self.known.any())


def value_of(
    value: float | str | None, log: EventLog, found: Attempts, *, position: int, currency: str
) -> Value:
    """Return what is asked for: nothing, a number, or a property of the event by which a customer reached the outcome."""
    nobody, nothing = np.zeros(len(log.store.customers), dtype=bool), np.zeros(len(log.store.customers))
    if value is None:
        return Value(float("nan"), position, nobody, nothing)
    unit = f" {currency}" if currency else ""
    if isinstance(value, str):
        return _measured(value, log, found, position, unit)
    if isinstance(value, bool) or not np.isfinite(value) or value < 0:
        raise DefinitionError(f"value={value!r} is no value.", right="A number from 0.", fix="value=50")
    sentence = f"An outcome is taken to be worth {value:,.2f}{unit}."
    return Value(float(value), position, nobody, nothing, (sentence,))


def _measured(name: str, log: EventLog, found: Attempts, position: int, unit: str) -> Value:
    column = log.column(name)
    if column.values.dtype.kind not in "iuf":
        raise DefinitionError(
            f"{name} holds no numbers.",
            right="A property of the outcome's events that does, or a number.",
            fix="value=50",
        )
    rows = found.rows_of(found.settled)[:, position]
    arrived = np.flatnonzero(rows >= 0)
    codes = np.full(len(rows), -1)
    codes[arrived] = log.codes(name)[found.rows.index[rows[arrived]]]
    known, amount = codes >= 0, np.zeros(len(rows))
    amount[known] = column.values[codes[known]].astype(float)
    if not known.any():
        raise DefinitionError(
            f"No event of the outcome has a {name}.",
            right="The stage whose events have it, or a number.",
            fix='outcome="buy"',
        )
    sentence = f"An outcome is worth {amount[known].mean():,.2f}{unit}: the mean {name} of {known.sum():,} settled outcomes."
    missing = len(arrived) - int(known.sum())
    notes = (f"{missing:,} outcomes have no {name} and are left out of its mean.",) if missing else ()
    return Value(float("nan"), position, known, amount, (sentence,), notes)
