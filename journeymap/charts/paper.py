"""A result as a whole page: the finding as title, the key, the picture, and scope and rules as footer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from journeymap.analyses.flow import Flow
from journeymap.analyses.funnel import Funnel
from journeymap.analyses.reconcile import Reconciliation
from journeymap.analyses.sensitivity import Sensitivity
from journeymap.charts import flow_paper, friction, funnel, opportunity_matrix, reconcile, sensitivity
from journeymap.charts.canvas import SCHEMA, Canvas
from journeymap.charts.drawing import one_line, text_width, wrap
from journeymap.charts.findings import finding
from journeymap.charts.look import WIDTH, Look
from journeymap.charts.maps.drawing import WIDTH as MAP_WIDTH
from journeymap.charts.maps.drawing import drawing as map_drawing
from journeymap.charts.theme import tokens, vega_config
from journeymap.charts.vector import vector
from journeymap.errors import JourneymapError
from journeymap.maps.document import JourneyMap
from journeymap.maps.fixing.friction import Friction
from journeymap.maps.fixing.opportunities import Opportunities

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journeymap.charts.drawing import Drawing
    from journeymap.charts.look import Scale
    from journeymap.charts.maps.pages import Paper
    from journeymap.charts.marks import Spec
    from journeymap.charts.theme import Mode

MARGIN = 20
LINE, KEY_LINE = 16, 22
BOX, TO_WORD, TO_NEXT = 11, 6, 18
TITLE, SMALL, KEY = (tokens()["type_px"][name] for name in ("drawer_title", "chart_label", "small"))
BOLD = tokens()["weight"]["strong"]
LEAST_WIDTH = 320

if alt.renderers.active == "default":  # it would ask the internet for its scripts
    alt.renderers.enable("svg")


def chart(
    result: Any,
    /,
    *,
    width: int | None = None,
    mode: Mode = "light",
    scale: Scale = "share",
    known: Sequence[str] = (),
    nodes: Sequence[str] = (),
    persona: str | None = None,
    baseline: JourneyMap | None = None,
    paper: Paper | None = None,
) -> alt.VConcatChart | alt.LayerChart:
    """Draw a result or a journey map as it stands in a report: complete without the words around it.

    Parameters
    ----------
    width
        Of the whole chart, in px; at least 320. 900 if not given; a map is 1400 wide, and at least 640.
    mode
        ``"light"`` or ``"dark"``.
    scale
        Of a funnel's bars: ``"share"``, or ``"customers"`` for columns that can be held against one another.
    known, nodes
        Names of segments, and of nodes of a flow, in order of the colours they have in other pictures.
    persona, baseline, paper
        Of a map; see :func:`journeymap.charts.maps.drawing.drawing`.

    Returns
    -------
    altair.VConcatChart, or altair.LayerChart of a map
        As a cell's last line it is shown without the internet. Its description is the text for those who hear it.

    Examples
    --------
    >>> import pandas as pd, journeymap as jm
    >>> frame = pd.DataFrame({"who": ["a", "a", "b"], "what": ["see", "buy", "see"], "when": ["2026-01-01", "2026-01-02", "2026-01-01"]})
    >>> log = jm.read_events(frame, customer="who", event="what", at="when")
    >>> journey = jm.Journey("Shop", stages=[jm.Stage("See", jm.event("see")), jm.Stage("Buy", jm.event("buy"))])
    >>> chart(jm.funnel(log, journey)).to_dict()["title"]["text"]
    ['It is too early for a rate: no customer has had 30 days yet.']
    """
    look = Look(width or WIDTH, mode, scale, known, nodes)
    if isinstance(result, JourneyMap):
        about = {"persona": persona, "baseline": baseline, "paper": paper}
        return _of_map(result, width or MAP_WIDTH, look, **about)
    inner = max(look.width, LEAST_WIDTH) - 2 * MARGIN
    drawn = _picture(result, inner, look)
    parts = [_key(result, inner, mode), drawn.spec, _footer(result, inner, mode)]
    said = finding(result)
    spec = {
        "$schema": SCHEMA,
        "description": f"{drawn.description} {one_line(result.scope)}",
        "title": {
            "text": _balanced(said.text, inner),
            "subtitle": wrap(said.support, inner, size=SMALL) if said.support else [],
            "subtitlePadding": 5,
        },
        "padding": MARGIN,
        "bounds": "flush",
        "spacing": 14,
        "config": {**vega_config(mode=mode), "padding": MARGIN},
        "datasets": {name: rows for part in parts for name, rows in part["datasets"].items()},
        "vconcat": [_within(part) for part in parts],
    }
    return alt.VConcatChart.from_dict(spec, validate=False)


def _of_map(journey_map: JourneyMap, width: int, look: Look, **about: Any) -> alt.LayerChart:
    drawn = map_drawing(journey_map, width=width, mode=look.mode, **about)
    return alt.LayerChart.from_dict(drawn.spec, validate=False)


def _picture(result: Any, width: int, look: Look) -> Drawing:
    if isinstance(result, Funnel):
        return funnel.drawing(result, width=width, scale=look.scale, mode=look.mode, known=look.known)
    if isinstance(result, Flow):
        return flow_paper.paper(result, width=width, mode=look.mode, known=look.known, nodes=look.nodes)
    if isinstance(result, Reconciliation):
        return reconcile.drawing(result, width=width, mode=look.mode)
    if isinstance(result, Sensitivity):
        return sensitivity.drawing(result, width=width, mode=look.mode)
    if isinstance(result, Friction):
        return friction.drawing(result, width=width, mode=look.mode)
    if isinstance(result, Opportunities):
        return opportunity_matrix.drawing(result, width=width, mode=look.mode)
    raise JourneymapError(
        f"There is no chart of {type(result).__name__}.",
        right="There is one of a funnel, a flow, a reconciliation, a sensitivity and a journey map.",
        fix="jm.chart(jm.funnel(log, journey))",
    )


def _balanced(text: str, width: int) -> list[str]:
    """Break a title into as few lines as it takes, of about one length."""
    lines = wrap(text, width, size=TITLE, weight=BOLD)
    for narrower in range(width, width // 2, -MARGIN):
        closer = wrap(text, narrower, size=TITLE, weight=BOLD)
        if len(closer) > len(lines):
            break
        lines = closer
    return lines


def _key_words(result: Any) -> tuple[list[tuple[str, str]], str]:
    """Return the words of the key with their roles, and the note beside them."""
    if isinstance(result, Flow):
        return flow_paper.key(result), ""
    if isinstance(result, Reconciliation):
        return reconcile.key(result), ""
    if isinstance(result, Sensitivity):
        return sensitivity.key(result), sensitivity.key_note(result)
    if isinstance(result, Friction):
        return friction.key(result), friction.key_note(result)
    if isinstance(result, Opportunities):
        return opportunity_matrix.key(result), opportunity_matrix.key_note(result)
    return funnel.key(result), funnel.key_note(result)


def _key(result: Any, width: int, mode: Mode) -> Spec:
    """Draw the key; what does not fit on a line goes on the next."""
    names, note = _key_words(result)
    canvas = Canvas(mode, prefix="key_")
    x, y = 0.0, KEY_LINE / 2
    for name, role in names:
        needed = BOX + TO_WORD + text_width(name, size=KEY)
        if x and x + needed > width:
            x, y = 0, y + KEY_LINE
        outline = {"stroke": "still_open_line"} if role == "still_open" else {}
        canvas.bar(x + 0.5, y - BOX / 2, x + BOX, y + BOX / 2, fill=role, description=name, tip="", **outline)
        canvas.text(x + BOX + TO_WORD, y, name, size=KEY, fill="ink_2")
        x += needed + TO_NEXT
    if note:
        fits = x + text_width(note, size=KEY) <= width
        x, y = (x, y) if fits else (0, y + KEY_LINE)
        canvas.text(x, y, note, size=KEY, fill="ink_3", limit=width - x)
    return canvas.spec(width=width, height=round(y + KEY_LINE / 2))


def _footer(result: Any, width: int, mode: Mode) -> Spec:
    canvas = Canvas(mode, prefix="footer_")
    canvas.line(0, 0.5, width, 0.5)
    lines = wrap(one_line(" ".join([str(result.scope), *result.notes])), width, size=SMALL)
    for number, line in enumerate(lines):
        canvas.text(0, LINE * (number + 1), line, size=SMALL, fill="ink_3")
    return canvas.spec(width=width, height=LINE * (len(lines) + 1))


def _within(spec: Spec) -> Spec:
    """Make a whole picture a part of another one."""
    return {name: spec[name] for name in ("width", "height", "layer")}


def svg(result: Any, /) -> str:
    """Draw a result as SVG text, by the built-in renderer.

    Examples
    --------
    >>> import pandas as pd, journeymap as jm
    >>> log = jm.read_events(pd.DataFrame({"who": ["a"], "what": ["see"], "when": ["2026-01-01"]}), customer="who", event="what", at="when")
    >>> svg(jm.flow(log, over="event", steps=2)).startswith("<svg")
    True
    """
    return vector(chart(result).to_dict(validate=False))
