"""Maps in and out of files: which format a path means, what reads it, what writes it and what it cannot hold."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from journeymap.errors import JourneymapError, listing
from journeymap.journeys import unknown
from journeymap.writing import write_whole

if TYPE_CHECKING:
    from journeymap.events.log import EventLog
    from journeymap.maps.document import JourneyMap


class Format(NamedTuple):
    """A format: how its files end, and ``module.function`` that reads and that writes it (empty: cannot be read)."""

    endings: tuple[str, ...]
    reads: str
    writes: str


FORMATS = {
    "yaml": Format((".yaml", ".yml", ".json"), "own.read", "own.written"),
    "mermaid": Format((".mmd", ".mermaid"), "mermaid_reading.read", "mermaid.written"),
    "cjml": Format((".cjml.xml", ".cjml", ".xml"), "cjml_reading.read", "cjml.written"),
    "xes": Format((".xes", ".xes.gz"), "", "xes.write"),
    "survey": Format((".survey.xlsx",), "sheets_reading.read", "survey.written"),
    "xlsx": Format((".xlsx",), "sheets_reading.read", "sheets.written"),
    "backlog": Format(("backlog.csv",), "", "backlog.written"),
    "long": Format((".long.csv",), "grid_reading.read", "grid.written_long"),
    "csv": Format((".csv",), "grid_reading.read", "grid.written"),
    "markdown": Format((".md", ".markdown"), "", "markdown.written"),
}
"""The formats by name; of two whose endings fit, the first."""


def read(path: str | Path, /, format: str | None = None) -> JourneyMap:  # noqa: A002
    """Read a map from a file.

    Parameters
    ----------
    path
        Its ending says what it is: ``.yaml .yml .json``, ``.mmd .mermaid`` (Mermaid journey), ``.xml`` (CJML 2.0), ``.xlsx`` (the own layout
        or a CJML survey), ``.csv`` (a grid with stages across, or its long form).
    format
        A name of :data:`FORMATS`, if the ending does not say it.

    Raises
    ------
    JourneymapError
        If the format is unknown or cannot be read as a map, or the file holds something else.
    """
    path = Path(path)
    name = _named(path, format)
    if not FORMATS[name].reads:
        instead = (
            "journeymap.maps.formats.xes_reading.events(path) reads its events, jm.JourneyMap.from_log drafts a map of them"
            if name == "xes"
            else f"Read {listing((one for one, other in FORMATS.items() if other.reads), last='or')}"
        )
        raise JourneymapError(f"{path.name} is {name}, which holds no whole map.", right=f"{instead}.")
    found: JourneyMap = _function(FORMATS[name].reads)(path)
    return found


def write(
    journey_map: JourneyMap,
    path: str | Path,
    /,
    format: str | None = None,  # noqa: A002
    *,
    log: EventLog | None = None,
) -> list[str]:
    """Write a map to a file, whole or not at all.

    Parameters
    ----------
    path
        Its ending says the format, as for :func:`read`; ``.md``, ``backlog.csv``, ``.long.csv``, ``.survey.xlsx`` and ``.xes`` (or
        ``.xes.gz``) can be written too.
    log
        For XES: the events of which customers' journeys are written.

    Returns
    -------
    list of str
        What of this map the format cannot hold, a sentence each; none if it holds everything.

    Examples
    --------
    >>> import journeymap as jm, pathlib, tempfile
    >>> shop = jm.JourneyMap("Shop", stages=["Buy"], pains=["Slow"])
    >>> write(shop, pathlib.Path(tempfile.mkdtemp()) / "shop.mmd")
    ['Mermaid has no place for 1 pain.']
    """
    path = Path(path)
    name = _named(path, format)
    if name == "xes":
        if log is None:
            raise JourneymapError(
                "XES holds the events of customers.",
                right="Give the log.",
                fix='write(journey_map, "map.xes", log=log)',
            )
        told: list[str] = _function(FORMATS[name].writes)(journey_map, path, log=log)
        return told
    data, told = _function(FORMATS[name].writes)(journey_map, path)
    write_whole(path, data)
    return told


def write_backlog(journey_map: JourneyMap, path: str | Path, /) -> list[str]:
    """Write the opportunities of a map as a backlog in CSV: pain, evidence, owner, impact, effort, metric, due, status."""
    return write(journey_map, path, "backlog")


def _named(path: Path, name: str | None) -> str:
    if name is not None:
        if name not in FORMATS:
            raise unknown("format", name, list(FORMATS), owner="journeymap")
        return name
    for known, one in FORMATS.items():
        if path.name.casefold().endswith(one.endings):
            return known
    endings = [ending for one in FORMATS.values() for ending in one.endings]
    raise JourneymapError(
        f"{path.name} ends in nothing that is known.",
        right=f"One of {listing(endings, most=20, last='or')}.",
        fix="map.yaml",
    )


def _function(way: str) -> Any:
    module, _, name = way.partition(".")
    return getattr(import_module(f"{__name__}.{module}"), name)
