"""`jm.save`: a result, a chart, a table or a journey as a file, by the suffix of its path."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journeymap.charts.look import WIDTH, Look
from journeymap.errors import JourneymapError, listing, nearest
from journeymap.journeys import Journey
from journeymap.report.cells import columns
from journeymap.report.pages import page
from journeymap.report.pictures import pdf, png, svg
from journeymap.report.sheets import csv, scope_lines, xlsx
from journeymap.report.subjects import subject
from journeymap.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journeymap.charts.look import Scale
    from journeymap.charts.theme import Mode
    from journeymap.report.subjects import Subject

PICTURES = {"png": png, "svg": svg, "pdf": pdf}
TABLES = ("csv", "xlsx")
SUFFIXES = (*PICTURES, "html", *TABLES, "json")
JOURNEYS = ("yaml", "yml")


def save(
    thing: Any,
    path: str | Path,
    /,
    *,
    width: int = WIDTH,
    mode: Mode = "light",
    scale: Scale = "share",
    known: Sequence[str] = (),
    nodes: Sequence[str] = (),
) -> Path:
    """Write a result, a chart, a table or a journey to a file, whole or not at all.

    Parameters
    ----------
    thing
        A result (every suffix), an Altair chart (png, svg, pdf, html, json), a pandas frame (html, csv, xlsx, json) or
        a :class:`~journeymap.Journey` (yaml).
    path
        Where to; its suffix says as what. ``png`` has two dots for each px. ``html`` is one page that needs no internet,
        with pictures that can be clicked and the table. ``csv`` has full precision and ISO dates, and an apostrophe before
        text that a spreadsheet would compute. ``xlsx`` has the table and a sheet "Scope". ``json`` has the table and the
        scope, or a chart's specification.
    width
        Of the picture, in px.
    mode
        ``"light"`` or ``"dark"``.
    scale
        Of a funnel's bars: ``"share"``, or ``"customers"`` for columns that can be held against one another.
    known, nodes
        Names of segments, and of nodes of a flow, in order of the colours they have in other pictures.

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
            raise _unknown(suffix, JOURNEYS, "A journey")
        thing.save(path)
        return path
    content = render(thing, suffix, width=width, mode=mode, scale=scale, known=known, nodes=nodes)
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
    if suffix not in SUFFIXES:
        raise _unknown(suffix, SUFFIXES, "A file")
    look = Look(**options)
    about = subject(thing, look)
    if suffix in PICTURES:
        return _picture(about, suffix)
    if suffix in TABLES:
        return _table(about, suffix)
    return page(about, mode=look.mode) if suffix == "html" else _json(about)


def _picture(about: Subject, suffix: str) -> bytes:
    if about.paper is None:
        raise _lacks(about, "picture", ("html", *TABLES, "json"))
    return PICTURES[suffix](about.paper())


def _table(about: Subject, suffix: str) -> bytes:
    if about.table is None:
        raise _lacks(about, "table", (*PICTURES, "html", "json"))
    return csv(about.table) if suffix == "csv" else xlsx(about)


def _json(about: Subject) -> bytes:
    if about.table is None and about.paper is not None:
        content: Any = about.paper()
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


def _unknown(suffix: str, known: tuple[str, ...], what: str) -> JourneymapError:
    near = nearest(suffix, known)
    return JourneymapError(
        f"{what} cannot be saved as {f'.{suffix}' if suffix else 'a file without a suffix'}.",
        right=f"Known are {listing(f'.{name}' for name in known)}.",
        fix=f".{near}" if near else "",
    )


def _lacks(about: Subject, what: str, instead: tuple[str, ...]) -> JourneymapError:
    return JourneymapError(
        f"A {about.name} has no {what}.",
        right=f"It can be saved as {listing(f'.{name}' for name in instead)}.",
    )
