"""Which segments of a funnel share customers, so that their rates are no two separate samples."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from journeymap.errors import listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journeymap.analyses.funnel_parts import Part
    from journeymap.counting.attempts import Attempts


def shared(parts: Sequence[Part], found: Attempts | None) -> dict[tuple[str, str], int]:
    """Count those who entered and are in both of two segments, for each pair that has any.

    Nothing is known of a funnel that was counted inside an engine, which has no masks.
    """
    if found is None:
        return {}
    members = {part.segment: part.members[0] for part in parts}
    entered = found.overall.entry >= 0
    pairs = {(a, b): int((members[a] & members[b] & entered).sum()) for a, b in combinations(members, 2)}
    return {pair: both for pair, both in pairs.items() if both}


def shared_notes(parts: Sequence[Part], found: Attempts) -> list[str]:
    """Say which segments share customers, or whatever is counted."""
    said = [f"{a} and {b} share {both:,}" for (a, b), both in shared(parts, found).items()]
    if not said:
        return []
    return [
        f"Of those who entered, {listing(said, most=3)}; such segments are not tested against one another."
    ]
