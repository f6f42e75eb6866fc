"""The command `journeymap`: the app on the sample or on a file, as a page or in JupyterLab."""

from __future__ import annotations

import argparse
import sys
import threading
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

from journeymap import __version__
from journeymap.errors import JourneymapError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journeymap.workbook.opened import Opened, Request

LAB_FOLDER = "journeymap-notebooks"
EXAMPLES = """\
examples:
  journeymap demo
  journeymap open shop.csv
  journeymap open "events/*.parquet" --journey checkout.yaml
  journeymap open log.csv --customer user_id --event action --at ts --timezone Europe/Berlin
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0, or 2 after an error that was said in one message."""
    asked = _parser().parse_args(arguments)
    try:
        asked.run(asked)
    except JourneymapError as error:
        sys.stderr.write(f"journeymap: {error}\n")
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


def _demo(asked: argparse.Namespace) -> None:
    from journeymap.workbook.opened import sample_request  # heavy: the command answers --help without it

    _say("Preparing the sample, a furniture shop that does not exist.")
    _start(sample_request(), asked, notebook="01_events.ipynb")


def _open(asked: argparse.Namespace) -> None:
    from journeymap.workbook.opened import Request  # heavy, as above

    columns = {role: getattr(asked, role) for role in ("customer", "event", "at") if getattr(asked, role)}
    request = Request(
        source=tuple(str(Path(file).absolute()) for file in asked.file),
        columns=columns,
        timezone=asked.timezone,
        customers=_absolute(asked.customers),
        customers_key=asked.customers_key,
        journey=_absolute(asked.journey),
    )
    _start(request, asked, notebook="app.ipynb")


def _start(request: Request, asked: argparse.Namespace, *, notebook: str) -> None:
    from journeymap.workbook.opened import read

    _say(_account(read(request)))
    request.hand_over()
    ready = _tell if asked.no_browser else _tell_and_show
    if asked.lab:
        from journeymap.workbook.lab import copy_notebooks, serve_lab

        copied = copy_notebooks(Path(LAB_FOLDER).absolute())
        _say(copied.account)
        serve_lab(copied.folder, opens=notebook, port=asked.port, ready=ready)
    else:
        from journeymap.workbook.places import notebooks_folder
        from journeymap.workbook.serving import serve

        serve(notebooks_folder() / "app.ipynb", port=asked.port, ready=ready)


def _account(opened: Opened) -> str:
    """Say how the columns were understood, what was read and what was set aside."""
    log, quality = opened.log, opened.log.quality
    columns = [(row.role, row.column, row.how) for row in quality.columns.itertuples()]
    widths = [max((len(str(row[place])) for row in columns), default=0) for place in (0, 1)]
    lines = [f"  {role:<{widths[0]}}  {column:<{widths[1]}}  {how}" for role, column, how in columns]
    first, last = (f"{moment:%d %b %Y}".lstrip("0") for moment in log.span)
    lines += [
        f"  {quality.rows:,} rows read, {len(quality.set_aside):,} set aside",
        *(f"    {count:,}: {reason}" for reason, count in quality.reasons.items()),
        f"  {log.n_customers:,} customers, {log.n_events:,} events, {first} to {last}, {log.timezone}",
        *(f"  Note: {note}" for note in log.notes),
    ]
    return "\n".join([opened.title, *(line.rstrip() for line in lines)])


def _tell(url: str) -> None:
    _say(f"The app is at {url}\nCtrl-C ends it.")


def _tell_and_show(url: str) -> None:
    _tell(url)
    threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _absolute(path: str | None) -> str | None:
    return str(Path(path).absolute()) if path else None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="journeymap",
        description="See how customers really move, and why: funnels and flows from any event log.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"journeymap {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    demo = commands.add_parser("demo", help="open the app on a generated sample", description=_DEMO)
    own = commands.add_parser("open", help="open the app on your own events", description=_OPEN)
    _add_open_arguments(own)
    for command, run in ((demo, _demo), (own, _open)):
        _add_serving_arguments(command)
        command.set_defaults(run=run)
    return parser


_DEMO = "Write a generated sample (a shop with 20,000 invented customers) to the cache folder and open the app on it."
_OPEN = "Say how the columns of your events are understood, then open the app on them. The files stay as they are."


def _add_open_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        metavar="FILE",
        nargs="+",
        help='events: CSV, TSV, Parquet or JSON Lines, also .gz and .zst; "events/*.parquet" reads them all',
    )
    parser.add_argument(
        "--journey", metavar="J.yaml", help="stages and segments; otherwise a journey is suggested"
    )
    columns = parser.add_argument_group("columns", "Needed only where they cannot be guessed.")
    columns.add_argument("--customer", metavar="COL", help="the column that says who")
    columns.add_argument("--event", metavar="COL", help="the column that says what")
    columns.add_argument("--at", metavar="COL", help="the column that says when")
    columns.add_argument(
        "--timezone", metavar="TZ", help="the zone of times without one and of the app, such as Europe/Berlin"
    )
    people = parser.add_argument_group("attributes of customers")
    people.add_argument("--customers", metavar="PROFILES", help="a file with one row for each customer")
    people.add_argument(
        "--customers-key", metavar="COL", help="its column of customers (default: named as in the events)"
    )


def _add_serving_arguments(parser: argparse.ArgumentParser) -> None:
    serving = parser.add_argument_group("where it opens")
    serving.add_argument(
        "--port", metavar="N", type=_port, default=0, help="a port of this machine (default: a free one)"
    )
    serving.add_argument("--no-browser", action="store_true", help="say the address, open nothing")
    serving.add_argument(
        "--lab", action="store_true", help=f"JupyterLab on a copy of the notebooks in ./{LAB_FOLDER}"
    )


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; a port is a number from 1024 to 65535")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
