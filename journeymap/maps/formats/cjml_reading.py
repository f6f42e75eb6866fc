"""CJML 2.0 read as maps: phases are stages, touchpoints are steps, the experience of an actual journey is what is claimed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from journeymap.errors import DataError
from journeymap.maps.document import STATUSES, JourneyMap
from journeymap.maps.formats.cjml import CUSTOMER, KEPT, TIMES
from journeymap.maps.formats.mermaid import MIDDLE
from journeymap.maps.formats.naming import Ids, Known, made
from journeymap.maps.formats.texts import texts_of
from journeymap.maps.formats.xml_reading import elements, local
from journeymap.maps.parts import Channel, MapStage, Persona, Step, Touchpoint

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

JOURNEYS = ("plannedJourney", "actualJourney")
CUSTOMERS = (CUSTOMER, "end user", "enduser", "user")


def read(path: Path, /) -> JourneyMap:
    """Read the first journey of a CJML file as a map; :func:`journeys` reads them all."""
    found = next(journeys(path), None)
    if found is None:
        raise DataError(
            f"{path.name} holds no journey of CJML.",
            right="An element plannedJourney or actualJourney.",
            fix='<CJML version="2.0"><plannedJourney>…',
        )
    return found


def journeys(path: Path, /) -> Iterator[JourneyMap]:
    """Read each journey of a CJML file as a map, one after the other.

    What CJML says and a map has no field for (compliance, times, receivers) is kept in ``extra["cjml"]``.
    """
    for journey in elements(path, *JOURNEYS):
        yield _map(journey, path.stem)


def _children(element: Element | None, *names: str) -> list[Element]:
    return [] if element is None else [child for child in element if local(child) in names]


def _child(element: Element | None, *names: str) -> Element | None:
    return next(iter(_children(element, *names)), None)


def _said(element: Element | None, *names: str) -> str:
    """Return the text at the end of a way of names; the line breaks of a neatly written file are no text."""
    for name in names:
        element = _child(element, name)
    said = "" if element is None else element.text or ""
    return said.strip() if re.match(r"[^\S\n]*\n", said) or not said.strip() else said


def _map(journey: Element, name: str) -> JourneyMap:
    ids = Ids()
    channels, touchpoints = Known(Channel, ids), Known(Touchpoint, ids)
    stages = _stages(journey, ids)
    users, providers = _actors(journey)
    personas = {
        part_id: made(Persona, name=said, id=part_id)
        for part_id, said in users.items()
        if said.casefold() not in CUSTOMERS
    }
    points = list(_child(journey, "touchpoints") or [])
    steps = []
    for point in points:
        if not local(point).endswith(("CommunicationPoint", "Action")):
            continue
        channel = _said(point, "channel", "channelName")
        touchpoint = touchpoints.id_of(channel, channel=channels.id_of(channel))
        steps.append(_step(point, personas, providers, ids, (touchpoint,) if touchpoint else ()))
    kept = {"journey": "actual"} if local(journey) == "actualJourney" else {}
    planned = _said(journey, "plannedReference")
    kept |= {"planned_reference": planned} if planned else {}
    status = _said(journey, "journeyStatus").casefold()
    found: JourneyMap = made(
        JourneyMap,
        title=_said(journey, "journeyTitle") or name,
        id=_said(journey, "journeyID"),
        status=status if status in STATUSES else "draft",
        scenario=_said(journey, "journeyShortSummary"),
        customer_goal=_said(journey, "journeyLongSummary"),
        stages=stages,
        personas=list(personas.values()),
        channels=channels.parts,
        touchpoints=touchpoints.parts,
        steps=steps,
        **({KEPT: kept} if kept else {}),
    )
    return found


def _stages(journey: Element, ids: Ids) -> list[MapStage]:
    found = []
    for phase in _children(_child(journey, "journeyPhases"), "journeyPhase"):
        name = _said(phase, "phaseName") or phase.get("phaseID") or "Phase"
        part_id = ids.new(name, wanted=phase.get("phaseID", ""))
        found.append(made(MapStage, name=name, id=part_id, customer_goal=_said(phase, "phaseDescription")))
    return found


def _actors(journey: Element) -> tuple[dict[str, str], dict[str, str]]:
    """Return the names of the end users and of the service providers by their ids."""
    users: dict[str, str] = {}
    providers: dict[str, str] = {}
    for actor in _child(journey, "actors") or []:
        part_id = actor.get("actorID", "")
        name = _said(actor, "actorName") or _said(actor, "companyName") or part_id
        if name and local(actor) in ("endUser", "serviceProvider"):
            (users if local(actor) == "endUser" else providers)[part_id] = name
    return users, providers


def _step(
    point: Element,
    personas: dict[str, Persona],
    providers: dict[str, str],
    ids: Ids,
    touchpoints: tuple[str, ...],
) -> Step:
    initiator, receiver = _child(point, "initiator", "actor"), _child(point, "receiver")
    label = _said(initiator, "initiatorLabel") or _said(initiator, "actorLabel")
    number = _said(point, "touchpointID") or point.get("touchpointID", "")
    title = label or _said(receiver, "receiverLabel") or _said(point, "comment") or number or "Touchpoint"
    sides = [_refers(side) for side in (initiator, receiver)]
    stage = _child(point, "belongsTo")
    step: Step = made(
        Step,
        title=title,
        id=ids.new(title, wanted=re.sub(r"^[TD]-", "", number)),
        stage="" if stage is None else stage.get("phaseIDref", ""),
        actor=providers.get(sides[0], ""),
        kind="action" if local(point).endswith("Action") else "communication",
        touchpoints=touchpoints,
        actions=texts_of(_said(point, "comment")),
        personas=tuple(dict.fromkeys(side for side in sides if side in personas)),
        claims=_claims(point),
        **_kept(point, receiver, providers, number),
    )
    return step


def _refers(side: Element | None) -> str:
    refers = _child(side, "refersTo")
    return "" if refers is None else refers.get("actorIDref", "")


def _claims(point: Element) -> dict[str, Any] | None:
    experience = _child(point, "touchpointExperience")
    rating = _said(experience, "experienceRating").strip()
    label = _said(experience, "experienceDescription")
    if not rating:
        return {"label": label} if label else None
    try:
        emotion = round(float(rating) - MIDDLE, 9)
    except ValueError:
        raise DataError(
            f"An experienceRating of {rating[:20]!r} cannot be used.", right="A number from 1 to 5."
        ) from None
    return {"emotion": int(emotion) if emotion.is_integer() else emotion, "label": label}


def _kept(point: Element, receiver: Element | None, providers: dict[str, str], number: str) -> dict[str, Any]:
    said = {name: _said(point, name) for name in ("compliance", "category")}
    said |= {name: _said(point, "timestamps", name) for name in TIMES}
    said["receiver"] = providers.get(_refers(receiver), "")
    said["receiver_label"] = _said(receiver, "receiverLabel")
    kept: dict[str, Any] = {name: text for name, text in said.items() if text}
    if number.startswith("D"):
        kept["deviation"] = "yes"
    return {KEPT: kept} if kept else {}
