"""A few choices side by side, one of which is chosen: the segmented control of the rail and the panels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from journeymap.workbook.assets import script

if TYPE_CHECKING:
    from collections.abc import Sequence


class Choices(anywidget.AnyWidget):
    """Radio buttons that look like one control; the first is chosen unless `value` says otherwise.

    Attributes
    ----------
    options
        Pairs of what is written and what it means.
    value
        What the chosen one means. What no option means is refused.
    description
        What is chosen here; stands above, and is read out.
    disabled
        Whether nothing can be chosen for now.

    Examples
    --------
    >>> Choices([("Share", "share"), ("Customers", "customers")], description="Bars show").value
    'share'
    """

    _esm = script("parts/element", "choices")

    options = traitlets.List(traitlets.Tuple(traitlets.Unicode(), traitlets.Unicode())).tag(sync=True)
    value = traitlets.Unicode("").tag(sync=True)
    description = traitlets.Unicode("").tag(sync=True)
    disabled = traitlets.Bool(default_value=False).tag(sync=True)

    def __init__(self, options: Sequence[tuple[str, str]], /, **traits: Any) -> None:
        first = {"value": options[0][1]} if options else {}
        super().__init__(options=[tuple(pair) for pair in options], **first | traits)

    @traitlets.validate("value")
    def _known(self, proposal: dict[str, Any]) -> str:
        value = str(proposal["value"])
        if value not in [meant for _, meant in self.options]:
            raise traitlets.TraitError(f"{value!r} is not among the options.")
        return value
