"""A journey map as a picture: stages across, lanes down, what is told beside what was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from journeymap.charts.drawing import Drawing
from journeymap.charts.maps.facts import Facts, facts
from journeymap.charts.maps.finding import map_finding
from journeymap.charts.maps.head import KINDS
from journeymap.charts.maps.pages import Laid, Paper, laid_out
from journeymap.charts.maps.spec import layered
from journeymap.charts.maps.words import collapsed
from journeymap.errors import DefinitionError, counted, listing

if TYPE_CHECKING:
    import datetime as dt

    from journeymap.charts.theme import Mode
    from journeymap.maps.document import JourneyMap

WIDTH, LEAST_WIDTH = 1400, 640


def drawing(
    journey_map: JourneyMap,
    /,
    *,
    width: int = WIDTH,
    mode: Mode = "light",
    persona: str | None = None,
    baseline: JourneyMap | None = None,
    paper: Paper | None = None,
    today: dt.date | None = None,
) -> Drawing:
    """Draw a map whole: finding, persona, stages, every lane that has content, legend and footer.

    Parameters
    ----------
    width
        Of the picture, in px, at least 640; a `paper` has its own.
    mode
        ``"light"`` or ``"dark"``.
    persona
        The id of the persona whose steps and numbers are drawn; everybody's if not given.
    baseline
        Of a future state, the map of today: its measured curve is drawn below the planned one.
    paper
        ``"a3"`` is as wide as it must be for the page's proportions, ``"slide"`` 1067 by 600 px with the lanes that fit (a large map is wider, of the same proportions).
    today
        The day to judge claims by; today if not given.

    Returns
    -------
    Drawing
        Its selections ``hover`` and ``cell`` hold the id of a cell, such as ``"pains:confirm"``.

    Examples
    --------
    >>> import journeymap as jm
    >>> told = jm.JourneyMap("Sign up", stages=["Discover", "Confirm"], steps=[jm.Step("I wait", stage="confirm")])
    >>> drawn = drawing(told)
    >>> drawn.description
    'Sign up: current state, with 2 stages, Discover and Confirm, and 1 step. 2 stages and 1 step as the team
    tells them; nothing is measured yet.'
    >>> [cell["cell"] for cell in drawn.spec["datasets"]["cells"]]
    ['stages:discover', 'stages:confirm', 'steps:i-wait']
    """
    if paper is not None and paper not in get_args(Paper):
        raise DefinitionError(
            f"paper={paper!r} is not known.",
            right=f"There is {listing(map(repr, get_args(Paper)))}.",
            fix='paper="a3"',
        )
    drawn = facts(journey_map, baseline=baseline, persona=persona, today=today)
    laid = laid_out(drawn, width=max(width, LEAST_WIDTH), paper=paper)
    said = description(drawn)
    spec = layered(
        laid.sheet,
        width=laid.width,
        height=laid.height,
        mode=mode,
        title=title(drawn, laid),
        description=said,
    )
    return Drawing(spec, said, laid.height)


def title(drawn: Facts, laid: Laid, /) -> str:
    """Name the picture by its finding."""
    return collapsed(laid.found.texts[0]) or collapsed(drawn.told.title)


def description(drawn: Facts, /) -> str:
    """Say in a sentence or two what the map shows, for those who hear it."""
    told = drawn.told
    names = listing([collapsed(stage.name) for stage in told.stages], most=8)
    size = f"{counted(len(told.stages), 'stage')}{f', {names},' if names else ''} and {counted(len(told.steps), 'step')}"
    who = f" of {collapsed(told.personas[0].name)}" if drawn.persona else ""
    found = map_finding(drawn).texts[0].removeprefix(f"{told.title}: ")
    return f"{collapsed(told.title)}: {KINDS[told.kind]}{who}, with {size}. {collapsed(found)}."
