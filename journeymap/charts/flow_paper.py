"""The flow on paper: every segment, one under the other, and what is too wide for the page in several rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from journeymap.analyses.flow import CONTINUES, LEFT
from journeymap.analyses.splitting import OTHER
from journeymap.charts.canvas import Canvas
from journeymap.charts.drawing import Drawing, one_line
from journeymap.charts.flow import description
from journeymap.charts.flow_layout import fitting, layout
from journeymap.charts.flow_rows import rows
from journeymap.charts.flow_spec import specification
from journeymap.charts.funnel_series import places, sign
from journeymap.charts.theme import tokens
from journeymap.errors import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from journeymap.analyses.flow import Flow
    from journeymap.charts.flow_parts import Layout
    from journeymap.charts.theme import Mode

NAME = tokens()["type_px"]["strong"]
SEGMENT = 40
BETWEEN = 20


def paper(
    flow: Flow,
    /,
    *,
    width: int,
    height: int = 440,
    mode: Mode = "light",
    known: Sequence[str] = (),
    nodes: Sequence[str] = (),
) -> Drawing:
    """Draw all segments of a flow, each at a scale of its own, without a title, key or footer.

    A flow with more columns than can be read at this width goes on in a second row, which begins with the column
    that ends the first. `height` is that of one row. `known` and `nodes` are names of segments and of nodes that have a
    colour already, in order of the colours.
    """
    canvas = Canvas(mode, prefix="head_")
    datasets: dict[str, list[dict[str, Any]]] = {}
    down = 0
    signs = places(list(flow.masks), segments=flow.segments, known=known)
    for segment in flow.masks:
        if len(flow.masks) > 1:
            _head(canvas, flow, segment, sign(*signs[segment], mode=mode), down)
            down += SEGMENT
        for placed in _rows(flow, segment, width, height, down):
            for name, found in rows(flow, placed, segment=segment, mode=mode, known=nodes).items():
                datasets.setdefault(name, []).extend(found)
            down = int(placed.top) + placed.height + BETWEEN
    said = " ".join(description(flow, segment) for segment in flow.masks)
    spec = specification(width=width, height=down - BETWEEN, mode=mode, description=said)
    heads = canvas.spec(width=width, height=down)
    spec["datasets"] = datasets | heads["datasets"]
    spec["layer"] += heads["layer"]
    return Drawing(spec, said, spec["height"])


def key(flow: Flow, /) -> list[tuple[str, str]]:
    """Return the names that are no touchpoints, as far as they occur, each with its role in the theme."""
    shown = set(flow.nodes["node"])
    return [(name, name.strip("()")) for name in (LEFT, OTHER, CONTINUES) if name in shown]


def _rows(flow: Flow, segment: str, width: int, height: int, down: int) -> Iterator[Layout]:
    """Lay out the rows of one segment, all at one scale."""
    links = flow.steps
    number = -(-links // (fitting(width) - 1))
    each = -(-links // number)
    first_steps = range(1, links + 1, each)
    first = [
        layout(flow, segment=segment, width=width, height=height, first_step=step, columns=each + 1)
        for step in first_steps
    ]
    scale = min(placed.scale for placed in first)
    for step in first_steps:
        placed = layout(
            flow,
            segment=segment,
            width=width,
            height=height,
            first_step=step,
            columns=each + 1,
            top=down,
            scale=scale,
        )
        down += placed.height + BETWEEN
        yield placed


def _head(canvas: Canvas, flow: Flow, segment: str, look: dict[str, str], top: int) -> None:
    start = flow.nodes[(flow.nodes["segment"] == segment) & (flow.nodes["step"] == 1)]
    canvas.sign(5, top + 8, **look)
    canvas.text(16, top + 8, one_line(segment), size=NAME, weight=600)
    customers = counted(int(start["customers"].sum()), "customer starts", "customers start")
    canvas.text(16, top + 24, customers, fill="ink_3")
