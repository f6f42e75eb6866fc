"""A picture of lines as text, which names and describes itself for those who hear it."""

from __future__ import annotations

import re
from html import escape
from typing import Any

import vl_convert

from journeymap.charts.runtime import versions

NO_LETTERS = dict.fromkeys(map(ord, "\ufffe\uffff"))


def vector(spec: dict[str, Any], /) -> str:
    """Draw a specification as SVG text with a title and a description, if it has them; it asks nothing of the internet.

    Examples
    --------
    >>> spec = {"description": "A dot.", "title": {"text": ["One", "dot"]}, "data": {"values": [{}]}, "mark": "point"}
    >>> drawn = vector(spec)
    >>> drawn[drawn.index("<title>"):drawn.index("</desc>")]
    '<title>One dot</title><desc>A dot.'
    """
    drawn = str(
        vl_convert.vegalite_to_svg(drawable(spec), vl_version=versions()["vega_lite"], allowed_base_urls=[])
    )
    title = spec.get("title") or spec.get("usermeta", {}).get("title")
    said = {"title": _title(title), "desc": str(spec.get("description", ""))}
    parts = "".join(f"<{name}>{escape(text, quote=False)}</{name}>" for name, text in said.items() if text)
    return re.sub(r"^<svg ([^>]*)>", lambda head: f'<svg role="img" {head[1]}>{parts}', drawn, count=1)


def _title(title: Any) -> str:
    text = title.get("text", "") if isinstance(title, dict) else title or ""
    return " ".join(text) if isinstance(text, list) else str(text)


def drawable(spec: Any, /) -> Any:
    r"""Return a specification without the two characters that are none, at which the renderer ends the whole process.

    Examples
    --------
    >>> drawable({"text": ["a\ufffe", 1]})
    {'text': ['a', 1]}
    """
    if isinstance(spec, str):
        return spec.translate(NO_LETTERS)
    if isinstance(spec, dict):
        return {drawable(name): drawable(value) for name, value in spec.items()}
    return [drawable(value) for value in spec] if isinstance(spec, list | tuple) else spec
