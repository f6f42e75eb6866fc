"""The columns of a funnel's picture: one for each segment and group, with its sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from journeymap.analyses.funnel_scope import FEW
from journeymap.analyses.splitting import EVERYBODY, OTHER
from journeymap.charts.theme import series as series_colours
from journeymap.charts.theme import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journeymap.analyses.funnel import Funnel
    from journeymap.charts.theme import Mode
    from journeymap.journeys import Segment

Row = dict[str, Any]

MOST_COLUMNS = 6


@dataclass(frozen=True)
class Series:
    """One column.

    Attributes
    ----------
    segment, group
        Whose; `group` is None where nothing is broken down.
    rows
        The rows of the table, one per stage; what is not defined is None.
    place
        Its place among the colours and shapes, from 0.
    hollow
        Whether it is the rest of another segment, which has the same colour.
    """

    segment: str
    group: str | None
    rows: tuple[Row, ...]
    place: int
    hollow: bool = False

    @property
    def name(self) -> str:
        """What its head says."""
        if self.group is None:
            return self.segment
        return self.group if self.segment == EVERYBODY else f"{self.segment}, {self.group}"

    @property
    def people(self) -> str:
        """Its customers in a sentence, as in "46 % of … move on"."""
        return "customers" if self.name == EVERYBODY else f"{self.name} customers"

    @property
    def entered(self) -> int:
        """How many customers entered the first stage."""
        return int(self.rows[0]["customers"])

    @property
    def settled(self) -> int:
        """How many of them are settled; 0 also where nothing ever settles."""
        return int(self.rows[0]["settled"] or 0)

    def look(self, *, mode: Mode, settled: int | None = None) -> dict[str, str]:
        """Return shape, stroke and fill of its sign; hollow where fewer than 30 customers are settled."""
        shape, colour = tokens()["series_shapes"][self.place % MOST_COLUMNS], series_colours(mode=mode)
        few = settled is not None and settled < FEW
        stroke = colour[self.place % MOST_COLUMNS]
        return {"shape": shape, "stroke": stroke, "fill": "surface" if few or self.hollow else stroke}


def all_series(funnel: Funnel, /, *, known: Sequence[str] = ()) -> list[Series]:
    """Return every column of a funnel: segments as they were given, groups by size and "(other)" last.

    Parameters
    ----------
    known
        Names (segments; groups where there are any) that have a place already; new ones come after them.
    """
    table = funnel.table.astype(object)
    records = cast("list[Row]", table.where(table.notna(), None).to_dict("records"))
    n_stages = len(funnel.journey.stages)
    stacks = [tuple(records[begin : begin + n_stages]) for begin in range(0, len(records), n_stages)]
    if funnel.by is not None:
        stacks.sort(key=lambda rows: (rows[0]["group"] == OTHER, -rows[0]["customers"]))
    names = [_key(rows[0]) for rows in stacks]
    signs = places(names, segments=funnel.segments, known=known)
    return [
        Series(rows[0]["segment"], rows[0]["group"], rows, *signs[name])
        for rows, name in zip(stacks, names, strict=True)
    ]


def places(
    names: Sequence[str], /, *, segments: Sequence[Segment], known: Sequence[str] = ()
) -> dict[str, tuple[int, bool]]:
    """Return for each name its place among the colours, and whether its sign is hollow: the rest of another segment."""
    of_rest = _rests(segments)
    owners = {name: of_rest.get(name, name) for name in names}
    place_of = {name: place for place, name in enumerate(dict.fromkeys([*known, *owners.values()]))}
    return {name: (place_of[owner], owner != name) for name, owner in owners.items()}


def remembered(known: Sequence[str], names: Sequence[str], /) -> list[str]:
    """Return the names whose places are kept: those seen before, then new ones; beyond six, absent ones go first.

    Examples
    --------
    >>> remembered(["a", "b"], ["c"]), remembered(list("abcdef"), ["c", "g"])
    (['a', 'b', 'c'], ['g', 'b', 'c', 'd', 'e', 'f'])
    """
    kept = list(known)
    for name in names:
        if name in kept:
            continue
        absent = next((place for place, old in enumerate(kept) if old not in names), None)
        if len(kept) < MOST_COLUMNS or absent is None:
            kept.append(name)
        else:
            kept[absent] = name
    return kept


def fits(funnel: Funnel, /) -> str | None:
    """Say why a funnel has too many columns for one picture; None if it fits.

    The picture then holds the largest six; a page shows the table instead.
    """
    columns = len(funnel.parts)
    return None if columns <= MOST_COLUMNS else f"{columns} columns do not fit; the table shows all"


def shown_series(funnel: Funnel, /, *, known: Sequence[str] = ()) -> list[Series]:
    """Return the columns that a picture has room for: all, or the largest six."""
    found = all_series(funnel, known=known)
    if len(found) <= MOST_COLUMNS:
        return found
    return sorted(found, key=lambda series: -series.entered)[:MOST_COLUMNS]


def _key(row: Row) -> str:
    if row["group"] is None:
        return str(row["segment"])
    return f"{row['segment']}, {row['group']}" if row["segment"] != EVERYBODY else str(row["group"])


def _rests(segments: Sequence[Segment]) -> dict[str, str]:
    """Map each segment that is the rest of an earlier one to that one."""
    found: dict[str, str] = {}
    for position, segment in enumerate(segments):
        for earlier in segments[:position]:
            opposite = segment.rule == (~earlier).rule or earlier.rule == (~segment).rule
            if opposite and earlier.name not in found:
                found[segment.name] = earlier.name
    return found
