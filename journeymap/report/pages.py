"""A page in one file: pictures that can be clicked, the table, the finding and the scope; it asks nothing of the internet."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from journeymap import __version__
from journeymap.charts.runtime import inline_javascript
from journeymap.charts.theme import css_variables
from journeymap.report.cells import columns

if TYPE_CHECKING:
    import pandas as pd

    from journeymap.charts.theme import Mode
    from journeymap.report.subjects import Figure, Subject

TEMPLATES = files("journeymap.report") / "templates"
COLUMN = 1072
"""How wide the text of a page is, in px; a picture that is wider shrinks with the window, others scroll."""


def page(subject: Subject, /, *, mode: Mode) -> bytes:
    """Write the page. Its content policy runs only the two scripts it was made with and loads nothing."""
    figures = subject.figures() if subject.figures else []
    scripts = [inline_javascript(), _template("page.js")] if figures else []
    title = subject.finding.text if subject.finding else subject.name.capitalize()
    parts = {
        "policy": _policy(scripts),
        "version": __version__,
        "title": escape(title),
        "variables": css_variables(mode=mode).replace("<", "") + _room(figures),
        "style": _template("page.css"),
        "head": _head(subject),
        "figures": "\n".join(_figure(figure) for figure in figures),
        "table": _tables(subject, caption=title),
        "scope": _scope(subject),
        "scripts": "\n".join(f'<script type="module">{script}</script>' for script in scripts),
    }
    text = re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], _template("page.html"))
    return text.encode("utf-8", "replace")


def _room(figures: list[Figure]) -> str:
    """Say how wide the widest picture is; one that does not say so scrolls within the page."""
    widths = [figure.drawing.spec.get("width") for figure in figures]
    widest = max((width for width in widths if isinstance(width, int | float)), default=0)
    return f" --page-room: {widest:g}px;"


def _template(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _policy(scripts: list[str]) -> str:
    hashes = [f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts]
    allowed = " ".join(hashes) or "'none'"
    return f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:"


def _head(subject: Subject) -> str:
    if subject.finding is None:
        return ""
    support = f'<p class="support">{escape(subject.finding.support)}</p>' if subject.finding.support else ""
    return f"<h1>{escape(subject.finding.text)}</h1>{support}"


def _figure(figure: Figure) -> str:
    heading = f"<h2>{escape(figure.heading)}</h2>" if figure.heading else ""
    swatches = "".join(
        f'<li><span class="{role}" style="--swatch: var(--jm-{role.replace("_", "-")})"></span>{escape(word)}</li>'
        for word, role in figure.key
    )
    key = f'<ul class="colours">{swatches}</ul>' if swatches else ""
    spec = json.dumps(figure.drawing.spec, allow_nan=False).replace("<", "\\u003c")
    wide = figure.drawing.spec.get("width")
    look = ' class="whole"' if isinstance(wide, int | float) and wide > COLUMN else ""
    return (
        f'{heading}{key}<figure{look} role="group" aria-label="{escape(figure.drawing.description)}">'
        f'<div></div><script type="application/json">{spec}</script></figure>'
    )


def _tables(subject: Subject, *, caption: str) -> str:
    tables = [("Table", caption, subject.table)] if subject.table is not None else []
    tables += [(heading, heading, table) for heading, table in subject.beside]
    unit = subject.scope.unit if subject.scope else "customers"
    return "\n".join(
        _table(table, heading, caption=said, key=f"table{number or ''}", unit=unit)
        for number, (heading, said, table) in enumerate(tables)
    )


def _table(table: pd.DataFrame, heading: str, *, caption: str, key: str, unit: str) -> str:
    found = [column for column in columns(table, unit=unit) if not column.is_empty]
    side = [' class="number"' if column.is_number else "" for column in found]
    head = "".join(
        f'<th scope="col"{where}>{escape(column.heading)}</th>'
        for column, where in zip(found, side, strict=True)
    )
    body = "\n".join(
        "<tr>"
        + "".join(f"<td{where}>{escape(text)}</td>" for text, where in zip(row, side, strict=True))
        + "</tr>"
        for row in zip(*(column.texts() for column in found), strict=True)
    )
    return (
        f'<h2 id="{key}">{escape(heading)}</h2><div class="scroll" role="region" aria-labelledby="{key}" tabindex="0">'
        f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table></div>"
    )


def _scope(subject: Subject) -> str:
    lines = [*([str(subject.scope)] if subject.scope else []), *subject.notes]
    return f"<footer>{''.join(f'<p>{escape(line)}</p>' for line in lines)}</footer>" if lines else ""
