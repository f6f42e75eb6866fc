"""The columns of a funnel's picture: one for each segment and group, with its sign."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

from journeymap.analyses.funnel_scope import FEW
from journeymap.analyses.funnel_words import beginning, interchangeable, labels, one_of
from journeymap.analyses.splitting import EVERYBODY, OTHER
from journeymap.charts.drawing import one_line
from journeymap.charts.theme import series as series_colours
from journeymap.charts.theme import tokens
from journeymap.rules import Not

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journeymap.analyses.funnel import Funnel
    from journeymap.charts.theme import Mode
    from journeymap.journeys import Segment

Row = dict[str, Any]

MOST_COLUMNS = 6
NOT_SHAPE = "M-1,-.5L-.5,-1L0,-.5L.5,-1L1,-.5L.5,0L1,.5L.5,1L0,.5L-.5,1L-1,.5L-.5,0Z"


@dataclass(frozen=True)
class Words:
    """What all columns of a funnel say alike.

    Attributes
    ----------
    unit
        What is counted, as several.
    begin
        What is entered to be counted: the first stage, or any.
    settled
        ``"settled"`` before those of whom rates are made; empty where that is everybody who entered.
    of_first
        Whether shares of the first stage have a meaning.
    """

    unit: str = "customers"
    begin: str = "the first stage"
    settled: str = "settled"
    of_first: bool = True


@dataclass(frozen=True)
class Series:
    """One column.

    Attributes
    ----------
    segment, group
        Whose; `group` is None where nothing is broken down.
    rows
        The rows of the table, one per stage; what is not defined is None. Also what the row is called (`label`, and
        `where` in a sentence), and whether its stage is `optional` or `free`, which is that others may take its place.
    words
        What is counted.
    place
        Its place among the colours and shapes, from 0.
    rest
        Whether it is the rest of another segment, which has the same colour and another shape.
    """

    segment: str
    group: str | None
    rows: tuple[Row, ...]
    words: Words
    place: int
    rest: bool = False

    @property
    def name(self) -> str:
        """What its head says."""
        if self.group is None:
            return self.segment
        return self.group if self.segment == EVERYBODY else f"{self.segment}, {self.group}"

    @property
    def people(self) -> str:
        """Those counted in it in a sentence, as in "46 % of … move on"."""
        return self._named(self.words.unit)

    @property
    def one(self) -> str:
        """One of them in a sentence."""
        return self._named(one_of(self.words.unit))

    def _named(self, unit: str) -> str:
        if self.name == EVERYBODY:
            return unit
        return f"{unit} in {self.name}" if " of " in unit else f"{self.name} {unit}"

    @property
    def required(self) -> tuple[Row, ...]:
        """The rows of the stages that may not be passed over."""
        return tuple(row for row in self.rows if not row["optional"])

    @property
    def entered(self) -> int:
        """How many began, at the first stage or at a later one."""
        return began(self.rows, "customers", "moved_on")

    @property
    def settled(self) -> int:
        """How many of them are settled; 0 also where nothing ever settles."""
        return 0 if self.rows[0]["settled"] is None else began(self.rows, "settled", "settled_moved_on")

    def look(self, *, mode: Mode, settled: int | None = None) -> dict[str, str]:
        """Return shape, stroke and fill of its sign; hollow where fewer than 30 customers are settled."""
        look = sign(self.place, self.rest, mode=mode)
        return look | {"fill": "surface"} if settled is not None and settled < FEW else look


def sign(place: int, rest: bool, /, *, mode: Mode) -> dict[str, str]:  # noqa: FBT001 - a pair from `places`
    """Return shape, stroke and fill of the sign at a place; the rest of a segment is a cross of its colour."""
    shape = NOT_SHAPE if rest else tokens()["series_shapes"][place % MOST_COLUMNS]
    colour = series_colours(mode=mode)[place % MOST_COLUMNS]
    return {"shape": shape, "stroke": colour, "fill": colour}


def all_series(funnel: Funnel, /, *, known: Sequence[str] = ()) -> list[Series]:
    """Return every column of a funnel: segments as they were given, groups by size and "(other)" last.

    Parameters
    ----------
    known
        Names (segments; groups where there are any) that have a place already; new ones come after them.
    """
    table = funnel.table.astype(object)
    records = cast("list[Row]", table.where(table.notna(), None).to_dict("records"))
    stages = _about_stages(funnel)
    stacks = [
        tuple(row | about for row, about in zip(records[begin : begin + len(stages)], stages, strict=True))
        for begin in range(0, len(records), len(stages))
    ]
    if funnel.by is not None:
        stacks.sort(key=lambda rows: (rows[0]["group"] == OTHER, -began(rows, "customers", "moved_on")))
    words = words_of(funnel)
    names = [_key(rows[0]) for rows in stacks]
    signs = places(names, segments=funnel.segments, known=known)
    return [
        Series(rows[0]["segment"], rows[0]["group"], rows, words, *signs[name])
        for rows, name in zip(stacks, names, strict=True)
    ]


def words_of(funnel: Funnel, /) -> Words:
    """Return what all columns of a funnel say alike."""
    counting = funnel.counting
    return Words(
        funnel.scope.unit,
        beginning(funnel.journey, counting),
        "" if counting.open == "left" else "settled",
        counting.entry == "first stage",
    )


def before(rows: Sequence[Row], place: int, /) -> Row | None:
    """Return the row of the required stage before a row; None before the first."""
    return next((row for row in reversed(rows[:place]) if not row["optional"]), None)


def began(rows: Sequence[Row], entered: str, moved_on: str, /) -> int:
    """Count who began at the first stage, or at a later one: those who are there and did not come from the one before."""
    required = [row for row in rows if not row["optional"]]
    later = sum(row[entered] - earlier[moved_on] for earlier, row in pairwise(required))
    return int(rows[0][entered] + later)


def _about_stages(funnel: Funnel) -> list[Row]:
    """Return for each stage what its rows are called, and whether it is optional or others may take its place."""
    journey, counting = funnel.journey, funnel.counting
    free = interchangeable(journey, counting)
    return [
        {
            "label": label,
            "where": f"{'after' if loose else 'at'} {one_line(label)}",
            "optional": stage.optional,
            "free": loose,
        }
        for stage, label, loose in zip(journey.stages, labels(journey, counting), free, strict=True)
    ]


def places(
    names: Sequence[str], /, *, segments: Sequence[Segment], known: Sequence[str] = ()
) -> dict[str, tuple[int, bool]]:
    """Return for each name its place among the colours, and whether it is the rest of another segment.

    Everybody, who never stand beside a segment, always have the first place.
    """
    of_rest = _rests(segments, known)
    owners = {name: of_rest.get(name, name) for name in names}
    taken = dict.fromkeys([*known, *owners.values()])
    taken.pop(EVERYBODY, None)
    place_of = {EVERYBODY: 0} | {name: place for place, name in enumerate(taken)}
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


def nobody_entered(name: str, stage: str, /) -> str:
    """Say that a column is empty.

    Examples
    --------
    >>> nobody_entered("VIP", "Discover")
    'Nobody in VIP entered Discover in this period.'
    """
    return one_line(f"Nobody in {name} entered {stage} in this period.")


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


def _rests(segments: Sequence[Segment], known: Sequence[str]) -> dict[str, str]:
    """Map each segment that is the rest of another one to that one, also where only its colour is known."""
    name_of = {segment.rule: segment.name for segment in reversed(segments)}
    found = {}
    for segment in segments:
        if isinstance(segment.rule, Not):
            opposite = ~segment
            owner = name_of.get(opposite.rule, opposite.name)
            if opposite.rule in name_of or owner in known:
                found[segment.name] = owner
    return found
