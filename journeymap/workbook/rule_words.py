"""The counting rules as choices: what each is called, and what each of its values does to the count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from journeymap.counting.presets import DOCUMENTED, PRESETS, UNDOCUMENTED
from journeymap.counting.wording import PRODUCTS, rule_name
from journeymap.counting.wording import RULES as ALL_RULES
from journeymap.durations import in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

Choice = tuple[Any, str, str]
"""A value, its name, and its consequence."""

TITLES = {name: title for name, title in ALL_RULES.items() if name not in ("anchored", "exclude", "same")}
"""The rules that are one choice each."""
RULES: dict[str, list[Choice]] = {
    "attempts": [
        ("best", "The best", "Any entry may be the one that succeeds; the attempt that gets furthest counts."),
        ("first", "The first only", "Only the first entry of the period counts, also where a later one gets further."),
        ("every", "Every one", "Attempts are counted, not customers. A new one starts when the one before is over."),
        ("session", "The best within a session", "No attempt goes on in another session. The best one counts."),
    ],
    "represent": [
        ("earliest", "The earliest", "Entry date, times and breakdown come from the earliest entry."),
        ("latest", "The latest", "They come from the latest entry of those that got furthest first. Times get shorter."),
    ],
    "order": [
        ("sequential", "One after another", "Other events may come between two stages."),
        ("strict", "With nothing between", "Any other event between two stages ends the attempt there."),
        ("any", "In any order", "The stage reached is how many different stages one window holds."),
    ],
    "entry": [
        ("first stage", "At the first stage", "Who never was at the first stage is not counted."),
        ("any stage", "At any stage", "Stages before the one where it begins count as not entered."),
    ],
    "ties": [
        ("apart", "Do not follow each other", "Unless the log says which came first. Right where times are exact."),
        ("either", "Follow in either order", "Both orders count. Right where times are only dates."),
    ],
    "tolerance": [
        ("0s", "Nothing", "An event before the stage it should follow does not count."),
        ("1s", "1 second", ""),
        ("2s", "2 seconds", ""),
        ("1min", "1 minute", ""),
    ],
    "reuse": [
        (False, "No", "Each event serves one stage; a stage that is named twice needs two events."),
        (True, "Yes", "One event can take an attempt through several stages at once. Counts get larger."),
    ],
    "excluded": [
        ("stays", "Stay in the count", "The attempt ends where it stands; a later clean one may still succeed."),
        ("removed", "Are taken out", "A customer whose furthest attempt is excluded is not counted at all."),
    ],
    "bounds": [
        ("entry", "The entry", "Later stages are read to the end of the window, also after the period."),
        ("all", "Every event", "What happens after the period does not count. Late entries look worse."),
    ],
    "open": [
        ("apart", "Stand apart", "They are shown as still open and never enter a rate."),
        ("left", "Count as left", "Rates use every entry. The newest look worse than they will be."),
    ],
}  # fmt: skip
WINDOWS: list[str | None] = ["1d", "7d", "14d", "30d", "60d", "90d", "session", None]
OWN = ""  # the preset that is none
KEPT = ("exclude", "same", "unit")
"""What is asked of the data rather than how a product counts; a preset leaves it alone."""

_PLAIN = {
    "anchored=": "stages that keep their place",
    "exclude=": "an exclusion",
    "entry=": "a beginning at any stage",
    "order='any'": "any order",
    "order='strict'": "an order with nothing between",
}


def units(columns: Sequence[str]) -> list[Choice]:
    """Return what can be counted, the columns of the log among it."""
    own = [
        ("customer", "Customers", "Each customer counts once."),
        ("session", "Sessions", "Each session counts once; an attempt does not outlast it."),
    ]
    says = "Each of its values counts once, with the events of all its customers."
    return [*own, *((name, name, says) for name in columns if name not in ("customer", "session"))]


def windows(chosen: str | None) -> list[Choice]:
    """Return the windows to choose from; one that is not usual joins them."""
    known = WINDOWS if chosen in WINDOWS else [chosen, *WINDOWS]
    return [(one, window_name(one), _window_says(one)) for one in known]


def window_name(window: str | None) -> str:
    """Name a window.

    Examples
    --------
    >>> window_name("14d"), window_name("session"), window_name(None)
    ('14 days', 'The session', 'No limit')
    """
    return {None: "No limit", "session": "The session"}.get(window) or in_words(str(window))


def _window_says(window: str | None) -> str:
    if window is None:
        return "Nothing ever settles: counts so far, no rate."
    if window == "session":
        return "An attempt ends with the session of its entry."
    return f"The last stage counts up to {in_words(window)} after the entry."


def tolerances(chosen: str) -> list[Choice]:
    """Return the tolerances to choose from; one that is not usual joins them."""
    known = RULES["tolerance"]
    found = known if chosen in [value for value, _, _ in known] else [*known, (chosen, in_words(chosen), "")]
    says = "An event may come before the stage it follows by up to this long."
    return [(value, name, said or says) for value, name, said in found]


def breakdowns(stages: Sequence[str]) -> list[Choice]:
    """Return where a breakdown may be read."""
    own = [
        ("entry", "At the entry", "Each attempt is in the group of the event that begins it."),
        ("first", "First value", "The first event of the attempt that has a value decides."),
        ("last", "Last value", "The last event of the attempt that has a value decides."),
    ]
    says = "Who never reached it is in a group of their own."
    return [*own, *((name, f"At {name}", says) for name in stages if name not in ("entry", "first", "last"))]


def presets() -> list[Choice]:
    """Return whose rules can be taken, each with the rules that its product documents."""
    own = (OWN, "journeymap", "The rules of this workbook.")
    return [own, *((key, name, _preset_says(key)) for key, name in PRODUCTS.items())]


def _preset_says(product: str) -> str:
    """Say what of the rules is the product's, where the default stands, and what of the reader's stays.

    Examples
    --------
    >>> print(_preset_says("clickhouse"))
    It has no window of its own: yours stays.
    Documented: which attempts, order of the stages, events of one instant, one event for several stages, the period bounds, windows that are not over.
    Not documented, so the default: of equally good attempts, customers of such attempts, a breakdown is read.
    Left as they are: exclusions, held the same, what is counted.
    """
    window = PRESETS[product].get("window")
    takes = (
        f"Takes its window, {in_words(window)}." if window else "It has no window of its own: yours stays."
    )
    rules = {
        "Documented": DOCUMENTED[product],
        "Not documented, so the default": UNDOCUMENTED[product],
        "Left as they are": KEPT,
    }
    said = (f"{what}: {', '.join(map(rule_name, names))}." for what, names in rules.items() if names)
    return "\n".join([takes, *said])


def plainly(text: str) -> str:
    """Write a refusal without the names of arguments.

    Examples
    --------
    >>> plainly("exclude= and order='any' do not go together.")
    'An exclusion and any order do not go together.'
    """
    for code, words in _PLAIN.items():
        text = text.replace(code, words)
    return text[:1].upper() + text[1:]
