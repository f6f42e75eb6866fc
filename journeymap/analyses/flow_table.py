"""The tables of a flow: what each column shows, and the customers of its links and nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from journeymap.analyses.splitting import OTHER, as_text, told_apart
from journeymap.counting.kernels import count_links, count_nodes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeymap.counting.paths import Paths

LEFT = "(left)"
CONTINUES = "(continues)"
MOST_COUNTED = 1_000_000


def slots_of(
    found: Paths, counted: NDArray[np.bool_], top: int
) -> tuple[list[str], NDArray[np.int16 | np.int32]]:
    """Return the labels of nodes, and for each customer and column the position of the label; the last column has two."""
    names = [told_apart(as_text(value), ours=(OTHER, LEFT, CONTINUES)) for value in found.names]
    labels = [*names, OTHER, LEFT, CONTINUES]
    other, left, continues = (len(names) + i for i in range(3))
    slots = np.full(found.steps.shape, left, dtype=found.steps.dtype)
    counts = np.zeros((found.steps.shape[0] - 1, len(names) + 1), dtype=np.int64)
    count_nodes(found.steps, counted, counts)
    for column, of_column in enumerate(counts):
        place = np.full(len(names) + 1, other, dtype=slots.dtype)
        shown = np.argsort(-of_column[:-1], kind="stable")[:top]
        place[shown] = shown
        place[-1] = left
        np.take(place, found.steps[column], out=slots[column], mode="wrap")
    slots[-1, found.steps[-1] >= 0] = continues
    return labels, slots


def links_of(
    segment: str,
    slots: NDArray[np.int16 | np.int32],
    counted: NDArray[np.bool_],
    labels: list[str],
    steps: int,
) -> pd.DataFrame:
    """Count the customers of every link between neighbouring columns."""
    texts = np.asarray(labels, dtype=object)
    if len(labels) ** 2 * steps > MOST_COUNTED:
        links, customers = np.unique(_pairs(slots[:, counted], len(labels), steps), return_counts=True)
    else:
        counts = np.zeros((steps, len(labels), len(labels)), dtype=np.int64)
        count_links(slots, counted, counts)
        links = np.flatnonzero(counts)
        customers = counts.ravel()[links]
    step, source, target = np.unravel_index(links, (steps, len(labels), len(labels)))
    columns = {
        "segment": segment,
        "step": step + 1,
        "source": texts[source],
        "target": texts[target],
        "customers": customers,
    }
    return pd.DataFrame(columns).sort_values(["step", "source", "target"], ignore_index=True)


def _pairs(slots: NDArray[np.int16 | np.int32], n_labels: int, steps: int) -> NDArray[np.int64]:
    """Return one number for each customer and link, where there are too many to count in a table."""
    sources, targets = slots[:steps].astype(np.int64), slots[1 : steps + 1]
    step = np.arange(steps)[:, None]
    return (step * n_labels + sources) * n_labels + targets


def nodes_of(links: pd.DataFrame, recent: dict[int, int], *, steps: int) -> pd.DataFrame:
    """Count the customers of every node from the links that leave it, and in the last column from those that arrive.

    Parameters
    ----------
    links
        Of one segment.
    recent
        Of those newly in "(left)" in a column, how many may come back.
    """
    ends = {"source": links, "target": links[links["step"] == steps].assign(step=steps + 1)}
    nodes = pd.concat(
        [
            part.rename(columns={end: "node"})[["segment", "step", "node", "customers"]]
            for end, part in ends.items()
        ]
    )
    nodes = nodes.groupby(["segment", "step", "node"])[["customers"]].sum().reset_index()
    nodes["recent"] = [
        recent[step] if node == LEFT else 0 for step, node in zip(nodes["step"], nodes["node"], strict=True)
    ]
    return nodes


def recent_of(
    slots: NDArray[np.int16 | np.int32], fresh: NDArray[np.bool_], labels: list[str]
) -> dict[int, int]:
    """Count for each column those newly in "(left)" who were active so lately that they may come back."""
    left = labels.index(LEFT)
    at_end = slots[:, fresh] == left
    arrived = {
        column + 1: int((at_end[column] & ~at_end[column - 1]).sum()) for column in range(1, len(at_end))
    }
    return {1: 0} | arrived


def typed(table: pd.DataFrame) -> pd.DataFrame:
    """Give the columns their types."""
    texts = {name: "str" for name in ("segment", "source", "target", "node") if name in table}
    numbers = {name: "int64" for name in ("step", "customers", "recent") if name in table}
    return table.astype(texts | numbers)
