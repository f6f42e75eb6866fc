"""The rail's stages: which take part, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as w

from journeymap.conditions import event
from journeymap.journeys import Journey, Stage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journeymap.workbook.state import State

NOTHING = ""  # a Dropdown takes None for no choice at all
MOST_EVENTS = 200
MOST_STAGES = 12


class StagesPicker(w.VBox):  # type: ignore[misc]
    """A list of stages to tick and to move, a choice of journeys, and events to add as stages.

    Parameters
    ----------
    journeys
        The journeys to choose from; the state's question holds the one in use.
    """

    def __init__(self, state: State, journeys: Sequence[Journey]) -> None:
        self._state = state
        self._journeys = {journey.name: journey for journey in journeys}
        self._known: dict[str, dict[str, Stage]] = {
            name: _by_name(one) for name, one in self._journeys.items()
        }
        self._journey = w.Dropdown(description="Journey", options=list(self._journeys))
        self._rows = w.VBox().add_class("jm-stages")
        self._add = w.Dropdown(description="Add a stage", options=[("Choose an event", NOTHING)])
        self._said = w.HTML().add_class("jm-said")
        super().__init__([self._journey, self._rows, self._add, self._said])
        self.add_class("jm-section")
        self._show()
        self._journey.observe(self._choose_journey, "value")
        self._add.observe(self._add_stage, "value")
        state.observe(lambda _: self._show(), "question")

    def _show(self) -> None:
        """Bring the rows in line with the question."""
        journey = self._state.question.journey
        known = self._known.setdefault(journey.name, {})
        known.update(_by_name(journey))
        self._journey.value = journey.name if journey.name in self._journeys else None
        chosen = journey.stage_names
        rest = [name for name in known if name not in chosen]
        self._rows.children = [self._row(name, position) for position, name in enumerate([*chosen, *rest])]
        events = [name for name in self._state.log.event_names[:MOST_EVENTS] if name not in known]
        self._add.options = [("Choose an event", NOTHING), *((name, name) for name in events)]

    def _row(self, name: str, position: int) -> w.HBox:
        chosen = self._state.question.journey.stage_names
        included = name in chosen
        last_one = included and len(chosen) == 1
        tick = w.Checkbox(value=included, description=name, indent=False, disabled=last_one)
        tick.tooltip = "A journey needs at least one stage" if last_one else self._known_stage(name).caption
        tick.observe(lambda change: self._tick(name, ticked=change["new"]), "value")
        number = w.HTML(str(position + 1) if included else "").add_class("jm-number")
        moves = [self._move_button(name, position, by) for by in (-1, 1)] if included else []
        return w.HBox([number, tick, *moves]).add_class("jm-stage-row")

    def _move_button(self, name: str, position: int, by: int) -> w.Button:
        end = len(self._state.question.journey.stages) - 1
        word = "up" if by < 0 else "down"
        button = w.Button(description="↑" if by < 0 else "↓", tooltip=f"Move {name} {word}")
        button.disabled = not 0 <= position + by <= end
        button.on_click(lambda _: self._move(position, by))
        return button.add_class("jm-move")

    def _tick(self, name: str, *, ticked: bool) -> None:
        stages = list(self._state.question.journey.stages)
        if ticked and len(stages) < MOST_STAGES:
            stages.insert(self._place(name), self._known_stage(name))
            self._ask(stages)
        elif ticked:
            self._said.value = f"At most {MOST_STAGES} stages fit a picture."
            self._show()
        else:
            self._ask([stage for stage in stages if stage.name != name])

    def _place(self, name: str) -> int:
        """Return where a stage comes back: behind the nearest of those that stood before it."""
        known, chosen = (
            list(self._known[self._state.question.journey.name]),
            self._state.question.journey.stage_names,
        )
        before = [chosen.index(one) for one in known[: known.index(name)] if one in chosen]
        return max(before, default=-1) + 1

    def _move(self, position: int, by: int) -> None:
        stages = list(self._state.question.journey.stages)
        stages.insert(position + by, stages.pop(position))
        self._ask(stages)

    def _add_stage(self, change: dict[str, str | None]) -> None:
        name = change["new"]
        if name:
            self._known[self._state.question.journey.name][name] = Stage(
                name, event(name.replace("*", "[*]"))
            )
            self._tick(name, ticked=True)

    def _choose_journey(self, change: dict[str, str | None]) -> None:
        name = change["new"]
        if name is not None and name != self._state.question.journey.name:
            self._state.ask(journey=self._journeys[name])

    def _ask(self, stages: Sequence[Stage]) -> None:
        self._said.value = ""
        self._state.ask(journey=Journey(self._state.question.journey.name, stages=stages))

    def _known_stage(self, name: str) -> Stage:
        return self._known[self._state.question.journey.name][name]


def _by_name(journey: Journey) -> dict[str, Stage]:
    return {stage.name: stage for stage in journey.stages}
