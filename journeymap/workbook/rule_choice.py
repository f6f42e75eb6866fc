"""One rule to choose: a select whose options have a consequence, and may be off with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from journeymap.workbook.assets import script

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from journeymap.workbook.rule_words import Choice


class RuleChoice(anywidget.AnyWidget):
    """A select with the consequence of what is chosen beneath it, and the reason for each option that is off.

    Attributes
    ----------
    description
        What is chosen here.
    options
        ``{"value": text, "label": text, "says": text, "why": text}`` each; one with a reason `why` cannot be chosen.
        What it says may have several lines.
    value
        The chosen option. One that is off or unknown is refused.
    default
        The option that is marked as the default; none if it is empty.

    Examples
    --------
    >>> rule = RuleChoice(description="Ties")
    >>> rule.show([("apart", "Apart", "They never chain."), ("either", "Either", "")], chosen="apart", default="apart")
    >>> rule.chosen
    'apart'
    """

    _esm = script("parts/element", "rule_choice")

    description = traitlets.Unicode("").tag(sync=True)
    options = traitlets.List(traitlets.Dict()).tag(sync=True)
    value = traitlets.Unicode("").tag(sync=True)
    default = traitlets.Unicode("").tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        self._meanings: dict[str, Any] = {}
        super().__init__(**traits)
        self.add_class("jm-rule-choice")

    @property
    def chosen(self) -> Any:
        """What the chosen option means."""
        return self._meanings.get(self.value)

    def show(
        self,
        choices: Sequence[Choice],
        *,
        chosen: Any,
        default: Any = "",
        why_not: Callable[[Any], str] = lambda _: "",
    ) -> None:
        """Show these choices; what is chosen now is never off."""
        self._meanings = {str(value): value for value, _, _ in choices}
        rows = [
            {
                "value": str(value),
                "label": label,
                "says": says,
                "why": "" if value == chosen else why_not(value),
            }
            for value, label, says in choices
        ]
        with self.hold_sync():
            self.options, self.default, self.value = rows, str(default), str(chosen)

    def lead(self) -> None:
        """Take the focus."""
        self.send({"do": "focus"})

    @traitlets.validate("value")
    def _allowed(self, proposal: dict[str, Any]) -> str:
        value = str(proposal["value"])
        if value not in [one["value"] for one in self.options if not one["why"]]:
            raise traitlets.TraitError(f"{value!r} is not among the options.")
        return value
