"""The files that go to the browser: scripts, the stylesheet, the Vega bundle."""

from __future__ import annotations

from pathlib import Path

STATIC = Path(__file__).parent / "static"


def script(*names: str) -> str:
    """Return files of `static` joined into one script, in this order.

    Shared pieces live in ``parts`` and come first; the last name is the widget's own module.

    Examples
    --------
    >>> "export default" in script("parts/element", "finding")
    True
    """
    return "\n".join((STATIC / f"{name}.js").read_text("utf-8") for name in names)


def stylesheet() -> str:
    """Return the workbook's stylesheet; it needs the theme's roles as ``--jm-*`` variables on ``.jm-app``.

    Examples
    --------
    >>> ".jm-app" in stylesheet()
    True
    """
    return "\n".join(
        (STATIC / name).read_text("utf-8")
        for name in ("app.css", "layout.css", "map_editor.css", "narrow.css")
    )
