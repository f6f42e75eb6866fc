"""A map as one picture: SVG that names and describes itself, PNG, and PDF of a sheet's exact size."""

from __future__ import annotations

import re
from hashlib import blake2b
from html import escape
from typing import TYPE_CHECKING

import vl_convert

from journeymap.report.pictures import png, svg
from journeymap.report.slide_shapes import plain

if TYPE_CHECKING:
    from journeymap.charts.drawing import Drawing

A3 = (1190.55, 841.89)
SLIDE = (960.0, 540.0)
SHEETS = {"a3": A3, "slide": SLIDE}
"""Width and height of a sheet, in points."""
HEAD = re.compile(r"^<svg ([^>]*)>(<title>.*?</title>)?(<desc>.*?</desc>)?", re.DOTALL)
SIZE = re.compile(r'\b(width|height)="([\d.]+)(?:px)?"')


def map_png(drawing: Drawing, _title: str, _paper: str | None, /) -> bytes:
    """Draw a map of dots, two for each px."""
    return png(drawing.spec)


def map_svg(drawing: Drawing, title: str, _paper: str | None, /) -> bytes:
    """Draw a map of lines; its title and its description can be heard."""
    return named(svg(drawing.spec).decode(), title, drawing.description).encode()


def map_pdf(drawing: Drawing, title: str, paper: str | None, /) -> bytes:
    """Draw a map as one page of a sheet's size, of its own size without one; its text can be selected."""
    drawn = named(svg(drawing.spec).decode(), title, drawing.description)
    return bytes(vl_convert.svg_to_pdf(resized(drawn, SHEETS[paper]) if paper else drawn))


def named(drawn: str, title: str, description: str, /) -> str:
    """Give an SVG a title and a description that its readers find.

    Examples
    --------
    >>> named('<svg role="img" width="1"></svg>', "A <map>", "Two stages.")[:150]
    '<svg width="1" role="img" aria-labelledby="t-93f63d d-93f63d"><title id="t-93f63d">A &lt;map&gt;</title><desc id="d-93f63d">Two stages.</desc></svg>'
    """
    key = blake2b(f"{title}\n{description}".encode("utf-8", "replace"), digest_size=3).hexdigest()
    words = "".join(
        f'<{tag} id="{tag[0]}-{key}">{escape(plain(text), quote=False)}</{tag}>'
        for tag, text in (("title", title), ("desc", description))
    )

    def head(found: re.Match[str]) -> str:
        kept = re.sub(r'\s*\b(role|aria-labelledby)="[^"]*"', "", found[1]).strip()
        return f'<svg {kept} role="img" aria-labelledby="t-{key} d-{key}">{words}'

    return HEAD.sub(head, drawn, count=1)


def resized(drawn: str, sheet: tuple[float, float], /) -> str:
    """Give an SVG the size of a sheet, in points; what it shows is scaled, and stands in the middle.

    Examples
    --------
    >>> resized('<svg width="1699" height="1200" viewBox="0 0 1699 1200"><rect width="5"/></svg>', (1190.55, 841.89))
    '<svg width="1190.55" height="841.89" viewBox="0 0 1699 1200"><rect width="5"/></svg>'
    """
    ends = drawn.index(">")
    sizes = dict(zip(("width", "height"), sheet, strict=True))
    head = SIZE.sub(lambda found: f'{found[1]}="{sizes[found[1]]:g}"', drawn[:ends])
    if "viewBox" not in head:
        wide, high = (re.search(rf'\b{name}="([\d.]+)', drawn[:ends]) for name in sizes)
        head += f' viewBox="0 0 {wide[1]} {high[1]}"' if wide and high else ""
    return head + drawn[ends:]
