"""What of a part can be edited on the page: a closed list of fields, each with its control."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from journeymap.errors import DefinitionError, listing
from journeymap.maps.document import JourneyMap
from journeymap.maps.grounds import Evidence
from journeymap.maps.parts import Channel, Gain, MapStage, Pain, Persona, Step, Touchpoint
from journeymap.maps.plans import BlueprintItem, Kpi, Opportunity

if TYPE_CHECKING:
    from journeymap.maps.fields import Part

Look = Literal["line", "text", "lines", "number", "scale", "choice", "day", "flag", "ids", "rule"]


@dataclass(frozen=True)
class Field:
    """A field of a part on the page.

    Attributes
    ----------
    name
        The field; ``"claims.emotion"`` is one of a step's claims.
    label
        What stands above its control.
    look
        A line, a longer text, several texts (one a line), a number, a scale of a few numbers, one of some words, a day,
        yes or no, ids of other parts, or a condition as it stands in the file.
    """

    name: str
    label: str
    look: Look = "line"


NOTES = Field("notes", "Notes", "text")

FIELDS: dict[type[Part], tuple[Field, ...]] = {
    JourneyMap: (
        Field("title", "Title"),
        Field("kind", "Kind", "choice"),
        Field("status", "Status", "choice"),
        Field("scenario", "Scenario", "text"),
        Field("customer_goal", "Customer's goal", "text"),
        Field("owner", "Owner"),
        Field("reviewed_at", "Reviewed on", "day"),
        Field("review_every_days", "Review every, days", "number"),
    ),
    Persona: (
        Field("name", "Name"),
        Field("summary", "In one line"),
        Field("goals", "Goals", "lines"),
        Field("needs", "Needs", "lines"),
        Field("frustrations", "Frustrations", "lines"),
        Field("traits", "Traits", "lines"),
        Field("segment_rule", "Customers that are meant, as in the file", "rule"),
        Field("evidence", "Evidence", "ids"),
    ),
    MapStage: (
        Field("name", "Name"),
        Field("question", "What the customer asks here"),
        Field("lifecycle", "Part of the lifecycle", "choice"),
        Field("customer_goal", "Customer's goal", "text"),
        Field("business_goal", "Business goal", "text"),
        Field("owner", "Owner"),
        Field("milestone", "Events that reach it, as in the file", "rule"),
        Field("evidence", "Evidence", "ids"),
    ),
    Step: (
        Field("title", "Step, in the customer's words"),
        Field("stage", "Stage", "choice"),
        Field("actions", "Actions, one a line", "lines"),
        Field("thoughts", "Thoughts, one a line", "lines"),
        Field("touchpoints", "Touchpoints", "ids"),
        Field("claims.emotion", "Emotion the team claims", "scale"),
        Field("claims.label", "The emotion in a word"),
        Field("moment_of_truth", "Moment of truth: why this step decides", "text"),
        Field("claims.share", "Share who take the step, 0 to 1", "number"),
        Field("claims.hours", "Median hours from the step before", "number"),
        Field("personas", "Only for", "ids"),
        Field("match", "Events that are this step, as in the file", "rule"),
        Field("evidence", "Evidence", "ids"),
    ),
    Touchpoint: (
        Field("name", "Name"),
        Field("channel", "Channel", "choice"),
        Field("ownership", "Ownership", "choice"),
        Field("physical_evidence", "What the customer holds or sees"),
        Field("match", "Events that meet it, as in the file", "rule"),
    ),
    Channel: (
        Field("name", "Name"),
        Field("kind", "Kind", "choice"),
        Field("match", "Events on it, as in the file", "rule"),
    ),
    Pain: (
        Field("text", "Pain point", "text"),
        Field("severity", "Severity", "scale"),
        Field("theme", "Words in comments, with commas"),
        Field("steps", "Steps", "ids"),
        Field("evidence", "Evidence", "ids"),
    ),
    Gain: (
        Field("text", "Gain", "text"),
        Field("severity", "How much it matters", "scale"),
        Field("theme", "Words in comments, with commas"),
        Field("steps", "Steps", "ids"),
        Field("evidence", "Evidence", "ids"),
    ),
    BlueprintItem: (
        Field("text", "Card", "text"),
        Field("lane", "Lane", "choice"),
        Field("step", "Step", "choice"),
        Field("owner", "Owner"),
        Field("system", "System"),
        Field("duration", "Duration"),
        Field("fail_point", "Fail point: it goes wrong here", "flag"),
        Field("wait_point", "Wait point: somebody waits here", "flag"),
        Field("links", "Triggers", "ids"),
    ),
    Opportunity: (
        Field("title", "Opportunity", "text"),
        Field("status", "Status", "choice"),
        Field("owner", "Owner"),
        Field("team", "Team"),
        Field("due", "Due", "day"),
        Field("effort", "Effort, person-weeks", "number"),
        Field("impact", "Impact: 3, 2, 1, 0.5 or 0.25", "number"),
        Field("confidence", "Confidence, 0 to 1", "number"),
        Field("kpi", "KPI that should move", "choice"),
        Field("shipped_at", "Shipped on", "day"),
        Field("pains", "Pain points", "ids"),
    ),
    Kpi: (
        Field("name", "KPI"),
        Field("metric", "Computed from", "choice"),
        Field("target", "Target", "number"),
        Field("baseline", "Baseline", "number"),
        Field("unit", "Unit"),
        Field("direction", "Better is", "choice"),
        Field("owner", "Owner"),
        Field("definition", "Definition", "text"),
    ),
    Evidence: (
        Field("source", "Source"),
        Field("kind", "Kind", "choice"),
        Field("n", "How many it stands on", "number"),
        Field("quote", "Quote", "text"),
        Field("locator", "Where it stands"),
        Field("collected_at", "Collected on", "day"),
        Field("expires", "Expires on", "day"),
    ),
}
FIELDS |= {kind: (*shown, NOTES) for kind, shown in FIELDS.items() if kind is not JourneyMap}
"""Every field that the page may change, and no other; notes come last."""


def field_of(kind: type[Part], name: str) -> Field:
    """Return a field that the page may change; any other name is an error."""
    for one in FIELDS[kind]:
        if one.name == name:
            return one
    raise DefinitionError(
        f"{name!r} cannot be edited here.", right=f"There is {listing(_names(kind), most=12)}."
    )


def _names(kind: type[Part]) -> list[str]:
    return [one.name for one in FIELDS[kind]]
