"""Where the nodes and ribbons of a flow stand, in px: one scale for the whole picture, so that a width is a count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeymap.analyses.flow import CONTINUES, LEFT
from journeymap.analyses.splitting import OTHER
from journeymap.charts.drawing import one_line, text_width
from journeymap.charts.flow_parts import (
    FOOT,
    GAP,
    HEAD,
    LINE,
    NODE,
    ONE_LINE_FROM,
    OVERHANG,
    TEXT,
    TO_LABEL,
    TWO_LINES_FROM,
    Layout,
    Node,
    Ribbon,
)
from journeymap.charts.numbers import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journeymap.analyses.flow import Flow

LEAST_RIBBONS = 240
WIDER_FONTS = 1.2
LEAST_BESIDE = text_width(CONTINUES, size=TEXT, weight=600) * WIDER_FONTS + TO_LABEL
LEAST_PITCH = 84
ENOUGH_OF_NAME = 80
BEFORE_NODE = 4
NOBODY = 40
LINK = ["step", "source", "target", "customers"]
NODE_COLUMNS = ["step", "node", "customers", "recent"]


def layout(
    flow: Flow,
    *,
    segment: str,
    width: float,
    height: int = 440,
    first_step: int = 1,
    columns: int | None = None,
    top: float = 0,
    scale: float | None = None,
) -> Layout:
    """Place the nodes and ribbons of one segment.

    Parameters
    ----------
    height
        In px; the picture grows where many nodes need more.
    first_step, columns
        Which columns are shown: this one and those after it, so many in all; None is all that follow.
    top
        Where the picture begins.
    scale
        The px of one customer; None is as large as the fullest column allows.
    """
    first = max(1, min(first_step, flow.steps))
    last = flow.steps + 1 if columns is None else min(first + max(columns, 2) - 1, flow.steps + 1)
    found = _nodes(flow, segment, range(first, last + 1))
    lefts = _across(found, width)
    customers = sum(node.customers for node in found[0])
    scale = _scale(found, customers, height - HEAD - FOOT) if scale is None else scale
    least = height - HEAD - FOOT if customers else NOBODY
    area = max(least, *(_down(column, scale, top + HEAD) for column in found))
    for column in found:
        _ground(column, top + HEAD + area)
    ribbons = _ribbons(flow, segment, found, scale)
    return Layout(
        top, round(HEAD + area + FOOT), scale, range(first, last + 1), lefts, found, ribbons, customers
    )


def fitting(width: float) -> int:
    """Return how many columns a picture of this width shows with names that can be read."""
    return max(3, int(width / LEAST_PITCH))


def shared_scale(flow: Flow, *, segment: str, width: float, height: int, columns: int) -> float:
    """Return the px of one customer at which every stretch of so many columns fits, so that stretches compare."""
    beginnings = range(1, max(flow.steps + 2 - columns, 1) + 1)
    stretches = (
        layout(flow, segment=segment, width=width, height=height, first_step=step, columns=columns)
        for step in beginnings
    )
    return min(stretch.scale for stretch in stretches)


def order(flow: Flow) -> list[str]:
    """Return all names from top to bottom, the same in every column.

    Stages stand with the goal on top. Other names that customers reach later stand higher, so that ribbons climb to
    the goal. "(continues)" is above all; "(other)" and then "(left)" are at the bottom.
    """
    if flow.over == "stage":
        names = flow.labels[-4::-1]
    else:
        own = flow.nodes[~flow.nodes["node"].isin([OTHER, LEFT, CONTINUES])]
        reached = (own["step"] * own["customers"]).groupby(own["node"]).sum()
        late = reached / own.groupby("node")["customers"].sum()
        names = sorted(late.index, key=lambda name: (-late[name], name))
    return [CONTINUES, *names, OTHER, LEFT]


def _nodes(flow: Flow, segment: str, shown: range) -> list[list[Node]]:
    place = {name: position for position, name in enumerate(order(flow))}
    rows = flow.nodes[flow.nodes["segment"] == segment]
    columns: dict[int, list[Node]] = {step: [] for step in shown}
    for step, name, customers, recent in rows[NODE_COLUMNS].itertuples(index=False):
        if step in columns:
            columns[step].append(Node(step, name, customers, recent))
    return [sorted(column, key=lambda node: place[node.name]) for column in columns.values()]


def _across(columns: Sequence[Sequence[Node]], width: float) -> list[float]:
    """Place the columns and return their left edges; a label has the room from its node to the next column."""
    widest = max((_name_width(node) for node in columns[-1]), default=0) + TO_LABEL
    beside = min(max(widest, LEAST_BESIDE), (width - NODE) / len(columns))
    pitch = (width - NODE - beside) / max(len(columns) - 1, 1)
    lefts = [position * pitch for position in range(len(columns))]
    for column, left in zip(columns, lefts, strict=True):
        for node in column:
            node.x = left
            node.room = (beside if column is columns[-1] else pitch - NODE - BEFORE_NODE) - TO_LABEL
            node.flat_lines = 1 if _fits_one_line(node) else 2
    return lefts


def _name_width(node: Node) -> float:
    return text_width(one_line(node.name), size=TEXT, weight=600)


def _fits_one_line(node: Node) -> bool:
    """Say whether name and count stand on one line, where a long name keeps enough of itself."""
    for_name = node.room - text_width(f" {count(node.customers)}", size=TEXT)
    return for_name >= min(text_width(one_line(node.name), size=TEXT), ENOUGH_OF_NAME)


def _scale(columns: Sequence[Sequence[Node]], customers: int, area: float) -> float:
    """Return the px of one customer: as large as the fullest column allows, and never too small to be seen."""
    if not customers:
        return 0.0
    least = LEAST_RIBBONS / customers
    low, high = least, max(least, area / customers)
    for _ in range(30):
        middle = (low + high) / 2
        fits = max(_down(column, middle, 0) for column in columns) <= area
        low, high = (middle, high) if fits else (low, middle)
    return low


def _down(column: Sequence[Node], scale: float, top: float) -> float:
    """Place the nodes of a column below `top`, and return how far down they reach.

    Flat nodes stand further apart than others, so that their labels fit; so do those at the edges.
    """
    end = top
    above: Node | None = None
    for node in column:
        node.height = node.customers * scale
        overhang = _overhang(node)
        node.y = end + (max(GAP, _overhang(above) + overhang) if above else max(0, overhang - FOOT))
        end, above = node.y + node.height, node
    return end - top + (max(0, _overhang(above) - FOOT) if above else 0)


def _overhang(node: Node) -> float:
    """Return how far at most the label stands out over the node, above as below; it may be less than nothing."""
    if node.height < ONE_LINE_FROM:
        return -node.height / 2
    if node.height >= TWO_LINES_FROM:
        return OVERHANG
    return (node.flat_lines * LINE - node.height) / 2


def _ground(column: Sequence[Node], ground: float) -> None:
    """Let "(left)" stand on the ground."""
    if column and column[-1].name == LEFT:
        column[-1].y = ground - column[-1].height - max(0, _overhang(column[-1]) - FOOT)


def _ribbons(flow: Flow, segment: str, columns: Sequence[Sequence[Node]], scale: float) -> list[Ribbon]:
    """Make the ribbons; at each end they lie in the order of where they come from or go to, and so cross least."""
    nodes = {(node.step, node.name): node for column in columns for node in column}
    rows = flow.table[flow.table["segment"] == segment]
    ribbons = [
        Ribbon(nodes[step, source], nodes[step + 1, target], customers, width=customers * scale)
        for step, source, target, customers in rows[LINK].itertuples(index=False)
        if (step, source) in nodes and (step + 1, target) in nodes
    ]
    for ribbon in sorted(ribbons, key=lambda ribbon: ribbon.target.y):
        ribbon.source_y = ribbon.source.y + ribbon.source.taken_out
        ribbon.source.taken_out += ribbon.width
    for ribbon in sorted(ribbons, key=lambda ribbon: ribbon.source.y):
        ribbon.target_y = ribbon.target.y + ribbon.target.taken_in
        ribbon.target.taken_in += ribbon.width
    return sorted(ribbons, key=lambda ribbon: (ribbon.source.step, -ribbon.customers))
