"""How a result is to be drawn: what its reader chose on the page, or in the call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from journeymap.charts.theme import Mode
from journeymap.errors import DefinitionError, listing

if TYPE_CHECKING:
    from collections.abc import Sequence

Scale = Literal["share", "customers"]

WIDTH = 900


@dataclass(frozen=True)
class Look:
    """What a picture on paper leaves open.

    Attributes
    ----------
    width
        Of the whole, in px.
    mode
        Light or dark.
    scale
        What is as wide as a column of a funnel: its own first stage (``"share"``), or the largest of all (``"customers"``).
    known, nodes
        Names of segments (of groups, where there are any) and of nodes of a flow that have a colour already, in order of
        the colours.

    Examples
    --------
    >>> Look(mode="dim")
    Traceback (most recent call last):
    journeymap.errors.DefinitionError: mode='dim' is not known. There is 'light' and 'dark'. Type: mode='light'
    """

    width: int = WIDTH
    mode: Mode = "light"
    scale: Scale = "share"
    known: Sequence[str] = ()
    nodes: Sequence[str] = ()

    def __post_init__(self) -> None:
        for name, choices in (("mode", get_args(Mode)), ("scale", get_args(Scale))):
            given = getattr(self, name)
            if given not in choices:
                raise DefinitionError(
                    f"{name}={given!r} is not known.",
                    right=f"There is {listing(map(repr, choices))}.",
                    fix=f"{name}={choices[0]!r}",
                )
