"""What was read, what was set aside and why."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd


def _nothing() -> pd.DataFrame:
    return pd.DataFrame(
        {"line": pd.Series(dtype="int64"), "reason": pd.Series(dtype="str"), "text": pd.Series(dtype="str")}
    )


@dataclass(frozen=True)
class Quality:
    """The account of one reading.

    Attributes
    ----------
    rows
        Rows in the source.
    set_aside
        The rows that cannot be used: `line` (from 1, in `source`), `reason`, `text` (the row as it stood), `source`.
    duplicates
        Rows that repeat another row in every column.
    duplicates_dropped
        How many of them were left out on request.
    future
        Rows later than the moment of reading; kept, never the data end.
    columns
        How the columns were understood: `role`, `column`, `how`.
    """

    rows: int
    set_aside: pd.DataFrame = field(default_factory=_nothing)
    duplicates: int = 0
    duplicates_dropped: int = 0
    future: int = 0
    columns: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def reasons(self) -> pd.Series:
        """How many rows were set aside, by reason, most first."""
        return self.set_aside["reason"].value_counts()
