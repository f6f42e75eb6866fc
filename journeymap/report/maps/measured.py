"""What was measured of a map, as tables: emotion, stages, claims that do not hold, KPIs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeymap.charts.maps.kpis import decimals, is_met
from journeymap.charts.numbers import MINUS, MISSING
from journeymap.report.maps.numbers import ends, measured, number
from journeymap.report.slide_charts import Lines
from journeymap.report.slide_tables import Grid

if TYPE_CHECKING:
    from journeymap.charts.maps.facts import Facts
    from journeymap.maps.claims import Claim
    from journeymap.maps.parts import Named
    from journeymap.maps.plans import Kpi

EMOTION = (-2.0, 2.0)
FIELDS = {"claims.emotion": "emotion", "claims.share": "reach_share", "claims.hours": "median_hours"}
"""What a number that is claimed is measured as."""
WORDS = {
    "claims.emotion": "emotion",
    "claims.share": "share who take it",
    "claims.hours": "time from the step before",
}
DOUBTED = ("contradicted", "stale")


def name_of(part: Named | None, /) -> str:
    """Return what a part is called, which is what its first field says."""
    if part is None:
        return MISSING
    return str(getattr(part, next(key for key in part.__dataclass_fields__ if key != "extra")))


def emotion_grid(known: Facts, /) -> Grid | None:
    """Return emotion stage by stage and step by step, beside what the team said; None if nothing is known of it."""
    rows = []
    for stage in known.told.stages:
        rows.append((stage.name, MISSING, *_emotion(known, stage.id, None)))
        for step in known.steps_of(stage.id):
            claim = known.claim(step.id, "claims.emotion")
            if claim is not None or known.observed(step.id, "emotion") is not None:
                rows.append((stage.name, step.title, *_emotion(known, step.id, claim)))
    if all(row[2] == MISSING == row[5] for row in rows):
        return None
    heads = ("Stage", "Step", "Emotion", "95 % interval", "Answers", "Team said", "Status")
    says = f"Emotion by stage and step, from {MINUS}2 to +2; a dash for the step is the whole stage."
    return Grid(heads, tuple(rows), frozenset({2, 3, 4, 5}), says)


def _emotion(known: Facts, part: str, claim: Claim | None) -> tuple[str, ...]:
    found = known.observed(part, "emotion")
    n = number(found.n, "customers") if found else MISSING
    value = number(found.value, "emotion") if found else MISSING
    said, status = (_said(claim), claim.status) if claim else (MISSING, MISSING)
    return value, ends(found, "emotion"), n, said, status


def emotion_lines(known: Facts, /) -> Lines | None:
    """Return emotion over the stages as a chart; None if it was measured in fewer than two."""
    stages = known.told.stages
    found = [known.observed(stage.id, "emotion") for stage in stages]
    if sum(one is not None for one in found) < 2:
        return None
    words = [
        f"{stage.name} {measured(one, 'emotion') if one else 'no data'}"
        for stage, one in zip(stages, found, strict=True)
    ]
    series = (
        ("Measured", tuple(one.value if one else None for one in found)),
        ("95 % interval from", tuple(one.low if one else None for one in found)),
        ("95 % interval to", tuple(one.high if one else None for one in found)),
        ("Team said", tuple(_typed(known, stage.id) for stage in stages)),
    )
    looks = (("moved_on", "line"), ("other", "thin"), ("other", "thin"), ("left", "marks"))
    says = f"Line chart of emotion from {MINUS}2 to +2 over the stages: {'; '.join(words)}."
    return Lines(tuple(stage.name for stage in stages), series, looks, *EMOTION, says)


def _typed(known: Facts, stage: str) -> float | None:
    """Return the mean of what the team said of the steps of a stage."""
    said = [step.claims.emotion for step in known.steps_of(stage) if step.claims]
    numbers = [one for one in said if one is not None]
    return sum(numbers) / len(numbers) if numbers else None


def stages_grid(known: Facts, /) -> Grid | None:
    """Return how many customers came to each stage, moved on and left; None if nothing was counted."""
    rows = []
    for stage in known.told.stages:
        counts = [
            known.observed(stage.id, metric) for metric in ("customers", "moved_on", "left", "still_open")
        ]
        if counts[0] is None:
            continue
        said = [number(one.value, "customers") if one else MISSING for one in counts]
        shares = [
            measured(known.observed(stage.id, metric), metric)
            for metric in ("moved_on_share", "left_share", "median_hours")
        ]
        rows.append((stage.name, *said, *shares))
    heads = (
        "Stage",
        "Customers",
        "Moved on",
        "Left",
        "Still open",
        "Share who moved on",
        "Share who left",
        "Median time to the next",
    )
    says = "Customers by stage: how many came, moved on and left."
    return Grid(heads, tuple(rows), frozenset(range(1, 8)), says) if rows else None


def doubted(known: Facts, /) -> list[Claim]:
    """Return the claims that do not hold: contradicted ones, then stale ones."""
    found = [claim for claim in known.claims if claim.status in DOUBTED]
    return sorted(found, key=lambda claim: DOUBTED.index(claim.status))


def claims_grid(known: Facts, /) -> Grid | None:
    """Return the claims that do not hold, and why; None if all that could be tested hold."""
    parts = known.told.parts
    rows = tuple(
        (name_of(parts.get(claim.part)), _field(claim), _said(claim), _found(claim), claim.status, claim.why)
        for claim in doubted(known)
    )
    heads = ("Part", "What is claimed", "Team said", "Measured", "Status", "Why")
    return (
        Grid(heads, rows, frozenset({3}), "Claims that the data contradicts, or that are out of date.")
        if rows
        else None
    )


def _field(claim: Claim) -> str:
    return WORDS.get(claim.field, claim.field.replace("_", " "))


def _said(claim: Claim) -> str:
    if isinstance(claim.said, str):
        return claim.said
    metric = FIELDS.get(claim.field) or (claim.observation.metric if claim.observation else "")
    return number(claim.said, metric)


def _found(claim: Claim) -> str:
    return measured(claim.observation, claim.observation.metric) if claim.observation else MISSING


def kpi_verdict(known: Facts, kpi: Kpi, /) -> str:
    """Say whether a KPI is where it should be: ``"met"``, ``"missed"`` or a dash."""
    actual = known.number(kpi.id, "kpi")
    met = None if actual is None else is_met(kpi, actual)
    return MISSING if met is None else "met" if met else "missed"


def kpis_grid(known: Facts, /) -> Grid | None:
    """Return the KPIs, target against what was measured; None if there are none."""
    rows = tuple(_kpi(known, kpi) for kpi in known.told.kpis)
    heads = ("KPI", "Of", "Baseline", "Target", "Actual", "Target is", "Owner")
    return Grid(heads, rows, frozenset({2, 3, 4}), "KPIs, target against actual.") if rows else None


def _kpi(known: Facts, kpi: Kpi) -> tuple[str, ...]:
    parts, found = known.told.parts, known.observed(kpi.id, "kpi")
    more = decimals(kpi, found.value if found else None)
    return (
        kpi.name,
        name_of(parts[kpi.of]) if kpi.of in parts else "the whole map",
        number(kpi.baseline, kpi.metric, unit=kpi.unit),
        number(kpi.target, kpi.metric, unit=kpi.unit, more=more),
        measured(found, kpi.metric, unit=kpi.unit, more=more),
        kpi_verdict(known, kpi),
        kpi.owner or MISSING,
    )
