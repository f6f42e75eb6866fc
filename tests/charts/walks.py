"""Funnels of which every count is known beforehand."""

from __future__ import annotations

import journeymap as jm
from tests.small_logs import small_log

DAY = 86_400
NAMES = ("See", "Compare", "Choose", "Pay", "Return")
DATA_END = 40 * DAY


def walk_log(reached, *, late=None):
    """Build a log: of each kind, how many customers reach each stage; `late` those that entered two days ago."""
    rows, kinds = [], []
    for start, some in ((0, reached), (38 * DAY, late or {})):
        for kind, counts in some.items():
            for number in range(counts[0]):
                for stage in range(sum(number < count for count in counts)):
                    rows.append((f"{kind}{start}-{number}", f"e{stage}", start + stage))
                    kinds.append(kind)
    return small_log(rows, columns={"kind": kinds}, data_end=DATA_END)


def journey(stages=3, *, names=NAMES):
    return jm.Journey(
        "Walk", stages=[jm.Stage(name, jm.event(f"e{place}")) for place, name in enumerate(names[:stages])]
    )


def segment(kind, *, name=None):
    return jm.Segment(name or kind, jm.where(kind=kind))


def walks(reached, *, late=None, side_by_side=True, names=NAMES, window="30d", **options):
    """Count the funnel of such a log, its kinds as segments or all together."""
    stages = len(next(iter(reached.values())))
    return jm.funnel(
        walk_log(reached, late=late),
        journey(stages, names=names),
        segments=[segment(kind) for kind in reached] if side_by_side else (),
        counting=jm.Counting(window=window),
        **options,
    )
