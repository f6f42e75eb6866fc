"""How a journey is searched under the counting rules: which bit of a row stands for what, and the rules as numbers."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from journeymap.counting.kernels import FOREVER
from journeymap.counting.searching import Rules
from journeymap.errors import DefinitionError, listing
from journeymap.journeys import Stage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from journeymap.counting.contract import Counting, Exclusion
    from journeymap.events.log import EventLog
    from journeymap.journeys import Journey


@dataclass(frozen=True)
class Plan:
    """What is searched for.

    Attributes
    ----------
    sought
        What each bit of a row stands for: required stages, optional stages, excluded events.
    required, optional
        The positions of the journey's stages, from 0.
    """

    sought: tuple[Stage, ...]
    required: tuple[int, ...]
    optional: tuple[int, ...]

    def required_before(self, position: int) -> int | None:
        """Return the position of the required stage before a stage of the journey, or None."""
        return max((k for k in self.required if k < position), default=None)


def plan_of(journey: Journey, counting: Counting) -> Plan:
    """Plan a search; rules that this journey cannot be counted by are an error."""
    _check(journey, counting)
    stages = journey.stages
    required = tuple(k for k, stage in enumerate(stages) if not stage.optional)
    optional = tuple(k for k, stage in enumerate(stages) if stage.optional)
    excluded = [Stage(f"(exclusion {i})", one.rule) for i, one in enumerate(counting.exclude, start=1)]
    return Plan((*(stages[k] for k in (*required, *optional)), *excluded), required, optional)


@dataclass(frozen=True)
class Numbers:
    """The rules as the compiled searches take them; see :mod:`journeymap.counting.searching`."""

    rules: Rules
    gaps: NDArray[np.int64]
    spans: NDArray[np.int64]
    optional: NDArray[np.int64]


def numbers_of(
    plan: Plan,
    journey: Journey,
    counting: Counting,
    *,
    log: EventLog,
    period: tuple[int, int],
    overlapping: bool,
) -> Numbers:
    """Write the rules as numbers, in units of the store.

    Parameters
    ----------
    overlapping
        Whether any event belongs to several required stages.
    """
    stages = [journey.stages[k] for k in plan.required]
    endless = counting.window in (None, "session")
    tolerance = log.length(counting.tolerance)
    rules = Rules(
        n_stages=len(stages),
        n_bits=len(plan.sought),
        window=FOREVER if endless else log.length(counting.window),  # type: ignore[arg-type]
        begin=period[0],
        end=period[1],
        until=period[1] if counting.bounds == "all" else FOREVER,
        grace=tolerance if tolerance or counting.ties == "either" else -1,
        reuse=counting.reuse,
        overlapping=overlapping and not counting.reuse,
        strict=counting.order == "strict",
        gapped=any(stage.least or stage.most for stage in stages),
        any_order=counting.order == "any",
        any_start=counting.entry == "any stage",
        first_only=counting.attempts == "first",
        latest=counting.represent == "latest",
    )
    gaps = [
        _lengths(log, [s.least for s in stages], missing=0),
        _lengths(log, [s.most for s in stages], missing=FOREVER),
    ]
    spans = (
        _table(_blocks(stages, counting), 2)
        if rules.any_order
        else _table(_guards(plan, journey, counting), 3)
    )
    optional = [(len(stages) + i, _before(plan, k)) for i, k in enumerate(plan.optional)]
    return Numbers(rules, np.stack(gaps, axis=1), spans, _table(optional, 2))


def _lengths(log: EventLog, lengths: Sequence[str | None], *, missing: int) -> NDArray[np.int64]:
    return np.array([missing if one is None else log.length(one) for one in lengths], dtype=np.int64)


def _table(rows: Sequence[tuple[int, ...]], columns: int) -> NDArray[np.int64]:
    return np.array(rows, dtype=np.int64).reshape(-1, columns)


def _before(plan: Plan, position: int) -> int:
    """Return the last required stage, by its place among them, before a stage of the journey."""
    return sum(1 for k in plan.required if k < position) - 1


def _guards(plan: Plan, journey: Journey, counting: Counting) -> list[tuple[int, int, int]]:
    """Return bit, stage after which and stage before which of each exclusion, by place among the required stages."""
    names = [journey.stages[k].name for k in plan.required]
    first_bit = len(plan.required) + len(plan.optional)
    guards = []
    for i, one in enumerate(counting.exclude):
        after = names.index(one.after) if one.after else 0
        before = names.index(one.before) if one.before else len(names) - 1
        guards.append((first_bit + i, after, before))
    return guards


def _blocks(stages: Sequence[Stage], counting: Counting) -> list[tuple[int, int]]:
    """Return the runs of stages that may come in any order among themselves; an anchored stage is a run of its own."""
    edges = [0]
    for place, stage in enumerate(stages):
        if stage.name in counting.anchored:
            edges += [place, place + 1]
    edges = sorted({*edges, len(stages)})
    return list(itertools.pairwise(edges))


def _check(journey: Journey, counting: Counting) -> None:
    """Refuse rules that name no stage of this journey or cannot be kept together."""
    for name in counting.anchored:
        journey.stage(name)
    for one in counting.exclude:
        _check_exclusion(one, journey)
    if counting.breakdown not in ("entry", "first", "last"):
        journey.stage(counting.breakdown)
    gapped = listing([stage.name for stage in journey.stages if stage.least or stage.most])
    optional = listing([stage.name for stage in journey.stages if stage.optional])
    loose = counting.ties == "either" or counting.tolerance != "0s" or counting.reuse
    clashes = [
        (
            gapped and counting.order == "any",
            f"The gap of stage {gapped} and any order",
            'order="sequential"',
        ),
        (gapped and loose, f"The gap of stage {gapped} and chained ties", 'ties="apart"'),
        (
            optional and counting.order != "sequential",
            f"The optional stage {optional} and order={counting.order!r}",
            'order="sequential"',
        ),
    ]
    for clash, what, fix in clashes:
        if clash:
            raise DefinitionError(f"{what} do not go together.", right="Take one of the two away.", fix=fix)


def _check_exclusion(one: Exclusion, journey: Journey) -> None:
    stages = [journey.stage(name) for name in (one.after, one.before) if name]
    if any(stage.optional for stage in stages):
        raise DefinitionError(
            "An exclusion stands between required stages.", right="Name stages that are not optional."
        )
    positions = [journey.stages.index(stage) for stage in stages]
    if len(positions) == 2 and positions[0] >= positions[1]:
        raise DefinitionError(
            f"An exclusion after {one.after} cannot be before {one.before}.",
            right="Name them in the order of the journey.",
        )
