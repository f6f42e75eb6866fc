"""See how customers really move, and why: funnels and flows from any event log, in Jupyter."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

_HOMES = {
    "conditions": ["did", "event", "where"],
    "values": ["at_least", "at_most", "between", "matches"],
    "journeys": ["Journey", "Segment", "Stage"],
    "notation": ["load"],
    "errors": ["DataError", "DefinitionError", "JourneymapError"],
    "events.log": ["EventLog"],
    "events.reading.read": ["read_events"],
    "events.warehouse.connecting": ["connect"],
    "events.warehouse.log": ["WarehouseLog"],
    "counting.contract": ["Counting", "Exclusion"],
    "analyses.funnel": ["Funnel", "funnel"],
    "analyses.flow": ["Flow", "flow"],
    "analyses.reconcile": ["Reconciliation", "reconcile"],
    "analyses.sensitivity": ["Sensitivity", "sensitivity"],
    "analyses.retention": ["Retention", "retention"],
    "analyses.suggestions": ["suggest_journey", "suggest_segments"],
    "maps.claims": ["claims"],
    "maps.document": ["JourneyMap"],
    "maps.feedback.reading": ["Feedback", "read_feedback"],
    "maps.fixing.friction": ["friction"],
    "maps.fixing.impact": ["impact"],
    "maps.fixing.opportunities": ["opportunities"],
    "maps.sample": ["sample_feedback", "sample_map"],
    "maps.grounds": ["Change", "Contributor", "Evidence", "Waiver"],
    "maps.parts": ["Channel", "Gain", "MapStage", "Pain", "Persona", "Step", "Touchpoint"],
    "maps.plans": ["BlueprintItem", "Goal", "Kpi", "Opportunity"],
    "questions": ["Answer", "Question", "ask"],
    "charts": ["chart"],
    "report.saving": ["save"],
    "workbook.app": ["Workbook", "open_workbook"],
    "workbook.maps.editor": ["MapEditor"],
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = sorted(_HOME_OF)  # noqa: PLE0605 - the table above is the list
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"journeymap has no {name}")
    return getattr(import_module(f"journeymap.{_HOME_OF[name]}"), name)


def __dir__() -> Sequence[str]:
    return [*__all__, "__version__"]
