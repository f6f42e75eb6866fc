"""A map as a table in a CSV file: stages and steps across and lanes down, or one line for each cell (the long form)."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple

from journeymap.errors import counted, listing
from journeymap.maps.formats.losses import garbled, losses
from journeymap.maps.formats.texts import guarded, lines, storable
from journeymap.maps.parts import Gain, Pain, Persona, Touchpoint

if TYPE_CHECKING:
    from pathlib import Path

    from journeymap.maps.document import JourneyMap
    from journeymap.maps.parts import Step

STAGE_LANES = ("question", "lifecycle", "customer_goal", "business_goal", "owner")
STEP_TEXTS = ("actor", "kind", "moment_of_truth")
STEP_LISTS = ("actions", "thoughts")
NAMED = {"touchpoints": Touchpoint, "personas": Persona}
TIED = {"pains": Pain, "gains": Gain}
CLAIMED = {"emotion": "emotion", "feeling": "label"}
STEP_LANES = (*STEP_LISTS, *NAMED, *CLAIMED, *STEP_TEXTS, *TIED)
LONG = ("map", "stage number", "stage", "step number", "step", "lane", "text")
HELD = {
    "": ("title",),
    "stages": ("name", *STAGE_LANES),
    "steps": (
        "title",
        "stage",
        *STEP_TEXTS,
        *STEP_LISTS,
        *NAMED,
        "claims.emotion",
        "claims.label",
    ),
    "personas": ("name",),
    "touchpoints": ("name",),
    "pains": ("text", "steps"),
    "gains": ("text", "steps"),
}


class Column(NamedTuple):
    """A column of the grid: the number and the name of its stage and of its step (0 without one), and the texts of its lanes."""

    stage_number: int
    stage: str
    step_number: int
    step: str
    lanes: dict[str, str]


def written(journey_map: JourneyMap, _path: Path, /) -> tuple[bytes, list[str]]:
    """Return a map as the bytes of a CSV grid, and what it cannot hold.

    The first row has the title and the stages (each once, over the first of its steps), the second the steps, the others a lane each.
    """
    columns = _columns(journey_map)
    rows = [
        [journey_map.title, *("" if column.step_number > 1 else column.stage for column in columns)],
        ["step", *(column.step for column in columns)],
    ]
    for lane in (*STAGE_LANES, *STEP_LANES):
        cells = [column.lanes.get(lane, "") for column in columns]
        if any(cells):
            rows.append([lane.replace("_", " "), *cells])
    return _csv(rows), _told(journey_map)


def written_long(journey_map: JourneyMap, _path: Path, /) -> tuple[bytes, list[str]]:
    """Return a map as the bytes of a CSV file with one line for each cell of the grid, and what it cannot hold."""
    rows: list[list[str]] = [list(LONG)]
    for column in _columns(journey_map):
        numbers = [str(column.stage_number), str(column.step_number)]
        lead = [journey_map.title, numbers[0], column.stage, numbers[1], column.step]
        said = [(lane.replace("_", " "), text) for lane, text in column.lanes.items() if text]
        rows += [[*lead, *one] for one in said or [("", "")]]
    return _csv(rows), _told(journey_map)


def _csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([[guarded(storable(cell)) for cell in row] for row in rows])
    return text.getvalue().encode()


def _told(journey_map: JourneyMap) -> list[str]:
    told = losses(journey_map, "The grid", HELD)
    known = {stage.id for stage in journey_map.stages}
    homeless = sum(step.stage not in known for step in journey_map.steps)
    if homeless:
        told.append(f"{counted(homeless, 'step')} of no stage cannot stand in a grid.")
    placed = {step.id for step in journey_map.steps if step.stage in known}
    for name in TIED:
        loose = sum(not placed & set(part.steps) for part in getattr(journey_map, name))
        if loose:
            noun = counted(loose, name.removesuffix("s"))
            told.append(f"{noun} of no step cannot stand in a grid.")
    for name in NAMED:
        used = {one for step in journey_map.steps for one in getattr(step, name)}
        unused = [part.name for part in getattr(journey_map, name) if part.id not in used]
        if unused:
            told.append(f"{name.capitalize()} of no step cannot stand in a grid: {listing(unused)}.")
    return told + garbled(journey_map, "a grid")


def _columns(journey_map: JourneyMap) -> list[Column]:
    columns = []
    for place, stage in enumerate(journey_map.stages, start=1):
        of_stage = {lane: getattr(stage, lane) for lane in STAGE_LANES}
        steps = journey_map.steps_of(stage.id)
        columns += [
            Column(
                place,
                stage.name,
                number,
                step.title,
                (of_stage if number == 1 else {}) | _lanes(journey_map, step),
            )
            for number, step in enumerate(steps, start=1)
        ] or [Column(place, stage.name, 0, "", of_stage)]
    return columns


def _lanes(journey_map: JourneyMap, step: Step) -> dict[str, str]:
    lanes = {lane: lines(getattr(step, lane)) for lane in STEP_LISTS}
    for lane in NAMED:
        names = {part.id: part.name for part in getattr(journey_map, lane)}
        lanes[lane] = lines(names.get(one, one) for one in getattr(step, lane))
    for lane, field in CLAIMED.items():
        value = getattr(step.claims, field, None)
        lanes[lane] = "" if value is None else str(value)
    lanes |= {lane: getattr(step, lane) for lane in STEP_TEXTS}
    for lane in TIED:
        lanes[lane] = lines(part.text for part in getattr(journey_map, lane) if step.id in part.steps)
    return lanes
