"""The command `journeymap check`: its options, what it reads, what it prints, and how it ends."""

from __future__ import annotations

import argparse
import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from journeymap.errors import JourneymapError

if TYPE_CHECKING:
    from journeymap.events.log import EventLog
    from journeymap.maps.checks.findings import Findings
    from journeymap.maps.document import JourneyMap
    from journeymap.maps.feedback.reading import Feedback

DESCRIPTION = """\
Check a journey map for the common mistakes, and, with events, hold what it claims against what
customers did.
"""
ENDS = """\
exit code: 0 if nothing of the level or worse was found, 1 if something was,
           2 if a file cannot be read

examples:
  journeymap check map.yaml
  journeymap check map.yaml --events shop.parquet --level error
  journeymap check map.yaml --events log.csv --customer user_id --event action --at ts \\
      --feedback survey.csv --score score --scale nps --comment comment
"""
SCALES = ("nps", "csat", "ces")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    parser.add_argument("map", metavar="MAP.yaml", help="a journey map, YAML or JSON")
    parser.add_argument(
        "--level",
        choices=("error", "warn", "info"),
        default="warn",
        help="from which level on findings count; default warn",
    )
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="how findings are written; default text"
    )
    parser.add_argument(
        "--today", metavar="DATE", type=_day, help="the day to judge by: 2026-03-31; default today"
    )
    parser.add_argument(
        "--baseline",
        metavar="MAP.yaml",
        help="an earlier map with its measurements; default what was measured in the map itself",
    )
    events = parser.add_argument_group("events", "Columns are needed only where they cannot be guessed.")
    events.add_argument("--events", metavar="FILE", nargs="+", help="CSV, TSV, Parquet or JSON Lines")
    events.add_argument("--customer", metavar="COL", help="who, also in the feedback")
    events.add_argument("--event", metavar="COL", help="what they did")
    events.add_argument("--at", metavar="COL", help="when, also in the feedback")
    events.add_argument(
        "--timezone", metavar="TZ", default="UTC", help="of times that name none: Europe/Berlin"
    )
    events.add_argument("--complete-to", metavar="DATE", help="the day up to which the data is complete")
    events.add_argument("--customers", metavar="PROFILES", help="a file with one row for each customer")
    events.add_argument(
        "--customers-key", metavar="COL", default="customer", help="who, in that file; default customer"
    )
    feedback = parser.add_argument_group("feedback")
    feedback.add_argument("--feedback", metavar="FILE", nargs="+", help="answers, one row each")
    feedback.add_argument(
        "--feedback-customer", metavar="COL", help="who, if it is not called as in the events"
    )
    feedback.add_argument("--feedback-at", metavar="COL", help="when, if it is not called as in the events")
    feedback.add_argument("--score", metavar="COL", help="the score")
    feedback.add_argument(
        "--scale", metavar="SCALE", type=_scale, help="of the score: nps, csat, ces, or its ends such as 1-10"
    )
    feedback.add_argument("--comment", metavar="COL", help="the words")


def run(asked: argparse.Namespace) -> tuple[str, int]:
    """Check a map as it was asked.

    Returns
    -------
    tuple
        What to print, and the exit code: 0 or 1.

    Raises
    ------
    JourneymapError
        If a file cannot be read.
    """
    from journeymap.maps.checks import findings_text  # heavy: --help answers without it

    found = _found(asked)
    write = findings_text.as_json if asked.format == "json" else findings_text.as_text
    return write(found, level=asked.level), int(bool(found.at_least(asked.level)))


def _found(asked: argparse.Namespace) -> Findings:
    from journeymap.maps import notation
    from journeymap.maps.checks.checking import check, measured_now
    from journeymap.maps.checks.stored import from_answers, note_on, with_answers

    told = notation.load(asked.map)
    log, feedback = _log(asked), _feedback(asked)
    baseline = notation.load(asked.baseline) if asked.baseline else _snapshot(told, log)
    if log is None:
        return check(told, feedback=feedback, today=asked.today, baseline=baseline)
    stored = told if feedback is None and from_answers(told) else None
    now = told.change(measurements=None)
    if stored is None:
        return check(now, log=log, feedback=feedback, today=asked.today, baseline=baseline)
    today = asked.today or dt.datetime.now(tz=dt.UTC).date()
    measured, _ = measured_now(now, log, None, today=today)
    found = check(with_answers(measured, stored), log=log, today=today, baseline=baseline)
    return replace(found, notes=(*found.notes, note_on(stored)))


def _snapshot(told: JourneyMap, log: EventLog | None) -> JourneyMap | None:
    """Return the map as the state of last time, if it holds numbers and there are events to measure it anew."""
    return told if log is not None and told.measurements is not None else None


def _log(asked: argparse.Namespace) -> EventLog | None:
    if not asked.events:
        return None
    from journeymap.events.reading.read import read_events

    columns = {role: column for role in ("customer", "event", "at") if (column := getattr(asked, role))}
    columns |= {"complete_to": asked.complete_to} if asked.complete_to else {}
    log = read_events(asked.events, timezone=asked.timezone, **columns)
    return log.with_customers(asked.customers, customer=asked.customers_key) if asked.customers else log


def _feedback(asked: argparse.Namespace) -> Feedback | None:
    if not asked.feedback:
        return None
    from journeymap.maps.feedback.reading import read_feedback

    customer, at = asked.feedback_customer or asked.customer, asked.feedback_at or asked.at
    missing = [name for name, said in (("--feedback-customer", customer), ("--feedback-at", at)) if not said]
    if missing:
        raise JourneymapError(
            f"The columns of the feedback are not known: {' and '.join(missing)}.",
            right="Say who answered, and when.",
            fix=" ".join(f"{name} COLUMN" for name in missing),
        )
    options: dict[str, Any] = {"customer": customer, "at": at, "timezone": asked.timezone}
    options |= {name: said for name in ("score", "scale", "comment") if (said := getattr(asked, name))}
    first, *others = (read_feedback(file, **options) for file in asked.feedback)
    return sum(others, start=first)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; a date is such as 2026-03-31") from None


def _scale(text: str) -> str | tuple[float, float]:
    """Read a scale: a name, or its two ends.

    Examples
    --------
    >>> _scale("nps"), _scale("1-10")
    ('nps', (1.0, 10.0))
    """
    ends = re.fullmatch(r"(-?\d+(?:\.\d+)?)(?:-|\.\.)(-?\d+(?:\.\d+)?)", text)
    if text in SCALES:
        return text
    if ends is None:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no scale; a scale is nps, csat, ces or its ends such as 1-10"
        )
    return float(ends[1]), float(ends[2])
