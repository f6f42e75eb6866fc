"""Rules as values: which events, which customers; ``&``, ``|`` and ``~`` join them.

A rule only says what is meant. `journeymap.conditions` makes rules, `journeymap.events.selecting` decides them on a log.
"""

from __future__ import annotations

from dataclasses import dataclass
from keyword import iskeyword
from typing import TYPE_CHECKING, Literal, TypeAlias
from unicodedata import normalize

from journeymap.errors import DefinitionError
from journeymap.values import Demand, OneOf

if TYPE_CHECKING:
    from collections.abc import Iterator

Pick: TypeAlias = Literal["any", "first", "last"]
Properties: TypeAlias = tuple[tuple[str, Demand], ...]


class Rule:
    """What all rules share: they can be joined."""

    def __and__(self, other: Rule) -> All:
        return All(_parts(All, self) + _parts(All, other))

    def __or__(self, other: Rule) -> AnyOf:
        return AnyOf(_parts(AnyOf, self) + _parts(AnyOf, other))

    def __invert__(self) -> Rule:
        return self.rule if isinstance(self, Not) else Not(self)


def _parts(kind: type[All | AnyOf], rule: Rule) -> tuple[Rule, ...]:
    if not isinstance(rule, Rule):
        raise DefinitionError(
            f"{rule!r} is not a condition.",
            right="Join jm.event, jm.where and jm.did.",
            fix='jm.event("purchase")',
        )
    return rule.rules if isinstance(rule, kind) else (rule,)


@dataclass(frozen=True, repr=False)
class Event(Rule):
    """Events with one of these names (None: any name) whose properties meet every demand."""

    name: Demand | None
    properties: Properties = ()

    def __repr__(self) -> str:
        return _call("event", [] if self.name is None else [repr(self.name)], self.properties)


@dataclass(frozen=True, repr=False)
class Where(Rule):
    """Customers by the values they have: an attribute of the customer or a property of their events."""

    properties: Properties
    pick: Pick = "any"
    until: Literal["entry"] | None = None

    def __repr__(self) -> str:
        return _call("where", [], self.properties, _options(self, pick="any", until=None))


@dataclass(frozen=True, repr=False)
class Did(Rule):
    """Customers by how often they did something, ever or within a rolling span."""

    rule: Rule
    at_least: int = 1
    at_most: int | None = None
    within: str | None = None
    until: Literal["entry"] | None = None

    def __repr__(self) -> str:
        return _call(
            "did", [repr(self.rule)], (), _options(self, at_least=1, at_most=None, within=None, until=None)
        )


@dataclass(frozen=True, repr=False)
class All(Rule):
    """What meets every one of these rules."""

    rules: tuple[Rule, ...]

    def __repr__(self) -> str:
        return " & ".join(f"({rule!r})" if isinstance(rule, AnyOf) else repr(rule) for rule in self.rules)


@dataclass(frozen=True, repr=False)
class AnyOf(Rule):
    """What meets at least one of these rules."""

    rules: tuple[Rule, ...]

    def __repr__(self) -> str:
        return " | ".join(repr(rule) for rule in self.rules)


@dataclass(frozen=True, repr=False)
class Not(Rule):
    """What does not meet this rule."""

    rule: Rule

    def __repr__(self) -> str:
        return f"~({self.rule!r})" if isinstance(self.rule, All | AnyOf) else f"~{self.rule!r}"


def leaves(rule: Rule) -> Iterator[Event | Where | Did]:
    """Yield the single conditions that a rule is joined from."""
    match rule:
        case All(rules) | AnyOf(rules):
            for part in rules:
                yield from leaves(part)
        case Not(inner):
            yield from leaves(inner)
        case Event() | Where() | Did():
            yield rule


def contains_events(rule: Rule) -> bool:
    """Say whether a rule speaks of single events, which no segment can."""
    return any(isinstance(leaf, Event) for leaf in leaves(rule))


def contains_customers(rule: Rule) -> bool:
    """Say whether a rule speaks of whole customers."""
    return any(isinstance(leaf, Where | Did) for leaf in leaves(rule))


def reads_until_entry(rule: Rule) -> bool:
    """Say whether a rule depends on the attempt that is counted."""
    return any(getattr(leaf, "until", None) is not None for leaf in leaves(rule))


def property_names(rule: Rule) -> list[str]:
    """List the properties and attributes that a rule asks for.

    Examples
    --------
    >>> from journeymap.conditions import did, event
    >>> property_names(event("search", page="home") | did(event(price=3)))
    ['page', 'price']
    """
    names: list[str] = []
    for leaf in leaves(rule):
        names += property_names(leaf.rule) if isinstance(leaf, Did) else [name for name, _ in leaf.properties]
    return names


def event_names(rule: Rule) -> list[str]:
    """List the plain event names that a rule mentions, for labels.

    Examples
    --------
    >>> from journeymap.conditions import event
    >>> event_names(event("search") | event(["cart", "buy"]))
    ['search', 'cart', 'buy']
    """
    named = [leaf.name for leaf in leaves(rule) if isinstance(leaf, Event) and leaf.name is not None]
    return [
        str(getattr(one, "value", getattr(one, "pattern", one)))
        for name in named
        for one in (name.demands if isinstance(name, OneOf) else (name,))
    ]


def _options(rule: Rule, **defaults: object) -> list[str]:
    return [
        f"{name}={getattr(rule, name)!r}"
        for name, default in defaults.items()
        if getattr(rule, name) != default
    ]


def _call(name: str, first: list[str], properties: Properties, options: list[str] | None = None) -> str:
    if all(_is_argument(key) for key, _ in properties):
        written = [f"{key}={value!r}" for key, value in properties]
    else:
        first = first or (["None"] if name == "event" else [])
        written = [repr(dict(properties))]
    return f"jm.{name}({', '.join([*first, *written, *(options or [])])})"


def _is_argument(name: str) -> bool:
    """Say whether a property can be written as the name of an argument, which Python reads in its normal form."""
    plain = name.isidentifier() and not iskeyword(name) and normalize("NFKC", name) == name
    return plain and name not in {"pick", "until"}
