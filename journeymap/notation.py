"""Journeys and segments as YAML: written for people, read with errors that name the line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from journeymap.conditions import did, where
from journeymap.errors import DefinitionError, listing, nearest
from journeymap.journeys import Journey, Segment, Stage
from journeymap.rules import All, AnyOf, Did, Event, Not, Rule, Where
from journeymap.values import from_plain, to_plain
from journeymap.writing import write_whole
from journeymap.yaml_text import Loader, line_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journeymap.values import Path as Place

RULE_KEYS = (
    "event",
    "with",
    "where",
    "pick",
    "until",
    "did",
    "at_least",
    "at_most",
    "within",
    "all",
    "any",
    "not",
)


STAGE_KEYS = ("lifecycle", "optional", "least", "most")


def load(path: str | Path) -> tuple[Journey, list[Segment]]:
    """Read a journey and its segments from a YAML file.

    Errors name the file, the line and, where a word is nearly right, the word that was meant.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise DefinitionError(
            f"{path} cannot be read: {error.strerror}.", right="The path of a YAML file."
        ) from error
    return loads(text, name=path.name)


def loads(text: str, *, name: str = "journey") -> tuple[Journey, list[Segment]]:
    """Read a journey and its segments from YAML text.

    Examples
    --------
    >>> journey, segments = loads("journey: Checkout\\nstages:\\n  - name: Buy\\n    event: purchase\\n")
    >>> journey.stages[0]
    jm.Stage('Buy', jm.event('purchase'))
    """
    try:
        node = yaml.compose(text, Loader=Loader)
        plain = yaml.load(text, Loader=Loader)  # noqa: S506 - Loader is a SafeLoader
    except DefinitionError as error:
        raise DefinitionError(f"{name}: {error.wrong}", right=error.right) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise DefinitionError(
            f"{name}{line}: this is not YAML: {getattr(error, 'problem', error)}."
        ) from error
    try:
        return _document(plain)
    except DefinitionError as error:
        where_ = f"{name}, line {line_of(node, error.path)}: "
        raise DefinitionError(
            where_ + error.wrong, right=error.right, fix=error.fix, path=error.path
        ) from error


def save(path: str | Path, journey: Journey, *, segments: Sequence[Segment] = ()) -> None:
    """Write a journey and segments to a YAML file, whole or not at all."""
    write_whole(Path(path), dumps(journey, segments=segments).encode())


def dumps(journey: Journey, *, segments: Sequence[Segment] = ()) -> str:
    """Write a journey and segments as YAML text; `loads` reads it back to equal values."""
    document: dict[str, Any] = {
        "journey": journey.name,
        "stages": [_plain_stage(stage) for stage in journey.stages],
    }
    if segments:
        document["segments"] = [{"name": segment.name, **plain_rule(segment.rule)} for segment in segments]
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=110)


def plain_rule(rule: Rule) -> dict[str, Any]:
    """Return a rule as plain data; `rule_from_plain` reads it back."""
    match rule:
        case Event(name, properties):
            plain = {"event": None if name is None else to_plain(name)}
            return plain | ({"with": _plain_properties(properties)} if properties else {})
        case Where(properties):
            return {"where": _plain_properties(properties), **_changed(rule, pick="any", until=None)}
        case Did(inner):
            return {
                "did": plain_rule(inner),
                **_changed(rule, at_least=1, at_most=None, within=None, until=None),
            }
        case All(rules):
            return {"all": [plain_rule(part) for part in rules]}
        case AnyOf(rules):
            return {"any": [plain_rule(part) for part in rules]}
        case Not(inner):
            return {"not": plain_rule(inner)}
    raise TypeError(rule)


def rule_from_plain(plain: object, *, path: Place = ()) -> Rule:
    """Read a rule from plain data.

    Examples
    --------
    >>> rule_from_plain({"any": [{"event": "search"}, {"event": "view", "with": {"price": {"at_least": 50}}}]})
    jm.event('search') | jm.event('view', price=jm.at_least(50))
    """
    fields = _mapping(plain, RULE_KEYS, path)
    kinds = [key for key in ("event", "where", "did", "all", "any", "not") if key in fields]
    if len(kinds) != 1:
        raise DefinitionError(
            "Here stands no condition." if not kinds else f"Here stand {listing(kinds)} together.",
            right="Exactly one of event, where, did, all, any, not.",
            fix="event: purchase",
            path=path,
        )
    kind = kinds[0]
    allowed = {
        "event": ("event", "with"),
        "where": ("where", "pick", "until"),
        "did": ("did", "at_least", "at_most", "within", "until"),
    }
    _mapping(plain, allowed.get(kind, (kind,)), path)
    options = {key: value for key, value in fields.items() if key not in {"event", "with", "where", "did"}}
    inside = (*path, kind)
    try:
        match kind:
            case "event":
                name = None if fields["event"] is None else from_plain(fields["event"], path=inside)
                return Event(name, _properties(fields.get("with", {}), (*path, "with")))
            case "where":
                return where(dict(_properties(fields["where"], inside)), **options)
            case "did":
                return did(rule_from_plain(fields["did"], path=inside), **options)
            case "not":
                return ~rule_from_plain(fields["not"], path=inside)
            case _:
                return _joined(kind, fields[kind], inside)
    except DefinitionError as error:
        if error.path[: len(path)] != path or not path:
            error.path = path + (error.path if error.path[:1] and error.path[0] in fields else ())
        raise


def _document(plain: object) -> tuple[Journey, list[Segment]]:
    fields = _mapping(plain, ("journey", "stages", "segments"), ())
    for needed in ("journey", "stages"):
        if needed not in fields:
            raise DefinitionError(
                f"The file has no {needed}.", right="It needs journey and stages.", fix=f"{needed}: …"
            )
    stages = [_stage(item, ("stages", i)) for i, item in enumerate(_list(fields["stages"], ("stages",)))]
    segments = [
        _segment(item, ("segments", i))
        for i, item in enumerate(_list(fields.get("segments", []), ("segments",)))
    ]
    try:
        return Journey(fields["journey"], stages=stages), segments
    except DefinitionError as error:
        error.path = error.path or ("stages",)
        raise


def _stage(plain: object, path: Place) -> Stage:
    fields = _mapping(plain, ("name", *STAGE_KEYS, *RULE_KEYS), path)
    rule = rule_from_plain(
        {key: value for key, value in fields.items() if key not in {"name", *STAGE_KEYS}}, path=path
    )
    options = {key: fields[key] for key in STAGE_KEYS if key in fields}
    return _named(lambda: Stage(fields.get("name", ""), rule, **options), path)


def _segment(plain: object, path: Place) -> Segment:
    fields = _mapping(plain, ("name", *RULE_KEYS), path)
    rule = rule_from_plain({key: value for key, value in fields.items() if key != "name"}, path=path)
    return _named(lambda: Segment(fields.get("name", ""), rule), path)


def _named(build: Any, path: Place) -> Any:
    try:
        return build()
    except DefinitionError as error:
        error.path = path
        raise


def _joined(kind: str, plain: object, path: Place) -> Rule:
    rules = [rule_from_plain(part, path=(*path, i)) for i, part in enumerate(_list(plain, path))]
    if not rules:
        raise DefinitionError(f"{kind} joins nothing.", right="A list of conditions.", path=path)
    joined = rules[0]
    for rule in rules[1:]:
        joined = joined & rule if kind == "all" else joined | rule
    return joined


def _properties(plain: object, path: Place) -> tuple[tuple[str, Any], ...]:
    if not isinstance(plain, dict):
        raise DefinitionError(
            f"{plain!r} names no property.",
            right="Properties and their values.",
            fix="{device: mobile}",
            path=path,
        )
    return tuple((str(name), from_plain(value, path=(*path, name))) for name, value in plain.items())


def _plain_properties(properties: Any) -> dict[str, object]:
    return {name: to_plain(demanded) for name, demanded in properties}


def _plain_stage(stage: Stage) -> dict[str, Any]:
    options = {key: getattr(stage, key) for key in STAGE_KEYS if getattr(stage, key)}
    return {"name": stage.name, **plain_rule(stage.rule), **options}


def _changed(rule: Rule, **defaults: object) -> dict[str, object]:
    return {name: getattr(rule, name) for name, default in defaults.items() if getattr(rule, name) != default}


def _mapping(plain: object, allowed: Sequence[str], path: Place) -> dict[str, Any]:
    if not isinstance(plain, dict):
        raise DefinitionError(
            f"Here stands {plain!r}.", right=f"One or more of {listing(allowed)}.", path=path
        )
    for key in plain:
        if key not in allowed:
            near = nearest(str(key), allowed)
            raise DefinitionError(
                f"{key!r} is not known here.",
                right=f"Known are {listing(allowed, most=12)}.",
                fix=near or "",
                path=(*path, key),
            )
    return plain


def _list(plain: object, path: Place) -> list[Any]:
    if not isinstance(plain, list):
        raise DefinitionError(
            f"Here stands {plain!r}.", right="A list, each item on a line that begins with a dash.", path=path
        )
    return plain
