"""The finding: one sentence above the picture that screen readers read once per answer; and the link that leads to it."""

from __future__ import annotations

import anywidget
import traitlets

from journeymap.workbook.assets import script


class Finding(anywidget.AnyWidget):
    """The finding as a heading in a live region, and its support line beneath.

    Attributes
    ----------
    text
        The sentence; read out when it changes.
    support
        The line beneath, not read out by itself.
    busy
        The answer is being counted: after half a second the page says so, above what still stands.

    Examples
    --------
    >>> Finding(text="At Decide, 46.0 % move on.", support="The window is 14 days.").text
    'At Decide, 46.0 % move on.'
    """

    _esm = script("parts/element", "finding")

    text = traitlets.Unicode("").tag(sync=True)
    support = traitlets.Unicode("").tag(sync=True)
    busy = traitlets.Bool(default_value=False).tag(sync=True)


class SkipLink(anywidget.AnyWidget):
    """A link that is seen when the keyboard comes to it, and leads to the finding of the tab that is looked at."""

    _esm = script("parts/element", "skip_link")
