"""Who leaves next: at each node of a flow, and at the other nodes of its step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from journeymap.analyses.flow import LEFT
from journeymap.analyses.intervals import difference_p_value
from journeymap.journeys import unknown

if TYPE_CHECKING:
    from journeymap.analyses.flow import Flow


@dataclass(frozen=True)
class Leaving:
    """How many customers of a node leave next, and how many of those at the other nodes of its step.

    Goals, after which leaving is no loss, are not among the others; a goal itself has none.
    """

    step: int
    node: str
    customers: int
    left: int
    others: int
    others_left: int

    @property
    def share(self) -> float:
        """The share of the node's customers that leave next."""
        return self.left / self.customers

    @property
    def others_share(self) -> float | None:
        """The share of the others that leave next; None where there are no others."""
        return self.others_left / self.others if self.others else None

    @property
    def difference(self) -> float:
        """How much more leave here than at the others."""
        return self.share - (self.others_share or 0.0)

    @property
    def p_value(self) -> float:
        """Whether the difference may be chance."""
        return difference_p_value((self.left, self.others_left), (self.customers, self.others))


def chosen(flow: Flow, segment: str | None, /) -> str:
    """Return the segment of this name, or the first one; an unknown name is an error."""
    if segment is not None and segment not in flow.masks:
        raise unknown("segment", segment, list(flow.masks), owner="this flow")
    return segment if segment is not None else next(iter(flow.masks))


def leaving(flow: Flow, /, *, segment: str) -> list[Leaving]:
    """Return for each node of each step how many customers leave next, here and at the step's other nodes."""
    links = flow.table[(flow.table["segment"] == segment) & (flow.table["source"] != LEFT)]
    found: dict[tuple[int, str], list[int]] = {}
    columns = ["step", "source", "target", "customers"]
    for step, source, target, customers in links[columns].itertuples(index=False):
        counts = found.setdefault((step, source), [0, 0])
        counts[0] += customers
        counts[1] += customers if target == LEFT else 0
    no_loss = frozenset(flow.goals)
    return [
        Leaving(step, node, customers, left, *_others(found, step, node, no_loss))
        for (step, node), (customers, left) in found.items()
    ]


def _others(
    found: dict[tuple[int, str], list[int]], step: int, node: str, no_loss: frozenset[str]
) -> tuple[int, int]:
    if node in no_loss:
        return 0, 0
    rest = [
        counts for (at, name), counts in found.items() if at == step and name != node and name not in no_loss
    ]
    return sum(customers for customers, _ in rest), sum(left for _, left in rest)


def things(flow: Flow, /) -> str:
    """Return what the nodes are, as a plural."""
    return {"stage": "stages", "event": "events"}.get(flow.over, f"values of {flow.over}")
