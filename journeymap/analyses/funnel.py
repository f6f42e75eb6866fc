"""How many customers reach each stage, and how many move on, leave or may still come."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from journeymap.analyses.funnel_lists import listed
from journeymap.analyses.funnel_parts import Outcome, Part, outcome_mask, parts_of, whole
from journeymap.analyses.funnel_scope import notes_of, scope_of
from journeymap.analyses.funnel_sharing import shared_notes
from journeymap.analyses.funnel_table import table_of
from journeymap.analyses.pushing import pushed
from journeymap.analyses.showing import Shown
from journeymap.analyses.splitting import (
    beyond_data_end,
    checked,
    checked_log,
    checked_number,
    entry_bounds,
    instants,
)
from journeymap.counting.attempts import Attempts, attempts
from journeymap.counting.contract import Counting
from journeymap.counting.stage_rows import never_seen
from journeymap.errors import DefinitionError
from journeymap.events.warehouse.log import WarehouseLog
from journeymap.journeys import Segment, unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from journeymap.analyses.funnel_lists import Listed
    from journeymap.analyses.scope import Scope
    from journeymap.events.log import EventLog
    from journeymap.journeys import Journey

NOTHING_MORE = "(nothing more)"


@dataclass(frozen=True, eq=False)
class Funnel(Shown):
    """The answer of :func:`funnel`.

    Attributes
    ----------
    table
        One row per segment, group and stage. Counts of customers, missing where not defined:
        `customers` entered the stage so far; of these `moved_on`, `left` and are `still_open` (they add up);
        `excluded` of those who left. `share_of_first` and `share_of_previous` describe these counts.
        Rates use settled entries only: `settled`, `settled_moved_on`, `settled_share` with its 95 % interval `low` to
        `high` (from this stage to the next), and `settled_of_first_share` with `first_low` to `first_high` (from the
        first stage to this one). `median_hours` from the stage before. Also `segment`, `group`, `stage`, `position`.
        Where stages may come in any order a row counts who reached as many as its `position`, and `stage` only names it.
    scope
        Who was counted, when and under which rules.
    notes
        What the reader must know.
    """

    table: pd.DataFrame
    scope: Scope
    notes: tuple[str, ...]
    journey: Journey
    segments: tuple[Segment, ...]
    by: str | None
    counting: Counting
    log: EventLog = field(repr=False)
    parts: tuple[Part, ...] = field(repr=False)
    attempts: Attempts = field(repr=False)
    period: tuple[int, int] | None = field(repr=False)

    def customers(
        self,
        *,
        stage: str,
        outcome: Outcome | None = None,
        segment: str | None = None,
        group: str | None = None,
    ) -> pd.DataFrame:
        """List exactly the customers of a number of the table.

        Parameters
        ----------
        stage
            The stage they reached.
        outcome
            What became of them there; None is all who reached it. The settled outcomes list the customers of the rate.
        segment, group
            Needed only if the funnel has several; a funnel of one segment lists that one.

        Returns
        -------
        pandas.DataFrame
            `customer`, `entered_at` (the attempt's entry), `reached_at` (the stage), `last_active_at`; in the order in
            which they reached it. One row for each of what is counted: where that is a column, it stands first, and
            `customer` is who entered.
        """
        found = self._found(stage, outcome, segment, group)
        visible, unit = self.log.visible, self.counting.unit
        last = visible.at[visible.offsets[found.customers + 1] - 1]
        named = {} if unit in ("customer", "session") else {unit: found.names(self.log, unit)}
        frame = pd.DataFrame(
            named
            | {
                "customer": pd.Series(self.log.store.customers[found.customers], dtype="str"),
                "entered_at": self.log.moments(found.entered),
                "reached_at": self.log.moments(found.reached),
                "last_active_at": self.log.moments(last),
            }
        )
        return frame.sort_values(["reached_at", "customer"], ignore_index=True)

    def did_next(
        self,
        *,
        stage: str,
        outcome: Outcome | None = None,
        segment: str | None = None,
        group: str | None = None,
    ) -> pd.DataFrame:
        """Count what the customers of a number did first after they reached the stage, within the window.

        Returns
        -------
        pandas.DataFrame
            `event` and `customers`, most first; "(nothing more)" are those who did nothing. The rows add up to the number.
        """
        names, _ = self._next_names(stage, outcome, segment, group)
        counts = pd.Series(names, dtype="str").value_counts()
        return counts.rename_axis("event").rename("customers").reset_index()

    def customers_who_did_next(
        self,
        event: str,
        /,
        *,
        stage: str,
        outcome: Outcome | None = None,
        segment: str | None = None,
        group: str | None = None,
    ) -> list[str]:
        """List the customers of one row of :meth:`did_next`."""
        names, customers = self._next_names(stage, outcome, segment, group)
        return [str(customer) for customer in self.log.store.customers[customers[names == event]]]

    def _next_names(
        self, stage: str, outcome: Outcome | None, segment: str | None, group: str | None
    ) -> tuple[NDArray[Any], NDArray[np.int64]]:
        found = self._found(stage, outcome, segment, group)
        names = found.did_next(self.log, window=self.counting.window)
        return np.where(names == None, NOTHING_MORE, names), found.customers  # noqa: E711 - of each element

    def _found(self, stage: str, outcome: Outcome | None, segment: str | None, group: str | None) -> Listed:
        part, position = self._part(segment, group), self._position(stage)
        settled = outcome is not None and outcome.startswith("settled")
        if settled and not self.counting.settles:
            raise DefinitionError(
                "Without a window nobody is ever settled.", right="Ask for moved_on or still_open."
            )
        mask = outcome_mask(self.attempts, position, outcome, n_stages=len(self.journey.stages))
        units = np.flatnonzero(mask & (part.settled if settled else part.counted))
        return listed(self.log, self.attempts, units, position, settled=settled)

    def _position(self, stage: str) -> int:
        return self.journey.stages.index(self.journey.stage(stage))

    def _part(self, segment: str | None, group: str | None) -> Part:
        segments = list(dict.fromkeys(part.segment for part in self.parts))
        if segment is None and len(segments) == 1:
            segment = segments[0]
        if segment not in segments:
            raise unknown("segment", segment, segments, owner="this funnel")
        of_segment = [part for part in self.parts if part.segment == segment]
        if group is None and len(of_segment) > 1:
            return whole(segment, of_segment)
        for part in of_segment:
            if group is None or part.group == str(group):
                return part
        raise unknown("group", group, [part.group for part in of_segment], owner="this funnel")


def funnel(
    log: EventLog | WarehouseLog,
    journey: Journey,
    /,
    *,
    segments: Sequence[Segment] = (),
    by: str | None = None,
    period: Sequence[Any] | None = None,
    counting: Counting | None = None,
    top: int = 10,
) -> Funnel:
    """Count how many customers reach each stage of a journey.

    Parameters
    ----------
    segments
        Up to six, side by side; none is everybody. A customer may be in several.
    by
        A property of events (read at the entry of the counted attempt) or an attribute of customers to break down by.
    period
        Two dates or moments, half-open in the zone of reports. They bound the entry only.
    counting
        The rules; see :class:`journeymap.Counting`.
    top
        How many groups of a breakdown stand alone; the rest are "(other)".

    Returns
    -------
    Funnel

    Examples
    --------
    >>> import pandas as pd, journeymap as jm
    >>> frame = pd.DataFrame({"who": ["a", "a", "b"], "what": ["see", "buy", "see"], "when": ["2026-01-01", "2026-01-02", "2026-01-01"]})
    >>> log = jm.read_events(frame, customer="who", event="what", at="when")
    >>> journey = jm.Journey("Shop", stages=[jm.Stage("See", jm.event("see")), jm.Stage("Buy", jm.event("buy"))])
    >>> jm.funnel(log, journey).table[["stage", "customers", "moved_on", "still_open"]].values.tolist()
    [['See', 2, 1, 1], ['Buy', 1, <NA>, <NA>]]
    """
    if isinstance(log, WarehouseLog):
        return pushed(
            "funnel", log, journey, segments=segments, by=by, period=period, counting=counting, top=top
        )
    checked_log(log)
    checked_number("top", top, least=1, most=10_000)
    counting = counting or Counting()
    segments = checked(segments)
    bounds = instants(log, period)
    found = attempts(log, journey, counting=counting, period=entry_bounds(log, bounds))
    parts = parts_of(
        log, segments, found, by=by, top=top, breakdown=counting.breakdown, stage_names=journey.stage_names
    )
    table = table_of(parts, found, journey, log=log, counting=counting)
    scope = scope_of(log, journey, parts, found, segments=segments, by=by, period=bounds, counting=counting)
    notes = (
        *beyond_data_end(log, bounds),
        *shared_notes(parts, found),
        *notes_of(log, journey, found.plan.sought, never_seen(log, found.plan.sought), table, counting),
    )
    return Funnel(table, scope, notes, journey, segments, by, counting, log, tuple(parts), found, bounds)
