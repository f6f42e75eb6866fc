"""What a map says and a format has no place for, in sentences; counted on the map that is written."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields as fields_of
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from journeymap.errors import counted, listing
from journeymap.maps.document import JourneyMap
from journeymap.maps.fields import FORM, Part, part_to_plain
from journeymap.maps.formats.texts import UNKNOWN, storable
from journeymap.maps.parts import Named, slug

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

NOUNS = {
    "contributors": ("contributor", ""),
    "goals": ("goal", ""),
    "personas": ("persona", ""),
    "stages": ("stage", ""),
    "channels": ("channel", ""),
    "touchpoints": ("touchpoint", ""),
    "steps": ("step", ""),
    "pains": ("pain", ""),
    "gains": ("gain", ""),
    "blueprint": ("blueprint card", ""),
    "opportunities": ("opportunity", "opportunities"),
    "kpis": ("KPI", ""),
    "evidence": ("piece of evidence", "pieces of evidence"),
    "measurements": ("measured number", ""),
    "waivers": ("waiver", ""),
    "changelog": ("line of the changelog", "lines of the changelog"),
}
"""The parts of a map that are several, with their nouns."""


def losses(journey_map: JourneyMap, name: str, held: Mapping[str, Collection[str]], /) -> list[str]:
    """Say what of a map a format leaves out.

    Parameters
    ----------
    name
        Of the format, as a reader knows it.
    held
        For each kind of part the format holds (``""`` is the map itself) the fields it holds, inner ones with a dot.

    Examples
    --------
    >>> import journeymap as jm
    >>> shop = jm.JourneyMap("Shop", owner="Ada", stages=["Buy"], pains=["Slow", "Dear"])
    >>> losses(shop, "A list", {"": ("title",), "stages": ("name",)})
    ['A list has no place for 2 pains.', 'Of the map it leaves out owner.']
    """
    gone = [
        counted(_size(journey_map, kind), *nouns)
        for kind, nouns in NOUNS.items()
        if kind not in held and _size(journey_map, kind)
    ]
    found = [f"{name} has no place for {listing(gone, most=20)}."] if gone else []
    of_map = [field for field in said_of(journey_map) if field not in held[""]]
    if of_map:
        found.append(f"Of the map it leaves out {listing(map(_worded, of_map), most=30)}.")
    for kind in (kind for kind in NOUNS if kind in held and kind != "measurements"):
        lost = Counter(
            field for part in getattr(journey_map, kind) for field in said_of(part) if field not in held[kind]
        )
        if lost:
            told = (f"{_worded(field)} ({number:,})" for field, number in lost.items())
            noun, nouns = NOUNS[kind]
            found.append(f"Of {nouns or noun + 's'} it leaves out {listing(told, most=30)}.")
    return found


def without_extra(journey_map: JourneyMap, name: str, /) -> JourneyMap:
    """Return a map whose parts say nothing beyond their fields under one name, because its format holds that."""

    def bare(part: Any) -> Any:
        return replace(part, extra={key: value for key, value in part.extra.items() if key != name})

    stripped: JourneyMap = bare(replace(journey_map, steps=tuple(map(bare, journey_map.steps))))
    return stripped


def garbled(journey_map: JourneyMap, name: str, /, *, clean: Callable[[str], str] = storable) -> list[str]:
    """Say how many texts hold characters that a format has no place for: those that `clean` changes."""
    number = sum(clean(said) != said for said in _texts(part_to_plain(journey_map)))
    if not number:
        return []
    texts = counted(number, "text has a control character", "texts have control characters")
    return [f"{texts}, which {name} cannot hold; {UNKNOWN} stands for each."]


def _texts(plain: Any) -> Iterator[str]:
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, dict):
        for value in plain.values():
            yield from _texts(value)
    elif isinstance(plain, list | tuple):
        for value in plain:
            yield from _texts(value)


def _size(journey_map: JourneyMap, kind: str) -> int:
    if kind == "measurements":
        return len(journey_map.measurements.observations) if journey_map.measurements else 0
    return len(getattr(journey_map, kind))


def _worded(field: str) -> str:
    return field.removesuffix(".extra").replace("extra", "what else the file said").replace("_", " ")


def said_of(part: Part, /) -> Iterator[str]:
    """Name the fields of a part that say something; inner ones with a dot, an id only if it is not the usual one."""
    for one in fields_of(part):
        value: Any = getattr(part, one.name)
        if one.name in NOUNS and isinstance(part, JourneyMap):
            continue
        if one.name == "id" and isinstance(part, Named | JourneyMap):
            first = next(field.name for field in fields_of(part) if FORM in field.metadata)
            if not re.fullmatch(rf"{slug(getattr(part, first))}(-\d+)?", value):
                yield "id"
        elif one.metadata.get("of") and isinstance(value, Part):
            yield from (f"{one.name}.{inner}" for inner in said_of(value))
        elif value not in (None, "", (), {}, False) and value != one.default:
            yield one.name
