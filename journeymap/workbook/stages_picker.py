"""The rail's stages: which take part, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as w

from journeymap.analyses.funnel_parts import whole
from journeymap.analyses.funnel_words import labels
from journeymap.charts.numbers import count
from journeymap.conditions import event
from journeymap.durations import in_words
from journeymap.journeys import Journey, Stage
from journeymap.workbook.event_field import EventField
from journeymap.workbook.rule_changes import why_not
from journeymap.workbook.tick_list import TickList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from journeymap.workbook.state import State

MOST_STAGES = 12
ONE_STAGE = "A journey needs at least one stage."
FULL = f"At most {MOST_STAGES} stages fit a picture."


class StagesPicker(w.VBox):  # type: ignore[misc]
    """A list of stages to tick and to move, a choice of journeys, and events to add as stages.

    Parameters
    ----------
    journeys
        The journeys to choose from; the state's question holds the one in use.
    on_edit
        Opens what edits the stages one by one.
    """

    def __init__(
        self, state: State, journeys: Sequence[Journey], *, on_edit: Callable[[], object] = lambda: None
    ) -> None:
        self._state = state
        self._journeys = {journey.name: journey for journey in journeys}
        self._known: dict[str, dict[str, Stage]] = {
            name: _by_name(one) for name, one in self._journeys.items()
        }
        self._journey = w.Dropdown(description="Journey", options=list(self._journeys))
        self._list = TickList(label="Stages", ordered=True).add_class("jm-stages")
        self._said = w.HTML().add_class("jm-said")
        self._add = EventField(state.log.event_names, description="Add a stage")
        self.edit = w.Button(description="Edit stages").add_class("jm-as-link").add_class("jm-corner")
        self.edit.on_click(lambda _: on_edit())
        super().__init__([self._journey, self.edit, self._list, self._said, self._add])
        self.add_class("jm-section")
        self._show()
        self._journey.observe(self._choose_journey, "value")
        self._list.observe(lambda change: self._choose(change["new"]), "chosen")
        self._add.field.observe(lambda _: self._add_stage(), "value")
        state.observe(lambda _: self._show(), "question")

    def count(self) -> None:
        """Write how many customers entered each stage, where that has been worked out."""
        self._list.rows = self._rows()

    def lead(self) -> None:
        """Take the focus."""
        self._journey.focus()

    def lead_to(self, stage: str) -> None:
        """Move the focus to a stage."""
        self._list.lead_to(stage)

    def _show(self) -> None:
        """Bring the controls in line with the question."""
        journey = self._state.question.journey
        known = self._known.setdefault(journey.name, {})
        known.update(_by_name(journey))
        self._journey.value = journey.name if journey.name in self._journeys else None
        self._list.show(self._rows(), chosen=journey.stage_names)
        self._add.offer([name for name in self._state.log.event_names if name not in known])

    def _rows(self) -> list[dict[str, Any]]:
        journey = self._state.question.journey
        chosen, customers = journey.stage_names, self._customers()
        return [
            {
                "id": name,
                "label": f"{name}{_marks(stage)}",
                **customers.get(name, {"count": ""}),
                **(self._refused(name) or _limits(stage, included=name in chosen, others=len(chosen))),
            }
            for name, stage in self._known[journey.name].items()
        ]

    def _refused(self, name: str) -> dict[str, Any]:
        """Say why the counting rules do not let a stage go or come; nothing if they do."""
        question = self._state.question
        if why_not(lambda: (question.journey, question.counting)):
            return {}
        chosen, known = question.journey.stage_names, self._known[question.journey.name]
        kept = [one for one in known if (one in chosen) != (one == name)]
        if not kept:
            return {}
        stages = [known[one] for one in sorted(kept, key=[*chosen, *known].index)]
        off = why_not(lambda: (Journey(question.journey.name, stages=stages), question.counting))
        return {"disabled": True, "hint": off} if off else {}

    def _customers(self) -> dict[str, dict[str, str]]:
        """Return the counts of the funnel that is shown, of all who are in any of its segments, and of what they are.

        They are of the stage itself, unless stages may change places.
        """
        funnel = self._state.known("funnel")
        if funnel is None:
            return {}
        anybody, names = whole("", funnel.parts).counted, funnel.journey.stage_names
        named = labels(funnel.journey, funnel.counting)
        numbers = [
            count(int((funnel.attempts.entered(funnel.attempts.overall, place) & anybody).sum()))
            for place in range(len(names))
        ]
        return {
            stage: {"count": number} | ({} if label == stage else {"counted": label})
            for stage, label, number in zip(names, named, numbers, strict=True)
        }

    def _choose(self, names: list[str]) -> None:
        journey = self._state.question.journey
        if names == journey.stage_names:
            return
        if 1 <= len(names) <= MOST_STAGES:
            self._said.value = ""
            known = self._known[journey.name]
            self._state.ask(journey=Journey(journey.name, stages=[known[name] for name in names]))
        else:
            self._said.value = FULL if names else ONE_STAGE
            self._show()

    def _add_stage(self) -> None:
        name = self._add.event
        if name is None:
            return
        chosen = self._state.question.journey.stage_names
        known = self._known[self._state.question.journey.name]
        known.setdefault(name, Stage(name, event(name.replace("*", "[*]"))))
        self._choose([*chosen, name] if name not in chosen else chosen)
        self._add.clear()

    def _choose_journey(self, change: dict[str, str | None]) -> None:
        name = change["new"]
        if name is not None and name != self._state.question.journey.name:
            self._state.ask(journey=self._journeys[name])


def _limits(stage: Stage, *, included: bool, others: int) -> dict[str, Any]:
    """Return whether a stage can be ticked or unticked, and what is to be known about it."""
    if included and others == 1:
        return {"disabled": True, "hint": ONE_STAGE}
    if not included and others >= MOST_STAGES:
        return {"disabled": True, "hint": FULL}
    return {"hint": stage.caption}


def _marks(stage: Stage) -> str:
    """Write what is asked of a stage beside its events.

    Examples
    --------
    >>> _marks(Stage("Buy", event("buy"), most="2d")), _marks(Stage("Help", event("help"), optional=True))
    (' (within 2 days)', ' (optional)')
    """
    if stage.optional:
        return " (optional)"
    gaps = [f"after {in_words(stage.least)}"] if stage.least else []
    gaps += [f"within {in_words(stage.most)}"] if stage.most else []
    return f" ({', '.join(gaps)})" if gaps else ""


def _by_name(journey: Journey) -> dict[str, Stage]:
    return {stage.name: stage for stage in journey.stages}
