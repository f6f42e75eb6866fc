"""How many customers reach each stage, and how many move on, leave or may still come."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from journeymap.analyses.funnel_parts import Outcome, Part, outcome_mask, parts_of, whole
from journeymap.analyses.funnel_scope import notes_of, scope_of
from journeymap.analyses.funnel_table import part_rows, typed
from journeymap.analyses.showing import Shown
from journeymap.analyses.splitting import (
    checked,
    checked_log,
    checked_number,
    instants,
)
from journeymap.counting.attempts import ALWAYS, Attempts, attempts, reached_at
from journeymap.counting.contract import Counting
from journeymap.counting.kernels import first_after
from journeymap.counting.running import over_customers
from journeymap.errors import DefinitionError
from journeymap.journeys import Segment, unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

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
            `customer`, `entered_at` (the attempt's entry), `reached_at` (the stage), `last_active_at`; in order of entry.
        """
        codes, entered, reached = self._found(stage, outcome, segment, group)
        visible = self.log.visible
        last = visible.at[visible.offsets[codes + 1] - 1]
        frame = pd.DataFrame(
            {
                "customer": pd.Series(self.log.store.customers[codes], dtype="str"),
                "entered_at": self.log.moments(entered),
                "reached_at": self.log.moments(reached),
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
        names, codes = self._next_names(stage, outcome, segment, group)
        return [str(customer) for customer in self.log.store.customers[codes[names == event]]]

    def _next_names(
        self, stage: str, outcome: Outcome | None, segment: str | None, group: str | None
    ) -> tuple[NDArray[Any], NDArray[np.int64]]:
        codes, entered, reached = self._found(stage, outcome, segment, group)
        visible = self.log.visible
        after = np.full(len(visible.offsets) - 1, np.iinfo(np.int64).max, dtype=np.int64)
        after[codes] = reached
        following = np.full(len(after), -1, dtype=np.int64)
        over_customers(first_after, visible.offsets, visible.offsets, visible.at, after, following)
        row = following[codes]
        window = self.counting.window
        until = np.iinfo(np.int64).max if window is None else entered + self.log.length(window)
        within = (row >= 0) & (visible.at[row] <= until)
        named = self.log.store.event_names[visible.event[row]]
        return np.where(within, named, NOTHING_MORE), codes

    def _found(
        self, stage: str, outcome: Outcome | None, segment: str | None, group: str | None
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Return the codes of customers, when their attempts entered and when they reached the stage."""
        part, position = self._part(segment, group), self._position(stage)
        settled = outcome is not None and outcome.startswith("settled")
        if settled and self.counting.window is None:
            raise DefinitionError(
                "Without a window nobody is ever settled.", right="Ask for moved_on or still_open."
            )
        found = self.attempts
        mask = outcome_mask(found, position, outcome, n_stages=len(self.journey.stages))
        codes = np.flatnonzero(mask & (part.settled if settled else part.counted))
        at = found.settled_at if settled else self._reached_at
        return codes, at[codes, 0], at[codes, position]

    @cached_property
    def _reached_at(self) -> NDArray[np.int64]:
        return reached_at(self.log, self.journey, counting=self.counting, period=self.period or ALWAYS)

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
    log: EventLog,
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
    checked_log(log)
    checked_number("top", top, least=1, most=10_000)
    counting = counting or Counting()
    segments = checked(segments)
    bounds = instants(log, period)
    found = attempts(log, journey, counting=counting, period=bounds or ALWAYS)
    parts = parts_of(log, segments, found, by=by, top=top)
    table = pd.concat(
        [part_rows(part, found, journey, log=log, windowed=counting.window is not None) for part in parts],
        ignore_index=True,
    )
    scope = scope_of(log, journey, parts, found, segments=segments, by=by, period=bounds, counting=counting)
    notes = notes_of(log, journey, table, counting)
    return Funnel(
        typed(table), scope, notes, journey, segments, by, counting, log, tuple(parts), found, bounds
    )
