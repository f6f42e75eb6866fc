"""XML of strangers, read as it streams in: a document type (and with it every entity) is refused."""

from __future__ import annotations

import contextlib
import gzip
import zlib
from typing import IO, TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from journeymap.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PIECE = 1 << 16
DEEPEST = 100


def elements(path: Path, /, *names: str) -> Iterator[ET.Element]:
    """Yield each outermost element of some names as soon as it ends; what is outside of them is not kept.

    Raises
    ------
    DataError
        If the file cannot be read, is not XML, has a document type, or is nested deeper than 100 elements.
    """
    target = _Target(names)
    parser = ET.XMLParser(target=target)  # noqa: S314 - the target refuses document types
    try:
        with _opened(path) as stream:
            while piece := stream.read(PIECE):
                parser.feed(piece)
                yield from target.taken()
        parser.close()
    except ET.ParseError as error:
        raise DataError(
            f"{path.name} is not XML: {error}.", right="A complete XML file.", fix=f"xmllint {path.name}"
        ) from error
    except (OSError, EOFError, zlib.error) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise DataError(f"{path} cannot be read: {why}.", right="The path of an XML file.") from error
    yield from target.taken()


def local(element: ET.Element, /) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as stream:
        yield stream  # type: ignore[misc]


class _Target:
    """Takes what a parser finds and builds only the elements that are asked for."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._names, self._done, self._depth = names, [], 0  # type: ignore[var-annotated]
        self._builder: ET.TreeBuilder | None = None
        self._inside = 0

    def doctype(self, name: str, _public: str | None, _system: str | None) -> None:
        raise DataError(
            f"The file has a document type ({name}), which may pull in other files or grow without end.",
            right="A file without <!DOCTYPE …>.",
        )

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise DataError(f"The file is nested deeper than {DEEPEST} elements.", right="A flatter file.")
        if self._builder is None and tag.rpartition("}")[2] in self._names:
            self._builder = ET.TreeBuilder()
        if self._builder is not None:
            self._builder.start(tag, attributes)
            self._inside += 1

    def data(self, text: str) -> None:
        if self._builder is not None:
            self._builder.data(text)

    def end(self, tag: str) -> None:
        self._depth -= 1
        if self._builder is not None:
            self._builder.end(tag)
            self._inside -= 1
            if not self._inside:
                self._done.append(self._builder.close())
                self._builder = None

    def taken(self) -> list[Any]:
        done, self._done = self._done, []
        return done

    def close(self) -> None:
        """Nothing is left to do: what was asked for has been handed out."""
