"""A map as a file: as its own document or in another format, as a picture, a page or slides."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pandas as pd

from journeymap.charts.findings import Finding
from journeymap.charts.maps.facts import facts
from journeymap.charts.maps.pages import Paper
from journeymap.charts.theme import Mode
from journeymap.errors import DefinitionError, listing
from journeymap.report.maps.answer import answer
from journeymap.report.maps.cells import cells
from journeymap.report.maps.measured import claims_grid, kpis_grid
from journeymap.report.maps.pictures import map_pdf, map_png, map_svg
from journeymap.report.maps.slides import map_slides
from journeymap.report.maps.told import findings_grid, scope_sentence
from journeymap.report.pages import page
from journeymap.report.pictures import png
from journeymap.report.slide_shapes import Poster
from journeymap.report.slides import deck
from journeymap.report.subjects import Figure, Subject
from journeymap.report.suffixes import unknown_suffix

if TYPE_CHECKING:
    import datetime as dt

    from journeymap.charts.drawing import Drawing
    from journeymap.charts.maps.facts import Facts
    from journeymap.events.log import EventLog
    from journeymap.maps.checks.findings import Findings
    from journeymap.maps.document import JourneyMap
    from journeymap.maps.fixing.friction import Friction
    from journeymap.report.slide_tables import Grid

WIDTH = 1400
PICTURES = {"svg": map_svg, "png": map_png, "pdf": map_pdf}
SUFFIXES = (*PICTURES, "html", "pptx")
"""What is drawn; everything else is a document, and `journeymap.maps.formats` knows which there are."""
FITS: dict[str, Paper] = {"pdf": "a3", "pptx": "slide"}
"""What a map is laid out for if nothing is said, by suffix."""
CUT = "A picture shows the first lines of long texts, and neither rules, waivers nor the changelog."
ON_SLIDES = "Slides have neither actions nor thoughts but in the picture, and neither rules, waivers nor the changelog."
LOSSES = {
    **dict.fromkeys(PICTURES, (CUT,)),
    "pptx": (CUT, ON_SLIDES),
    "html": ("A page has no rules, waivers or changelog.",),
}


@dataclass(frozen=True)
class MapLook:
    """What a picture of a map leaves open; see :func:`journeymap.save`. `today` is the day to judge claims by.

    Examples
    --------
    >>> MapLook(paper="a4")
    Traceback (most recent call last):
    journeymap.errors.DefinitionError: paper='a4' is not known. There is 'a3' and 'slide'. Type: paper='a3'
    """

    width: int | None = None
    mode: Mode = "light"
    paper: Paper | None = None
    persona: str | None = None
    baseline: JourneyMap | None = None
    friction: Friction | None = None
    findings: Findings | None = None
    log: EventLog | None = None
    today: dt.date | None = None

    def __post_init__(self) -> None:
        for name, choices in (("mode", get_args(Mode)), ("paper", (None, *get_args(Paper)))):
            given = getattr(self, name)
            if given not in choices:
                there = [repr(one) for one in choices if one]
                raise DefinitionError(
                    f"{name}={given!r} is not known.",
                    right=f"There is {listing(there)}.",
                    fix=f"{name}={there[0]}",
                )


def map_file(journey_map: JourneyMap, name: str, look: MapLook, /) -> tuple[bytes, list[str]]:
    """Return a map as a file of a name, whose ending says as what, and sentences on what a document of this kind cannot hold."""
    suffix = Path(name).suffix.removeprefix(".").lower()
    if look.friction is not None:
        journey_map = look.friction.on(journey_map)
    if suffix not in SUFFIXES:
        return _document(journey_map, name, look.log)
    if suffix == "pptx":
        return _slides(journey_map, look), []
    if suffix == "html":
        return page(_subject(journey_map, look), mode=look.mode), []
    paper = look.paper or FITS.get(suffix)
    return PICTURES[suffix](_drawn(journey_map, look, paper), journey_map.title, paper), []


def losses(journey_map: JourneyMap, name: str, /, *, log: EventLog | None = None) -> list[str]:
    """Say in sentences what of a map a file of a name or a suffix cannot hold; nothing if it holds all of it. XES needs a log.

    Examples
    --------
    >>> import journeymap as jm
    >>> losses(jm.JourneyMap("Shop", stages=["Buy"]), "yaml")
    []
    """
    name = named(name)
    suffix = Path(name).suffix.removeprefix(".").lower()
    return list(LOSSES[suffix]) if suffix in LOSSES else _document(journey_map, name, log)[1]


def named(suffix: str, /) -> str:
    """Return the name of a file with a suffix; a name stays as it is.

    Examples
    --------
    >>> named("mmd"), named(".survey.xlsx"), named("shop.yaml")
    ('map.mmd', 'map.survey.xlsx', 'shop.yaml')
    """
    is_name = "." in suffix and not suffix.startswith(".")
    return suffix if is_name else f"map.{suffix.removeprefix('.')}"


def _document(journey_map: JourneyMap, name: str, log: EventLog | None) -> tuple[bytes, list[str]]:
    from journeymap.maps.formats import FORMATS, write  # which few maps need

    endings = [ending for one in FORMATS.values() for ending in one.endings]
    if not name.lower().endswith(tuple(endings)):
        known = dict.fromkeys([*(ending.removeprefix(".") for ending in endings), *SUFFIXES])
        raise unknown_suffix(Path(name).suffix.removeprefix("."), list(known), "A journey map")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(name).name
        lost = write(journey_map, path, log=log)
        return path.read_bytes(), list(lost)


def _drawn(journey_map: JourneyMap, look: MapLook, paper: Paper | None) -> Drawing:
    from journeymap.charts.maps.drawing import drawing

    return drawing(
        journey_map,
        width=look.width or WIDTH,
        mode=look.mode,
        persona=look.persona,
        baseline=look.baseline,
        paper=paper,
        today=look.today,
    )


def _known(journey_map: JourneyMap, look: MapLook) -> Facts:
    return facts(journey_map, baseline=look.baseline, persona=look.persona, today=look.today)


def _findings(journey_map: JourneyMap, look: MapLook) -> Findings:
    if look.findings is not None:  # none found is an answer too
        return look.findings
    return journey_map.check(today=look.today, baseline=look.baseline)


def _subject(journey_map: JourneyMap, look: MapLook) -> Subject:
    known = _known(journey_map, look)
    tables = {
        "Findings of the checks": findings_grid(known, _findings(journey_map, look)),
        "Claims that do not hold": claims_grid(known),
        "KPIs": kpis_grid(known),
    }
    frames = [(heading, _frame(grid)) for heading, grid in tables.items() if grid is not None]
    said = answer(known)
    return Subject(
        "journey map",
        figures=lambda: [Figure("", [], _drawn(journey_map, look, look.paper))],
        finding=Finding(journey_map.title, f"{said.text} {said.support}".strip()),
        notes=(scope_sentence(known),),
        beside=(*frames, ("Every cell", cells(known))),
    )


def _frame(grid: Grid) -> pd.DataFrame:
    return pd.DataFrame(list(grid.rows), columns=list(grid.heads), dtype=object)


def _slides(journey_map: JourneyMap, look: MapLook) -> bytes:
    known, drawn = _known(journey_map, look), _drawn(journey_map, look, look.paper or FITS["pptx"])
    picture = Poster(png(drawn.spec), drawn.description)
    slides = map_slides(known, picture, _findings(journey_map, look), look.friction)
    return deck(slides, title=journey_map.title, footer=scope_sentence(known))
