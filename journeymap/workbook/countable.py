"""Which columns can be what is counted: those with a value at some event of a stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeymap.counting.stage_rows import stage_rows
from journeymap.errors import DefinitionError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from journeymap.events.log import EventLog
    from journeymap.journeys import Journey

AT_ONCE = 1 << 16


def countable(log: EventLog, journey: Journey, columns: Sequence[str]) -> list[str]:
    """Return the columns that have a value at some event of a stage; all of them if the stages cannot be read.

    Examples
    --------
    >>> import pandas as pd, journeymap as jm
    >>> frame = pd.DataFrame({"who": ["a", "a"], "what": ["see", "help"], "when": ["2026-01-01", "2026-01-02"], "topic": [None, "delivery"]})
    >>> log = jm.read_events(frame, customer="who", event="what", at="when")
    >>> stages = {name: jm.Stage(name, jm.event(name)) for name in ("see", "help")}
    >>> countable(log, jm.Journey("Shop", stages=[stages["see"]]), ["topic"])
    []
    >>> countable(log, jm.Journey("Shop", stages=stages.values()), ["topic"])
    ['topic']
    """
    asked = ("countable", *columns, *(stage.rule for stage in journey.stages))
    return list(log.held.get(asked, lambda: _found(log, journey, columns)))


def _found(log: EventLog, journey: Journey, columns: Sequence[str]) -> list[str]:
    try:
        events = stage_rows(log, journey.stages).index
    except DefinitionError:
        return list(columns)
    return [name for name in columns if _has_value(log, name, events)]


def _has_value(log: EventLog, name: str, events: NDArray[np.int64]) -> bool:
    """Say whether a column has a value at any of these visible events; most columns show one soon."""
    codes = log.column(name).codes
    of_customer, rows = name in log.attributes, log.visible.rows
    for begin in range(0, len(events), AT_ONCE):
        some = events[begin : begin + AT_ONCE]
        places = log.visible.customer[some] if of_customer else some if rows is None else rows[some]
        if (codes[places] >= 0).any():
            return True
    return False
