"""What was read, what was set aside and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence


def aside(
    lines: Sequence[int] = (),
    reasons: Sequence[str] = (),
    texts: Sequence[str] = (),
    sources: Sequence[str] = (),
) -> pd.DataFrame:
    """Return rows that were set aside as a table."""
    return pd.DataFrame(
        {
            "line": pd.Series(lines, dtype="int64"),
            "reason": pd.Series(reasons, dtype="str"),
            "text": pd.Series(texts, dtype="str"),
            "source": pd.Series(sources, dtype="str"),
        }
    )


def _columns() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype="str") for name in ("role", "column", "how")})


@dataclass(frozen=True)
class Quality:
    """The account of one reading.

    Attributes
    ----------
    rows
        Rows in the source: those in the log, those set aside, and the duplicates that were dropped.
    set_aside
        The rows that cannot be used: `line` (the line of the file, or the row of a table, from 1), `reason`, `text` (the row
        as it stood; for the first 1,000 of a reason) and `source` (the file).
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
    set_aside: pd.DataFrame = field(default_factory=aside)
    duplicates: int = 0
    duplicates_dropped: int = 0
    future: int = 0
    columns: pd.DataFrame = field(default_factory=_columns)

    @property
    def reasons(self) -> pd.Series:
        """How many rows were set aside, by reason, most first."""
        return self.set_aside["reason"].value_counts()
