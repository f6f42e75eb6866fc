"""What changed between two versions of a map, or between two runs of measuring it, and which cells to look at again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from journeymap.errors import counted, listing
from journeymap.maps.comparing.cells import cells_of
from journeymap.maps.comparing.measured import SHARES, Floors, measured_changes
from journeymap.maps.comparing.told import told_changes

if TYPE_CHECKING:
    from journeymap.maps.document import JourneyMap

COLUMNS = [
    "kind",
    "part",
    "field",
    "persona",
    "before",
    "after",
    "difference",
    "low",
    "high",
    "p",
    "q",
    "significant",
    "why",
]
METRIC_WORDS = {
    "moved_on_share": "the share who move on",
    "median_hours": "the median time",
    "emotion": "the emotion",
    "negative_share": "the share of negative answers",
    "nps": "the NPS",
}
REACHED = {
    "steps": "the share who take the step",
    "touchpoints": "the share who meet the touchpoint",
    "channels": "the share who use the channel",
    "pains": "the share of comments that mention the pain",
}
"""What is measured of parts that are no stage."""
MOST_REASONS = 3


@dataclass(frozen=True, eq=False, repr=False)
class Difference:
    """The answer of :func:`diff`.

    Attributes
    ----------
    table
        One row per change, what needs a look first: `kind` (``"measured"``, ``"added"``, ``"removed"``, ``"moved"``,
        ``"changed"``), `part` (id, empty for the map itself), `field` (of what is measured: the metric), `persona`,
        `before`, `after`; of what is measured also `difference` (after less before, shares from 0 to 1) with its 95 %
        interval `low` to `high`, `p`, `q` (adjusted for all tests), `significant`, and `why`.
    sentence
        What to do about it, in a sentence or two.
    cells
        The cells of the canvas to look at again, such as ``"emotion:confirm"``: the lane, and the id of the stage or step.
        A touchpoint or channel is in ``touchpoints:`` of the stages whose steps use it, a pain in ``pains:`` of the stages of
        its steps; what is measured of the whole map is in no cell.
    notes
        How differences were tested.
    """

    table: pd.DataFrame
    sentence: str
    cells: tuple[str, ...]
    notes: tuple[str, ...]
    before: JourneyMap = field(repr=False)
    after: JourneyMap = field(repr=False)

    def __repr__(self) -> str:
        rows = counted(len(self.table), "row is", "rows are")
        return f"{self.sentence}\n{rows} in .table; .cells and .notes say the rest."


def diff(before: JourneyMap, after: JourneyMap, /, *, floors: Floors | None = None) -> Difference:
    """Say what changed from one map to another: what is told, and what was measured.

    Shares are compared by Newcombe's interval and the pooled z test, emotion, NPS and hours by their intervals (normal
    approximation, both runs taken as independent). A difference counts if it is beyond chance after correction for all
    tests (Benjamini and Hochberg, 5 % false discoveries) and as large as its floor.

    Parameters
    ----------
    floors
        How large a difference must be to count; by default 5 points of a share, 0.5 of emotion, 10 of NPS, a fifth of a time.

    Returns
    -------
    Difference

    Examples
    --------
    >>> import journeymap as jm
    >>> one = jm.JourneyMap("Shop", stages=["See", "Buy"])
    >>> diff(one, one.change("buy", name="Pay")).table[["kind", "part", "field", "before", "after"]].values.tolist()
    [['changed', 'buy', 'name', 'Buy', 'Pay']]
    """
    floors = floors or Floors()
    told, measured = told_changes(before, after), measured_changes(before, after, floors=floors)
    measured.sort(key=lambda row: _urgency(row, floors))
    found = [row for row in measured if row["significant"]]
    cells = dict.fromkeys(cell for row in found for cell in cells_of(row, after))
    table = pd.DataFrame(
        [*found, *told, *(row for row in measured if not row["significant"])], columns=COLUMNS
    )
    for name in ("difference", "low", "high", "p", "q"):
        table[name] = table[name].astype(float)
    return Difference(
        table, _sentence(found, told, measured, after), tuple(cells), _notes(measured, floors), before, after
    )


def _urgency(row: dict[str, Any], floors: Floors) -> tuple[float, ...]:
    """Order rows: what is significant, by how many floors it is large; then what was tested, by its p value."""
    if row["significant"]:
        return 0, -abs(row["difference"]) / max(floors.of(row["field"], row["before"]), 1e-9)
    return 1, 1.0 if row["p"] is None else row["p"]


def _sentence(
    found: list[dict[str, Any]], told: list[dict[str, Any]], measured: list[dict[str, Any]], after: JourneyMap
) -> str:
    otherwise = f" {counted(len(told), 'thing is', 'things are')} told otherwise." if told else ""
    if found:
        reasons = [_reason(row, after) for row in found[:MOST_REASONS]]
        if len(found) > MOST_REASONS:
            reasons.append(counted(len(found) - MOST_REASONS, "more number changed", "more numbers changed"))
        return f"This map needs updating because {listing(reasons)}.{otherwise}"
    if not any(row["p"] is not None for row in measured):
        return f"Nothing was measured in both maps.{otherwise}"
    return f"Nothing that was measured has changed beyond chance and by enough to matter.{otherwise}"


def _reason(row: dict[str, Any], after: JourneyMap) -> str:
    """Say one change, with its numbers."""
    parts = after.parts
    whose = f" of {_name(parts[row['persona']])}" if row["persona"] in parts else ""
    verb = "rose" if row["difference"] > 0 else "fell"
    before, now, low, high = (_number(row[name], row["field"]) for name in ("before", "after", "low", "high"))
    unit = "points" if row["field"] in SHARES else ""
    within = f"{low} to {high} {unit}".replace("\N{NARROW NO-BREAK SPACE}%", "").strip()
    return f"{_what(row, after)}{whose} {verb} from {before} to {now} (95 %: {within})"


def _what(row: dict[str, Any], after: JourneyMap) -> str:
    """Say what was measured, and of what: a step, a touchpoint, a channel, a pain, else a stage or the whole map."""
    part, parts = row["part"], after.parts
    name = _name(parts[part]) if part in parts else part
    if row["field"] in METRIC_WORDS:
        return f"{METRIC_WORDS[row['field']]}{f' at {name}' if name else ''}"
    kind = next((one for one in REACHED if any(own.id == part for own in getattr(after, one))), "")
    return f"{REACHED.get(kind, 'the share')} {name}" if kind else f"the share at {name}"


def _name(part: Any) -> str:
    return str(getattr(part, "name", None) or getattr(part, "title", None) or getattr(part, "text", part.id))


def _number(value: float, metric: str) -> str:
    text = {
        "emotion": f"{value:+.1f}",
        "nps": f"{value:+.0f}",
        "median_hours": f"{value:.1f}\N{NO-BREAK SPACE}h",
    }.get(metric, f"{100 * value:.1f}\N{NARROW NO-BREAK SPACE}%")
    return text.replace("-", "\N{MINUS SIGN}")


def _notes(measured: list[dict[str, Any]], floors: Floors) -> tuple[str, ...]:
    n = sum(row["p"] is not None for row in measured)
    if not n:
        return ()
    notes = [
        f"{counted(n, 'difference was', 'differences were')} tested; q is corrected for all of them (Benjamini and Hochberg).",
        f"To count, a difference is at least {100 * floors.share:g} points of a share, {floors.emotion:g} of emotion, {floors.nps:g} of NPS or {100 * floors.hours:g} % of a time.",
        "The tests take the two runs for different customers; where their periods overlap, q is too large.",
    ]
    return tuple(notes)
