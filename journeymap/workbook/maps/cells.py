"""What the editor shows of a cell: its parts, each with its fields, its claims and what was measured; and the table twin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from journeymap.charts import numbers
from journeymap.maps.claims import claims
from journeymap.maps.parts import Touchpoint
from journeymap.workbook.maps.fields import FIELDS
from journeymap.workbook.maps.lanes import (
    CALLED,
    LANES,
    WHOLE_MAP,
    lane_of,
    lanes_in,
    parts_in,
    stage_of,
)
from journeymap.workbook.maps.numbers import measured
from journeymap.workbook.maps.values import called, control, value_of

if TYPE_CHECKING:
    from journeymap.maps.claims import Claim
    from journeymap.maps.document import JourneyMap

Section = dict[str, Any]
FIXED = {"map", "measured", "owner", "goals"}
"""Lanes whose cells take no parts away and move none."""
WORST_FIRST = ("contradicted", "stale", "assumed", "supported")


def heading(journey_map: JourneyMap, cell: str) -> tuple[str, str]:
    """Return the words above a cell: the lane, and the stage or step."""
    lane, column = LANES[lane_of(cell)], cell.partition(":")[2]
    part = journey_map.parts.get(column)
    if lane_of(cell) in WHOLE_MAP:
        return lane.label, called(journey_map)
    return lane.label, called(part) if part else "In no stage or step"


def sections(journey_map: JourneyMap, cell: str, *, persona: str = "") -> list[Section]:
    """Return each part of a cell as what the page needs to show and edit it."""
    told = _claims_by_part(journey_map)
    lane = lane_of(cell)
    found = [
        _section(journey_map, part, lane, told=told.get(part.id, []), persona=persona)
        for part in parts_in(journey_map, cell)
    ]
    stage = stage_of(journey_map, cell.partition(":")[2])
    if lane == "measured" and stage:
        found.insert(0, _only_measured(journey_map, stage, persona))
    return found


def _section(journey_map: JourneyMap, part: Any, lane: str, *, told: list[Claim], persona: str) -> Section:
    names = LANES[lane].fields if isinstance(part, LANES[lane].kind) else ()
    fields = [one for one in FIELDS[type(part)] if not names or one.name in names]
    shown = {one.name for one in fields}
    known = [one for one in told if one.field in shown or one.field == "empathy"]
    place = "" if lane in FIXED else part.id
    return {
        "part": part.id if lane != "map" else "",
        "kind": CALLED[type(part)],
        "title": called(part),
        "claims": [_claim(one, {field.name: field.label for field in fields}) for one in known],
        "measured": measured(journey_map, part.id if lane != "map" else "", persona=persona),
        "evidence": _evidence(journey_map, part),
        "fields": [control(journey_map, part, one) for one in fields],
        "moves": bool(place),
    }


def _only_measured(journey_map: JourneyMap, stage: Any, persona: str) -> Section:
    found = measured(journey_map, stage.id, persona=persona)
    about = {"part": stage.id, "kind": "stage", "title": stage.name, "claims": [], "evidence": []}
    return {**about, "measured": found or ["Nothing was measured."], "fields": [], "moves": False}


def _claim(one: Claim, labels: dict[str, str]) -> dict[str, str]:
    said = f"{one.said:g}" if isinstance(one.said, int | float) else str(one.said)
    label = labels.get(one.field, one.field).partition(", one a line")[0]
    return {"status": one.status, "field": label, "said": said, "why": one.why}


def _claims_by_part(journey_map: JourneyMap) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = {}
    for one in claims(journey_map):
        found.setdefault(one.part, []).append(one)
    return found


def _evidence(journey_map: JourneyMap, part: Any) -> list[str]:
    """Say what a part stands on, one line each."""
    named = getattr(part, "evidence", ())
    if not isinstance(named, tuple) or (named and not isinstance(named[0], str)):
        return []
    return [_source(one) for one in journey_map.evidence if one.id in named]


def _source(one: Any) -> str:
    facts = [one.kind.replace("_", " ")]
    facts += [f"n {one.n:,.0f}"] if one.n is not None else []
    facts += [f"{one.collected_at:%d %b %Y}"] if one.collected_at else []
    facts += [f"expires {one.expires:%d %b %Y}"] if one.expires else []
    quote = f": “{one.quote}”" if one.quote else ""
    return f"{one.source} ({', '.join(facts)}){quote}"


def twin(journey_map: JourneyMap) -> dict[str, Any]:
    """Return the map as a table: a column for each stage, and a row for each lane with a line for each text in a cell."""
    told = _claims_by_part(journey_map)
    rows = []
    for lane in lanes_in(journey_map):
        cells = [_cell(journey_map, f"{lane}:{stage.id}", told) for stage in journey_map.stages]
        rows.append({"label": LANES[lane].label, "cells": cells})
    return {"columns": [stage.name for stage in journey_map.stages], "rows": rows}


def _cell(journey_map: JourneyMap, cell: str, told: dict[str, list[Claim]]) -> dict[str, str]:
    lane = lane_of(cell)
    fields = LANES[lane].fields or (FIELDS[LANES[lane].kind][0].name,)
    parts = [part for part in parts_in(journey_map, cell) if not isinstance(part, Touchpoint)]
    if lane == "measured":
        return {"id": cell, "text": "\n".join(measured(journey_map, cell.partition(":")[2])), "status": ""}
    known = {one.status for part in parts for one in told.get(part.id, []) if one.field in fields}
    status = next((status for status in WORST_FIRST if status in known), "")
    kind = LANES[lane].kind
    words = [
        _words(journey_map, value_of(part, fields[0])) if isinstance(part, kind) else called(part)
        for part in parts
    ]
    return {"id": cell, "text": "\n".join(filter(None, words)), "status": status}


def _words(journey_map: JourneyMap, value: Any) -> str:
    if isinstance(value, tuple):
        return "\n".join(called(journey_map.parts[one]) if one in journey_map.parts else one for one in value)
    if isinstance(value, int | float):
        return f"{value:+g}".replace("-", numbers.MINUS) if value else "0"
    return str(value or "")
