"""Each rule of the contract alone, on the funnel of five stages."""

from __future__ import annotations

from typing import Any, NamedTuple

import journeymap as jm
from tests.benchmarks.questions import STAGES, WINDOW_DAYS


class Asked(NamedTuple):
    """What :func:`journeymap.funnel` is given beside the log."""

    journey: jm.Journey
    counting: jm.Counting
    period: tuple[str, str] | None = None


OTHER = jm.event("e18")
RULES: dict[str, dict[str, Any]] = {
    "window none": {"window": None},
    "window session": {"window": "session"},
    "attempts first": {"attempts": "first"},
    "attempts every": {"attempts": "every"},
    "attempts session": {"attempts": "session"},
    "represent latest": {"represent": "latest"},
    "order strict": {"order": "strict"},
    "order any": {"order": "any"},
    "order any, anchored": {"order": "any", "anchored": ("1", "5")},
    "entry any stage": {"entry": "any stage"},
    "ties either": {"ties": "either"},
    "tolerance 2s": {"tolerance": "2s"},
    "reuse": {"reuse": True},
    "exclude": {"exclude": (jm.Exclusion(OTHER),)},
    "excluded removed": {"exclude": (jm.Exclusion(OTHER),), "excluded": "removed"},
    "same channel": {"same": ("channel",)},
    "unit session": {"unit": "session"},
    "unit company": {"unit": "company"},
    "unit channel": {"unit": "channel"},
    "bounds all": {"bounds": "all"},
    "open left": {"open": "left"},
}
STAGE_OPTIONS: dict[str, dict[int, dict[str, Any]]] = {
    "stage gaps": {2: {"least": "1h", "most": "3d"}, 4: {"least": "1h", "most": "3d"}},
    "optional stage": {3: {"optional": True}},
}
"""What a stage is given, by its place from 1."""
PERIODS = {"bounds all": ("2026-01-15", "2026-03-15")}


def rule_of(name: str) -> Asked:
    """Return the question that has one option only."""
    given = STAGE_OPTIONS.get(name, {})
    stages = [
        jm.Stage(str(k), jm.event(list(names)), **given.get(k, {})) for k, names in enumerate(STAGES[:5], 1)
    ]
    window = f"{WINDOW_DAYS}d"
    if name.startswith("like "):
        counting = jm.Counting.like(name.removeprefix("like "), window=window)
    else:
        counting = jm.Counting(**{"window": window} | RULES.get(name, {}))
    return Asked(jm.Journey(name, stages=stages), counting, PERIODS.get(name))
