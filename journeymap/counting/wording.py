"""The counting rules in plain words, as they stand under every picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeymap.counting.presets import PRESETS, UNDOCUMENTED
from journeymap.durations import in_words
from journeymap.errors import listing
from journeymap.wording import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from journeymap.counting.contract import Counting, Exclusion

ATTEMPTS = {
    "best": "Best attempt",
    "first": "First attempt only",
    "every": "Every attempt counts, one after another",
    "session": "Best attempt within one session",
}
ORDERS = {
    "sequential": "stages in order",
    "strict": "stages in order with no other event between",
    "any": "stages in any order",
}
TIES = {"apart": "equal times never chain", "either": "equal times chain in either direction"}
RULES = {
    "unit": "What is counted",
    "window": "Window from entry",
    "attempts": "Which attempts",
    "represent": "Of equally good attempts",
    "order": "Order of the stages",
    "anchored": "Stages that keep their place",
    "entry": "Where an attempt begins",
    "ties": "Events of one instant",
    "tolerance": "Out of order by",
    "reuse": "One event for several stages",
    "exclude": "Exclusions",
    "excluded": "Customers of such attempts",
    "same": "Held the same",
    "bounds": "The period bounds",
    "open": "Windows that are not over",
    "breakdown": "A breakdown is read",
}
"""What each rule is called where people choose it."""
PRODUCTS = {
    "posthog": "PostHog",
    "mixpanel": "Mixpanel",
    "mixpanel-optimized": "Mixpanel (optimized)",
    "amplitude": "Amplitude",
    "clickhouse": "ClickHouse",
}


def sentences_of(counting: Counting) -> list[str]:
    """Write the window, the attempts, then every rule that differs from the default."""
    ties = TIES[counting.ties]
    if counting.tolerance != "0s":
        ties = f"events up to {in_words(counting.tolerance)} out of order chain too"
    said = [_window(counting), f"{ATTEMPTS[counting.attempts]}, {ORDERS[counting.order]}, {ties}."]
    said += [sentence for sentence in _deviations(counting) if sentence]
    return said + _preset(counting)


def _window(counting: Counting) -> str:
    if counting.window is None:
        return "No limit on the time from entry."
    if counting.window == "session":
        return "Window: the session of the entry."
    return f"Window {in_words(counting.window)} from entry."


def _deviations(counting: Counting) -> list[str]:
    """Write a sentence for each rule beside window, attempts, order and ties that is not the default."""
    changed = counting.changed
    return [
        _anchored(counting.anchored),
        "Of attempts that get equally far, the latest entry of those that got there first counts."
        if "represent" in changed
        else "",
        "An attempt may begin at any stage." if "entry" in changed else "",
        "One event may serve several stages." if counting.reuse else "",
        *(_exclusion(one, counting) for one in counting.exclude),
        f"All events of an attempt share {listing(counting.same)}." if counting.same else "",
        ""
        if counting.unit == "customer"
        else f"What is counted: {'sessions' if counting.unit == 'session' else f'values of {counting.unit}'}.",
        "The period bounds every event." if "bounds" in changed else "",
        "Entries whose window is not over count as left." if "open" in changed else "",
        _breakdown(counting.breakdown),
    ]


def _exclusion(exclusion: Exclusion, counting: Counting) -> str:
    after, before = exclusion.after or "the first stage", exclusion.before or "the last stage"
    what = words_of(exclusion.rule)
    then = f"removes the {counting.unit}" if counting.excluded == "removed" else "ends the attempt"
    return f"An event {what} between {after} and {before} {then}."


def _anchored(names: tuple[str, ...]) -> str:
    if not names:
        return ""
    return f"{listing(names)} {'keeps its place' if len(names) == 1 else 'keep their places'}."


def rule_names(names: Iterable[str]) -> str:
    """Write the names of rules as they stand in a sentence.

    Examples
    --------
    >>> rule_names(["order", "exclude"])
    '“order of the stages” and “exclusions”'
    """
    return listing((f"“{rule_name(name)}”" for name in names), most=len(RULES))


def rule_name(name: str) -> str:
    """Write the name of a rule as it stands within a sentence.

    Examples
    --------
    >>> rule_name("entry")
    'where an attempt begins'
    """
    return RULES[name][:1].lower() + RULES[name][1:]


def _preset(counting: Counting) -> list[str]:
    """Name the product whose rules these are, what differs from them, and where the default stands for want of a rule."""
    if counting.preset not in PRODUCTS:
        return []
    name = PRODUCTS[counting.preset]
    window = "" if "window" in PRESETS[counting.preset] else ", which leaves the window to be chosen"
    other = changed_from_preset(counting)
    but = f", but for {rule_names(other)}" if other else ""
    default = [rule for rule in UNDOCUMENTED[counting.preset] if rule not in other]
    then = f" It documents no rule for {rule_names(default)}: there the default." if default else ""
    return [f"Rules like {name}{window}{but}.{then}"]


def changed_from_preset(counting: Counting) -> list[str]:
    """Return the rules that are not those of the product; a window that differs from its own is none of them."""
    assert counting.preset is not None  # noqa: S101 - only the rules of a product are asked for
    theirs = {"window": counting.window} | {
        name: value for name, value in PRESETS[counting.preset].items() if name != "window"
    }
    ours = {name: value for name, value in counting.changed.items() if name != "preset"}
    return [name for name in {**theirs, **ours} if name != "window" and theirs.get(name) != ours.get(name)]


def _breakdown(breakdown: str) -> str:
    if breakdown == "entry":
        return ""
    if breakdown in ("first", "last"):
        return f"Broken down by the {breakdown} value of the attempt."
    return f"Broken down by the value at {breakdown}."
