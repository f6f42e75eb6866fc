"""What the value of a property must be: equal, one of several, like a pattern, within bounds, missing.

Each demand is a small frozen value. It knows how it is written in code and in YAML, not how it is computed.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TypeAlias

from journeymap.errors import DefinitionError

Scalar: TypeAlias = str | int | float | bool | dt.date | dt.datetime
Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True)
class Is:
    """The value equals `value`."""

    value: Scalar

    def __repr__(self) -> str:
        return repr(self.value)


@dataclass(frozen=True)
class OneOf:
    """The value meets any of several demands."""

    demands: tuple[Demand, ...]

    def __repr__(self) -> str:
        return repr(list(self.demands))


@dataclass(frozen=True)
class Glob:
    """The text of the value fits a pattern in which ``*`` stands for any text and ``[*]`` for a star."""

    pattern: str

    def __repr__(self) -> str:
        return repr(self.pattern)

    @property
    def regex(self) -> str:
        """The same pattern as a regular expression for the whole text."""
        parts = self.pattern.replace("[*]", "\0").split("*")
        return ".*".join(re.escape(part.replace("\0", "*")) for part in parts)


@dataclass(frozen=True)
class Between:
    """The value lies between two bounds, both included; None is no bound."""

    low: Scalar | None
    high: Scalar | None

    def __repr__(self) -> str:
        if self.high is None:
            return f"jm.at_least({self.low!r})"
        if self.low is None:
            return f"jm.at_most({self.high!r})"
        return f"jm.between({self.low!r}, {self.high!r})"


@dataclass(frozen=True)
class Matches:
    """The text of the value contains a match of a regular expression."""

    pattern: str

    def __repr__(self) -> str:
        return f"jm.matches({self.pattern!r})"


@dataclass(frozen=True)
class Missing:
    """There is no value."""

    def __repr__(self) -> str:
        return "None"


Demand: TypeAlias = Is | OneOf | Glob | Between | Matches | Missing


def between(low: Scalar, high: Scalar) -> Between:
    """Demand a value from `low` to `high`, both included.

    Examples
    --------
    >>> between(5, 10)
    jm.between(5, 10)
    """
    _comparable(low, high)
    return Between(low, high)


def at_least(low: Scalar) -> Between:
    """Demand a value of `low` or more.

    Examples
    --------
    >>> at_least(50)
    jm.at_least(50)
    """
    _comparable(low)
    return Between(low, None)


def at_most(high: Scalar) -> Between:
    """Demand a value of `high` or less.

    Examples
    --------
    >>> at_most(50)
    jm.at_most(50)
    """
    _comparable(high)
    return Between(None, high)


def _comparable(*bounds: Scalar) -> None:
    if any(bound is None or isinstance(bound, list | dict | bool) for bound in bounds):
        raise DefinitionError(
            "A bound is missing.", right="A number, a text or a date.", fix="jm.at_least(50)"
        )
    if len(bounds) == 2:
        try:
            backwards = bounds[0] > bounds[1]  # type: ignore[operator]
        except TypeError as error:
            raise DefinitionError(
                f"{bounds[0]!r} and {bounds[1]!r} cannot be compared.", right="Two of a kind."
            ) from error
        if backwards:
            raise DefinitionError(
                f"Nothing lies between {bounds[0]!r} and {bounds[1]!r}.",
                right="The smaller first.",
                fix=f"jm.between({bounds[1]!r}, {bounds[0]!r})",
            )


def matches(pattern: str) -> Matches:
    """Demand a text in which a regular expression is found.

    Examples
    --------
    >>> matches("^/shop")
    jm.matches('^/shop')
    """
    try:
        re.compile(pattern)
    except re.error as error:
        raise DefinitionError(
            f"{pattern!r} is not a regular expression: {error}.", right="A pattern that Python's re reads."
        ) from error
    return Matches(pattern)


def demand(value: object, *, path: Path = ()) -> Demand:
    """Read a demand as people write it: a scalar, a list, a text with ``*``, None, or a demand.

    Examples
    --------
    >>> demand(["/shop*", "/cart"])
    ['/shop*', '/cart']
    """
    if isinstance(value, Is | OneOf | Glob | Between | Matches | Missing):
        return value
    if value is None:
        return Missing()
    if isinstance(value, list | tuple | set | frozenset):
        members = sorted(value, key=repr) if isinstance(value, set | frozenset) else value
        return OneOf(tuple(demand(member, path=path) for member in members))
    if isinstance(value, str):
        return Glob(value) if "*" in value else Is(value)
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, bool | int | float | dt.date | dt.datetime):
        return Is(value)
    raise DefinitionError(
        f"{value!r} cannot be compared with a property.",
        right="A text, number, date, True, False, None, a list of these, or jm.between, jm.at_least, jm.at_most, jm.matches.",
        path=path,
    )


def to_plain(demanded: Demand) -> object:
    """Return a demand as plain data for YAML; `from_plain` reads it back."""
    match demanded:
        case Is(value):
            return value
        case Glob(pattern):
            return pattern
        case OneOf(demands):
            return [to_plain(member) for member in demands]
        case Between(low, None):
            return {"at_least": low}
        case Between(None, high):
            return {"at_most": high}
        case Between(low, high):
            return {"between": [low, high]}
        case Matches(pattern):
            return {"matches": pattern}
        case _:
            return None


def from_plain(plain: object, *, path: Path) -> Demand:
    """Read a demand from the plain data of YAML.

    Examples
    --------
    >>> from_plain({"at_least": 50}, path=())
    jm.at_least(50)
    """
    if isinstance(plain, list):
        return OneOf(tuple(from_plain(member, path=(*path, i)) for i, member in enumerate(plain)))
    if not isinstance(plain, dict):
        return demand(plain, path=path)
    try:
        match plain:
            case {"at_least": low, "at_most": high, **rest} if not rest:
                return between(low, high)
            case {"at_least": low, **rest} if not rest:
                return at_least(low)
            case {"at_most": high, **rest} if not rest:
                return at_most(high)
            case {"between": [low, high], **rest} if not rest:
                return between(low, high)
            case {"matches": str(pattern), **rest} if not rest:
                return matches(pattern)
    except DefinitionError as error:
        error.path = path
        raise
    raise DefinitionError(
        f"{plain!r} is not a demand on a value.",
        right="A value, a list, or one of between, at_least, at_most, matches.",
        fix="{at_least: 50}",
        path=path,
    )
