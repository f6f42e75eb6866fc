"""Who came back when, inside an engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from journeymap.counting.calendar import period_of
from journeymap.counting.pushdown.paths import entry_end
from journeymap.counting.pushdown.tallies import SEGMENT, in_segments
from journeymap.counting.returns import COHORT, CUSTOMERS, OFFSET
from journeymap.events.warehouse.asking import answer
from journeymap.events.warehouse.instants import shown_at
from journeymap.events.warehouse.selecting import AT, CUSTOMER, event_filter
from journeymap.events.warehouse.zones import SECOND, changes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from journeymap.counting.calendar import Unit
    from journeymap.events.warehouse.log import WarehouseLog
    from journeymap.journeys import Segment
    from journeymap.rules import Rule


def counted_returns(
    log: WarehouseLog,
    start: Rule,
    back: Rule,
    *,
    unit: Unit,
    period: tuple[int, int] | None,
    last_only: bool,
    segments: Sequence[Segment],
) -> pd.DataFrame:
    """Count customers by segment (its place), cohort and offset; offset 0 is the cohort itself.

    With `last_only` a customer counts once, at the last offset.
    """
    for rule in (start, back):
        log.check_properties(rule)
    changes = changes_of(log.zone, log.extent.first, log.extent.last)
    starts = _starts(log, start, period, unit, changes)
    backs = log.rows.filter(event_filter(log.rows, back, log.engine), log.rows[AT] <= log.data_end)
    backs = backs.select(
        jm_who=backs[CUSTOMER], jm_period=period_of(shown_at(backs[AT], changes), unit, second=SECOND)
    )
    backs = backs.distinct()
    pairs = starts.join(backs, starts[CUSTOMER] == backs.jm_who)
    pairs = pairs.mutate(**{OFFSET: pairs.jm_period - pairs[COHORT]})
    pairs = pairs.filter(pairs[OFFSET] > 0).select(CUSTOMER, COHORT, OFFSET)
    if last_only:
        pairs = pairs.group_by([CUSTOMER, COHORT]).aggregate(**{OFFSET: pairs[OFFSET].max()})
    sizes = starts.mutate(**{OFFSET: starts[COHORT] - starts[COHORT]}).select(CUSTOMER, COHORT, OFFSET)
    both = in_segments(sizes.union(pairs), log, segments)
    return answer(both.group_by([SEGMENT, COHORT, OFFSET]).aggregate(**{CUSTOMERS: both.count()}))


def _starts(log: WarehouseLog, start: Rule, period: tuple[int, int] | None, unit: Unit, changes: Any) -> Any:
    rows = log.rows.filter(event_filter(log.rows, start, log.engine), log.rows[AT] < entry_end(log, period))
    if period is not None:
        rows = rows.filter(rows[AT] >= period[0])
    first = rows.group_by(CUSTOMER).aggregate(jm_first=rows[AT].min())
    return first.select(
        CUSTOMER, **{COHORT: period_of(shown_at(first.jm_first, changes), unit, second=SECOND)}
    )
