"""The stages one by one: whether each may be passed over, and how long after the one before it may come."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import ipywidgets as w

from journeymap.errors import DefinitionError
from journeymap.journeys import Journey, Stage
from journeymap.workbook.length_field import LengthField
from journeymap.workbook.rule_changes import why_not
from journeymap.workbook.rule_choice import RuleChoice
from journeymap.workbook.side_pane import SidePane

if TYPE_CHECKING:
    from collections.abc import Callable

    from journeymap.workbook.state import State

ENDS = "The first and the last stage are required."
OPTIONAL = [
    (False, "Required", "Who does not reach it goes no further."),
    (True, "Optional", "It is counted where it lies between its neighbours; passing it over costs nothing."),
]


class StagesPane(SidePane):
    """A form for each stage. Every change applies at once, and Undo takes it back."""

    def __init__(self, state: State, *, closed: Callable[[], object]) -> None:
        self._state, self._filling = state, False
        self.stages: dict[str, StageForm] = {}
        super().__init__("Edit stages", [], closed=closed)
        state.observe(lambda _: self.fill(), "question")

    def fill(self) -> None:
        """Bring the forms in line with the question; those of stages that are gone leave."""
        if not self.opened:
            return
        journey = self._state.question.journey
        self.stages = {
            stage.name: self.stages.get(stage.name) or StageForm(stage.name, self._change)
            for stage in journey.stages
        }
        self._filling = True
        for stage in journey.stages:
            self.stages[stage.name].show(
                stage,
                follows=stage is not journey.stages[0],
                why_not=partial(self._why_not_optional, stage.name),
            )
        forms = tuple(self.stages.values())
        if forms != self.parts.children:
            self.parts.children = forms
        self._filling = False

    def _change(self, name: str, **parts: Any) -> None:
        if self._filling:
            return
        off = self._why_not(name, **parts)
        if off:
            raise DefinitionError(off)
        self._state.ask(journey=self._with(name, **parts))

    def _with(self, name: str, **parts: Any) -> Journey:
        journey = self._state.question.journey
        stages = [replace(one, **parts) if one.name == name else one for one in journey.stages]
        return Journey(journey.name, stages=stages)

    def _why_not_optional(self, name: str, optional: bool) -> str:  # noqa: FBT001 - a value to try
        names = self._state.question.journey.stage_names
        if optional and name in (names[0], names[-1]):
            return ENDS
        return self._why_not(name, optional=optional)

    def _why_not(self, name: str, **parts: Any) -> str:
        return why_not(lambda: (self._with(name, **parts), self._state.question.counting))


class StageForm(w.VBox):  # type: ignore[misc]
    """Optional or not, the least and the most time since the required stage before.

    Parameters
    ----------
    change
        Takes the stage's name and the parts that are to change; refuses what cannot be.
    """

    def __init__(self, name: str, change: Callable[..., object]) -> None:
        self.optional = RuleChoice(description=name)
        self.least = LengthField("At least", placeholder="No limit", ask=lambda one: change(name, least=one))
        self.most = LengthField("At most", placeholder="No limit", ask=lambda one: change(name, most=one))
        for field, what in ((self.least, "at least"), (self.most, "at most")):
            field.field.tooltip = f"{name}: {what}"
        gaps = w.HBox([self.least, self.most]).add_class("jm-gaps")
        said = w.HTML("<p>Time since the stage before, such as 1h or 2d</p>")
        self._gaps = w.VBox([said, gaps]).add_class("jm-rule-group")
        super().__init__([self.optional, self._gaps])
        self.optional.observe(lambda _: change(name, optional=self.optional.chosen), "value")

    def show(self, stage: Stage, *, follows: bool, why_not: Callable[[bool], str]) -> None:
        """Show a stage; one that follows no other, or may be passed over, has no time since the one before."""
        self.optional.show(OPTIONAL, chosen=stage.optional, default=False, why_not=why_not)
        self._gaps.layout.display = None if follows and not stage.optional else "none"
        self.least.show(stage.least)
        self.most.show(stage.most)
