"""How we count: one choice for each rule, with its consequence; what cannot go together is off, with its reason."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import ipywidgets as w

from journeymap.counting.contract import Counting
from journeymap.errors import DefinitionError
from journeymap.workbook import rule_words as words
from journeymap.workbook.countable import countable
from journeymap.workbook.exclusions_editor import ExclusionsEditor
from journeymap.workbook.length_field import LengthField
from journeymap.workbook.rule_changes import like, why_not, with_rules
from journeymap.workbook.rule_choice import RuleChoice
from journeymap.workbook.side_pane import SidePane
from journeymap.workbook.tick_list import TickList

if TYPE_CHECKING:
    from collections.abc import Callable

    from journeymap.workbook.state import State

NOTHING = ""
SAME_SAYS = "All events of an attempt share one value of it, such as the product."


class RulesPane(SidePane):
    """The counting rules. Every change applies at once, and Undo takes it back."""

    def __init__(self, state: State, *, closed: Callable[[], object]) -> None:
        self._state, self._filling = state, False
        log = state.log
        self._columns = [
            name for name in (*log.attributes, *log.properties) if len(log.column(name).values) > 1
        ]
        self._properties = [name for name in log.properties if len(log.column(name).values) > 1]
        self.preset = RuleChoice(description="Count like")
        self.rules = {name: RuleChoice(description=title) for name, title in words.TITLES.items()}
        self.window = LengthField(
            "Another length", placeholder="such as 45d", ask=lambda length: self._ask_length("window", length)
        )
        self.tolerance = LengthField(
            "Another length",
            placeholder="such as 5s",
            ask=lambda length: self._ask_length("tolerance", length),
        )
        self.anchored = TickList(label="Stages that keep their place")
        self._anchors = w.VBox([w.HTML("<h4>Stages that keep their place</h4>"), self.anchored])
        self.exclusions = ExclusionsEditor(state)
        self.same = [RuleChoice(description=title) for title in ("Held the same", "and", "and too")]
        super().__init__("How we count", self._in_order(), closed=closed)
        self._observe()

    def _in_order(self) -> list[Any]:
        rule = self.rules
        return [
            self.preset,
            rule["unit"],
            w.VBox([rule["window"], self.window]),
            *(rule[name] for name in ("attempts", "represent", "order")),
            self._anchors.add_class("jm-rule-group"),
            *(rule[name] for name in ("entry", "ties")),
            w.VBox([rule["tolerance"], self.tolerance]),
            rule["reuse"],
            w.VBox([self.exclusions, rule["excluded"]]),
            w.VBox(self.same),
            *(rule[name] for name in ("bounds", "open", "breakdown")),
        ]

    def _observe(self) -> None:
        for name, choice in self.rules.items():
            choice.observe(lambda _, name=name, choice=choice: self._ask(**{name: choice.chosen}), "value")
        self.preset.observe(lambda _: self._ask_like(), "value")
        self.anchored.observe(lambda change: self._ask(anchored=tuple(change["new"])), "chosen")
        for choice in self.same:
            choice.observe(lambda _: self._ask_same(), "value")
        self._state.observe(lambda _: self.fill(), ["question", "tab"])

    def fill(self) -> None:
        """Bring every choice in line with the question; a closed pane, or one that no tab needs, need not be."""
        if not self.opened:
            return
        asked, default = self._state.question.counting, Counting()
        self._filling = True
        self.preset.show(words.presets(), chosen=asked.preset or words.OWN)
        for name, choices in self._choices(asked).items():
            self.rules[name].show(
                choices,
                chosen=getattr(asked, name),
                default=getattr(default, name),
                why_not=partial(self._why_not, name),
            )
        self.window.show(None)
        self.tolerance.show(None)
        self._fill_anchored(asked)
        self._fill_same(asked)
        self.exclusions.show()
        self._filling = False

    def _choices(self, asked: Counting) -> dict[str, list[words.Choice]]:
        return words.RULES | {
            "unit": words.units(self._units(asked)),
            "window": words.windows(asked.window),
            "tolerance": words.tolerances(asked.tolerance),
            "breakdown": words.breakdowns(self._state.question.journey.stage_names),
        }

    def _units(self, asked: Counting) -> list[str]:
        """Return the columns that can be counted; the one that is counted now stays, to say what it is."""
        found = countable(self._state.log, self._state.question.journey, self._columns)
        return [name for name in self._columns if name in found or name == asked.unit]

    def _fill_anchored(self, asked: Counting) -> None:
        self._anchors.layout.display = None if asked.order == "any" else "none"
        rows = [{"id": name, "label": name} for name in self._state.question.journey.stage_names]
        self.anchored.show(rows, chosen=asked.anchored)

    def _fill_same(self, asked: Counting) -> None:
        for place, choice in enumerate(self.same):
            own = asked.same[place] if place < len(asked.same) else NOTHING
            free = [name for name in self._properties if name == own or name not in asked.same]
            choices = [(NOTHING, "Nothing", ""), *((name, name, SAME_SAYS) for name in free)]
            if own and own not in free:
                choices.append((own, own, SAME_SAYS))
            choice.show(choices, chosen=own)
            choice.layout.display = None if place <= len(asked.same) else "none"

    def _why_not(self, name: str, value: Any) -> str:
        question = self._state.question
        return why_not(lambda: (question.journey, with_rules(question.counting, **{name: value})))

    def _ask(self, **rules: Any) -> None:
        if not self._filling:
            self._state.ask(counting=with_rules(self._state.question.counting, **rules))

    def _ask_like(self) -> None:
        if not self._filling:
            self._state.ask(counting=like(self._state.question.counting, self.preset.chosen))

    def _ask_same(self) -> None:
        chosen = [choice.chosen for choice in self.same if choice.chosen]
        self._ask(same=tuple(dict.fromkeys(chosen)))

    def _ask_length(self, name: str, length: str | None) -> None:
        """Ask for a length that was typed; one that cannot be is an error, which its field says."""
        if length is None or self._filling:
            return
        off = self._why_not(name, length)
        if off:
            raise DefinitionError(off)
        self._ask(**{name: length})
