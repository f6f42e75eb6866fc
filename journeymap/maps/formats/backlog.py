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
    from journeymap.maps.plans import Opportunity

COLUMNS = (
    "id",
    "opportunity",
    "pain",
    "severity",
    "evidence",
    "owner",
    "team",
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
    return [_row(journey_map, opportunity) for opportunity in journey_map.opportunities]


def _row(journey_map: JourneyMap, opportunity: Opportunity) -> dict[str, str]:
    pains = [pain for pain in journey_map.pains if pain.id in opportunity.pains]
    severity = max((pain.severity for pain in pains if pain.severity is not None), default=None)
    proofs = dict.fromkeys([*opportunity.evidence, *(one for pain in pains for one in pain.evidence)])
    sources = {one.id: _source(one.source, one.n) for one in journey_map.evidence}
    kpi = next((kpi for kpi in journey_map.kpis if kpi.id == opportunity.kpi), None)
    said = (
        opportunity.id,
        opportunity.title,
        "\n".join(pain.text for pain in pains),
        severity,
        "\n".join(sources.get(one, one) for one in proofs),
        opportunity.owner,
        opportunity.team,
        opportunity.impact,
        opportunity.confidence,
        opportunity.effort,
        kpi.name if kpi else opportunity.kpi,
        kpi.target if kpi else None,
        opportunity.due,
        opportunity.status or "idea",
        opportunity.shipped_at,
    )
    return dict(zip(COLUMNS, ("" if one is None else str(one) for one in said), strict=True))


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
