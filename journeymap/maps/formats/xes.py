"""Events as XES (IEEE 1849): a trace for each customer, and beside each event the stage, step, touchpoint and channel of the map."""

from __future__ import annotations

import contextlib
import gzip
import os
from typing import IO, TYPE_CHECKING, Any
from uuid import uuid4
from xml.sax.saxutils import quoteattr

import numpy as np

from journeymap.errors import DefinitionError, JourneymapError, counted
from journeymap.events.selecting import customer_mask, event_mask
from journeymap.maps.formats.texts import storable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from journeymap.events.log import EventLog
    from journeymap.maps.document import JourneyMap

LANES = ("stage", "step", "touchpoint", "channel")
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xes.features="">
  <classifier name="Event" keys="concept:name"/>
  <classifier name="Step of the map" keys="cjm:step"/>
"""


def write(journey_map: JourneyMap, path: Path, /, *, log: EventLog) -> list[str]:
    """Write the events of a log as XES, whole or not at all, one customer after the other; packed if the name ends in ``.gz``.

    Returns
    -------
    list of str
        What XES cannot hold, and how many events are nowhere on the map.
    """
    lanes, names = _lanes(journey_map, log)
    personas, told = _personas(journey_map, log)
    coded = [
        *((f"cjm:{lane}", names[lane], codes) for lane, codes in lanes.items()),
        *((_key(name), log.column(name).values, log.codes(name)) for name in log.properties),
    ]
    offsets, customers = log.visible.offsets, np.asarray(log.store.customers)
    with _whole(path) as stream:
        stream.write(HEAD + _attribute("concept:name", journey_map.title, "  "))
        for code in np.flatnonzero(log.active):
            stream.write("  <trace>\n" + _attribute("concept:name", customers[code], "    ") + personas[code])
            stream.writelines(_events(log, int(offsets[code]), int(offsets[code + 1]), coded))
            stream.write("  </trace>\n")
        stream.write("</log>\n")
    nowhere = int(np.logical_and.reduce([codes < 0 for codes in lanes.values()]).sum())
    told.append(
        "XES holds events; of the map only the names of stages, steps, touchpoints, channels and personas are in it."
    )
    if nowhere:
        told.append(f"Nowhere on the map: {nowhere:,} of {counted(log.n_events, 'event')}.")
    return told


def _events(log: EventLog, begin: int, end: int, coded: list[tuple[str, Any, Any]]) -> Iterator[str]:
    """Write the events of one customer, each with what is known of it."""
    at = log.visible.at[begin:end].astype(f"datetime64[{log.store.unit}]")
    moments = np.datetime_as_string(at, timezone="UTC")
    for row, moment in zip(range(begin, end), moments, strict=True):
        name = log.store.event_names[log.visible.event[row]]
        said = [("concept:name", name), ("time:timestamp", Moment(moment))]
        said += [(key, values[codes[row]]) for key, values, codes in coded if codes[row] >= 0]
        yield f"    <event>\n{''.join(_attribute(*one) for one in said)}    </event>\n"


class Moment(str):
    """An instant as ISO 8601 text."""

    __slots__ = ()


def _key(name: str) -> str:
    """Name a property so that it is none of the keys that are written anyway."""
    return f"{name} (property)" if name.startswith(("cjm:", "concept:", "time:")) else name


def _attribute(key: str, value: Any, margin: str = "      ") -> str:
    value = value.item() if isinstance(value, np.generic) and value.dtype.kind != "M" else value
    kind, said = "string", str(value)
    if isinstance(value, bool):
        kind, said = "boolean", str(value).lower()
    elif isinstance(value, int | float):
        kind = "int" if isinstance(value, int) else "float"
    elif isinstance(value, Moment | np.datetime64):
        kind, said = "date", str(value) if isinstance(value, Moment) else f"{value}Z"
    return f"{margin}<{kind} key={_quoted(key)} value={_quoted(said)}/>\n"


def _quoted(said: str) -> str:
    return quoteattr(storable(said))


def _lanes(
    journey_map: JourneyMap, log: EventLog
) -> tuple[dict[str, NDArray[np.int32]], dict[str, list[str]]]:
    """Return for each lane the place of each event in it (-1 for none), and the names by place.

    What the more exact lane says fills in the coarser one where that has no rule: a step its stage and its only touchpoint, a touchpoint its
    channel.
    """
    stages, steps = journey_map.stages, journey_map.steps
    touchpoints, channels = journey_map.touchpoints, journey_map.channels
    lanes = {
        "stage": _places(log, [one.milestone for one in stages]),
        "step": _places(log, [one.match for one in steps]),
        "touchpoint": _places(log, [one.match for one in touchpoints]),
        "channel": _places(log, [one.match for one in channels]),
    }
    of_steps = [one.touchpoints[0] if len(one.touchpoints) == 1 else "" for one in steps]
    _fill(lanes["stage"], lanes["step"], [one.stage for one in steps], [one.id for one in stages])
    _fill(lanes["touchpoint"], lanes["step"], of_steps, [one.id for one in touchpoints])
    _fill(
        lanes["channel"],
        lanes["touchpoint"],
        [one.channel for one in touchpoints],
        [one.id for one in channels],
    )
    names = {
        "stage": [one.name for one in stages],
        "step": [one.title for one in steps],
        "touchpoint": [one.name for one in touchpoints],
        "channel": [one.name for one in channels],
    }
    return lanes, names


def _places(log: EventLog, rules: list[Any]) -> NDArray[np.int32]:
    """Return for each event the place of the first rule that picks it."""
    found = np.full(log.n_events, -1, dtype=np.int32)
    for place, rule in reversed(list(enumerate(rules))):
        if rule is not None:
            found[event_mask(log, rule)] = place
    return found


def _fill(coarse: NDArray[np.int32], fine: NDArray[np.int32], leads: list[str], ids: list[str]) -> None:
    places = np.array([*(ids.index(lead) if lead in ids else -1 for lead in leads), -1], dtype=np.int32)
    empty = coarse < 0
    coarse[empty] = places[fine[empty]]


def _personas(journey_map: JourneyMap, log: EventLog) -> tuple[list[str], list[str]]:
    """Return for each customer of the store the attribute with their personas, and what could not be said."""
    of_customer: list[list[str]] = [[] for _ in log.store.customers]
    told = []
    for persona in journey_map.personas:
        if persona.segment_rule is None:
            continue
        try:
            fitting = np.flatnonzero(customer_mask(log, persona.segment_rule))
        except DefinitionError as error:
            told.append(f"Who {persona.name} is cannot be said for the whole log: {error.wrong}")
            continue
        for code in fitting:
            of_customer[code].append(persona.name)
    said = [_attribute("cjm:persona", ", ".join(names), "    ") if names else "" for names in of_customer]
    return said, told


@contextlib.contextmanager
def _whole(path: Path) -> Iterator[IO[str]]:
    """Open a file that stands in its place only when it is complete."""
    part = path.with_name(f".{path.name}.{uuid4().hex[:8]}.part")
    try:
        with (
            gzip.open(part, "wt", encoding="utf-8", compresslevel=6)
            if path.suffix.lower() == ".gz"
            else part.open("w", encoding="utf-8", newline="\n") as stream
        ):
            yield stream
        os.replace(part, path)  # noqa: PTH105 - atomic on every platform
    except OSError as error:
        raise JourneymapError(
            f"{path} cannot be written: {error.strerror}.",
            right="A folder that exists and may be written to.",
        ) from error
    finally:
        part.unlink(missing_ok=True)
