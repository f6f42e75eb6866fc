"""The lanes of a map and of its blueprint as tables in Markdown, and its parts in one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeymap.maps.formats.markdown_text import plain, table, together
from journeymap.maps.plans import BLUEPRINT_LANES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from journeymap.maps.document import JourneyMap
    from journeymap.maps.measurements import Observation
    from journeymap.maps.parts import Gain, MapStage, Pain, Step
    from journeymap.maps.plans import BlueprintItem

    Lane = Callable[[JourneyMap, MapStage], Iterable[object]]


def lanes_of(journey_map: JourneyMap) -> list[str]:
    """Write the table of the map: a row for each lane, a column for each stage."""
    lanes: dict[str, Lane] = {
        "Question": lambda _, stage: [stage.question],
        "Customer goal": lambda _, stage: [stage.customer_goal],
        "Business goal": lambda _, stage: [stage.business_goal],
        "Owner": lambda _, stage: [stage.owner],
        "Steps": lambda one, stage: (step_told(one, step) for step in one.steps_of(stage.id)),
        "Actions": lambda one, stage: (said for step in one.steps_of(stage.id) for said in step.actions),
        "Touchpoints": _touchpoints,
        "Channels": _channels,
        "Thoughts": lambda one, stage: (said for step in one.steps_of(stage.id) for said in step.thoughts),
        "Emotion, \u22122 to +2": _emotions,
        "Pains": lambda one, stage: _tied(one, stage, "pains"),
        "Gains": lambda one, stage: _tied(one, stage, "gains"),
        "KPIs": _kpis,
        "Customers": lambda one, stage: _measured(one, stage.id, "customers"),
        "Moved on": lambda one, stage: _measured(one, stage.id, "moved_on_share"),
        "Measured emotion": lambda one, stage: _measured(one, stage.id, "emotion"),
    }
    rows = [
        [f"**{name}**", *(together(lane(journey_map, stage)) for stage in journey_map.stages)]
        for name, lane in lanes.items()
    ]
    heading = [" ", *(plain(stage.name) for stage in journey_map.stages)]
    return table(heading, (row for row in rows if any(row[1:])))


def step_told(journey_map: JourneyMap, step: Step) -> str:
    """Write a step in one line: its title, whose it is, and why it decides."""
    names = {one.id: one.name for one in journey_map.personas}
    whose = ", ".join(names.get(one, one) for one in step.personas)
    why = f" ★ {step.moment_of_truth}" if step.moment_of_truth else ""
    return f"{step.title}{whose and f' ({whose})'}{why}"


def _touchpoints(journey_map: JourneyMap, stage: MapStage) -> Iterable[str]:
    names = {one.id: one.name for one in journey_map.touchpoints}
    return dict.fromkeys(
        names.get(one, one) for step in journey_map.steps_of(stage.id) for one in step.touchpoints
    )


def _channels(journey_map: JourneyMap, stage: MapStage) -> Iterable[str]:
    names = {one.id: one.name for one in journey_map.channels}
    of = {one.id: names.get(one.channel, one.channel) for one in journey_map.touchpoints}
    return dict.fromkeys(
        of.get(one, "") for step in journey_map.steps_of(stage.id) for one in step.touchpoints
    )


def _kpis(journey_map: JourneyMap, stage: MapStage) -> Iterable[str]:
    return [one.name for one in journey_map.kpis if one.id in stage.kpis or one.of == stage.id]


def _emotions(journey_map: JourneyMap, stage: MapStage) -> Iterable[str]:
    for step in journey_map.steps_of(stage.id):
        claimed = step.claims and step.claims.emotion
        label = f" ({step.claims.label})" if step.claims and step.claims.label else ""
        said = "" if claimed is None else (f"{claimed:+g}" if claimed else "0")
        measured = one_measured(journey_map, step.id, "emotion")
        told = ", ".join(filter(None, [said + label, measured and f"measured {measured}"]))
        if told:
            yield f"{step.title}: {told}"


def _tied(journey_map: JourneyMap, stage: MapStage, kind: str) -> Iterable[str]:
    steps = {step.id for step in journey_map.steps_of(stage.id)}
    for part in getattr(journey_map, kind):
        if steps & set(part.steps):
            yield tied_told(part)


def tied_told(part: Pain | Gain) -> str:
    """Write a pain or a gain in one line."""
    return part.text if part.severity is None else f"{part.text} ({part.severity:g} of 5)"


def blueprint_of(journey_map: JourneyMap) -> list[str]:
    """Write the table of the blueprint: a row for each lane that has cards, a column for each stage."""
    rows = []
    for lane in BLUEPRINT_LANES:
        cards = [card for card in journey_map.blueprint if card.lane == lane]
        cells = []
        for stage in journey_map.stages:
            steps = {step.id for step in journey_map.steps_of(stage.id)}
            cells.append(together(card_told(card) for card in cards if card.step in steps))
        rows.append([f"**{lane.capitalize()}**" if any(cells) else "", *cells])
    return table([" ", *(plain(stage.name) for stage in journey_map.stages)], rows)


def card_told(card: BlueprintItem) -> str:
    """Write a card of the blueprint in one line."""
    points = ["goes wrong here" if card.fail_point else "", "somebody waits" if card.wait_point else ""]
    said = ", ".join(filter(None, [card.owner, card.system, card.duration, *points]))
    return f"{card.text} ({said})" if said else card.text


def _measured(journey_map: JourneyMap, target: str, metric: str) -> Iterable[str]:
    return [one_measured(journey_map, target, metric)]


def one_measured(journey_map: JourneyMap, target: str, metric: str) -> str:
    """Write a measured number with its interval and how many it stands on; nothing if it was not measured."""
    found = journey_map.measurements and journey_map.measurements.of(target, metric)
    return _told(found) if found and found.value is not None else ""


def _told(found: Observation) -> str:
    share = found.metric.endswith("_share")

    def written(value: float) -> str:
        return f"{value:.1%}" if share else f"{value:,.2f}".rstrip("0").rstrip(".")

    interval = (
        f" [{written(found.low)}, {written(found.high)}]"
        if found.low is not None and found.high is not None
        else ""
    )
    size = f", n = {found.n:,.0f}" if found.n is not None and found.metric != "customers" else ""
    return f"{written(found.value or 0)}{interval}{size}"
