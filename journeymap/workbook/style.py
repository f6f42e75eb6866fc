"""The look of the app: the theme's roles as CSS variables, and the stylesheets."""

from __future__ import annotations

from journeymap.charts.theme import css_variables
from journeymap.workbook.assets import stylesheet


def css() -> str:
    """Return everything the app needs to look right, for one `<style>` element.

    Examples
    --------
    >>> "--jm-left:" in css()
    True
    """
    return f".jm-app, :root {{ {css_variables()} }}\n{stylesheet()}"
