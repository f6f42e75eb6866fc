"""The tables of a flow: what each column shows, and the customers of its links and nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from journeymap.analyses.splitting import OTHER, as_text, told_apart

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeymap.counting.paths import Paths

LEFT = "(left)"
CONTINUES = "(continues)"
MOST_COUNTED = 1_000_000


def slots_of(found: Paths, counted: NDArray[np.bool_], top: int) -> tuple[list[str], NDArray[np.int32]]:
    """Return the labels of nodes, and for each customer and column the position of the label; the last column has two."""
    names = [told_apart(as_text(value), ours=(OTHER, LEFT, CONTINUES)) for value in found.names]
    labels = [*names, OTHER, LEFT, CONTINUES]
    other, left, continues = (len(names) + i for i in range(3))
    slots = np.full(found.steps.shape, left, dtype=np.int32)
    for column in range(found.steps.shape[0] - 1):
        codes = found.steps[column]
        counts = np.bincount(np.where(counted, codes + 1, 0), minlength=len(names) + 1)[1:]
        place = np.full(len(names) + 1, other, dtype=np.int32)
        shown = np.argsort(-counts, kind="stable")[:top]
        place[shown] = shown
        place[-1] = left
        slots[column] = place[codes]
    slots[-1, found.steps[-1] >= 0] = continues
    return labels, slots


def links_of(segment: str, slots: NDArray[np.int32], labels: list[str], steps: int) -> pd.DataFrame:
    """Count the customers of every link between neighbouring columns."""
    frames = []
    texts = np.asarray(labels, dtype=object)
    for step in range(1, steps + 1):
        pairs = slots[step - 1].astype(np.int64) * len(labels) + slots[step]
        links, customers = _counted(pairs, len(labels) ** 2)
        source, target = (texts[end] for end in np.divmod(links, len(labels)))
        columns = {
            "segment": segment,
            "step": step,
            "source": source,
            "target": target,
            "customers": customers,
        }
        frames.append(pd.DataFrame(columns))
    table = pd.concat(frames, ignore_index=True)
    return table.sort_values(["step", "source", "target"], ignore_index=True)


def _counted(codes: NDArray[np.int64], n_codes: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the codes that occur, and how often; by counting where there are few, by sorting where there are many."""
    if n_codes > MOST_COUNTED:
        found, counts = np.unique(codes, return_counts=True)
        return found, counts
    counts = np.bincount(codes, minlength=n_codes)
    found = np.flatnonzero(counts)
    return found, counts[found]


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


def recent_of(slots: NDArray[np.int32], fresh: NDArray[np.bool_], labels: list[str]) -> dict[int, int]:
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
