"""Events that end an attempt: those that are asked for, and a small form for another."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import ipywidgets as w

from journeymap.conditions import event
from journeymap.counting.contract import Counting, Exclusion
from journeymap.wording import words_of
from journeymap.workbook.event_field import EventField
from journeymap.workbook.rule_changes import why_not, with_rules
from journeymap.workbook.rule_choice import RuleChoice

if TYPE_CHECKING:
    from journeymap.workbook.state import State

FIRST, LAST = "the first stage", "the last stage"


class ExclusionsEditor(w.VBox):  # type: ignore[misc]
    """The exclusions, each with a button that takes it off, and fields that add one."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._rows = w.VBox()
        self.event = EventField(state.log.event_names, description="Add an event that ends an attempt")
        self.after, self.before = RuleChoice(description="After"), RuleChoice(description="Before")
        self.said = w.HTML().add_class("jm-said")
        self.add = w.Button(description="Add exclusion").add_class("jm-plain-button")
        title = w.HTML("<h4>Exclusions</h4><p>An event between two stages that ends the attempt.</p>")
        super().__init__([title, self._rows, self.event, self.after, self.before, self.add, self.said])
        self.add_class("jm-rule-group")
        self.add.on_click(lambda _: self._add())
        self.after.observe(lambda _: self._fill_before(), "value")
        self.event.field.observe(lambda _: self._tell(""), "value")

    def show(self) -> None:
        """Bring the list and the stages in line with the question."""
        asked = self._state.question.counting.exclude
        self._rows.children = [self._row(one) for one in asked]
        stages = [stage.name for stage in self._state.question.journey.stages if not stage.optional]
        after, before = (_kept(field.chosen, stages) for field in (self.after, self.before))
        self.after.show([(None, FIRST, ""), *((name, name, "") for name in stages[1:-1])], chosen=after)
        self._fill_before(before)
        probe = Exclusion(event("(any)"))
        off = why_not(lambda: (self._state.question.journey, self._with(*asked, probe)))
        for field in (self.event.field, self.add):
            field.disabled = bool(off)
        for field in (self.after, self.before):
            field.layout.display = "none" if off else None
        self._tell(off, role="note")

    def _fill_before(self, before: str | None = None) -> None:
        stages = [stage.name for stage in self._state.question.journey.stages if not stage.optional]
        begin = stages.index(self.after.chosen) + 1 if self.after.chosen in stages else 1
        choices = [*((name, name, "") for name in stages[begin:-1]), (None, LAST, "")]
        self.before.show(choices, chosen=before if before in stages[begin:-1] else None)

    def _row(self, exclusion: Exclusion) -> w.HBox:
        words = words_of(exclusion.rule)
        place = f"between {exclusion.after or FIRST} and {exclusion.before or LAST}"
        remove = w.Button(description="Remove", tooltip=f"Remove {words}").add_class("jm-as-link")
        remove.on_click(lambda _: self._remove(exclusion))
        return w.HBox([w.HTML(f"{escape(words)}, {escape(place)}"), remove]).add_class("jm-rule-row")

    def _add(self) -> None:
        name = self.event.event
        if name is None:
            self._tell("" if self.event.field.value else "Choose an event first.")
            self.event.field.focus()
            return
        new = Exclusion(event(name.replace("*", "[*]")), after=self.after.chosen, before=self.before.chosen)
        asked = self._state.question.counting.exclude
        off = why_not(lambda: (self._state.question.journey, self._with(*asked, new)))
        self._tell(off or ("It is excluded there already." if new in asked else ""))
        if not self.said.value:
            self.event.clear()
            self._state.ask(counting=self._with(*asked, new))

    def _remove(self, exclusion: Exclusion) -> None:
        self.event.field.focus()
        kept = [one for one in self._state.question.counting.exclude if one != exclusion]
        self._state.ask(counting=self._with(*kept))

    def _with(self, *exclusions: Exclusion) -> Counting:
        return with_rules(self._state.question.counting, exclude=exclusions)

    def _tell(self, problem: str, *, role: str = "alert") -> None:
        self.said.value = f"<p role='{role}'>{escape(problem, quote=False)}</p>" if problem else ""


def _kept(chosen: str | None, stages: list[str]) -> str | None:
    return chosen if chosen in stages[1:-1] else None
