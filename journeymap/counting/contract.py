"""The counting contract: the rules by which everything is counted, as one value that is written on every chart."""

from __future__ import annotations

from dataclasses import dataclass, fields

from journeymap.durations import canonical, in_words, nanoseconds
from journeymap.errors import DefinitionError


@dataclass(frozen=True)
class Counting:
    """The rules of a count.

    A customer's *attempt* is one entry (an event of the first stage) and, for each next stage, the earliest event that
    may follow. The best attempt counts: the one that gets furthest, and of those the earliest. Events of one instant
    never follow one another, unless the log's sequence key says so.

    Parameters
    ----------
    window
        The longest time from an attempt's entry to its last stage, inclusive; None is no limit.

    Examples
    --------
    >>> import journeymap as jm
    >>> jm.Counting(window="2w").window
    '14d'
    """

    window: str | None = "30d"

    def __post_init__(self) -> None:
        if self.window is None:
            return
        if nanoseconds(self.window) <= 0:
            raise DefinitionError(
                "A window of 0 days ends where it starts.",
                right="It needs at least one minute.",
                fix='window="7d", or None',
            )
        object.__setattr__(self, "window", canonical(self.window))

    def __repr__(self) -> str:
        changed = ", ".join(f"{name}={value!r}" for name, value in self.changed.items())
        return f"jm.Counting({changed})"

    @property
    def changed(self) -> dict[str, object]:
        """The rules that differ from the default."""
        default = {field.name: field.default for field in fields(self)}
        return {name: getattr(self, name) for name in default if getattr(self, name) != default[name]}

    @property
    def sentences(self) -> list[str]:
        """The rules in plain words.

        Examples
        --------
        >>> Counting(window=None).sentences[0]
        'No limit on the time from entry.'
        """
        window = (
            f"Window {in_words(self.window)} from entry."
            if self.window
            else "No limit on the time from entry."
        )
        return [window, "Best attempt, stages in order, equal times never chain."]
