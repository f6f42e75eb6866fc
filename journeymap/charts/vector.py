"""A picture of lines as text, which names and describes itself for those who hear it."""

from __future__ import annotations

import re
from html import escape
from typing import Any

import vl_convert

from journeymap.charts.runtime import versions


def vector(spec: dict[str, Any], /) -> str:
    """Draw a specification as SVG text with a title and a description, if it has them; it asks nothing of the internet.

    Examples
    --------
    >>> spec = {"description": "A dot.", "title": {"text": ["One", "dot"]}, "data": {"values": [{}]}, "mark": "point"}
    >>> drawn = vector(spec)
    >>> drawn[drawn.index("<title>"):drawn.index("</desc>")]
    '<title>One dot</title><desc>A dot.'
    """
    drawn = str(vl_convert.vegalite_to_svg(spec, vl_version=versions()["vega_lite"], allowed_base_urls=[]))
    said = {"title": _title(spec.get("title")), "desc": str(spec.get("description", ""))}
    parts = "".join(f"<{name}>{escape(text, quote=False)}</{name}>" for name, text in said.items() if text)
    return re.sub(r"^<svg ([^>]*)>", lambda head: f'<svg role="img" {head[1]}>{parts}', drawn, count=1)


def _title(title: Any) -> str:
    text = title.get("text", "") if isinstance(title, dict) else title or ""
    return " ".join(text) if isinstance(text, list) else str(text)
