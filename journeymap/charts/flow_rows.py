"""The rows of a flow's picture: what is drawn where, in which colour, and what it says when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from journeymap.analyses.flow import CONTINUES, LEFT
from journeymap.analyses.splitting import OTHER
from journeymap.charts.drawing import one_line
from journeymap.charts.flow_labels import identity, label, nobody
from journeymap.charts.flow_leaving import leaving
from journeymap.charts.flow_parts import NODE, TEXT
from journeymap.charts.numbers import count, share
from journeymap.charts.theme import categorical, opacity, role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journeymap.analyses.flow import Flow
    from journeymap.charts.flow_leaving import Leaving
    from journeymap.charts.flow_parts import Layout, Node, Ribbon
    from journeymap.charts.theme import Mode

Row = dict[str, Any]

MOST_COLOURS = len(categorical())


def coloured(flow: Flow, /, *, known: Sequence[str] = ()) -> list[str]:
    """Return the names that have a colour, in the order of the theme's colours: by first column, then by size.

    Names in `known` keep their place, so that a name keeps its colour while others come and go. Where all colours are
    taken, a new name takes the place of one that this flow does not have.
    """
    total = flow.nodes.groupby(["step", "node"])["customers"].sum().reset_index()
    by_size = total.sort_values(["step", "customers", "node"], ascending=[True, False, True])["node"]
    present = [name for name in dict.fromkeys(by_size) if name not in {OTHER, LEFT, CONTINUES}]
    places = list(known)
    for name in present:
        if name in places:
            continue
        free = [place for place, other in enumerate(places[:MOST_COLOURS]) if other not in present]
        if len(places) < MOST_COLOURS or not free:
            places.append(name)
        else:
            places[free[0]] = name
    return places


def colours(flow: Flow, /, *, mode: Mode, known: Sequence[str] = ()) -> dict[str, str]:
    """Return the colour of every name; beyond the theme's colours it is that of "(other)"."""
    own = dict(zip(coloured(flow, known=known), categorical(mode=mode), strict=False))
    roles = {name: role(name.strip("()"), mode=mode) for name in (OTHER, LEFT, CONTINUES)}
    return dict.fromkeys(flow.labels, roles[OTHER]) | own | roles


def rows(
    flow: Flow, placed: Layout, /, *, segment: str, mode: Mode, known: Sequence[str] = ()
) -> dict[str, list[Row]]:
    """Return the rows of every dataset of the picture."""
    colour_of = colours(flow, mode=mode, known=known)
    next_of = {(found.step, found.node): found for found in leaving(flow, segment=segment)}
    return {
        "links": [_link(ribbon, colour_of) for ribbon in placed.ribbons],
        "nodes": [
            _box(node.x, node.y, node.height, colour_of[node.name])
            | _node(node, placed.customers, flow, next_of.get((node.step, node.name)))
            for node in placed.nodes
        ],
        "labels": [line for node in placed.nodes for line in label(node, mode=mode)]
        or [nobody(placed.top, mode=mode)],
        "heads": [
            {"x": _px(left), "y": _px(placed.top + TEXT), "text": _head(step, flow)}
            for step, left in zip(placed.shown, placed.lefts, strict=True)
        ],
    }


def _head(step: int, flow: Flow) -> str:
    return f"Step {step}" if step <= flow.steps else "Then"


def _px(number: float) -> float:
    return round(number, 3)


def _box(x: float, y: float, height: float, colour: str) -> Row:
    return {"x": _px(x), "x2": _px(x + NODE), "y": _px(y), "y2": _px(y + height), "colour": colour}


def _link(ribbon: Ribbon, colour_of: dict[str, str]) -> Row:
    source, target, customers = ribbon.source, ribbon.target, ribbon.customers
    kind = "ribbon" if target.name != LEFT else "ribbon_left" if source.name != LEFT else "ribbon_carried"
    return {
        "link": identity(source.step, source.name, target.name),
        "source": identity(source.step, source.name),
        "target": identity(target.step, target.name),
        "path": ribbon.path,
        "colour": colour_of[source.name if target.name != LEFT else LEFT],
        "opacity": opacity(kind),
        **_end("from", source, ribbon.source_y, ribbon.width, colour_of),
        **_end("to", target, ribbon.target_y, ribbon.width, colour_of),
        "of": count(source.customers),
        "tip": {
            "title": f"{one_line(source.name)} → {one_line(target.name)}",
            "customers": count(customers),
            f"of {one_line(source.name)}, step {source.step}": share(
                customers / source.customers, source.customers
            ),
            f"of {one_line(target.name)}, {_column(target)}": share(
                customers / target.customers, target.customers
            ),
        },
    }


def _end(side: str, node: Node, y: float, width: float, colour_of: dict[str, str]) -> Row:
    """Return the part of a node that a ribbon takes, full colour when the ribbon is picked."""
    return {f"{side}_{name}": value for name, value in _box(node.x, y, width, colour_of[node.name]).items()}


def _node(node: Node, everyone: int, flow: Flow, next_: Leaving | None) -> Row:
    place = f"{one_line(node.name)}, {f'step {node.step}' if node.step <= flow.steps else f'after step {flow.steps}'}"
    tip = {
        "title": place,
        "customers": count(node.customers),
        "of all who start": share(node.customers / everyone, everyone),
    }
    said = f"{place}: {count(node.customers)} of {count(everyone)} customers"
    if next_:
        tip["leave next"] = f"{count(next_.left)} ({share(next_.share, next_.customers)})"
        said += f", {count(next_.left)} leave next"
    if next_ and next_.others_share is not None:
        tip["leave next elsewhere in this step"] = share(next_.others_share, next_.others)
    if node.recent:
        tip["active at the end of the data, may come back"] = count(node.recent)
    return {"node_id": identity(node.step, node.name), "description": said, "tip": tip}


def _column(node: Node) -> str:
    return "at the end" if node.name == CONTINUES else f"step {node.step}"
