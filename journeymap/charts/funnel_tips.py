"""What a mark of a funnel stands for: the fields of a pick, its tip, and its description for those who hear it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from journeymap.analyses.funnel_words import gap_of
from journeymap.charts.funnel_series import before
from journeymap.charts.numbers import count, hours, interval, share
from journeymap.errors import listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journeymap.charts.funnel_series import Row, Series
    from journeymap.journeys import Stage

REACHED = "reached"
PARTS = {"moved_on": "moved on", "left": "left", "still_open": "still open"}


def part_about(series: Series, row: Row, outcome: str) -> dict[str, Any]:
    """Describe a part of a bar, or with the outcome "reached" all who entered the stage."""
    whole, unit, name = count(row["customers"]), series.words.unit, row["label"]
    if outcome == REACHED:
        said, tip = f"{name}: {whole} {unit} {_came(row)}", _reached_tip(series, row)
    else:
        said = f"{name}, {PARTS[outcome]}: {count(row[outcome])} of {whole} {unit}"
        tip = {"title": f"{name}, {PARTS[outcome]}", _heading(unit): count(row[outcome])}
        if outcome == "left" and row["excluded"]:
            tip |= {"Ended by an exclusion": count(row["excluded"])}
        tip |= {"Reached that many" if row["free"] else "Entered the stage": whole, "Segment": series.name}
    return _about(series, row, outcome, said, tip)


def stage_tip(stage: Stage, row: Row, names: Sequence[str]) -> dict[str, str]:
    """Describe a stage; where others may take its place, say which these are."""
    if row["free"]:
        return {"title": row["label"], "In any order": listing(names)}
    tip = {"title": stage.name, "Events": stage.caption}
    tip |= {"Optional": "may be passed over"} if stage.optional else {}
    return tip | ({"After the stage before": gap_of(stage)} if gap_of(stage) else {})


def settled_only(series: Series) -> str:
    """Say after a name whom a rate is made of; nothing where that is everybody who entered."""
    return f", {series.words.settled} only" if series.words.settled else ""


def _came(row: Row) -> str:
    return "reached" if row["free"] else "entered"


def _heading(unit: str) -> str:
    return unit[0].upper() + unit[1:]


def rate_about(series: Series, row: Row) -> dict[str, Any]:
    """Describe the dot of a rate; it stands for its numerator."""
    moved, settled = count(row["settled_moved_on"]), count(row["settled"])
    text = share(row["settled_share"], row["settled"])
    within = interval(row["low"], row["high"], row["settled"])
    name = f"{row['label']}{settled_only(series)}"
    said = f"{name}: {moved} of {settled} {series.words.unit} moved on, {text} {within}"
    tip = {"title": name, "Moved on": f"{moved} of {settled}", "Share": text}
    tip |= {"95 % interval (Wilson)": within, "Segment": series.name}
    return _about(series, row, "settled_moved_on", said, tip)


def conversion_tip(series: Series, text: str, within: str) -> dict[str, str]:
    """Describe the share that got from the first stage to the last."""
    first, *_, last = series.rows
    tip = {"title": f"{first['label']} to {last['label']}{settled_only(series)}"}
    tip |= {"Arrived": f"{count(last['settled'])} of {count(series.settled)}", "Share": text}
    return tip | {"95 % interval (Wilson)": within, "Segment": series.name}


def shares(rows: Sequence[Row], place: int) -> tuple[str, str]:
    """Write the share of the first stage and of the required stage before."""
    row, previous = rows[place], before(rows, place) or rows[0]
    of_first = share(row["share_of_first"], rows[0]["customers"])
    return of_first, share(row["share_of_previous"], previous["customers"])


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
    tip = {"title": f"{row['label']}, {_came(row)}", _heading(series.words.unit): count(row["customers"])}
    tip |= {"Segment": series.name}
    tip |= {word.capitalize(): count(row[part]) for part, word in PARTS.items() if row[part] is not None}
    if place and series.words.of_first:
        of_first, of_previous = shares(series.rows, place)
        kind = "number" if row["free"] else "stage"
        tip |= {f"Share of the first {kind}": of_first, f"Share of the {kind} before": of_previous}
    if place:
        tip |= {"Median time from there": hours(row["median_hours"])}
    return tip
