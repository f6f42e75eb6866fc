"""A field's value on its way to the page and back: what its control shows, and how what was typed is read."""

from __future__ import annotations

from dataclasses import fields as dataclass_fields
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import yaml

from journeymap.errors import DefinitionError
from journeymap.maps.document import KINDS, STATUSES, JourneyMap
from journeymap.maps.editing import REFERENCES
from journeymap.maps.parts import Claims
from journeymap.notation import plain_rule, rule_from_plain
from journeymap.workbook.maps.fields import field_of
from journeymap.yaml_text import PlainLoader

if TYPE_CHECKING:
    from journeymap.maps.fields import Part
    from journeymap.rules import Rule
    from journeymap.workbook.maps.fields import Field

NOTHING = "\N{EN DASH}"
LONGEST = 4000
"""Characters of one text, and of one list of texts."""
EMOTIONS = {"": NOTHING} | {
    f"{half / 2:g}": f"{half / 2:+g}".replace("-", "\N{MINUS SIGN}").replace("+0", "0" if half == 0 else "+0")
    for half in range(-4, 5)
}
SEVERITIES = {"": NOTHING, **{str(n): str(n) for n in range(1, 6)}}
CLAIMS = "claims."


def control(journey_map: JourneyMap, part: Part, one: Field) -> dict[str, Any]:
    """Return what the page needs to draw a field: its look, its value as text and the options it has."""
    value = value_of(part, one.name)
    shown: Any = [str(each) for each in value] if isinstance(value, tuple) else _as_text(value)
    if one.look == "flag":
        shown = bool(value)
    if one.look == "rule":
        shown = "" if value is None else yaml.safe_dump(plain_rule(value), sort_keys=False).strip()
    options = _options(journey_map, part, one)
    known = [meant for meant, _ in options]
    if options and isinstance(shown, str) and shown not in known:
        options = [
            *options,
            (shown, f"{value:+g}".replace("-", "\N{MINUS SIGN}") if one.look == "scale" else shown),
        ]
    if one.look == "scale":
        options.sort(key=lambda each: float(each[0] or "-inf"))
    return {"name": one.name, "label": one.label, "look": one.look, "value": shown, "options": options}


def value_of(part: Any, name: str) -> Any:
    """Return the value of a field; of a claim, through the claims of the step."""
    if name.startswith(CLAIMS):
        part, name = part.claims or Claims(), name.removeprefix(CLAIMS)
    return getattr(part, name)


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.12g}" if isinstance(value, int | float) else str(value)


def _options(journey_map: JourneyMap, part: Part, one: Field) -> list[tuple[str, str]]:
    """Return pairs of what is meant and what is written."""
    if one.name == "claims.emotion":
        return list(EMOTIONS.items())
    if one.name == "severity":
        return list(SEVERITIES.items())
    if one.look not in ("choice", "ids"):
        return []
    if one.name in REFERENCES:
        found = [
            (other.id, called(other))
            for collection in REFERENCES[one.name].split(" or ")
            for other in getattr(journey_map, collection)
            if other is not part
        ]
        return found if one.look == "ids" or one.name == "stage" else [("", NOTHING), *found]
    words = [meant for meant in _words(part, one.name) if meant]
    fixed = {"up": "more", "down": "less"}
    empty = [] if _default(part, one.name) else [("", NOTHING)]
    return [*empty, *((word, fixed.get(word, word.replace("_", " "))) for word in words)]


def _words(part: Part, name: str) -> tuple[str, ...]:
    if isinstance(part, JourneyMap):
        return {"kind": KINDS, "status": STATUSES}[name]
    return next(one.metadata["options"] for one in dataclass_fields(part) if one.name == name)


def _default(part: Part, name: str) -> Any:
    return next(one.default for one in dataclass_fields(part) if one.name == name)


def called(part: Any) -> str:
    """Return the words of a part: its first field."""
    return str(getattr(part, next(key for key in part.__dataclass_fields__ if key != "extra")))


def read(journey_map: JourneyMap, part: Part, name: str, said: Any) -> dict[str, Any]:
    """Read what the page says of a field, as the changes of the part.

    Raises
    ------
    DefinitionError
        If it is nothing that may stand there; the sentence says what may.

    Examples
    --------
    >>> from journeymap.maps.plans import Kpi
    >>> told = JourneyMap("Shop")
    >>> read(told, Kpi("Buyers"), "target", "0.45")
    {'target': 0.45}
    >>> read(told, Kpi("Buyers"), "target", "many")
    Traceback (most recent call last):
    journeymap.errors.DefinitionError: Target: 'many' is no number. A number such as 0.45, or nothing.
    """
    one = field_of(type(part), name)
    value = _read(journey_map, part, one, said)
    try:
        if not name.startswith(CLAIMS):
            return {name: getattr(replace(part, **{name: value}), name)}
        claimed = replace(getattr(part, "claims", None) or Claims(), **{name.removeprefix(CLAIMS): value})
    except DefinitionError as error:
        raise DefinitionError(f"{one.label}: {value!r} cannot be used.", right=error.right) from error
    return {"claims": None if claimed == Claims() else claimed}


def _read(journey_map: JourneyMap, part: Part, one: Field, said: Any) -> Any:
    if one.look == "flag":
        return _refuse(one, said) if not isinstance(said, bool) else said
    if one.look in ("lines", "ids"):
        if not isinstance(said, list) or not all(isinstance(each, str) for each in said):
            return _refuse(one, said)
        texts = [each.strip() for each in said if each.strip()]
        return _known(journey_map, part, one, texts) if one.look == "ids" else _short(one, texts)
    if not isinstance(said, str):
        return _refuse(one, said)
    text = said.strip()
    if one.look == "rule":
        return _rule(one, _short(one, [text])[0])
    if one.look in ("number", "scale"):
        return _number(one, text)
    if one.look == "choice":
        return _known(journey_map, part, one, [text])[0]
    return _short(one, [text])[0]


def _known(journey_map: JourneyMap, part: Part, one: Field, said: list[str]) -> list[str]:
    """Let only what is among the options, or was there before, pass."""
    now = control(journey_map, part, one)
    before = now["value"] if isinstance(now["value"], list) else [now["value"]]
    known = {meant for meant, _ in now["options"]} | set(before)
    for each in said:
        if each not in known:
            _refuse(one, each)
    return said


def _short(one: Field, texts: list[str]) -> list[str]:
    length = sum(map(len, texts))
    if length > LONGEST:
        raise DefinitionError(
            f"{one.label}: {length:,} characters are too many.", right=f"At most {LONGEST:,}."
        )
    return texts


def _rule(one: Field, text: str) -> Rule | None:
    """Read a condition as it stands in a map's file."""
    if not text:
        return None
    try:
        return rule_from_plain(yaml.load(text, Loader=PlainLoader))  # noqa: S506 - it is a SafeLoader
    except yaml.YAMLError:
        raise DefinitionError(f"{one.label}: this is no condition.", right="event: purchase") from None
    except DefinitionError as error:
        raise DefinitionError(f"{one.label}: {error.wrong}", right=error.right, fix=error.fix) from error


def _number(one: Field, text: str) -> float | None:
    if not text:
        return None
    try:
        value = float(text.replace("\N{MINUS SIGN}", "-").replace(",", "."))
    except ValueError:
        value = float("nan")
    if value != value or abs(value) == float("inf"):  # noqa: PLR0124 - nan
        raise DefinitionError(
            f"{one.label}: {text!r} is no number.", right="A number such as 0.45, or nothing."
        )
    return int(value) if value.is_integer() else value


def _refuse(one: Field, said: object) -> Any:
    raise DefinitionError(
        f"{one.label}: {said!r} is not among the options.", right="Choose one of those shown."
    )
