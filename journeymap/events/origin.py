"""Where a log came from, so that it can be read again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from journeymap.events.reading.cache import Reading


@dataclass(frozen=True)
class Origin:
    """What a log was read from.

    Attributes
    ----------
    paths
        A path, a folder or a glob, or a list of them; None for a table in memory, which is not kept.
    arguments
        The other arguments of :func:`journeymap.read_events`.
    reading
        What was read.
    """

    paths: str | Sequence[str] | None
    arguments: Mapping[str, Any]
    reading: Reading
