"""What is told otherwise in another version of a map: parts that came, went, moved, and fields that changed."""

from __future__ import annotations

from dataclasses import fields as fields_of
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from journeymap.maps.document import COLLECTIONS
from journeymap.maps.fields import FORM, part_to_plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from journeymap.maps.document import JourneyMap
    from journeymap.maps.fields import Part
    from journeymap.maps.parts import Named

    Row = dict[str, Any]

NOT_TOLD = ("measurements", "waivers", "changelog", "version")


def told_changes(before: JourneyMap, after: JourneyMap) -> list[Row]:
    """List what is told otherwise: rows with `kind`, `part`, `field`, `before`, `after`.

    `kind` is ``"added"``, ``"removed"``, ``"moved"`` or ``"changed"``; `part` is an id, empty for the map itself; a field
    within a field has a dot, such as ``"claims.emotion"``.
    """
    rows = list(_field_changes("", _own(before), _own(after)))
    for name in COLLECTIONS.values():
        rows += _collection_changes(getattr(before, name), getattr(after, name))
    return rows


def _own(journey_map: JourneyMap) -> dict[str, Any]:
    """Return what the map says of itself, without its parts."""
    apart = {*COLLECTIONS.values(), *NOT_TOLD}
    return {name: value for name, value in part_to_plain(journey_map).items() if name not in apart}


def _collection_changes(before: tuple[Named, ...], after: tuple[Named, ...]) -> Iterator[Row]:
    old, new = ({part.id: part for part in reversed(parts)} for parts in (before, after))
    for part in dict.fromkeys(one.id for one in before if one.id not in new):
        yield _row("removed", part, "", _head(old[part]), None)
    for part in dict.fromkeys(one.id for one in after if one.id not in old):
        yield _row("added", part, "", None, _head(new[part]))
    common = [[one.id for one in parts if one.id in old and one.id in new] for parts in (before, after)]
    for part in _moved(*common):
        yield _row("moved", part, "order", common[0].index(part) + 1, common[1].index(part) + 1)
    for part in dict.fromkeys(common[0]):
        yield from _field_changes(part, part_to_plain(old[part]), part_to_plain(new[part]))


def _moved(before: list[str], after: list[str]) -> list[str]:
    """Return what changed its place among the others: what the longest common orders leave out."""
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    stayed = {before[block.a + k] for block in blocks for k in range(block.size)}
    return [part for part in dict.fromkeys(before) if part not in stayed]


def _head(part: Part) -> str:
    """Return the text by which a part is known: its first field."""
    return str(getattr(part, next(one.name for one in fields_of(part) if FORM in one.metadata)))


def _field_changes(part: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Row]:
    old, new = _flat(before), _flat(after)
    for name in dict.fromkeys([*old, *new]):
        if old.get(name) != new.get(name):
            yield _row("changed", part, name, old.get(name), new.get(name))


def _flat(plain: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in plain.items():
        if isinstance(value, dict):
            found |= _flat(value, f"{prefix}{name}.")
        else:
            found[prefix + name] = value
    return found


def _row(kind: str, part: str, field: str, before: Any, after: Any) -> Row:
    told = {"kind": kind, "part": part, "field": field, "before": before, "after": after}
    return told | {"persona": "", "significant": False, "why": ""}
