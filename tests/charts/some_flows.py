"""Flows of a few customers, each written as the path it walks."""

from __future__ import annotations

import journeymap as jm
from tests.small_logs import small_log


def flow_of(paths, *, stages=(), apart=(), **options):
    """Follow customers along their paths; those in `apart` (by number) are the segment "Apart", all the segment "All".

    Parameters
    ----------
    paths
        Sequences of names, one for each customer; or pairs of such a sequence and how many customers walk it.
    stages
        Names of stages, where the flow is over stages.
    """
    walked = [one for path in paths for one in ([path[0]] * path[1] if isinstance(path, tuple) else [path])]
    rows = [
        (f"c{number:05}", name, 60 * at + number)
        for number, path in enumerate(walked)
        for at, name in enumerate(path)
    ]
    numbers = [int(row[0][1:]) for row in rows]
    log = small_log(
        rows, columns={"apart": [number in apart for number in numbers]}, data_end=10**7, session_gap="30min"
    )
    if apart:
        options["segments"] = [
            jm.Segment("All", jm.did(jm.event())),
            jm.Segment("Apart", jm.where(apart=True)),
        ]
    if stages:
        journey = jm.Journey("Shop", stages=[jm.Stage(name, jm.event(name)) for name in stages])
        return jm.flow(log, journey, **options)
    return jm.flow(log, over="event", **options)
