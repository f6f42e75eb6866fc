"""Whom an opportunity would reach and what is at stake there, from the friction of the steps of its pains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from journeymap.maps.fixing.bootstrap import interval95

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeymap.maps.document import JourneyMap
    from journeymap.maps.fixing.friction import Friction
    from journeymap.maps.plans import Opportunity

    Amount = tuple[float | None, float | None, float | None]

NOTHING: Amount = (None, None, None)


@dataclass(frozen=True)
class Reach:
    """What a month holds for an opportunity.

    Attributes
    ----------
    places
        The ids of the steps and stages that were counted.
    customers
        Customers a month who were at any of them, each once.
    friction, value
        Customers affected and value at stake a month, with the 95 % interval. Steps of one stage share customers, so of each
        stage the largest counts; stages add up.
    """

    places: tuple[str, ...] = ()
    customers: float | None = None
    friction: Amount = NOTHING
    value: Amount = NOTHING


def reach_of(opportunity: Opportunity, journey_map: JourneyMap, found: Friction | None) -> Reach:
    """Return the reach of an opportunity; a step that is not measured stands for its stage."""
    columns = [] if found is None else _columns(opportunity, journey_map, found)
    if found is None or not columns:
        return Reach()
    reached = np.logical_or.reduce([found.places[column].reached for column in columns])
    estimates = {
        "friction": found.table["friction"].to_numpy(dtype=float),
        "value": found.table["value_at_stake"].to_numpy(dtype=float),
    }
    amounts = {
        name: _added(columns, found, estimate, draws)
        for (name, estimate), draws in zip(
            estimates.items(), (found.draws.friction, found.draws.at_stake), strict=True
        )
    }
    places = tuple(found.places[column].part for column in columns)
    return Reach(places, float(reached.sum()) * found.a_month, **amounts)


def _columns(opportunity: Opportunity, journey_map: JourneyMap, found: Friction) -> list[int]:
    """Return the columns of the places where the pains of an opportunity are felt."""
    column_of = {place.part: column for column, place in enumerate(found.places)}
    stage_of = {step.id: step.stage for step in journey_map.steps}
    steps = {step for pain in journey_map.pains if pain.id in opportunity.pains for step in pain.steps}
    parts = [step if step in column_of else stage_of.get(step, "") for step in steps]
    return sorted({column_of[part] for part in parts if part in column_of})


def _added(
    columns: list[int], found: Friction, estimate: NDArray[np.float64], draws: NDArray[np.float64]
) -> Amount:
    known = [column for column in columns if not np.isnan(estimate[column])]
    largest: dict[str, int] = {}
    for column in sorted(known, key=lambda column: estimate[column]):
        largest[found.places[column].stage] = column
    if not largest:
        return NOTHING
    chosen = list(largest.values())
    low, high = interval95(draws[:, chosen].sum(axis=1, keepdims=True) * found.a_month)
    return float(estimate[chosen].sum()), float(low[0]), float(high[0])
