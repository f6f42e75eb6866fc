"""A filter of a log: the rule that keeps events, or leaves them out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from journeymap.wording import words_of

if TYPE_CHECKING:
    from journeymap.rules import Rule


@dataclass(frozen=True, repr=False)
class Filter:
    """What was asked of :meth:`EventLog.only` or :meth:`EventLog.without`; as text it is in plain words.

    Examples
    --------
    >>> import journeymap as jm
    >>> staff = Filter("without", jm.where(staff=True))
    >>> str(staff), repr(staff)
    ('without customers whose staff is true', 'without jm.where(staff=True)')
    """

    kind: Literal["only", "without"]
    rule: Rule

    def __str__(self) -> str:
        return f"{self.kind} {words_of(self.rule)}"

    def __repr__(self) -> str:
        return f"{self.kind} {self.rule!r}"
