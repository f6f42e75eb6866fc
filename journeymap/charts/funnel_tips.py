"""What a mark of a funnel stands for: the fields of a pick, its tip, and its description for those who hear it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from journeymap.charts.numbers import count, hours, interval, share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journeymap.charts.funnel_series import Row, Series

REACHED = "reached"
PARTS = {"moved_on": "moved on", "left": "left", "still_open": "still open"}


def part_about(series: Series, row: Row, outcome: str) -> dict[str, Any]:
    """Describe a part of a bar, or with the outcome "reached" all who entered the stage."""
    whole = count(row["customers"])
    if outcome == REACHED:
        said, tip = f"{row['stage']}: {whole} customers entered", _reached_tip(series, row)
    else:
        said = f"{row['stage']}, {PARTS[outcome]}: {count(row[outcome])} of {whole} customers"
        tip = {"title": f"{row['stage']}, {PARTS[outcome]}", "Customers": count(row[outcome])}
        tip |= {"Entered the stage": whole, "Segment": series.name}
    return _about(series, row, outcome, said, tip)


def rate_about(series: Series, row: Row) -> dict[str, Any]:
    """Describe the dot of a rate; it stands for its numerator."""
    moved, settled = count(row["settled_moved_on"]), count(row["settled"])
    text = share(row["settled_share"], row["settled"])
    within = interval(row["low"], row["high"], row["settled"])
    said = f"{row['stage']}, settled only: {moved} of {settled} customers moved on, {text} {within}"
    tip = {"title": f"{row['stage']}, settled only", "Moved on": f"{moved} of {settled}", "Share": text}
    tip |= {"95 % interval (Wilson)": within, "Segment": series.name}
    return _about(series, row, "settled_moved_on", said, tip)


def conversion_tip(series: Series, first: str, text: str, within: str) -> dict[str, str]:
    """Describe the share that got from the first stage to the last."""
    last = series.rows[-1]
    tip = {"title": f"{first} to {last['stage']}, settled only"}
    tip |= {"Arrived": f"{count(last['settled'])} of {count(series.settled)}", "Share": text}
    return tip | {"95 % interval (Wilson)": within, "Segment": series.name}


def shares(rows: Sequence[Row], place: int) -> tuple[str, str]:
    """Write the share of the first stage and of the stage before."""
    row = rows[place]
    of_first = share(row["share_of_first"], rows[0]["customers"])
    return of_first, share(row["share_of_previous"], rows[place - 1]["customers"])


def _about(series: Series, row: Row, outcome: str, said: str, tip: dict[str, str]) -> dict[str, Any]:
    return {
        "segment": series.segment,
        "group": series.group or "",
        "stage": row["stage"],
        "outcome": outcome,
        "description": f"{said}, {series.name}",
        "tip": tip,
    }


def _reached_tip(series: Series, row: Row) -> dict[str, str]:
    place = row["position"] - 1
    tip = {"title": f"{row['stage']}, entered", "Customers": count(row["customers"]), "Segment": series.name}
    tip |= {word.capitalize(): count(row[part]) for part, word in PARTS.items() if row[part] is not None}
    if place:
        of_first, of_previous = shares(series.rows, place)
        tip |= {"Share of the first stage": of_first, "Share of the stage before": of_previous}
        tip |= {"Median time from there": hours(row["median_hours"])}
    return tip
