"""`jm.save`: a result, a chart, a table, a journey or a journey map as a file, by the suffix of its path."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journeymap.charts.look import WIDTH, Look
from journeymap.errors import JourneymapError, listing
from journeymap.journeys import Journey
from journeymap.maps.document import JourneyMap
from journeymap.report.cells import columns
from journeymap.report.maps.files import MapLook, map_file, named
from journeymap.report.pages import page
from journeymap.report.pictures import pdf, png, svg
from journeymap.report.result_slides import result_slides
from journeymap.report.sheets import csv, scope_lines, xlsx
from journeymap.report.subjects import subject
from journeymap.report.suffixes import unknown_suffix
from journeymap.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journeymap.charts.look import Scale
    from journeymap.charts.maps.pages import Paper
    from journeymap.charts.theme import Mode
    from journeymap.events.log import EventLog
    from journeymap.maps.checks.findings import Findings
    from journeymap.maps.fixing.friction import Friction
    from journeymap.report.subjects import Subject

LOGGER = logging.getLogger("journeymap")
PICTURES = {"png": png, "svg": svg, "pdf": pdf}
TABLES = ("csv", "xlsx")
SUFFIXES = (*PICTURES, "html", "pptx", *TABLES, "json")
JOURNEYS = ("yaml", "yml")


def save(
    thing: Any,
    path: str | Path,
    /,
    *,
    width: int | None = None,
    mode: Mode = "light",
    scale: Scale = "share",
    known: Sequence[str] = (),
    nodes: Sequence[str] = (),
    paper: Paper | None = None,
    persona: str | None = None,
    baseline: JourneyMap | None = None,
    friction: Friction | None = None,
    findings: Findings | None = None,
    log: EventLog | None = None,
) -> Path:
    """Write a result, a chart, a table, a journey or a journey map to a file, whole or not at all.

    Parameters
    ----------
    thing
        A result (every suffix; a fit, an impact, a difference and findings have no picture), an Altair chart (png, svg, pdf, html, pptx, json), a pandas frame (html, csv, xlsx, json), a
        :class:`~journeymap.Journey` (yaml) or a :class:`~journeymap.JourneyMap`.
    path
        Where to; its suffix says as what. ``png`` has two dots for each px. ``html`` is one page that needs no internet,
        with pictures that can be clicked and the table. ``pptx`` is slides with a claim as the title, native tables and a text
        for each picture. ``csv`` has full precision and ISO dates,
        and an apostrophe before text that a spreadsheet would compute. ``xlsx`` has the table and a sheet "Scope". ``json`` has
        the table and the scope, or a chart's specification.

        A map is written whole as ``yaml``, ``yml`` or ``json``, and as ``xlsx``, ``csv`` (a grid, stages across), ``md``, ``mmd``
        (Mermaid), ``xml`` (CJML), ``xes`` and ``backlog.csv`` as far as these can hold it: the logger ``journeymap``
        says that they cannot hold all, and :func:`journeymap.report.losses` what. Its ``pdf`` is a sheet of A3.
    width
        Of the picture, in px; without it 900 for a result and 1400 for a map.
    mode
        ``"light"`` or ``"dark"``; slides are light.
    scale
        Of a funnel's bars: ``"share"``, or ``"customers"`` for columns that can be held against one another.
    known, nodes
        Names of segments, and of nodes of a flow, in order of the colours they have in other pictures.
    paper
        What a map is laid out for: ``"a3"`` or ``"slide"``. Without it for a screen, but ``pdf`` for A3 and ``pptx`` for slides.
    persona
        The id of the persona whose map is drawn; without it everybody's.
    baseline
        The map that a map of a future state is drawn over.
    friction, findings
        What :func:`journeymap.friction` and :meth:`JourneyMap.check` said of a map. What is at stake then stands on it in every
        file; without findings the map itself is checked, and without friction the stages are ranked by who left.
    log
        For a map as ``xes``: the events of which the journeys are written.

    Returns
    -------
    pathlib.Path
        The file.

    Examples
    --------
    >>> import tempfile, pandas as pd, journeymap as jm
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = jm.save(pd.DataFrame({"customers": [20730]}), f"{folder}/counts.csv")
    ...     path.read_text().split()
    ['customers', '20730']
    """
    path = Path(path)
    suffix = path.suffix.removeprefix(".").lower()
    if isinstance(thing, Journey):
        if suffix not in JOURNEYS:
            raise unknown_suffix(suffix, JOURNEYS, "A journey")
        thing.save(path)
        return path
    if isinstance(thing, JourneyMap):
        look = MapLook(width, mode, paper, persona, baseline, friction, findings, log)
        content, losses = map_file(thing, path.name, look)
        write_whole(path, content)
        if losses:
            rest = (
                f" journeymap.report.losses(journey_map, {path.name!r}) says the rest." if losses[1:] else ""
            )
            LOGGER.warning("%s: %s%s", path.name, losses[0], rest)
        return path
    content = render(thing, suffix, width=width or WIDTH, mode=mode, scale=scale, known=known, nodes=nodes)
    write_whole(path, content)
    return path


def render(thing: Any, suffix: str, /, **options: Any) -> bytes:
    """Return what :func:`save` would write into a file with this suffix; the options are those of `save`.

    Examples
    --------
    >>> import pandas as pd
    >>> render(pd.DataFrame({"customers": [20730]}), "csv")
    b'customers\\r\\n20730\\r\\n'
    """
    suffix = suffix.removeprefix(".").lower()
    if isinstance(thing, JourneyMap):
        return map_file(thing, named(suffix), MapLook(**options))[0]
    if suffix not in SUFFIXES:
        raise unknown_suffix(suffix, SUFFIXES, "A file")
    look = Look(**options)
    about = subject(thing, look)
    if suffix in PICTURES:
        return _picture(about, suffix)
    if suffix in TABLES:
        return _table(about, suffix)
    if suffix == "pptx":
        return result_slides(about)
    return page(about, mode=look.mode) if suffix == "html" else _json(about)


def _picture(about: Subject, suffix: str) -> bytes:
    if about.paper is None:
        raise _lacks(about, "picture", ("html", *TABLES, "json"))
    return PICTURES[suffix](about.paper(None))


def _table(about: Subject, suffix: str) -> bytes:
    if about.table is None:
        raise _lacks(about, "table", (*PICTURES, "html", "json"))
    return csv(about.table) if suffix == "csv" else xlsx(about)


def _json(about: Subject) -> bytes:
    if about.table is None and about.paper is not None:
        content: Any = about.paper(None)
    elif about.table is not None:
        found = columns(about.table)
        names = [column.name for column in found]
        rows = [
            dict(zip(names, map(_plain, row), strict=True))
            for row in zip(*(column.values for column in found), strict=True)
        ]
        about_it = [{"name": name, "text": text} for name, text in scope_lines(about)]
        content = {"table": rows, "scope": about_it} if about_it else {"table": rows}
    return json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")


def _plain(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _lacks(about: Subject, what: str, instead: tuple[str, ...]) -> JourneymapError:
    return JourneymapError(
        f"A {about.name} has no {what}.",
        right=f"It can be saved as {listing(f'.{name}' for name in instead)}.",
    )
