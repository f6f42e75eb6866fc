"""A chart as one picture: PNG, SVG or PDF, drawn without a browser."""

from __future__ import annotations

from typing import Any

import vl_convert

from journeymap.charts.runtime import versions
from journeymap.charts.vector import drawable, vector

SCALE = 2


def png(spec: dict[str, Any], /) -> bytes:
    """Draw a picture of dots, two for each px."""
    return bytes(
        vl_convert.vegalite_to_png(
            drawable(spec), vl_version=versions()["vega_lite"], scale=SCALE, allowed_base_urls=[]
        )
    )


def svg(spec: dict[str, Any], /) -> bytes:
    """Draw a picture of lines, with its title and description as text."""
    return vector(spec).encode()


def pdf(spec: dict[str, Any], /) -> bytes:
    """Draw a page of the picture's size, with text that can be selected."""
    return bytes(
        vl_convert.vegalite_to_pdf(drawable(spec), vl_version=versions()["vega_lite"], allowed_base_urls=[])
    )
