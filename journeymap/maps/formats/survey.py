"""The survey sheet of CJML: one row for each point where a respondent met the company."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from journeymap.errors import DataError
from journeymap.maps.document import JourneyMap
from journeymap.maps.formats.losses import losses, without_extra
from journeymap.maps.formats.mermaid import MIDDLE, score_of
from journeymap.maps.formats.naming import Ids, Known, made
from journeymap.maps.formats.sheets import workbook
from journeymap.maps.parts import Channel, Claims, MapStage, Step, Touchpoint

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from journeymap.maps.formats.cells import Cell

COLUMNS = (
    "Include",
    "TP ID",
    "Phase",
    "Actor who initiated",
    "Initiator's label",
    "Actor who received",
    "Receiver's label",
    "Channel",
    "Date",
    "Time",
    "Comment",
    "UX description",
    "UX rating (1\u20135)",
    "Deviation",
)
KEPT = {"Actor who received": "receiver", "Receiver's label": "receiver_label", "Deviation": "deviation"}
"""Columns a step has no field for; they stay in what else was said of it, under ``cjml``."""
HELD = {
    "": (),
    "stages": ("name",),
    "channels": ("name",),
    "steps": ("title", "id", "stage", "actor", "actions", "claims.emotion", "claims.label"),
}


def is_survey(heading: Sequence[Cell], /) -> bool:
    """Say whether the first row of a sheet is that of a survey."""
    said = {_key(name) for name in heading}
    return {_key("TP ID"), _key("Phase"), _key("Initiator's label")} <= said


def _key(name: object) -> str:
    return "".join(sign for sign in str(name or "").casefold() if sign.isalnum())


def written(journey_map: JourneyMap, _path: Path, /) -> tuple[bytes, list[str]]:
    """Return a map as the bytes of a survey sheet, and what it cannot hold."""
    told = losses(without_extra(journey_map, "cjml"), "The survey sheet", with_channels(journey_map, HELD))
    rough = sum(score_of(_emotion(step)) - MIDDLE != (_emotion(step) or 0) for step in journey_map.steps)
    if rough:
        told.append(f"Ratings are whole numbers from 1 to 5: {rough:,} of the emotions are rounded.")
    return workbook(
        {"Survey": [list(COLUMNS), *(_row(journey_map, step) for step in journey_map.steps)]}
    ), told


def with_channels(journey_map: JourneyMap, held: dict[str, tuple[str, ...]], /) -> dict[str, tuple[str, ...]]:
    """Return what is held, with the touchpoints where each is only its channel, which is read back as it."""
    channels = {channel.id: channel.name for channel in journey_map.channels}
    if any(channels.get(one.channel) != one.name for one in journey_map.touchpoints):
        return held
    return held | {"touchpoints": ("name", "channel"), "steps": (*held["steps"], "touchpoints")}


def _emotion(step: Step) -> float | None:
    return step.claims.emotion if step.claims else None


def _row(journey_map: JourneyMap, step: Step) -> list[Cell]:
    stages = {stage.id: stage.name for stage in journey_map.stages}
    kept = step.extra.get("cjml") or {}
    kept = kept if isinstance(kept, dict) else {}
    row: dict[str, Any] = {
        "Include": "yes",
        "TP ID": step.id,
        "Phase": stages.get(step.stage, step.stage),
        "Actor who initiated": step.actor or "Customer",
        "Initiator's label": step.title,
        "Channel": channel_of(journey_map, step),
        "Comment": "\n".join(step.actions),
        "UX description": step.claims.label if step.claims else None,
        "UX rating (1\u20135)": None if _emotion(step) is None else score_of(_emotion(step)),
        "Date": _plain(kept.get("date")),
        "Time": _plain(kept.get("time")),
    }
    row |= {column: _plain(kept.get(name)) for column, name in KEPT.items()}
    return [row.get(column) or None for column in COLUMNS]


def _plain(value: Any) -> str | None:
    return None if value is None else str(value)


def channel_of(journey_map: JourneyMap, step: Step) -> str:
    """Return the name of the channel of a step: that of its first touchpoint which has one."""
    channels = {channel.id: channel.name for channel in journey_map.channels}
    of = {touchpoint.id: touchpoint.channel for touchpoint in journey_map.touchpoints}
    return next((channels[of[one]] for one in step.touchpoints if of.get(one) in channels), "")


def from_rows(rows: Sequence[Sequence[Cell]], *, title: str) -> JourneyMap:
    """Read a map from the rows of a survey, the first of which is the heading.

    Each row that is included becomes a step: the rating is its claimed emotion, the description its label.

    Examples
    --------
    >>> rows = [["Include", "TP ID", "Phase", "Initiator's label", "Channel", "UX rating (1-5)"], ["x", "T1", "Buy", "I pay", "Web", 5]]
    >>> found = from_rows(rows, title="Shop")
    >>> found.part("T1").claims.emotion, found.stages[0].name, found.channels[0].name
    (2, 'Buy', 'Web')
    """
    places = {_key(name): place for place, name in enumerate(rows[0])}
    ids = Ids()
    stages, channels, touchpoints = Known(MapStage, ids), Known(Channel, ids), Known(Touchpoint, ids)
    steps = []
    for number, row in enumerate(rows[1:], start=2):
        said = {column: _cell(row, _place(places, column)) for column in COLUMNS}
        if not any(said.values()) or str(said["Include"] or "yes").casefold() in ("no", "0", "false", "n"):
            continue
        name = _text(said["Initiator's label"]) or _text(said["Comment"]) or _text(said["TP ID"])
        channel = channels.id_of(_text(said["Channel"]))
        touchpoint = touchpoints.id_of(_text(said["Channel"]), channel=channel) if channel else ""
        steps.append(
            made(
                Step,
                title=name or f"Row {number}",
                id=ids.new(name, wanted=_text(said["TP ID"])),
                stage=stages.id_of(_text(said["Phase"])),
                actor=_actor(_text(said["Actor who initiated"])),
                kind="communication" if said["Actor who received"] else "",
                touchpoints=(touchpoint,) if touchpoint else (),
                actions=tuple(filter(None, _text(said["Comment"]).split("\n"))),
                claims=_claims(said["UX rating (1\u20135)"], _text(said["UX description"]), number),
                **_kept(said),
            )
        )
    found: JourneyMap = made(
        JourneyMap,
        title=title,
        stages=stages.parts,
        channels=channels.parts,
        touchpoints=touchpoints.parts,
        steps=steps,
    )
    return found


def _place(places: dict[str, int], column: str) -> int | None:
    """Find a column, also where a bracket of its name is left out or says more."""
    return places.get(_key(column), places.get(_key(column.partition(" (")[0])))


def _cell(row: Sequence[Cell], place: int | None) -> Cell:
    return row[place] if place is not None and place < len(row) else None


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).replace("\r\n", "\n")


def _actor(name: str) -> str:
    return "" if name.casefold() in ("customer", "end user", "user") else name


def _claims(rating: Cell, label: str, number: int) -> Claims | None:
    if rating is None or str(rating).strip() == "":
        return Claims(label=label) if label else None
    try:
        score = float(str(rating))
    except ValueError:
        score = 0
    if not 1 <= score <= 5:
        raise DataError(
            f"Row {number}: a rating of {str(rating)[:20]!r} cannot be used.", right="A number from 1 to 5."
        )
    emotion = score - MIDDLE
    return Claims(emotion=int(emotion) if emotion.is_integer() else emotion, label=label)


def _kept(said: dict[str, Cell]) -> dict[str, Any]:
    kept: dict[str, Any] = {name: _text(said[column]) for column, name in KEPT.items() if said[column]}
    day, time = said["Date"], said["Time"]
    if day:
        kept["date"] = str(day.date() if isinstance(day, dt.datetime) else day)
    if time:
        kept["time"] = str(time)
    return {"cjml": kept} if kept else {}
