"""The finding of a flow: the node whose share of customers leaving next stands out most from its step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeymap.analyses.flow import CONTINUES, LEFT
from journeymap.analyses.intervals import benjamini_hochberg, wilson
from journeymap.analyses.scope import day, moment
from journeymap.analyses.splitting import EVERYBODY, OTHER
from journeymap.charts.drawing import one_line
from journeymap.charts.findings import MOST_CHARACTERS, Finding
from journeymap.charts.flow_leaving import chosen, leaving, things
from journeymap.charts.numbers import count, interval, share
from journeymap.errors import listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journeymap.analyses.flow import Flow
    from journeymap.charts.flow_leaving import Leaving

FEWEST = 30
LEVEL = 0.05


def flow_finding(flow: Flow, /, *, segment: str | None = None) -> Finding:
    """Return the one sentence about a segment's flow, and the line that supports it; None is the first segment.

    Every node of at least 30 customers is compared with the others of its step; of those that differ after
    Benjamini-Hochberg the one with the largest difference is named, first among those where more leave.
    """
    segment = chosen(flow, segment)
    candidates = [found for found in leaving(flow, segment=segment) if _comparable(found)]
    if not candidates:
        return _without_comparison(flow, segment)
    adjusted = benjamini_hochberg([found.p_value for found in candidates])
    clear = [found for found, p in zip(candidates, adjusted, strict=True) if p < LEVEL]
    if not clear:
        sentence = f"No clear difference between {things(flow)} in the share{_of(segment)} that leaves next."
        return Finding(sentence, _tests(candidates))
    most = max(clear, key=lambda found: (found.difference > 0, abs(found.difference)))
    return Finding(_sentence(most, segment), _support(flow, most, candidates))


def _comparable(found: Leaving) -> bool:
    return found.node not in {OTHER, CONTINUES} and found.customers >= FEWEST and found.others >= FEWEST


def _sentence(most: Leaving, segment: str) -> str:
    where = f"At {one_line(most.node)}, step {most.step}, {share(most.share, most.customers)}"
    low, high = (float(bound) for bound in wilson(most.left, most.customers))
    spread = interval(low, high, most.customers)
    others = share(most.others_share, most.others)
    against = f"against {others} elsewhere in that step"
    forms = [
        f"{where}{_of(segment)} leave next {spread}, {against}.",
        f"{where}{_of(segment)} leave next {spread}, elsewhere {others}.",
        f"{where} leave next {spread}, elsewhere {others}.",
    ]
    return next((form for form in forms if len(form) <= MOST_CHARACTERS), forms[-1])


def _of(segment: str) -> str:
    return " of customers" if segment == EVERYBODY else f" of {one_line(segment)} customers"


def _support(flow: Flow, most: Leaving, candidates: Sequence[Leaving]) -> str:
    counts = (
        f"{count(most.left)} of {count(most.customers)} leave next; elsewhere in step {most.step} it is "
        f"{count(most.others_left)} of {count(most.others)}."
    )
    no_loss = sorted(flow.goals)
    apart = [f"{listing(no_loss)} is left out, since leaving after it is no loss."] if no_loss else []
    return " ".join([counts, *apart, _tests(candidates)])


def _tests(candidates: Sequence[Leaving]) -> str:
    number = len(candidates)
    return f"{number:,} {'comparison' if number == 1 else 'comparisons'}, corrected by Benjamini-Hochberg."


def _without_comparison(flow: Flow, segment: str) -> Finding:
    """Say how the flow ends, where no step has two nodes that could be compared; or that nobody starts."""
    ends = flow.nodes[(flow.nodes["segment"] == segment) & (flow.nodes["step"] == flow.steps + 1)]
    customers = int(ends["customers"].sum())
    if not customers:
        who = "customer" if segment == EVERYBODY else f"{one_line(segment)} customer"
        scope = flow.scope
        return Finding(
            f"No {who} starts from {day(scope.begin)} to {day(scope.end)}.",
            f"The log is complete to {moment(scope.complete_to)}.",
        )
    left = int(ends.loc[ends["node"] == LEFT, "customers"].sum())
    return Finding(
        f"After step {flow.steps}, {share(left / customers, customers)}{_of(segment)} have left: "
        f"{count(left)} of {count(customers)}.",
        f"No step has two {things(flow)} of at least {FEWEST} customers to compare.",
    )
