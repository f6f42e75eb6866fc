"""Two buttons of the header: one copies, the other shows the code of what is on the screen."""

from __future__ import annotations

import anywidget
import traitlets

from journeymap.workbook.assets import script


class CopyButton(anywidget.AnyWidget):
    """A button that copies; where the browser forbids it, the text stands selected in a field.

    Attributes
    ----------
    label
        What the button says.
    text
        What is copied.
    kind
        ``"text"`` copies `text`; ``"link"`` copies the address of this page with `text` as its query.

    Examples
    --------
    >>> CopyButton(label="Copy link", text="window=14d", kind="link").kind
    'link'
    """

    _esm = script("parts/element", "parts/floating", "parts/copy", "copy_button")

    label = traitlets.Unicode("Copy").tag(sync=True)
    text = traitlets.Unicode("").tag(sync=True)
    kind = traitlets.Enum(["text", "link"], default_value="text").tag(sync=True)


class CodeButton(anywidget.AnyWidget):
    """A button that opens code to read and to copy.

    Attributes
    ----------
    label
        What the button says.
    text
        The code.

    Examples
    --------
    >>> CodeButton(text="jm.funnel(log, journey)").label
    'Show as code'
    """

    _esm = script("parts/element", "parts/floating", "parts/copy", "code_button")

    label = traitlets.Unicode("Show as code").tag(sync=True)
    text = traitlets.Unicode("").tag(sync=True)
