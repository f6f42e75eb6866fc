"""Starting the app: read what was asked for, say how it was understood, then serve it."""

from __future__ import annotations

import re
import sys
import threading
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from journeymap.analyses.scope import day
from journeymap.counting.warming import warm_up
from journeymap.errors import listing
from journeymap.workbook.opened import read
from journeymap.workbook.places import notebooks_folder

if TYPE_CHECKING:
    from journeymap.workbook.opened import Opened, Request

LAB_FOLDER = "journeymap-notebooks"
ARGUMENTS = (
    "customer",
    "event",
    "at",
    "at_format",
    "sequence",
    "timezone",
    "complete_to",
    "duplicates",
    "encoding",
)
"""The arguments of `read_events` that are options of the command, too."""


def start(
    request: Request,
    *,
    place: Literal["page", "lab"],
    notebook: str,
    port: int,
    browser: Literal["open", "none"],
) -> None:
    """Open a request and serve it until SIGINT or SIGTERM.

    Parameters
    ----------
    request
        What to open.
    place
        ``"page"`` for the app as a page, ``"lab"`` for JupyterLab on a copy of the notebooks.
    notebook
        The notebook that JupyterLab opens at first.
    port
        The port on 127.0.0.1; 0 takes a free one.
    browser
        Whether to open the address in the web browser, too.

    Raises
    ------
    JourneymapError
        If something cannot be read or the port cannot be had.
    """
    warm_up()
    say(account(read(request)))
    request.hand_over()
    ready = _tell_and_show if browser == "open" else _tell
    if place == "lab":
        from journeymap.workbook.lab import copy_notebooks, serve_lab

        copied = copy_notebooks(Path(LAB_FOLDER).absolute())
        say(copied.account)
        serve_lab(copied.folder, opens=notebook, ready=ready, port=port)
    else:
        from journeymap.workbook.serving import serve

        serve(notebooks_folder() / "app.ipynb", ready=ready, port=port)


def account(opened: Opened) -> str:
    """Say how the columns were understood, what was read and what was set aside."""
    log, known = opened.log, opened.log.quality.columns
    others = known.loc[known["role"] == "property", "column"]
    understood = known[known["role"] != "property"]
    first, last = log.span
    lines = [
        *_in_columns([tuple(map(str, row)) for row in understood.itertuples(index=False)]),
        f"also kept: {listing(others, most=12) or 'no other column'}",
        f"rows read: {log.quality.rows:,}; events: {log.n_events:,}; customers: {log.n_customers:,}",
        *map(str, log.filters),
        f"from {day(first)} to {day(last)}, {log.timezone}",
        *map(as_options, log.notes),
    ]
    return "\n  ".join([opened.title, *lines])


def as_options(text: str) -> str:
    """Write the arguments of `read_events` that a text names as options of the command.

    Examples
    --------
    >>> as_options('If the text is in another encoding, name it, such as encoding="cp1252".')
    'If the text is in another encoding, name it, such as --encoding "cp1252".'
    """
    return re.sub(
        rf"\b({'|'.join(ARGUMENTS)})=(?=[\"'])", lambda found: f"--{found[1].replace('_', '-')} ", text
    )


def _in_columns(rows: list[tuple[str, ...]]) -> list[str]:
    """Write rows under each other.

    Examples
    --------
    >>> _in_columns([("customer", "user_id", "guessed"), ("at", "ts", "ISO text")])
    ['customer  user_id  guessed', 'at        ts       ISO text']
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]


def say(text: str) -> None:
    """Write to the terminal at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _tell(url: str) -> None:
    say(f"The app is at {url}\nCtrl-C ends it.")


def _tell_and_show(url: str) -> None:
    _tell(url)
    threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()
