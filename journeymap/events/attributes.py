"""Attributes of customers: one row each, joined to the log by the customer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from journeymap.errors import DataError, counted, listing
from journeymap.events.reading import sources
from journeymap.events.store import Column
from journeymap.journeys import unknown

if TYPE_CHECKING:
    from numpy.typing import NDArray


def attributes_of(
    profiles: Any, *, customer: str, customers: NDArray[Any]
) -> tuple[dict[str, Column], list[str]]:
    """Read attributes and line them up with the customers of a log.

    Returns
    -------
    tuple
        The attributes by name, each coded per customer of the log; and notes about who was not found.
    """
    frame = sources.frame(profiles, key=customer)
    if customer not in frame.columns:
        raise unknown("column", customer, list(frame.columns), owner="the customers")
    ids = sources.text_ids(frame[customer])
    known = ids.notna()
    _refuse_repeats(ids[known])
    places = pd.Index(customers).get_indexer(pd.Index(ids[known]))
    attributes = {
        str(name): _aligned(frame[name][known], places, len(customers))
        for name in frame.columns
        if name != customer
    }
    return attributes, [*frame.attrs.get("notes", ()), *_notes(places, known, len(customers))]


def _refuse_repeats(ids: pd.Series) -> None:
    twice = ids[ids.duplicated()].unique()
    if len(twice):
        raise DataError(
            f"{counted(len(twice), 'customer has', 'customers have')} more than one row, among them {listing(twice, most=3)}.",
            right="One row for each customer.",
            fix='profiles.drop_duplicates("id", keep="last")',
        )


def _aligned(values: pd.Series, places: NDArray[Any], n_customers: int) -> Column:
    codes = np.full(n_customers, -1, dtype=np.int32)
    found, distinct = coded(values)
    codes[places[places >= 0]] = found[places >= 0]
    return Column(codes, distinct)


def coded(values: pd.Series) -> tuple[NDArray[np.int32], NDArray[Any]]:
    """Return the codes (-1 missing) and the sorted distinct values of a column."""
    kind = values.dtype.kind if isinstance(values.dtype, np.dtype) else getattr(values.dtype, "kind", "O")
    if kind in "iufb" or kind == "M":
        plain = values.astype("object").where(values.notna(), None) if kind == "b" else values
        codes, distinct = pd.factorize(plain, sort=True)
        plain_values = np.asarray(
            pd.DatetimeIndex(distinct).tz_convert("UTC").tz_localize(None)
            if getattr(distinct, "tz", None)
            else distinct
        )
        return codes.astype(np.int32), plain_values.astype(bool) if kind == "b" else plain_values
    texts = values.astype("object").map(str, na_action="ignore")
    texts = texts.where(texts != "", None)
    codes, distinct = pd.factorize(texts, sort=True)
    return codes.astype(np.int32), np.asarray(distinct, dtype=object)


def _notes(places: NDArray[Any], known: pd.Series, n_customers: int) -> list[str]:
    matched = int((places >= 0).sum())
    notes = [f"{matched:,} of {n_customers:,} customers that were read have attributes."]
    if matched < len(places):
        notes.append(
            counted(len(places) - matched, "row of attributes belongs", "rows of attributes belong")
            + " to nobody in the log."
        )
    if not known.all():
        notes.append(
            counted(int((~known).sum()), "row of attributes names", "rows of attributes name")
            + " no customer."
        )
    return notes
