"""What the app was started with: a log, journeys and segments, handed from the command to the kernels."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from journeymap import __version__, notation
from journeymap.analyses.suggestions import suggest_journey, suggest_segments
from journeymap.events import sample
from journeymap.events.reading.cache import cache_folder
from journeymap.events.reading.read import read_events
from journeymap.maps import notation as map_notation
from journeymap.maps.sample import feedback_of, sample_map

if TYPE_CHECKING:
    from journeymap.events.log import EventLog
    from journeymap.journeys import Journey, Segment

VARIABLE = "JOURNEYMAP_OPEN"


@dataclass(frozen=True)
class Request:
    """What to open, as plain values that travel in the environment.

    Attributes
    ----------
    source
        Files of events: paths, or patterns such as ``events/*.parquet``.
    columns
        The columns of customer, event and at, as far as they are not to be guessed, and of sequence.
    at_format
        How texts write a time, where it is not plain, such as ``%d/%m/%Y %H:%M``.
    timezone
        The zone of times that name none, and of reports; UTC if there is none.
    complete_to
        The day or moment up to which the data is complete; without it that of the newest event.
    duplicates
        ``"keep"`` or ``"drop"``: what to do with rows that repeat another in every column.
    encoding
        The text encoding of the events.
    customers, customers_key
        A file of attributes with one row for each customer, and its column of customers; without a key that
        is the column named as in the events.
    journey
        A YAML file of a journey and segments; without one a first journey is suggested.
    without
        The events to leave out, as `notation.plain_rule` writes a condition; none if it is empty.
    title
        What the app is called; by default the name of the first file.
    journey_map
        A file of a journey map; without one there is no tab Map.
    allow_saving
        Whether the page may write that file; a notebook always may.
    """

    source: tuple[str, ...]
    columns: dict[str, str] = field(default_factory=dict)
    at_format: str | None = None
    timezone: str | None = None
    complete_to: str | None = None
    duplicates: Literal["keep", "drop"] = "keep"
    encoding: str = "utf-8"
    customers: str | None = None
    customers_key: str | None = None
    journey: str | None = None
    without: dict[str, Any] = field(default_factory=dict)
    title: str = ""
    journey_map: str | None = None
    allow_saving: bool = False

    def hand_over(self) -> None:
        """Put the request where the kernels that are started from now on find it."""
        os.environ[VARIABLE] = json.dumps(asdict(self))


@dataclass(frozen=True)
class Opened:
    """What the app shows at first.

    Attributes
    ----------
    log
        The events, with the attributes of customers.
    journeys
        The journeys to choose from; the first is shown.
    segments
        The segments to choose from.
    title
        What the app is called.
    journey_map, allow_saving
        The file of a map, if there is one, and whether a page may write it; None leaves that to where it is shown.
    """

    log: EventLog
    journeys: list[Journey]
    segments: list[Segment]
    title: str
    journey_map: str | None = None
    allow_saving: bool | None = None


def opened() -> Opened:
    """Return what the app was started with; in a notebook of its own, the generated sample."""
    handed = os.environ.get(VARIABLE)
    return read(Request(**json.loads(handed)) if handed else sample_request())


def sample_request() -> Request:
    """Return the request for the generated sample, written to the cache folder if it is not there yet."""
    files = sample_files()
    request = Request(
        source=(str(files.events),),
        timezone="Europe/Berlin",
        customers=str(files.customers),
        journey=str(files.journey),
        without=notation.plain_rule(sample.NOISE),
        title="Sample shop",
    )
    return replace(request, journey_map=str(_sample_map(files.events, request)))


def _sample_map(events: Path, request: Request) -> Path:
    """Return the file of the sample's map with what was measured of it, made at the first call."""
    path = events.with_name("map.yaml")
    if not path.exists():
        log, feedback = read(request).log, feedback_of(pd.read_parquet(events))
        told = sample_map().measure(log, feedback)
        found = told.friction(log, feedback, benchmark="target", value="value", outcome="wait")
        found.on(told).save(path)
    return path


def sample_files() -> sample.Files:
    """Return the files of the generated sample, made at the first call."""
    folder = cache_folder() / f"sample-{__version__}"
    kept = sample.Files(folder / "events.parquet", folder / "customers.csv", folder / "checkout.yaml")
    return kept if all(file.exists() for file in kept) else sample.write(folder)


def read(request: Request) -> Opened:
    """Read everything a request names.

    Raises
    ------
    JourneymapError
        If a file cannot be read or used.
    """
    source = list(request.source) if len(request.source) > 1 else request.source[0]
    log = read_events(
        source,
        customer=request.columns.get("customer"),
        event=request.columns.get("event"),
        at=request.columns.get("at"),
        sequence=request.columns.get("sequence"),
        at_format=request.at_format,
        timezone=request.timezone or "UTC",
        complete_to=request.complete_to,
        duplicates=request.duplicates,
        encoding=request.encoding,
    )
    if request.customers:
        key = request.customers_key or column_of(log, "customer")
        log = log.with_customers(request.customers, customer=key)
    if request.without:
        log = log.without(notation.rule_from_plain(request.without))
    if request.journey:
        journey, segments = notation.load(request.journey)
    else:
        journey, segments = suggest_journey(log), suggest_segments(log)
    if request.journey_map:
        map_notation.load(request.journey_map)  # what is wrong in it is said before anything is served
    title = request.title or Path(request.source[0]).name
    return Opened(log, [journey], segments, title, request.journey_map, request.allow_saving or None)


def column_of(log: EventLog, role: str) -> str:
    """Return the column that was understood as the customer, the event or the time."""
    understood = log.quality.columns
    return str(understood.loc[understood["role"] == role, "column"].iloc[0])
