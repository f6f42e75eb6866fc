"""Ids for parts that a foreign file only names, and the text of a file."""

from __future__ import annotations

from dataclasses import fields as fields_of
from typing import TYPE_CHECKING, Any

from journeymap.errors import DataError, DefinitionError
from journeymap.maps.fields import FORM, part_from_plain
from journeymap.maps.parts import slug

if TYPE_CHECKING:
    from pathlib import Path

    from journeymap.maps.fields import Part
    from journeymap.maps.parts import Named


def made(kind: type[Part], /, **said: Any) -> Any:
    """Make a part of plain data; what cannot be used is named with the name of the part.

    Raises
    ------
    DataError
        If a field has another kind of value.
    """
    try:
        return part_from_plain(kind, said)
    except DefinitionError as error:
        name = said.get("title") or said.get("name") or said.get("text")
        raise DataError(f"{name}: {error.wrong}", right=error.right, fix=error.fix) from error


class Ids:
    """Hands out ids; one that is taken gets a number.

    Examples
    --------
    >>> ids = Ids()
    >>> ids.new("I pay"), ids.new("I pay"), ids.new("I pay!")
    ('i-pay', 'i-pay-2', 'i-pay-3')
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def new(self, name: str, *, wanted: str = "") -> str:
        """Return an id that is free: the wanted one, else one after the name."""
        first = wanted or slug(name)
        free, number = first, 2
        while free in self._taken:
            free, number = f"{first}-{number}", number + 1
        self._taken.add(free)
        return free


def first_field(kind: type[Part], /) -> str:
    """Return the name of the field by which people know a part."""
    return next(one.name for one in fields_of(kind) if FORM in one.metadata)


class Known:
    """Parts of one kind, each made when it is first named.

    Examples
    --------
    >>> from journeymap.maps.parts import Channel
    >>> channels = Known(Channel, Ids())
    >>> channels.id_of("E-mail"), channels.id_of("E-mail"), len(channels.parts)
    ('e-mail', 'e-mail', 1)
    """

    def __init__(self, kind: type[Named], ids: Ids) -> None:
        self._kind, self._ids = kind, ids
        self._by_name: dict[str, Named] = {}

    def id_of(self, name: str, **said: object) -> str:
        """Return the id of the part of a name; nothing has none."""
        if not name.strip():
            return ""
        if name not in self._by_name:
            self._by_name[name] = made(
                self._kind, **{first_field(self._kind): name}, id=self._ids.new(name), **said
            )
        return self._by_name[name].id

    @property
    def parts(self) -> list[Named]:
        """All of them, in the order in which they were named."""
        return list(self._by_name.values())


def decoded(path: Path, /) -> str:
    """Return the text of a file, without a byte order mark."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise DataError(f"{path} cannot be read: {why}.", right="The path of a UTF-8 text file.") from error
