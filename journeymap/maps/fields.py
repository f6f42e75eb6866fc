"""The fields of a part of a map: what may stand in each, how it is read from plain data and written back."""

from __future__ import annotations

import datetime as dt
from dataclasses import MISSING, Field, dataclass, field
from dataclasses import fields as dataclass_fields
from typing import TYPE_CHECKING, Any

from journeymap.errors import DefinitionError, listing, nearest
from journeymap.notation import plain_rule, rule_from_plain
from journeymap.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from journeymap.values import Path


@dataclass(frozen=True)
class Form:
    """How a value is read from plain data (with the path to it, for errors) and written as such."""

    read: Callable[[Any, Path], Any]
    write: Callable[[Any], Any] = lambda value: value


FORM = "form"
"""Where a field of a dataclass keeps its form."""


def _wrong(value: object, right: str, path: Path, fix: str = "") -> DefinitionError:
    name = str(path[-1]) if path else "It"
    return DefinitionError(f"{name}: {value!r} cannot be used.", right=right, fix=fix, path=path)


def _read_text(value: Any, path: Path) -> str:
    if value is None:
        return ""
    if isinstance(value, bool | list | dict):
        raise _wrong(value, "A text.", path)
    return str(value)


def _read_texts(value: Any, path: Path) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list | tuple):
        raise _wrong(value, "A list of texts.", path)
    return tuple(_read_text(one, (*path, place)) for place, one in enumerate(value))


def name() -> Any:
    """Make a field for a text that must be there."""

    def read(value: Any, path: Path) -> str:
        said = _read_text(value, path)
        if not said.strip():
            raise _wrong(value, "A text that is not empty.", path)
        return said

    return field(metadata={FORM: Form(read)})


def text(default: str = "") -> Any:
    """Make a field for one text."""
    return field(default=default, metadata={FORM: Form(_read_text)})


def texts() -> Any:
    """Make a field for several texts; one alone needs no list."""
    return field(default=(), metadata={FORM: Form(_read_texts, list)})


def choice(options: Sequence[str], default: str = "") -> Any:
    """Make a field for one of some words."""

    def read(value: Any, path: Path) -> str:
        said = _read_text(value, path)
        if said and said not in options:
            near = nearest(said, options)
            raise _wrong(value, f"One of {listing(options, most=12, last='or')}.", path, near or "")
        return said

    return field(default=default, metadata={FORM: Form(read), "options": tuple(options)})


def number(least: float | None = None, most: float | None = None) -> Any:
    """Make a field for a number, or None."""

    def read(value: Any, path: Path) -> float | None:
        if value is None:
            return None
        wanted = "A number."
        if least is not None:
            wanted = f"A number from {least:g} to {most:g}." if most is not None else f"{least:g} or more."
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value:  # noqa: PLR0124 - nan
            raise _wrong(value, wanted, path)
        if (least is not None and value < least) or (most is not None and value > most):
            raise _wrong(value, wanted, path)
        return value

    return field(default=None, metadata={FORM: Form(read), "least": least, "most": most})


def flag() -> Any:
    """Make a field for yes or no; no unless said."""

    def read(value: Any, path: Path) -> bool:
        if not isinstance(value, bool):
            raise _wrong(value, "true or false.", path)
        return value

    return field(default=False, metadata={FORM: Form(read)})


def day() -> Any:
    """Make a field for a date, or None."""

    def read(value: Any, path: Path) -> dt.date | None:
        if value is None or value == "":
            return None
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            raise _wrong(value, "A date such as 2026-03-31.", path, "2026-03-31") from None

    return field(default=None, metadata={FORM: Form(read, lambda value: value)})


def rule() -> Any:
    """Make a field for a rule of events or of customers, or None."""

    def read(value: Any, path: Path) -> Rule | None:
        if value is None or isinstance(value, Rule):
            return value
        return rule_from_plain(value, path=path)

    return field(default=None, metadata={FORM: Form(read, plain_rule)})


def mapping() -> Any:
    """Make a field for names and plain values, such as parameters."""

    def read(value: Any, path: Path) -> dict[str, Any]:
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise _wrong(value, "Names and values.", path)
        return {str(name): one for name, one in value.items()}

    return field(default_factory=dict, metadata={FORM: Form(read, dict)})


def one(kind: type[Part]) -> Any:
    """Make a field for one part, or None."""

    def read(value: Any, path: Path) -> Part | None:
        return None if value is None else part_from_plain(kind, value, path=path)

    return field(default=None, metadata={FORM: Form(read, part_to_plain), "of": kind})


def many(kind: type[Part]) -> Any:
    """Make a field for several parts of one kind."""

    def read(value: Any, path: Path) -> tuple[Part, ...]:
        if value is None:
            return ()
        if not isinstance(value, list | tuple):
            raise _wrong(value, "A list.", path)
        return tuple(part_from_plain(kind, one, path=(*path, place)) for place, one in enumerate(value))

    def write(value: Any) -> list[Any]:
        return [part_to_plain(one) for one in value]

    return field(default=(), metadata={FORM: Form(read, write), "of": kind})


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a map: a frozen value whose fields know how they are read and written.

    Attributes
    ----------
    extra
        What a file says of the part beyond its fields; it is kept and written back.
    """

    extra: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in _forms(type(self)):
            value = one.metadata[FORM].read(getattr(self, one.name), (one.name,))
            object.__setattr__(self, one.name, value)


def _forms(kind: type[Part]) -> list[Field[Any]]:
    return [one for one in dataclass_fields(kind) if FORM in one.metadata]


def _default(one: Field[Any]) -> Any:
    return one.default_factory() if one.default_factory is not MISSING else one.default


def part_from_plain(kind: type[Part], plain: Any, *, path: Path = ()) -> Any:
    """Read a part from a mapping; a text alone stands for its first field, and a part is taken as it is."""
    if isinstance(plain, kind):
        return plain
    forms = _forms(kind)
    if isinstance(plain, str):
        plain = {forms[0].name: plain}
    if not isinstance(plain, dict):
        raise _wrong(
            plain, f"What {kind.__name__} has: {listing((one.name for one in forms), most=12)}.", path
        )
    said: dict[str, Any] = {}
    for one in forms:
        if one.name in plain:
            said[one.name] = one.metadata[FORM].read(plain[one.name], (*path, one.name))
    known = {one.name for one in forms}
    try:
        return kind(**said, extra={str(name): value for name, value in plain.items() if name not in known})
    except DefinitionError as error:
        raise DefinitionError(
            error.wrong, right=error.right, fix=error.fix, path=(*path, *error.path)
        ) from error
    except TypeError as error:
        missing = forms[0].name
        raise DefinitionError(
            f"{kind.__name__}: {missing} is missing.", right="It needs one.", path=path
        ) from error


def part_to_plain(part: Part) -> dict[str, Any]:
    """Write a part as a mapping, in the order of its fields, without what says nothing, then what a file said beyond."""
    plain = {}
    for one in _forms(type(part)):
        value = getattr(part, one.name)
        if value != _default(one):
            plain[one.name] = one.metadata[FORM].write(value)
    return plain | dict(part.extra)
