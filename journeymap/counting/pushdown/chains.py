"""Attempts inside an engine: for each entry when it reaches every stage, with plain windows alone.

Read backwards: the instant at which a row of stage k first reaches stage j is the earliest at which any row of stage k + 1
that may follow it does. So one window per stage, the last but one first, leaves every entry with the instants of its
whole attempt. Rows of one instant are ordered such that none follows another, or such that each may.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis

from journeymap.counting.pushdown.stage_events import STAGE
from journeymap.events.warehouse.selecting import AT, one_if

if TYPE_CHECKING:
    from collections.abc import Sequence

NOTHING = ibis.null("int64")


@dataclass(frozen=True)
class Guard:
    """An excluded event, by the number its rows have as a stage, and the stages (from 1) between which it counts."""

    number: int
    after: int
    before: int

    @property
    def column(self) -> str:
        """The instant of the first such event that follows the stage it counts after."""
        return f"barred_at_{self.number}"


def reached(stage: int) -> str:
    """Name the column of the instants at which a stage was reached."""
    return f"reached_{stage}"


def chained(
    events: Any, n_stages: int, *, within: Sequence[str], ties: bool, guards: Sequence[Guard] = ()
) -> Any:
    """Return the rows of stage 1 with the instants at which each reaches every stage, missing where it never does.

    Parameters
    ----------
    within
        The columns whose values the events of an attempt share, the unit first.
    ties
        Whether events of one instant chain.
    """
    rows = events.mutate(
        **{reached(stage): _where(events[STAGE] == stage, events[AT]) for stage in range(1, n_stages + 1)},
        **{guard.column: NOTHING for guard in guards},
    )
    for stage in range(n_stages - 1, 0, -1):
        rows = rows.filter((rows[STAGE] <= stage + 1) | (rows[STAGE] > n_stages))
        rows = _one_stage_back(rows, stage, n_stages, within=within, ties=ties, guards=guards)
    return rows.filter(rows[STAGE] == 1)


def _one_stage_back(
    rows: Any, stage: int, n_stages: int, *, within: Sequence[str], ties: bool, guards: Sequence[Guard]
) -> Any:
    later = ibis.window(
        group_by=list(within),
        order_by=[rows[AT].desc(), rows[STAGE].desc() if ties else rows[STAGE].asc()],
        preceding=(None, 1),
    )
    here, following = rows[STAGE] == stage, rows[STAGE] == stage + 1
    carried = [reached(j) for j in range(stage + 1, n_stages + 1)]
    carried += [guard.column for guard in guards if guard.after > stage]
    columns = {
        name: here.ifelse(_where(following, rows[name]).min().over(later), rows[name]) for name in carried
    }
    for guard in guards:
        if guard.after == stage:
            barred = _where(rows[STAGE] == guard.number, rows[AT]).min().over(later)
            columns[guard.column] = here.ifelse(barred, rows[guard.column])
    return rows.mutate(**columns)


def _where(condition: Any, value: Any) -> Any:
    return condition.ifelse(value, NOTHING)


def with_depth(entries: Any, n_stages: int, *, window: int | None, guards: Sequence[Guard] = ()) -> Any:
    """Add how many stages each attempt reached (`depth`), when it reached the last (`finished`), and `barred`."""
    entered = entries[reached(1)]
    depth, so_far = ibis.literal(1, type="int64"), None
    for stage in range(2, n_stages + 1):
        at = entries[reached(stage)]
        ok = at.notnull()
        if window is not None:
            ok = ok & (at - entered <= window)
        for guard in guards:
            if guard.after < stage <= guard.before:
                barred = entries[guard.column]
                ok = ok & (barred.isnull() | (barred >= at))
        so_far = ok.fill_null(False) if so_far is None else so_far & ok.fill_null(False)  # noqa: FBT003
        depth = depth + one_if(so_far)
    entries = entries.mutate(depth=depth)
    finished = [(entries.depth == stage, entries[reached(stage)]) for stage in range(1, n_stages + 1)]
    return entries.mutate(
        finished=ibis.cases(*finished, else_=NOTHING), barred=_barred(entries, n_stages, window, guards)
    )


def _barred(entries: Any, n_stages: int, window: int | None, guards: Sequence[Guard]) -> Any:
    """Return 1 where an excluded event ended the attempt."""
    ended = ibis.literal(False)  # noqa: FBT003
    for guard in guards:
        barred = entries[guard.column]
        now = barred.notnull() & (entries.depth >= guard.after) & (entries.depth < guard.before)
        if window is not None:
            now = now & (barred - entries[reached(1)] <= window)
        ended = ended | now.fill_null(False)  # noqa: FBT003
    return one_if(ended & (entries.depth < n_stages))
