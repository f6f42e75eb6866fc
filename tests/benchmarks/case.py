"""What a contender can be asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Case:
    """One question as one contender answers it.

    Attributes
    ----------
    name
        The question, the same for all contenders.
    label
        Who answers, and from what.
    ask
        The call that is timed; it returns counts that JSON can hold. With `own_clock` it returns (milliseconds, counts).
    before
        What is done before each call, outside the time.
    same
        Whether it is the same question, so that the counts must be equal.
    """

    name: str
    label: str
    ask: Callable[[], Any]
    before: Callable[[], Any] | None = None
    same: bool = True
    own_clock: bool = False
