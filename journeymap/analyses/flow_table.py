"""The tables of a flow: what each column shows, and the customers of its links and nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from journeymap.analyses.splitting import OTHER, as_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeymap.counting.paths import Paths
    from journeymap.events.log import EventLog

LEFT = "(left)"
CONTINUES = "(continues)"


def slots_of(found: Paths, counted: NDArray[np.bool_], top: int) -> tuple[list[str], NDArray[np.int32]]:
    """Return the labels of nodes, and for each customer and column the position of the label; the last column has two."""
    names = [_told_apart(as_text(value)) for value in found.names]
    labels = [*names, OTHER, LEFT, CONTINUES]
    other, left, continues = (len(names) + i for i in range(3))
    slots = np.full(found.steps.shape, left, dtype=np.int32)
    for column in range(found.steps.shape[1] - 1):
        codes = found.steps[:, column]
        counts = np.bincount(codes[counted & (codes >= 0)], minlength=len(names))
        place = np.full(len(names) + 1, other, dtype=np.int32)
        shown = np.argsort(-counts, kind="stable")[:top]
        place[shown] = shown
        place[-1] = left
        slots[:, column] = place[codes]
    slots[found.steps[:, -1] >= 0, -1] = continues
    return labels, slots


def _told_apart(name: str) -> str:
    """Return a name from the data that none of our own names can be taken for."""
    return f"{name} in the data" if name in {OTHER, LEFT, CONTINUES} else name


def links_of(segment: str, slots: NDArray[np.int32], labels: list[str], steps: int) -> pd.DataFrame:
    """Count the customers of every link between neighbouring columns."""
    frames = []
    for step in range(1, steps + 1):
        pairs = slots[:, step - 1].astype(np.int64) * len(labels) + slots[:, step]
        links, customers = np.unique(pairs, return_counts=True)
        ends = np.divmod(links, len(labels))
        source, target = (np.asarray(labels, dtype=object)[end] for end in ends)
        frames.append(
            pd.DataFrame(
                {"segment": segment, "step": step, "source": source, "target": target, "customers": customers}
            )
        )
    table = pd.concat(frames, ignore_index=True)
    return table.sort_values(["step", "source", "target"], ignore_index=True)


def nodes_of(
    segment: str,
    slots: NDArray[np.int32],
    mask: NDArray[np.bool_],
    labels: list[str],
    found: Paths,
    log: EventLog,
) -> pd.DataFrame:
    """Count the customers of every node, and those who left so lately that they may come back."""
    left = labels.index(LEFT)
    fresh = mask & (found.last_at > log.data_end - log.length(log.session_gap))
    rows = []
    for column in range(slots.shape[1]):
        counts = np.bincount(slots[mask, column], minlength=len(labels))
        arrived = (
            (slots[:, column] == left) & (slots[:, column - 1] != left)
            if column
            else np.zeros(len(mask), bool)
        )
        for slot in np.flatnonzero(counts):
            recent = int((fresh & arrived).sum()) if slot == left else 0
            rows.append((segment, column + 1, labels[slot], counts[slot], recent))
    return pd.DataFrame(rows, columns=["segment", "step", "node", "customers", "recent"])


def typed(table: pd.DataFrame) -> pd.DataFrame:
    """Give the columns their types."""
    texts = {name: "str" for name in ("segment", "source", "target", "node") if name in table}
    numbers = {name: "int64" for name in ("step", "customers", "recent") if name in table}
    return table.astype(texts | numbers)
