"""Events of a XES file as a table that :func:`journeymap.read_events` takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from journeymap.errors import DataError
from journeymap.maps.formats.xml_reading import elements, local

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

KEYS = {"concept:name": "event", "time:timestamp": "at"}


def events(path: Path, /) -> pd.DataFrame:
    """Read the events of a XES file, packed or not; traces are read one after the other, whatever the size of the file.

    Returns
    -------
    pandas.DataFrame
        A row for each event, in the order of the file: `customer` (the name of its trace), `event`, `at` (UTC; missing where it is no
        time), and a column for each other attribute, under its own key; those of the trace begin with ``trace:``.

    Raises
    ------
    DataError
        If it is no XES, or has a document type.

    Examples
    --------
    >>> import journeymap as jm, pathlib, tempfile
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "log.xes"
    >>> _ = path.write_text('<log><trace><string key="concept:name" value="ada"/><event><string key="concept:name" value="buy"/>'
    ...     '<date key="time:timestamp" value="2026-01-05T09:00:00Z"/></event></trace></log>')
    >>> jm.read_events(events(path), customer="customer", event="event", at="at")
    <EventLog table: 1 customers, 1 events, 05 Jan 2026 to 05 Jan 2026 UTC>
    """
    rows: list[dict[str, Any]] = []
    for number, trace in enumerate(elements(path, "trace"), start=1):
        said = _attributes(trace)
        customer = said.pop("concept:name", f"trace {number}")
        of_trace = {f"trace:{key}": value for key, value in said.items()}
        for event in (child for child in trace if local(child) == "event"):
            found = _attributes(event)
            named = {column: found.pop(key, None) for key, column in KEYS.items()}
            others = {f"{key} (attribute)" if key in TAKEN else key: value for key, value in found.items()}
            rows.append({"customer": customer, **named, **others, **of_trace})
    if not rows:
        raise DataError(f"{path.name} holds no events.", right="XES: a log of traces of events.")
    frame = pd.DataFrame(rows)
    frame["at"] = pd.to_datetime(frame["at"], utc=True, format="ISO8601", errors="coerce")
    return frame


TAKEN = ("customer", "event", "at")


def _attributes(element: Element) -> dict[str, Any]:
    """Return the simple attributes of a trace or an event; lists and what is nested are left out."""
    found = {}
    for child in element:
        key, value = child.get("key"), child.get("value")
        if key is not None and value is not None:
            found[key] = _typed(local(child), value)
    return found


def _typed(kind: str, value: str) -> Any:
    try:
        if kind == "int":
            return int(value)
        if kind == "float":
            return float(value)
    except ValueError:
        return value
    return value.casefold() == "true" if kind == "boolean" else value
