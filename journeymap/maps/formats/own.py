"""The own format, YAML or JSON, which holds everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeymap.maps import notation

if TYPE_CHECKING:
    from pathlib import Path

    from journeymap.maps.document import JourneyMap


def read(path: Path, /) -> JourneyMap:
    """Read a map from its own file."""
    return notation.load(path)


def written(journey_map: JourneyMap, path: Path, /) -> tuple[bytes, list[str]]:
    """Return a map as the bytes of its own file, which holds all of it."""
    dumps = notation.dumps_json if path.suffix.casefold() == ".json" else notation.dumps
    return dumps(journey_map).encode(), []
