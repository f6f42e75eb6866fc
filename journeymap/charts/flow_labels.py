"""The label beside a node of a flow: its name and count, in as many lines as its place allows."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from journeymap.charts.drawing import ELLIPSIS, middle_cut, text_width
from journeymap.charts.flow_parts import (
    HEAD,
    LINE,
    NODE,
    ONE_LINE_FROM,
    OVERHANG,
    TEXT,
    TO_LABEL,
    TWO_LINES_FROM,
)
from journeymap.charts.numbers import count
from journeymap.charts.theme import Mode, role

if TYPE_CHECKING:
    from journeymap.charts.flow_parts import Node

Row = dict[str, Any]
Line = tuple[str, int, str]

LEAST_NAME = 30
PIECES = re.compile(r"[^ _/.:-]*[ _/.:-]|[^ _/.:-]+")


def identity(step: int, *names: str) -> str:
    """Name a node (its column and name) or a link (and the name it leads to) in a way that outlives the picture.

    Examples
    --------
    >>> identity(4, "Search")
    '[4,"Search"]'
    """
    return json.dumps([step, *names], separators=(",", ":"), ensure_ascii=False)


def label(node: Node, /, *, mode: Mode) -> list[Row]:
    """Return a row for each line of a node's label; none where the node is too flat for one."""
    lines = _lines(node)
    top = node.y + node.height / 2 - (len(lines) - 1) * LINE / 2
    place = {"node_id": identity(node.step, node.name), "limit": round(node.room + NODE, 1)}
    return [
        place | _text(node.x + NODE + TO_LABEL, top + LINE * position, *line, mode=mode)
        for position, line in enumerate(lines)
    ]


def nobody(top: float, /, *, mode: Mode) -> Row:
    """Return the row of a flow in which nobody is."""
    return {"node_id": "", "limit": 0} | _text(
        0, top + HEAD + LINE, "No customer starts.", 400, "ink_3", mode=mode
    )


def _text(x: float, y: float, text: str, weight: int, ink: str, *, mode: Mode) -> Row:
    return {
        "x": round(x, 2),
        "y": round(y, 2),
        "text": text,
        "weight": weight,
        "colour": role(ink, mode=mode),
    }


def _lines(node: Node) -> list[Line]:
    """Choose by height, and write a long name over several lines where the node is high enough."""
    if node.height < ONE_LINE_FROM or node.room < LEAST_NAME:
        return []
    number = count(node.customers)
    if node.height < TWO_LINES_FROM and node.flat_lines == 1:
        beside = node.room - text_width(f" {number}", size=TEXT)
        return [(f"{middle_cut(node.name, beside, size=TEXT)} {number}", 400, "ink")]
    if node.height < TWO_LINES_FROM:
        return [(middle_cut(node.name, node.room, size=TEXT), 400, "ink"), (number, 400, "ink_2")]
    fitting = int((node.height + 2 * OVERHANG) // LINE)
    name = _folded(node.name, node.room, most=fitting - 1)
    recent = f"{count(node.recent)} may come back"
    lines = [*((part, 600, "ink") for part in name), (number, 400, "ink_2")]
    if node.recent and len(lines) < fitting and text_width(recent, size=TEXT) <= node.room:
        lines.append((recent, 400, "ink_3"))
    return lines


def _folded(name: str, room: float, *, most: int) -> list[str]:
    """Break a name into at most so many lines, after spaces and signs; the middle of what is longer is cut."""
    width = room * most
    while width > room:
        lines = _packed(middle_cut(name, width, size=TEXT, weight=600), room)
        if len(lines) <= most and ELLIPSIS not in lines and all(_fits(line, room) for line in lines):
            return lines
        width -= room / 8
    return [middle_cut(name, room, size=TEXT, weight=600)]


def _packed(name: str, room: float) -> list[str]:
    lines = [""]
    for piece in PIECES.findall(name):
        if lines[-1] and not _fits(lines[-1] + piece, room):
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines]


def _fits(text: str, room: float) -> bool:
    return text_width(text.strip(), size=TEXT, weight=600) <= room
