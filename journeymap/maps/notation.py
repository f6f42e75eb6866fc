"""A map as one YAML or JSON text: fixed order of keys, stable ids, unknown keys kept, errors that name the line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from journeymap.errors import DefinitionError
from journeymap.maps.document import SCHEMA_VERSION, JourneyMap
from journeymap.maps.fields import part_from_plain, part_to_plain
from journeymap.writing import write_whole
from journeymap.yaml_text import PlainLoader, line_of


def load(path: str | Path) -> JourneyMap:
    """Read a map from a file."""
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise DefinitionError(f"{path} cannot be read: {why}.", right="The path of a YAML file.") from error
    return loads(text, name=path.name)


def loads(text: str, *, name: str = "map") -> JourneyMap:
    """Read a map from YAML or JSON text.

    Examples
    --------
    >>> loads("title: Sign up\\nstages:\\n  - Discover\\n  - name: Buy\\n    colour: red\\n").stages[1].extra
    {'colour': 'red'}
    """
    try:
        plain = _from_json(text) or yaml.load(text, Loader=PlainLoader)  # noqa: S506 - it is a SafeLoader
    except DefinitionError as error:
        raise DefinitionError(f"{name}: {error.wrong}", right=error.right) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise DefinitionError(
            f"{name}{line}: this is not YAML: {getattr(error, 'problem', error)}."
        ) from error
    try:
        return _map(plain)
    except DefinitionError as error:
        found = line_of(yaml.compose(text, Loader=PlainLoader), error.path)
        where = f"{name}, line {found}: "
        raise DefinitionError(
            where + error.wrong, right=error.right, fix=error.fix, path=error.path
        ) from error


def _from_json(text: str) -> Any:
    """Read JSON text, whose numbers YAML does not all know; None if it is none."""
    try:
        return json.loads(text) if text.lstrip().startswith("{") else None
    except json.JSONDecodeError:
        return None


def _map(plain: Any) -> JourneyMap:
    if not isinstance(plain, dict):
        raise DefinitionError(
            "This is no journey map.", right="It begins with a title.", fix="title: Sign up"
        )
    version = plain.pop("schema_version", SCHEMA_VERSION)
    if version != SCHEMA_VERSION:
        raise DefinitionError(
            f"schema_version {version!r} is not known.",
            right=f"This journeymap reads {SCHEMA_VERSION}; a newer one may read it.",
            path=("schema_version",),
        )
    found: JourneyMap = part_from_plain(JourneyMap, plain)
    return found


def save(path: str | Path, journey_map: JourneyMap) -> None:
    """Write a map to a file, whole or not at all; as JSON if it is named so."""
    path = Path(path)
    write_whole(
        path, (dumps_json(journey_map) if path.suffix.lower() == ".json" else dumps(journey_map)).encode()
    )


def dumps(journey_map: JourneyMap) -> str:
    """Write a map as YAML text; `loads` reads it back to an equal map."""
    return yaml.dump(_plain(journey_map), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)


def dumps_json(journey_map: JourneyMap) -> str:
    """Write a map as JSON text, which is YAML too."""
    text = json.dumps(_plain(journey_map), ensure_ascii=False, indent=2, default=str) + "\n"
    return text.encode("utf-8", "backslashreplace").decode()  # half a character is written as JSON escapes it


def _plain(journey_map: JourneyMap) -> dict[str, Any]:
    return {"schema_version": SCHEMA_VERSION} | part_to_plain(journey_map)


class _Dumper(yaml.SafeDumper):  # type: ignore[misc]
    """Writes no anchors, so that equal parts are written out."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True
