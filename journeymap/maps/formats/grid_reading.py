"""A CSV grid or its long form read as a map."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import fields as fields_of
from typing import TYPE_CHECKING, Any

from journeymap.errors import DataError
from journeymap.maps.document import JourneyMap
from journeymap.maps.formats.grid import (
    CLAIMED,
    LONG,
    NAMED,
    STAGE_LANES,
    STEP_LANES,
    STEP_LISTS,
    STEP_TEXTS,
    TIED,
    Column,
)
from journeymap.maps.formats.naming import Ids, Known, decoded, made
from journeymap.maps.formats.texts import texts_of, unguarded
from journeymap.maps.parts import MapStage, Step

if TYPE_CHECKING:
    from pathlib import Path

ALSO = {
    "phase": "stage",
    "steps": "step",
    "goal": "customer_goal",
    "goals": "customer_goal",
    "action": "actions",
}
"""Other words for lanes that people use."""
STEPS = re.compile(r'^"?steps?"?(?:([,;\t])|\r?$)', re.IGNORECASE | re.MULTILINE)
LANES = (*STAGE_LANES, *STEP_LANES)


def read(path: Path, /) -> JourneyMap:
    """Read a map from a CSV file: a grid with the stages in its first row, or the long form."""
    return loads(decoded(path), name=path.stem)


def loads(text: str, *, name: str = "Journey") -> JourneyMap:
    """Read a map from the text of a CSV grid; without a title it is called `name`.

    Examples
    --------
    >>> shop = loads("Shop,Look,,Buy\\nstep,I search,I compare,I pay\\nthoughts,,Too many!,\\nemotion,1,-1,\\n")
    >>> [(step.stage, step.title, step.thoughts) for step in shop.steps]
    [('look', 'I search', ()), ('look', 'I compare', ('Too many!',)), ('buy', 'I pay', ())]
    """
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True))
    except csv.Error as error:
        raise DataError(
            f"This is no CSV file: {error}.", right="Cells with commas, one row a line."
        ) from error
    rows = [[unguarded(cell) for cell in row] for row in rows]
    if not rows or not (any(cell.strip() for cell in rows[0][1:]) or _is_empty(rows)):
        raise DataError(
            "This is no grid of a journey map.",
            right="Its first row has the title of the map and then the stages.",
            fix="Shop,Discover,Buy",
        )
    heading = [_key(cell) for cell in rows[0]]
    if {"stage", "lane", "text"} <= set(heading):
        title, columns = _long(heading, rows[1:])
    else:
        title, columns = rows[0][0], _across(rows)
    return _map(title if title.strip() else name, columns)


def _delimiter(text: str) -> str:
    """Return what stands after the word step at the beginning of a line; else what the first line has most of."""
    after = STEPS.search(text)
    first = text.partition("\n")[0]
    return (after[1] or ",") if after else max(",;\t", key=first.count)


def _is_empty(rows: list[list[str]]) -> bool:
    """Say whether this is the grid of a map without stages: its title and the word step."""
    return [len(row) for row in rows[:2]] == [1, 1] and _key(rows[1][0]) == "step" and not any(rows[2:])


def _key(lane: str) -> str:
    key = lane.strip().casefold().replace(" ", "_")
    return ALSO.get(key, key)


def _across(rows: list[list[str]]) -> list[Column]:
    """Read the columns of a grid; a column without a stage belongs to the stage before."""
    width = max(len(row) for row in rows)
    named = {_key(row[0]): row + [""] * (width - len(row)) for row in rows[1:] if row}
    steps, columns = named.get("step", [""] * width), list[Column]()
    for place, stage in enumerate((rows[0] + [""] * (width - len(rows[0])))[1:], start=1):
        before = columns[-1] if columns else Column(0, "", 0, "", {})
        lanes = {lane: row[place] for lane, row in named.items() if lane != "step" and row[place]}
        if not (stage.strip() or steps[place].strip() or lanes):
            continue
        number = before.stage_number + (1 if stage.strip() or not columns else 0)
        step_number = before.step_number + 1 if number == before.stage_number else 1
        columns.append(Column(number, stage or before.stage, step_number, steps[place], lanes))
    return columns


def _long(heading: list[str], rows: list[list[str]]) -> tuple[str, list[Column]]:
    """Read the columns of the long form, and the title of the map; lines of one stage and step belong together."""
    columns: dict[tuple[str, ...], Column] = {}
    stages: dict[tuple[str, str], int] = {}
    title = ""
    for row in rows:
        said = dict.fromkeys((_key(name) for name in LONG), "") | dict(zip(heading, row, strict=False))
        title = title or said["map"]
        stage = stages.setdefault((said["stage_number"], said["stage"]), len(stages) + 1)
        key = (str(stage), said["step_number"], said["step"])
        column = columns.setdefault(key, Column(stage, said["stage"], len(columns) + 1, said["step"], {}))
        if said["lane"].strip():
            lane = _key(said["lane"])
            told = [*filter(None, [column.lanes.get(lane)]), said["text"]]
            column.lanes[lane] = "\n".join(told)
    return title, list(columns.values())


def _map(title: str, columns: list[Column]) -> JourneyMap:
    ids, stages = Ids(), dict[int, dict[str, Any]]()
    named = {lane: Known(kind, ids) for lane, kind in NAMED.items()}
    tied: dict[str, dict[str, list[str]]] = {lane: {} for lane in TIED}
    steps = []
    for column in columns:
        if column.stage_number not in stages:
            if not column.stage.strip():
                raise DataError("A column has no stage.", right="A name in the first row.", fix="Discover")
            stages[column.stage_number] = {"name": column.stage, "id": ids.new(column.stage)}
        stage = stages[column.stage_number]
        stage |= {lane: said for lane, said in column.lanes.items() if lane in STAGE_LANES}
        stage |= {_free(lane): said for lane, said in column.lanes.items() if lane not in LANES}
        if column.step.strip() or set(column.lanes) & set(STEP_LANES):
            steps.append(_step(column, stage, ids, named, tied))
    plain: dict[str, Any] = {
        "title": title,
        "stages": [made(MapStage, **said) for said in stages.values()],
        "steps": steps,
        **{lane: known.parts for lane, known in named.items()},
        **{
            lane: [made(TIED[lane], text=text, id=ids.new(text), steps=of) for text, of in said.items()]
            for lane, said in tied.items()
        },
    }
    found: JourneyMap = made(JourneyMap, **plain)
    return found


def _free(lane: str) -> str:
    """Name a lane that is not known so that it is no field of a stage."""
    return f"{lane} (lane)" if lane in {one.name for one in fields_of(MapStage)} else lane


def _step(
    column: Column, stage: dict[str, Any], ids: Ids, named: dict[str, Known], tied: dict[str, Any]
) -> Step:
    lanes = column.lanes
    title = column.step if column.step.strip() else column.stage
    said: dict[str, Any] = {"title": title, "id": ids.new(title), "stage": stage["id"]}
    said |= {lane: lanes[lane] for lane in STEP_TEXTS if lane in lanes}
    said |= {lane: texts_of(lanes[lane]) for lane in STEP_LISTS if lane in lanes}
    for lane, known in named.items():
        said[lane] = [known.id_of(name) for name in texts_of(lanes.get(lane, "")) if name.strip()]
    claimed = {field: lanes[lane] for lane, field in CLAIMED.items() if lanes.get(lane, "").strip()}
    if "emotion" in claimed:
        claimed["emotion"] = _number(claimed["emotion"])
    said["claims"] = claimed or None
    for lane, texts in tied.items():
        for text in filter(str.strip, texts_of(lanes.get(lane, ""))):
            texts.setdefault(text, []).append(said["id"])
    step: Step = made(Step, **said)
    return step


def _number(said: str) -> Any:
    try:
        number = float(said.strip().replace(",", ".").replace("−", "-"))  # noqa: RUF001 - a minus sign
    except ValueError:
        return said
    return int(number) if number.is_integer() else number
