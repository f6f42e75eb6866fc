"""The opportunities of a map as a backlog: a CSV file that a planning tool takes."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from journeymap.errors import listing
from journeymap.maps.formats.losses import garbled
from journeymap.maps.formats.texts import guarded, storable

if TYPE_CHECKING:
    from pathlib import Path

    from journeymap.maps.document import JourneyMap
    from journeymap.maps.formats.cells import Cell
    from journeymap.maps.plans import Opportunity

COLUMNS = (
    "id",
    "opportunity",
    "pain",
    "severity",
    "evidence",
    "owner",
    "team",
    "reach (a month)",
    "value (a month)",
    "value low",
    "value high",
    "impact",
    "confidence",
    "effort (person-weeks)",
    "metric",
    "target",
    "due",
    "status",
    "shipped",
)


def rows(journey_map: JourneyMap) -> list[dict[str, str]]:
    """Return a row for each opportunity: what hurts, what it stands on, who does what until when, and the number that should move.

    Examples
    --------
    >>> import journeymap as jm
    >>> shop = jm.JourneyMap("Shop", pains=["Slow"], opportunities=[{"title": "Cache", "pains": ["slow"], "effort": 2}])
    >>> row = rows(shop)[0]
    >>> row["opportunity"], row["pain"], row["effort (person-weeks)"], row["status"]
    ('Cache', 'Slow', '2', 'idea')
    """
    return [
        {name: "" if cell is None else str(cell) for name, cell in row.items()} for row in cells(journey_map)
    ]


def cells(journey_map: JourneyMap) -> list[dict[str, Cell]]:
    """Return the rows of :func:`rows` with numbers as numbers.

    Reach (customers) and value are a month's, in the currency of the map, with the 95 % interval of the value: the observations
    `reach` and `value_at_stake` of an opportunity, as :meth:`journeymap.maps.fixing.friction.Friction.on` writes them.

    Examples
    --------
    >>> import journeymap as jm
    >>> from journeymap.maps.measurements import Measurements, Observation
    >>> worth = Measurements(observations=[Observation("cache", "value_at_stake", value=912.504, low=700, high=1000)])
    >>> row = cells(jm.JourneyMap("Shop", opportunities=["Cache"], measurements=worth))[0]
    >>> row["value (a month)"], row["value low"], row["value high"], row["reach (a month)"]
    (912.5, 700, 1000, None)
    """
    return [_row(journey_map, opportunity) for opportunity in journey_map.opportunities]


def _measured(journey_map: JourneyMap, target: str, metric: str) -> list[float | None]:
    """Return a measured number with its interval, in cents at the finest."""
    found = journey_map.measurements and journey_map.measurements.of(target, metric)
    if not found:
        return [None, None, None]
    return [None if one is None else _neat(one) for one in (found.value, found.low, found.high)]


def _neat(number: float) -> float:
    short = round(number, 2)
    return int(short) if short == int(short) else short


def _row(journey_map: JourneyMap, opportunity: Opportunity) -> dict[str, Cell]:
    pains = [pain for pain in journey_map.pains if pain.id in opportunity.pains]
    severity = max((pain.severity for pain in pains if pain.severity is not None), default=None)
    proofs = dict.fromkeys([*opportunity.evidence, *(one for pain in pains for one in pain.evidence)])
    sources = {one.id: _source(one.source, one.n) for one in journey_map.evidence}
    kpi = next((kpi for kpi in journey_map.kpis if kpi.id == opportunity.kpi), None)
    said: tuple[Cell, ...] = (
        opportunity.id,
        opportunity.title,
        "\n".join(pain.text for pain in pains),
        severity,
        "\n".join(sources.get(one, one) for one in proofs),
        opportunity.owner,
        opportunity.team,
        _measured(journey_map, opportunity.id, "reach")[0],
        *_measured(journey_map, opportunity.id, "value_at_stake"),
        opportunity.impact,
        opportunity.confidence,
        opportunity.effort,
        kpi.name if kpi else opportunity.kpi,
        kpi.target if kpi else None,
        opportunity.due,
        opportunity.status or "idea",
        opportunity.shipped_at,
    )
    return dict(zip(COLUMNS, said, strict=True))


def _source(source: str, n: float | None) -> str:
    return source if n is None else f"{source} (n = {n:g})"


def written(journey_map: JourneyMap, _path: Path, /) -> tuple[bytes, list[str]]:
    """Return the backlog of a map as the bytes of a CSV file, and what it cannot hold."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([guarded(storable(cell)) for cell in row.values()] for row in rows(journey_map))
    chosen = {pain for one in journey_map.opportunities for pain in one.pains}
    told = [
        "A backlog holds only the opportunities, with what they stand on; it cannot be read back as a map."
    ]
    idle = [pain.text for pain in journey_map.pains if pain.id not in chosen]
    if idle:
        told.append(f"Pains without an opportunity are not in it: {listing(idle)}.")
    return text.getvalue().encode(), told + garbled(journey_map, "a backlog")
