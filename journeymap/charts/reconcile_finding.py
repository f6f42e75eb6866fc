"""The finding of a reconciliation: how many more or fewer are counted, and by which rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeymap.analyses.funnel_words import labels, one_of
from journeymap.analyses.reconcile import SAME
from journeymap.charts.drawing import one_line
from journeymap.charts.findings import MOST_CHARACTERS, Finding
from journeymap.charts.numbers import MINUS, count
from journeymap.counting.wording import PRODUCTS
from journeymap.errors import counted, listing

if TYPE_CHECKING:
    import pandas as pd

    from journeymap.analyses.reconcile import Reconciliation

BY = {
    "date range": "the date range",
    "unsettled": "the rule for open entries",
    "tie": "the rule for ties",
    "window": "the window",
    "attempt": "the attempt rule",
    "exclusion": "exclusions",
    "event reuse": "event reuse",
    "order": "the order rule",
    "held the same": "what is held the same",
}


def reconcile_finding(result: Reconciliation, /) -> Finding:
    """Return how far the counts are apart at the stage of the picture, and how that splits by reason."""
    rows, row = at_stage(result), one_line(row_name(result))
    place = f"at {row}" if row == one_line(result.stage) else f"after {row}"
    a, b = names(result)
    total = {side: int(rows[side].sum()) for side in "ab"}
    gap, differ = total["b"] - total["a"], int(rows["customers"].sum())
    settled = "settled " if result.count == "settled" else ""
    person, people = f"{settled}{one_of(result.scope.unit)}", f"{settled}{result.scope.unit}"
    beside = f"{count(total['a'])} by {a}, {count(total['b'])} by {b}."
    if not differ:
        elsewhere = len(result.customers())
        said = (
            f"They differ at another stage on {counted(elsewhere, one_of(result.scope.unit), result.scope.unit)}."
            if elsewhere
            else "They agree at every stage."
        )
        return Finding(f"Both rules count the same {counted(total['a'], person, people)} {place}.", said)
    if not gap:
        return Finding(
            f"Both rules count {counted(total['a'], person, people)} {place}, but not the same: they differ on {count(differ)}.",
            _parts(rows),
        )
    start = f"{b[0].upper()}{b[1:]} count {_more(gap)} {people if abs(gap) > 1 else person} {place} than {a}"
    for parts in (_parts(rows), _short_parts(rows)):
        if len(f"{start}: {parts}") <= MOST_CHARACTERS:
            return Finding(f"{start}: {parts}", beside)
    return Finding(f"{start}.", f"{_parts(rows)} {beside}")


def names(result: Reconciliation, /) -> tuple[str, str]:
    """Return what the two sets of rules are called."""
    named = [
        _name(counting.preset, len(counting.changed)) or f"rules {side}"
        for side, counting in (("a", result.a), ("b", result.b))
    ]
    if named[0] == named[1]:
        named = [f"{name} ({side})" for side, name in zip("ab", named, strict=True)]
    return named[0], named[1]


def row_name(result: Reconciliation, /) -> str:
    """Name the row that the picture is about: its stage or, where stages may change places under both rules, how many."""
    place = result.journey.stage_names.index(result.stage)
    named = {labels(result.journey, counting)[place] for counting in (result.a, result.b)}
    return named.pop() if len(named) == 1 else result.stage


def at_stage(result: Reconciliation, /) -> pd.DataFrame:
    """Return the rows of the table for the stage that the picture is about."""
    return result.table[result.table["stage"] == result.stage].reset_index(drop=True)


def signed(difference: int) -> str:
    """Write a difference of counts with its sign.

    Examples
    --------
    >>> signed(98), signed(0), signed(-1200).replace(MINUS, "minus ")
    ('+98', '0', 'minus 1,200')
    """
    text = count(abs(difference))
    return f"+{text}" if difference > 0 else f"{MINUS}{text}" if difference < 0 else text


def _name(preset: str | None, changed: int) -> str:
    if preset is not None:
        return f"{PRODUCTS.get(preset, preset)}'s rules"
    return "" if changed else "the default rules"


def _parts(rows: pd.DataFrame) -> str:
    """Write the difference of each reason, the largest first."""
    return f"{listing(f'{_more(difference)} by {BY[reason]}' for reason, difference in _by_size(rows))}."


def _short_parts(rows: pd.DataFrame) -> str:
    return f"{listing(f'{reason} {signed(difference)}' for reason, difference in _by_size(rows))}."


def _by_size(rows: pd.DataFrame) -> list[tuple[str, int]]:
    found = rows[(rows["reason"] != SAME) & (rows["customers"] > 0)]
    pairs = list(zip(found["reason"].tolist(), found["difference"].tolist(), strict=True))
    return sorted(pairs, key=lambda pair: -abs(pair[1]))


def _more(difference: int) -> str:
    if not difference:
        return "as many"
    return f"{count(abs(difference))} {'more' if difference > 0 else 'fewer'}"
