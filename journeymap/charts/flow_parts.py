"""What a flow's picture is made of: nodes in columns, and ribbons between them, in px."""

from __future__ import annotations

from dataclasses import dataclass

from journeymap.charts.theme import tokens

NODE = tokens()["size_px"]["flow_node"]
GAP = tokens()["size_px"]["flow_gap"]
TEXT = tokens()["type_px"]["chart_label"]
HEAD = 24
FOOT = 6
LINE = 13
TO_LABEL = 6
TWO_LINES_FROM = 24
ONE_LINE_FROM = 2
OVERHANG = 1


@dataclass
class Node:
    """A name in a column.

    Attributes
    ----------
    recent
        Of those who newly left, how many may come back.
    x, y, height
        Left edge, top and height, in px.
    room, flat_lines
        How wide its label may be, and how many lines it has where the node is flat.
    taken_in, taken_out
        How much of its height the ribbons take so far, on the left and on the right.
    """

    step: int
    name: str
    customers: int
    recent: int
    x: float = 0
    room: float = 0
    flat_lines: int = 1
    y: float = 0
    height: float = 0
    taken_in: float = 0
    taken_out: float = 0


@dataclass
class Ribbon:
    """A link between two nodes: the tops of its ends and its width."""

    source: Node
    target: Node
    customers: int
    source_y: float = 0
    target_y: float = 0
    width: float = 0

    @property
    def path(self) -> str:
        """Its outline: two cubic curves that leave and arrive level, with control points halfway."""
        begin, end = self.source.x + NODE, self.target.x
        half = (begin + end) / 2
        top, to_top = self.source_y, self.target_y
        base, to_base = top + self.width, to_top + self.width
        return (
            f"M{begin:.2f},{top:.3f}C{half:.2f},{top:.3f} {half:.2f},{to_top:.3f} {end:.2f},{to_top:.3f}"
            f"L{end:.2f},{to_base:.3f}C{half:.2f},{to_base:.3f} {half:.2f},{base:.3f} {begin:.2f},{base:.3f}Z"
        )


@dataclass(frozen=True)
class Layout:
    """A flow on paper.

    Attributes
    ----------
    top, height
        Where the picture begins, and its height.
    scale
        The px of one customer.
    shown, lefts, columns
        The steps that are shown, the left edge of each, and its nodes from the top.
    ribbons
        From the first step to the last, the widest of each step first.
    customers
        How many customers every column adds up to.
    """

    top: float
    height: int
    scale: float
    shown: range
    lefts: list[float]
    columns: list[list[Node]]
    ribbons: list[Ribbon]
    customers: int

    @property
    def nodes(self) -> list[Node]:
        """All nodes, column by column from the top."""
        return [node for column in self.columns for node in column]
