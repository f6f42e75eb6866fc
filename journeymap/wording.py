"""Rules as people say them: what a footer, a caption or a tip writes in place of code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeymap.durations import in_words
from journeymap.errors import listing
from journeymap.rules import All, AnyOf, Did, Event, Not, Where
from journeymap.values import Between, Glob, Is, Matches, OneOf

if TYPE_CHECKING:
    from journeymap.rules import Rule
    from journeymap.values import Demand, Scalar

BEFORE = "before the entry"


def words_of(rule: Rule, /) -> str:
    """Write a rule in plain words.

    Examples
    --------
    >>> from journeymap.conditions import did, event, where
    >>> from journeymap.values import at_least
    >>> words_of(event("product_view", price=at_least(50)) | event(["search", "browse*"]))
    'product_view (price is at least 50) or search or browse*'
    >>> words_of(where(device="mobile", pick="first") & ~did(event("purchase"), at_least=2, within="30d"))
    'customers whose first device is mobile and not (customers who did purchase at least 2 times within 30 days)'
    """
    match rule:
        case All(rules):
            return " and ".join(
                _bracketed(part) if isinstance(part, AnyOf) else words_of(part) for part in rules
            )
        case AnyOf(rules):
            return " or ".join(
                _bracketed(part) if isinstance(part, All) else words_of(part) for part in rules
            )
        case Not(inner):
            return f"not {words_of(inner) if isinstance(inner, Event) else _bracketed(inner)}"
        case Event():
            return _event(rule)
        case Where():
            return _where(rule)
        case Did():
            return f"customers who did {_after_did(rule)}"
    raise TypeError(f"{rule!r} has no words.")


def times(least: int, most: int | None = None) -> str:
    """Write how often; nothing for once or more.

    Examples
    --------
    >>> times(1), times(2), times(0, 3), times(2, 2), times(1, 4)
    ('', 'at least 2 times', 'at most 3 times', 'exactly 2 times', '1 to 4 times')
    """
    if most is None:
        return "" if least <= 1 else f"at least {least:,} times"
    if least == most:
        return f"exactly {_often(most)}"
    return f"{least:,} to {_often(most)}" if least else f"at most {_often(most)}"


def demand_in_words(demanded: Demand, /) -> str:
    """Write what a value must be.

    Examples
    --------
    >>> demand_in_words(OneOf((Is("ads"), Glob("mail*")))), demand_in_words(Between(5, 10)), demand_in_words(Is(True))
    ('is ads or mail*', 'is from 5 to 10', 'is true')
    """
    match demanded:
        case OneOf(demands):
            return f"is {listing([demand_in_words(one).removeprefix('is ') for one in demands], last='or')}"
        case Between(low, None):
            return f"is at least {_plain(low)}"
        case Between(None, high):
            return f"is at most {_plain(high)}"
        case Between(low, high):
            return f"is from {_plain(low)} to {_plain(high)}"
        case Matches(pattern):
            return f"matches {pattern}"
        case Glob(pattern):
            return f"is {pattern.replace('[*]', '*')}"
        case Is(value):
            return f"is {_plain(value)}"
    return "is missing"


def _event(rule: Event) -> str:
    name = "any event" if rule.name is None else demand_in_words(rule.name).removeprefix("is ")
    demands = [f"{key} {demand_in_words(one)}" for key, one in rule.properties]
    return f"{name} ({' and '.join(demands)})" if demands else name


def _where(rule: Where) -> str:
    which = "" if rule.pick == "any" else f"{rule.pick} "
    demands = [f"{which}{key} {demand_in_words(one)}" for key, one in rule.properties]
    return " ".join(["customers whose", " and ".join(demands), *([BEFORE] if rule.until else [])])


def _after_did(rule: Did) -> str:
    said = words_of(rule.rule) if isinstance(rule.rule, Event) else _bracketed(rule.rule)
    within = f"within {in_words(rule.within)}" if rule.within else ""
    parts = (said, times(rule.at_least, rule.at_most), within, BEFORE if rule.until else "")
    return " ".join(part for part in parts if part)


def _bracketed(rule: Rule) -> str:
    return f"({words_of(rule)})"


def _often(number: int) -> str:
    return {1: "once"}.get(number, f"{number:,} times")


def _plain(value: Scalar | None) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value) or '""'
