"""What a map says in one sentence, and what to fix first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from journeymap.charts.findings import Finding
from journeymap.charts.maps.finding import map_finding
from journeymap.charts.numbers import MISSING, count, share
from journeymap.errors import counted, listing
from journeymap.report.maps.measured import DOUBTED, doubted
from journeymap.report.maps.numbers import measured, number
from journeymap.report.slide_tables import Grid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from journeymap.charts.maps.facts import Facts
    from journeymap.maps.fixing.friction import Friction
    from journeymap.maps.parts import MapStage

FIRST = 3
"""How many things to fix are named."""


def answer(known: Facts, /) -> Finding:
    """Say what stands out, which is the finding of the picture, and how many claims do not hold.

    Examples
    --------
    >>> import journeymap as jm
    >>> from journeymap.charts.maps.facts import Facts
    >>> answer(Facts(jm.JourneyMap("Shop", stages=["Buy"], pains=["It is slow"]))).text
    'Shop: 1 stage and 0 steps as the team tells them; nothing is measured yet.'
    """
    found = map_finding(known)
    text = f"{found.texts[0].rstrip('.')}."
    return Finding(text, " ".join(filter(None, (_claims(known), _pain(known, found.stage)))))


def _worst(friction: Friction) -> list[dict[str, Any]]:
    rows = friction.stages.head(FIRST).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows if not pd.isna(row["rank"])]


def _money(friction: Friction, value: Any) -> str:
    return MISSING if pd.isna(value) else f"{count(value)} {friction.currency}".strip()


def first_grid(known: Facts, friction: Friction | None = None, /) -> Grid | None:
    """Return what to fix first: the stages with most friction, else those that most leave, else the worst pains."""
    if friction is not None and _worst(friction):
        return _friction_grid(known, friction)
    lost = {stage.id: known.number(stage.id, "left") or 0 for stage in known.told.stages}
    stages = sorted(
        (stage for stage in known.told.stages if lost[stage.id]), key=lambda stage: -lost[stage.id]
    )
    if not stages:
        return _pains_grid(known)
    rows = tuple(
        (
            stage.name,
            number(lost[stage.id], "customers"),
            measured(known.observed(stage.id, "left_share"), "left_share"),
            measured(known.observed(stage.id, "emotion"), "emotion"),
            *_told(known, stage),
        )
        for stage in stages[:FIRST]
    )
    heads = ("Stage", "Left", "Share who left", "Emotion", "Pains", "Opportunities")
    return Grid(
        heads, rows, frozenset({1, 2, 3}), "What to fix first: the stages at which most customers leave."
    )


def _friction_grid(known: Facts, friction: Friction) -> Grid:
    stages = {stage.id: stage for stage in known.told.stages}
    metric, word = (
        ("friction", "Lost or upset a month") if friction.has_benchmark else ("left", "Left a month")
    )
    rows = []
    for row in _worst(friction):
        ends = (
            f" ({count(row['friction_low'])} to {count(row['friction_high'])})"
            if friction.has_benchmark
            else ""
        )
        said = _told(known, stages[row["part"]]) if row["part"] in stages else (MISSING, MISSING)
        numbers = (
            count(row[metric]) + ends,
            _money(friction, row["value_at_stake"]),
            share(row["top3_share"]),
        )
        rows.append((str(row["name"]), *numbers, *said))
    heads = ("Stage", word, "At stake a month", "Among the first three", "Pains", "Opportunities")
    says = "What to fix first: the stages with most friction, and in what share of the samples each is among the first three."
    return Grid(heads, tuple(rows), frozenset({1, 2, 3}), says)


def _told(known: Facts, stage: MapStage) -> tuple[str, str]:
    pains, chances = known.pains_of(stage.id), known.opportunities_of(stage.id)
    return _joined(pain.text for pain in pains), _joined(one.title for one in chances)


def _pains_grid(known: Facts) -> Grid | None:
    told = known.told
    pains = sorted(told.pains, key=lambda pain: -(pain.severity or 0))[:FIRST]
    rows = tuple(
        (
            pain.text,
            number(pain.severity),
            _joined(one.title for one in told.opportunities if pain.id in one.pains),
        )
        for pain in pains
    )
    heads = ("Pain", "Severity, 1 to 5", "Opportunities")
    return Grid(heads, rows, frozenset({1}), "The worst pains, as the team tells them.") if rows else None


def _claims(known: Facts) -> str:
    found = doubted(known)
    counts = {status: sum(claim.status == status for claim in found) for status in DOUBTED}
    said = listing(f"{many:,} {status}" for status, many in counts.items() if many)
    verb = "does" if len(found) == 1 else "do"
    return (
        f"{len(found):,} of {counted(len(known.claims), 'claim')} {verb} not hold: {said}." if found else ""
    )


def _pain(known: Facts, stage: str) -> str:
    pains = known.pains_of(stage) if stage else []
    return f"What hurts there most: {pains[0].text.rstrip('.')}." if pains else ""


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(texts) or MISSING
