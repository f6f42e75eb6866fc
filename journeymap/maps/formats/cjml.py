"""A map as CJML 2.0: a planned journey of what the team says, or an actual one with its reported experience.

CJML wants a planned and an actual journey apart, and experience in actual journeys only. A map becomes a planned journey unless it was read
from an actual one. The schema of CJML was not at hand when this was written: validate a file before you claim that it conforms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from journeymap.errors import counted
from journeymap.maps.formats.losses import garbled, losses, without_extra
from journeymap.maps.formats.mermaid import MIDDLE, score_of
from journeymap.maps.formats.naming import Ids
from journeymap.maps.formats.survey import channel_of, with_channels
from journeymap.maps.formats.texts import lines, storable

if TYPE_CHECKING:
    from pathlib import Path

    from journeymap.maps.document import JourneyMap
    from journeymap.maps.parts import Step

VERSION = "2.0"
CUSTOMER = "customer"
"""The id of the end user who stands for every persona."""
KEPT = "cjml"
"""Where a map and its steps keep what CJML says and they have no field for."""
TIMES = ("timeOriginated", "timeReceived", "timeConsumed", "timeStarted", "timeCompleted")
HELD = {
    "": ("title", "id", "status", "scenario", "customer_goal"),
    "personas": ("name", "id"),
    "stages": ("name", "id", "customer_goal"),
    "channels": ("name",),
    "steps": ("title", "id", "stage", "actor", "kind", "actions", "personas"),
}
EXPERIENCE = ("claims.emotion", "claims.label")


def written(journey_map: JourneyMap, _path: Path, /) -> tuple[bytes, list[str]]:
    """Return a map as the bytes of a CJML file, and what it cannot hold."""
    held = HELD if not is_actual(journey_map) else HELD | {"steps": (*HELD["steps"], *EXPERIENCE)}
    told = losses(without_extra(journey_map, KEPT), "CJML", with_channels(journey_map, held))
    if not is_actual(journey_map) and any(step.claims for step in journey_map.steps):
        told.append("A planned journey of CJML has no experience: claimed emotions are not in it.")
    several = sum(len(step.personas) > 1 for step in journey_map.steps)
    if several:
        told.append(
            f"A touchpoint of CJML has one end user: of {counted(several, 'step')} only the first persona stays."
        )
    alone = sum(
        bool(step.actor and step.personas) and not _communicates(journey_map, step)
        for step in journey_map.steps
    )
    if alone:
        told.append(
            f"An action of CJML has one actor: of {counted(alone, 'step')} the personas are left out."
        )
    told += ["Validate the file against the schema of CJML 2.0 before you claim that it conforms."]
    return dumps(journey_map).encode(), told + garbled(journey_map, "CJML")


def is_actual(journey_map: JourneyMap) -> bool:
    """Say whether a map tells what one respondent lived through."""
    return kept_of(journey_map).get("journey") == "actual"


def kept_of(part: Any) -> dict[str, Any]:
    """Return what CJML said of a map or a step beyond their fields."""
    kept = part.extra.get(KEPT)
    return kept if isinstance(kept, dict) else {}


def dumps(journey_map: JourneyMap) -> str:
    """Write a map as the text of a CJML file.

    Examples
    --------
    >>> import journeymap as jm
    >>> shop = jm.JourneyMap("Shop", stages=["Buy"]).add(jm.Step("I <pay>", stage="buy", actor="Ada's till"))
    >>> text = dumps(shop)
    >>> "<initiatorLabel>I &lt;pay&gt;</initiatorLabel>" in text, "experience" in text
    (True, False)
    """
    kind = "actual" if is_actual(journey_map) else "planned"
    root = ET.Element("CJML", version=VERSION)
    journey = ET.SubElement(root, f"{kind}Journey")
    _put(journey, "journeyID", journey_map.id)
    _put(journey, "journeyTitle", journey_map.title)
    if kind == "actual":
        _put(journey, "plannedReference", kept_of(journey_map).get("planned_reference"))
    _put(journey, "journeyShortSummary", journey_map.scenario)
    _put(journey, "journeyLongSummary", journey_map.customer_goal)
    _put(journey, "journeyStatus", journey_map.status)
    phases = ET.SubElement(journey, "journeyPhases")
    for stage in journey_map.stages:
        phase = ET.SubElement(phases, "journeyPhase", phaseID=storable(stage.id))
        _put(phase, "phaseName", stage.name)
        _put(phase, "phaseDescription", stage.customer_goal)
    providers = _actors(journey, journey_map)
    points = ET.SubElement(journey, "touchpoints")
    for step in journey_map.steps:
        _touchpoint(points, journey_map, step, providers, kind)
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode").replace("\r", "&#13;")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _put(parent: ET.Element, name: str, said: object) -> None:
    if said not in (None, ""):
        ET.SubElement(parent, name).text = storable(str(said))


def _actors(journey: ET.Element, journey_map: JourneyMap) -> dict[str, str]:
    """Write the actors; return the id of each service provider by its name."""
    actors, ids = ET.SubElement(journey, "actors"), Ids()
    for part_id, name in [(CUSTOMER, "Customer"), *((one.id, one.name) for one in journey_map.personas)]:
        user = ET.SubElement(actors, "endUser", actorID=storable(ids.new(name, wanted=part_id)))
        _put(user, "actorName", name)
    names = [step.actor for step in journey_map.steps] + [_receiver(step) for step in journey_map.steps]
    providers = {name: ids.new(f"provider {name}") for name in dict.fromkeys(names) if name}
    for name, part_id in providers.items():
        provider = ET.SubElement(actors, "serviceProvider", actorID=part_id)
        _put(provider, "companyName", name)
    return providers


def _receiver(step: Step) -> str:
    return str(kept_of(step).get("receiver") or "")


def _touchpoint(
    points: ET.Element, journey_map: JourneyMap, step: Step, providers: dict[str, str], kind: str
) -> None:
    kept, channel = kept_of(step), channel_of(journey_map, step)
    communication = _communicates(journey_map, step)
    form = "CommunicationPoint" if communication else "Action"
    point = ET.SubElement(points, f"{kind}{form}")
    _put(point, "touchpointID", f"{'D' if kept.get('deviation') else 'T'}-{step.id}")
    if step.stage:
        ET.SubElement(point, "belongsTo", phaseIDref=storable(step.stage))
    _put(point, "compliance", kept.get("compliance"))
    customer = step.personas[0] if step.personas else CUSTOMER
    _side(point, "initiator", providers.get(step.actor, customer), step.title)
    if communication:
        receiver = providers.get(_receiver(step), customer if step.actor else "")
        _side(point, "receiver", receiver, kept.get("receiver_label"))
    if channel:
        _put(ET.SubElement(point, "channel"), "channelName", channel)
    _times(point, kept)
    if kind == "actual" and step.claims:
        _experience(point, step)
    _put(point, "comment", lines(step.actions))
    _put(point, "category", kept.get("category"))


def _communicates(journey_map: JourneyMap, step: Step) -> bool:
    return step.kind == "communication" or (not step.kind and bool(channel_of(journey_map, step)))


def _side(point: ET.Element, name: str, actor: str, label: object) -> None:
    side = ET.SubElement(point, name)
    if actor:
        ET.SubElement(side, "refersTo", actorIDref=storable(actor))
    _put(side, f"{name}Label", label)


def _times(point: ET.Element, kept: dict[str, Any]) -> None:
    said = {name: kept[name] for name in TIMES if kept.get(name)}
    if said:
        times = ET.SubElement(point, "timestamps")
        for name, at in said.items():
            _put(times, name, at)


def _experience(point: ET.Element, step: Step) -> None:
    claims = step.claims
    if claims is None:
        return
    experience = ET.SubElement(point, "touchpointExperience")
    _put(experience, "experienceDescription", claims.label)
    if claims.emotion is not None:
        score = score_of(claims.emotion)
        _put(
            experience,
            "experienceRating",
            score if score - MIDDLE == claims.emotion else claims.emotion + MIDDLE,
        )
