"""How a column of a table is written for people: as counts, shares, lengths, moments or text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from journeymap.charts.numbers import MISSING, count, hours, moment, share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Kind = Literal["count", "share", "hours", "number", "moment", "text"]

SHARE = re.compile(r"share|(^|_)(low|high)$")
_WRITERS: dict[Kind, Callable[[Any], str]] = {
    "count": count,
    "share": share,
    "hours": hours,
    "number": lambda number: f"{number:,.6g}",
    "moment": moment,
    "text": str,
}


@dataclass(frozen=True)
class Column:
    """One column: its name, what its values are, and the values with None for what is missing.

    `unit` is what a column of customers counts.
    """

    name: str
    kind: Kind
    values: list[Any]
    unit: str = "customers"

    @property
    def heading(self) -> str:
        """The name as people read it."""
        return self.unit[:1].upper() + self.unit[1:] if self.name == "customers" else heading(self.name)

    @property
    def is_number(self) -> bool:
        """Whether it stands on the right."""
        return self.kind not in {"text", "moment"}

    @property
    def is_empty(self) -> bool:
        """Whether all of it is missing, as the group is where nothing is broken down."""
        return all(value is None for value in self.values) and bool(self.values)

    def texts(self) -> Iterator[str]:
        """Yield each value as people read it; what is not defined is a dash."""
        write = _WRITERS[self.kind]
        return (MISSING if value is None else write(value) for value in self.values)


def columns(table: pd.DataFrame, /, *, unit: str = "customers") -> list[Column]:
    """Return the columns of a table, whose customers may be others of what is counted, such as sessions.

    Examples
    --------
    >>> table = pd.DataFrame({"stage": ["Buy"], "customers": [2099], "settled_share": [0.46], "median_hours": [1.5]})
    >>> [(column.heading, *column.texts()) for column in columns(table)]
    [('Stage', 'Buy'), ('Customers', '2,099'), ('Settled share', '46.0\u202f%'), ('Median time', '1 h 30 min')]
    """
    found = []
    for position, name in enumerate(table.columns):
        values = table.iloc[:, position]
        plain = values.astype(object).where(values.notna(), None).tolist()
        found.append(Column(str(name), _kind(str(name), values), plain, unit))
    return found


def heading(name: str, /) -> str:
    """Write the name of a column as people read it; lengths of time are shown in units of their own.

    Examples
    --------
    >>> heading("share_of_first"), heading("median_hours")
    ('Share of first', 'Median time')
    """
    words = f"{name.removesuffix('_hours')}_time" if name.endswith("_hours") else name
    return words.replace("_", " ").strip().capitalize() or name


def _kind(name: str, values: pd.Series[Any]) -> Kind:
    if pd.api.types.is_datetime64_any_dtype(values):
        return "moment"
    numeric = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
    if SHARE.search(name) and (numeric or values.isna().all()):
        return "share"
    if name.endswith("_hours") and (numeric or values.isna().all()):
        return "hours"
    if not numeric:
        return "text"
    return "count" if bool((values.dropna() % 1 == 0).all()) else "number"
