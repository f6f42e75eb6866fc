"""The flow as a picture: ribbons as wide as their counts; a click on a ribbon or a node isolates it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from journeymap.analyses.flow import CONTINUES, LEFT
from journeymap.analyses.splitting import EVERYBODY
from journeymap.charts.drawing import Drawing, one_line
from journeymap.charts.flow_labels import identity
from journeymap.charts.flow_layout import fitting, layout, shared_scale
from journeymap.charts.flow_leaving import chosen
from journeymap.charts.flow_rows import coloured, rows
from journeymap.charts.flow_spec import specification
from journeymap.charts.numbers import count

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from journeymap.analyses.flow import Flow
    from journeymap.charts.theme import Mode

__all__ = ["chosen", "coloured", "description", "drawing", "fitting", "pick_of", "picked"]

Signals = dict[str, dict[str, list[str]]]


def drawing(
    flow: Flow,
    /,
    *,
    width: int,
    height: int = 440,
    mode: Mode = "light",
    segment: str | None = None,
    first_step: int = 1,
    columns: int | None = None,
    known: Sequence[str] = (),
) -> Drawing:
    """Draw one segment of a flow for the screen: neither title, key nor footer.

    Parameters
    ----------
    width, height
        In px. The picture grows above `height` where many nodes need it.
    segment
        Whose flow; None is the first segment's.
    first_step, columns
        The first column to show, and how many; None is all that follow. :func:`fitting` says how many can be read.
        Pictures of so many columns have one scale, wherever they begin.
    known
        Names that have a colour already, in order (see :func:`coloured`); names that are new come after them.

    Returns
    -------
    Drawing
        The selections ``pick`` (a ribbon) and ``node`` hold what was clicked; see :func:`picked`.
    """
    segment = chosen(flow, segment)
    scale = (
        shared_scale(flow, segment=segment, width=width, height=height, columns=columns) if columns else None
    )
    placed = layout(
        flow,
        segment=segment,
        width=width,
        height=height,
        first_step=first_step,
        columns=columns,
        scale=scale,
    )
    said = description(flow, segment)
    spec = specification(width=width, height=placed.height, mode=mode, description=said)
    spec["datasets"] = rows(flow, placed, segment=segment, mode=mode, known=known)
    return Drawing(spec, said, placed.height)


def picked(signals: Mapping[str, Mapping[str, Sequence[str]]], /) -> dict[str, Any] | None:
    """Turn the signals ``pick`` and ``node`` into the arguments of ``flow.customers``; None where nothing is picked.

    Examples
    --------
    >>> picked({"pick": {}, "node": {"node_id": ['[4,"Search"]']}})
    {'step': 4, 'node': 'Search'}
    >>> picked({"pick": {"link": ['[4,"Search","(left)"]']}})
    {'step': 4, 'source': 'Search', 'target': '(left)'}
    >>> picked({"pick": {}}) is None
    True
    """
    for name, field, keys in (("pick", "link", ("source", "target")), ("node", "node_id", ("node",))):
        found = (signals.get(name) or {}).get(field)
        if found:
            step, *names = json.loads(found[0])
            return {"step": step, **dict(zip(keys, names, strict=True))}
    return None


def pick_of(
    *, step: int, node: str | None = None, source: str | None = None, target: str | None = None
) -> Signals:
    """Return the signals that pick this node (`step`, `node`) or ribbon (`step`, `source`, `target`).

    Examples
    --------
    >>> pick_of(step=4, node="Search")
    {'pick': {}, 'node': {'node_id': ['[4,"Search"]']}}
    """
    if node is not None:
        return {"pick": {}, "node": {"node_id": [identity(step, node)]}}
    return {"pick": {"link": [identity(step, source or "", target or "")]}, "node": {}}


def description(flow: Flow, segment: str, /) -> str:
    """Say in one sentence what the picture shows."""
    ends = flow.nodes[(flow.nodes["segment"] == segment) & (flow.nodes["step"] == flow.steps + 1)]
    customers = dict(zip(ends["node"], ends["customers"].tolist(), strict=True))
    left, going_on = customers.get(LEFT, 0), customers.get(CONTINUES, 0)
    who = "all" if segment == EVERYBODY else one_line(segment)
    return (
        f"Flow of customers over {flow.steps} steps, {who}: of {count(left + going_on)} who start, "
        f"{count(left)} have left by the end and {count(going_on)} continue."
    )
