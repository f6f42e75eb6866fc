"""Pictures on the page: one Vega bundle for all, and a view that takes new data without drawing anew."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from journeymap.charts.runtime import javascript
from journeymap.workbook.assets import script

if TYPE_CHECKING:
    from collections.abc import Mapping


class VegaRuntime(anywidget.AnyWidget):
    """The Vega bundle, 0.9 MB, sent to the page once; `runtime` holds the only one. It is never displayed."""

    _esm = traitlets.Unicode().tag(sync=True)

    @traitlets.default("_esm")
    def _bundle(self) -> str:
        return javascript()


def runtime() -> VegaRuntime:
    """Return this kernel's one bundle; make it at the first call, or where all widgets were closed.

    Examples
    --------
    >>> runtime() is runtime()
    True
    """
    if _held().comm is None:
        _held.cache_clear()
    return _held()


@functools.cache
def _held() -> VegaRuntime:
    return VegaRuntime()


class VegaView(anywidget.AnyWidget):
    """One picture, drawn as SVG in the page, with mouse, keyboard and screen reader.

    Attributes
    ----------
    spec
        A Vega-Lite specification. A new one is drawn anew, out of sight, and then takes the last one's place.
    data
        Rows for the specification's named datasets, ``{name: [{column: value}]}``. A change is drawn into
        the picture that stands; names that the picture lacks are ignored. Values are JSON: instants in
        milliseconds since 1970, None where there is nothing.
    watch
        Names of the signals that the page sends back: parameters, or selections with ``fields``.
    signals
        What those signals are, ``{name: value}``. Both sides write it. A selection is ``{field: [values]}``,
        and ``{}`` when nothing is picked; a second click on what is picked, or Escape, empties it. It is
        kept when a new specification is drawn.
    busy
        The picture is fading: kept at its height, not clickable.
    width
        Measured width of the place, in px and in steps of 40; 0 until it was seen.
    escaped
        How often Escape was pressed in the picture.
    description
        The picture in one sentence for screen readers; without it, the specification's own description.
    problem
        Why the specification could not be drawn, in the words of Vega; empty when it could.

    Notes
    -----
    The arrow keys walk over each mark that has a description in words and answers a click, texts left out.
    Give marks that are only decoration ``aria=False``, and the others a ``description`` encoding, which is
    what a screen reader says there.

    Examples
    --------
    >>> view = VegaView(watch=["pick"], description="Bars of customers by stage.")
    >>> view.show({"mark": "bar", "data": {"name": "bars"}}, data={"bars": [{"stage": "Buy", "n": 12}]})
    >>> view.set_signals(pick={"stage": ["Buy"]})
    >>> view.signals
    {'pick': {'stage': ['Buy']}}
    """

    _esm = script(
        "parts/element", "parts/meeting", "parts/tip", "parts/marks", "parts/selection", "vega_view"
    )

    spec = traitlets.Dict().tag(sync=True)
    data = traitlets.Dict(value_trait=traitlets.List()).tag(sync=True)
    watch = traitlets.List(traitlets.Unicode()).tag(sync=True)
    signals = traitlets.Dict().tag(sync=True)
    busy = traitlets.Bool(default_value=False).tag(sync=True)
    width = traitlets.Int(0).tag(sync=True)
    escaped = traitlets.Int(0).tag(sync=True)
    description = traitlets.Unicode("").tag(sync=True)
    problem = traitlets.Unicode("").tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        runtime()
        super().__init__(**traits)

    def show(
        self,
        spec: Mapping[str, Any],
        *,
        data: Mapping[str, list[dict[str, Any]]] | None = None,
        signals: Mapping[str, Any] | None = None,
        description: str | None = None,
    ) -> None:
        """Draw a specification, data, signals and description in one step; what is None stays as it is."""
        given = {"data": data, "signals": signals}
        with self.hold_sync():
            self.spec = dict(spec)
            for name, value in given.items():
                if value is not None:
                    setattr(self, name, dict(value))
            if description is not None:
                self.description = description

    def set_signals(self, **values: Any) -> None:
        """Give the picture these signals, such as ``pick={}`` to let go; others stay as they are."""
        self.signals = {**self.signals, **values}
