"""The command `journeymap`: the app on the sample or on a file, as a page or in JupyterLab; and the checks of a map."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from journeymap import __version__
from journeymap.errors import JourneymapError, counted, listing, nearest
from journeymap.maps.checks import command as check_command

if TYPE_CHECKING:
    from collections.abc import Sequence

EXAMPLES = """\
examples:
  journeymap demo
  journeymap open shop.csv
  journeymap open "events/*.parquet" --journey checkout.yaml
  journeymap open log.csv --customer user_id --event action --at ts --timezone Europe/Berlin
  journeymap check map.yaml --events shop.csv
  journeymap cache --clear
"""
DEMO = "Generate a sample, a shop with 20,000 invented customers, and open the app on it."
CACHE = "List what was prepared and is kept, so that it opens at once the next time; or remove it."
OPEN = "Say how the columns of your events are understood, then open the app on them."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Returns
    -------
    int
        The exit code: 0, 1 if a check found something, 2 after an error that was said in one message, 130 if stopped
        before it served.

    Examples
    --------
    >>> main(["open", "no such file.csv"])
    2
    """
    asked = _parser().parse_args(arguments)
    try:
        return _run(asked)
    except JourneymapError as error:
        sys.stderr.write(f"journeymap: {_as_options(error)}\n")
        return 2
    except KeyboardInterrupt:
        return 130


def _run(asked: argparse.Namespace) -> int:
    if asked.command == "cache":
        sys.stdout.write(_cleared(asked.clear) if asked.clear is not None else _listed())
        return 0
    if asked.command == "check":
        printed, code = check_command.run(asked)
        sys.stdout.write(printed)
        return code
    from journeymap.workbook import opened, starting  # heavy: --help answers without them

    if asked.command == "demo":
        starting.say("Preparing the sample, a shop that does not exist.")
        request = opened.sample_request()
    else:
        request = opened.Request(
            source=tuple(_absolute(file) for file in asked.file),
            columns={
                role: column
                for role in ("customer", "event", "at", "sequence")
                if (column := getattr(asked, role))
            },
            at_format=asked.at_format,
            timezone=asked.timezone,
            complete_to=asked.complete_to,
            duplicates=asked.duplicates,
            encoding=asked.encoding,
            customers=asked.customers and _absolute(asked.customers),
            customers_key=asked.customers_key,
            journey=asked.journey and _absolute(asked.journey),
            journey_map=asked.map and _absolute(asked.map),
            allow_saving=asked.allow_saving,
        )
    starting.start(
        request,
        place="lab" if asked.lab else "page",
        notebook="01_events.ipynb" if asked.command == "demo" else "app.ipynb",
        port=asked.port,
        browser="none" if asked.no_browser else "open",
    )
    return 0


def _listed() -> str:
    """List what is in the cache: the source, its events, what it takes on the disk and when it was last opened."""
    from journeymap.events.reading import cache

    kept = [
        (one.source, f"{one.events:,}", _size(one.size), f"{one.opened.astimezone():%d %b %Y %H:%M}")
        for one in cache.entries()
    ]
    if not kept:
        return f"Nothing is kept in {cache.cache_folder()}.\n"
    rows = [("source", "events", "size", "last opened"), *kept]
    widths = [max(len(row[place]) for row in rows) for place in range(3)]
    lines = [
        f"{source:<{widths[0]}}  {events:>{widths[1]}}  {size:>{widths[2]}}  {opened}"
        for source, events, size, opened in rows
    ]
    return "\n".join([*lines, f"in {cache.cache_folder()}", ""])


def _cleared(name: str) -> str:
    """Remove what is kept of a source, or everything if its name is empty; say what is gone."""
    from journeymap.events.reading import cache

    known = sorted({one.source for one in cache.entries()})
    if name and name not in known:
        raise JourneymapError(
            f"Nothing is kept of {name!r}.",
            right=f"There is {listing(known)}." if known else "The cache is empty.",
            fix=f'journeymap cache --clear "{nearest(name, known) or known[0]}"' if known else "",
        )
    gone = cache.clear(name or None)
    return f"Removed {counted(len(gone), 'prepared log')}, {_size(sum(one.size for one in gone))}.\n"


def _size(size: int) -> str:
    """Write a number of bytes.

    Examples
    --------
    >>> _size(90), _size(1_250_000), _size(3_000_000_000)
    ('1 kB', '1.2 MB', '3.0 GB')
    """
    if size < 1e6:
        return f"{-(-size // 1000)} kB"
    return f"{size / 1e6:.1f} MB" if size < 1e9 else f"{size / 1e9:.1f} GB"


def _as_options(error: JourneymapError) -> JourneymapError:
    """Speak of options of the command where the error names arguments of `read_events`.

    Examples
    --------
    >>> print(_as_options(JourneymapError("There is no time zone 'Berlin'.", fix='timezone="Europe/Berlin"')))
    There is no time zone 'Berlin'. Type: --timezone "Europe/Berlin"
    """
    from journeymap.workbook.starting import as_options

    fix = as_options(error.fix).replace('"…"', "COLUMN").replace(", --", " --")
    return JourneymapError(as_options(error.wrong), right=as_options(error.right), fix=fix)


def _absolute(path: str) -> str:
    return str(Path(path).absolute()) if path else path


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="journeymap",
        description="See how customers really move, and why: funnels and flows from any event log.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"journeymap {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command", required=True)
    demo = commands.add_parser("demo", help="open the app on a generated sample", description=DEMO)
    own = commands.add_parser("open", help="open the app on your own events", description=OPEN)
    _add_events(own)
    kept = commands.add_parser(
        "cache", help="list what is kept of prepared events, or remove it", description=CACHE
    )
    kept.add_argument(
        "--clear",
        metavar="NAME",
        nargs="?",
        const="",
        help="remove what is kept of a source; all of it without a name",
    )
    for command in (demo, own):
        _add_place(command)
    check_command.add_options(
        commands.add_parser(
            "check",
            help="find the mistakes of a journey map",
            description=check_command.DESCRIPTION,
            epilog=check_command.ENDS,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
    )
    return parser


def _add_events(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        metavar="FILE",
        nargs="+",
        help='events: CSV, TSV, Parquet or JSON Lines, also .gz and .zst; "events/*.parquet" reads them all',
    )
    parser.add_argument(
        "--journey", metavar="J.yaml", help="stages and segments; without it, stages are suggested"
    )
    parser.add_argument("--map", metavar="MAP.yaml", help="a journey map, which gets a tab of its own")
    parser.add_argument(
        "--allow-saving", action="store_true", help="let the page write the map's file; JupyterLab always may"
    )
    columns = parser.add_argument_group("columns", "Needed only where they cannot be guessed.")
    columns.add_argument("--customer", metavar="COL", help="who")
    columns.add_argument("--event", metavar="COL", help="what they did")
    columns.add_argument("--at", metavar="COL", help="when")
    columns.add_argument(
        "--at-format",
        metavar="FORMAT",
        help='how times are written, where it is not plain: "%%d/%%m/%%Y %%H:%%M"',
    )
    columns.add_argument(
        "--timezone", metavar="TZ", help="of times that name none, and of the app: Europe/Berlin"
    )
    columns.add_argument("--sequence", metavar="COL", help="orders events of one instant")
    reading = parser.add_argument_group("reading")
    reading.add_argument("--encoding", metavar="ENC", default="utf-8", help="of texts: cp1252; default utf-8")
    reading.add_argument(
        "--complete-to", metavar="DATE", help="the day or moment up to which the data is complete: 2026-03-31"
    )
    reading.add_argument(
        "--duplicates",
        choices=("keep", "drop"),
        default="keep",
        help="rows that repeat another in every column; default keep",
    )
    people = parser.add_argument_group("attributes of customers")
    people.add_argument("--customers", metavar="PROFILES", help="a file with one row for each customer")
    people.add_argument("--customers-key", metavar="COL", help="who, if it is not called as in the events")


def _add_place(parser: argparse.ArgumentParser) -> None:
    place = parser.add_argument_group("where it opens")
    place.add_argument(
        "--port", metavar="N", type=_port, default=0, help="a port of this machine instead of a free one"
    )
    place.add_argument("--no-browser", action="store_true", help="say the address and open nothing")
    place.add_argument(
        "--lab", action="store_true", help="JupyterLab on a copy of the notebooks in this folder"
    )


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; a port is a number up to 65535")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
