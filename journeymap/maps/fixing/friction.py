"""Where a journey hurts most: customers a month who are lost or unhappy, and what that costs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from journeymap.analyses.funnel_scope import FEW
from journeymap.analyses.scope import Scope, definition_hash, seen_period
from journeymap.analyses.showing import Shown
from journeymap.analyses.splitting import (
    beyond_data_end,
    checked_log,
    checked_number,
    entry_bounds,
    instants,
)
from journeymap.counting.attempts import attempts
from journeymap.counting.contract import Counting
from journeymap.errors import DataError, DefinitionError, counted, listing
from journeymap.events.store import NANOSECONDS_IN
from journeymap.journeys import unknown
from journeymap.maps.feedback.emotions import LEAST
from journeymap.maps.feedback.joining import passages
from journeymap.maps.fixing.answers import answers_at
from journeymap.maps.fixing.benchmarks import benchmark_of
from journeymap.maps.fixing.estimates import Draws, estimates_of
from journeymap.maps.fixing.places import places_of
from journeymap.maps.fixing.table import table_of
from journeymap.maps.fixing.values import value_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from journeymap.counting.attempts import Attempts
    from journeymap.events.log import EventLog
    from journeymap.maps.document import JourneyMap
    from journeymap.maps.feedback.reading import Feedback
    from journeymap.maps.fixing.places import Place

DAYS_A_MONTH = 30.4375
_DAY = 86_400_000_000_000


@dataclass(frozen=True, eq=False)
class Friction(Shown):
    """The answer of :func:`friction`.

    Attributes
    ----------
    table
        One row per stage and measured step, in the order of the map. Customers are settled ones, a month where not said
        otherwise; money is a month; intervals are 95 %.

        - `part` (id), `kind` (``"stage"`` or ``"step"``), `name`, `stage` (id);
        - `settled` customers who were there in the period, `left_settled` of them who did not move on; `reach`, `left`: the
          same a month;
        - `drop_share` with `drop_low` to `drop_high` (Wilson), `benchmark_share`, `excess_share`;
        - `answers` with an emotion, and the share of negative ones, `negative_share`, shrunk towards that of the map
          (missing below 5 answers, and `unhappy` with it: `friction` is then what is `lost`);
        - `lost` (reach x excess), `unhappy` (reach x negative), `friction` (either of them), each with `_low` and `_high`;
          `union` says how leaving and mood were joined: ``"measured"``, of the same customers, or ``"independent"``;
        - `outcome_share` of those who moved on that got to the outcome; `value_at_stake` with `value_low` and `value_high`;
        - `rank` among the stages or among the steps, by friction (without a benchmark by `left`), and `top3_share`: in what
          share of the samples it is among the first three.

        Missing is what is not defined: no drop-off at the last stage, nothing lost without a benchmark.
    scope, notes
        Who was counted under which rules, and what the reader must know.
    """

    table: pd.DataFrame
    scope: Scope
    notes: tuple[str, ...]
    journey_map: JourneyMap = field(repr=False)
    currency: str
    has_benchmark: bool
    places: tuple[Place, ...] = field(repr=False)
    draws: Draws = field(repr=False)
    a_month: float = field(repr=False)

    @property
    def stages(self) -> pd.DataFrame:
        """The rows of stages, worst first."""
        rows = self.table[self.table["kind"] == "stage"]
        return rows.sort_values("rank", kind="stable", na_position="last", ignore_index=True)

    def on(self, journey_map: JourneyMap, /) -> JourneyMap:
        """Return a map that shows what is at stake; see :func:`journeymap.maps.fixing.stakes.with_stakes`."""
        from journeymap.maps.fixing.stakes import with_stakes  # stands on this module

        return with_stakes(journey_map, self)


def friction(
    journey_map: JourneyMap,
    log: EventLog,
    feedback: Feedback | None = None,
    /,
    *,
    benchmark: Any = None,
    value: float | str | None = None,
    outcome: str | None = None,
    counting: Counting | None = None,
    period: Sequence[Any] | None = None,
    replicates: int = 1000,
    seed: int = 0,
) -> Friction:
    """Count the customers a month whom each stage and step loses or makes unhappy, and what is at stake.

    With reach, drop-off beyond a benchmark and the share of negative answers, friction = reach x (1 - (1 - excess)(1 -
    negative)) where leaving and mood are taken as independent. Where customers who left and customers who moved on both gave
    30 answers or more, the mood of each group is used instead: the measured union. Value at stake = lost x P(outcome |
    passed) x value of an outcome.

    Parameters
    ----------
    benchmark
        How many may leave: ``"target"``, the targets of KPIs of `moved_on_share` or `left_share`; ``"persona"``, the best of
        the map's personas at each place; a list of segments, the best of them; two dates, the entries of an earlier period; a
        share, or shares by id. None shows drop-off as it is, for not all of it is friction.
    value
        Of an outcome: a number, or a property of the events by which customers reached it.
    outcome
        The id of the stage that is worth it, such as that of the purchase; None is the last stage.
    counting, period
        As for :func:`journeymap.funnel`; customers are counted, each once.
    replicates, seed
        How many samples the intervals stand on (a bootstrap over customers), and their source of chance.

    Returns
    -------
    Friction

    Raises
    ------
    DefinitionError
        If fewer than two stages have a milestone, or the rules do not count customers through stages in their order.
    DataError
        If nobody is settled, or the settled entries span less than a day.

    Examples
    --------
    >>> import pandas as pd, journeymap as jm
    >>> frame = pd.DataFrame({"who": ["a", "a", "b", "c"], "what": ["see", "buy", "see", "see"],
    ...     "when": ["2026-01-01", "2026-01-02", "2026-01-02", "2026-01-31"]})
    >>> log = jm.read_events(frame, customer="who", event="what", at="when", complete_to="2026-03-03")
    >>> stages = [{"name": "See", "milestone": jm.event("see")}, {"name": "Buy", "milestone": jm.event("buy")}]
    >>> found = friction(jm.JourneyMap("Shop", stages=stages), log, benchmark=1 / 3, value=30)
    >>> found.table[["part", "settled", "drop_share", "excess_share"]].round(2).values.tolist()
    [['see', 3, 0.67, 0.33], ['buy', 1, nan, nan]]
    """
    checked_log(log)
    checked_number("replicates", replicates, least=100, most=100_000)
    counting = counting or Counting()
    found, bounds = _searched(journey_map, log, counting, period)
    a_month, days = _a_month(log, counting, bounds)
    reached = passages(log, found, found.settled, window=counting.window)
    places = places_of(journey_map, log, found, reached)
    if not any(place.reached.any() for place in places):
        raise _nobody_settled(counting)
    held_against = benchmark_of(benchmark, journey_map, log, found, places, counting=counting)
    position = _outcome(journey_map, outcome)
    of_outcome = value_of(value, log, found, position=position, currency=journey_map.currency)
    said = answers_at(feedback, log, reached, places)
    estimates, draws = estimates_of(places, said, held_against, of_outcome, times=replicates, seed=seed)
    table = table_of(places, estimates, draws, a_month=a_month, has_benchmark=benchmark is not None)
    asked = definition_hash(
        journey_map.journey, benchmark, value, outcome, counting, bounds, replicates, seed, log.filters
    )
    rules = (
        *counting.sentences,
        f"The settled entries span {days:.1f} days; a month is {DAYS_A_MONTH} days, so counts are multiplied by {a_month:.3f}.",
        held_against.sentence,
        *of_outcome.sentences,
        f"Intervals 95 %: {replicates:,} bootstrap samples of customers, seed {seed}; of drop-off Wilson.",
    )
    scope = _scope(log, places, rules, bounds, asked)
    notes = (
        *beyond_data_end(log, bounds),
        *held_against.notes,
        *of_outcome.notes,
        *_on_answers(feedback, table),
        *log.notes,
    )
    return Friction(
        table,
        scope,
        notes,
        journey_map,
        journey_map.currency,
        benchmark is not None,
        tuple(places),
        draws,
        a_month,
    )


def _searched(
    journey_map: JourneyMap, log: EventLog, counting: Counting, period: Sequence[Any] | None
) -> tuple[Attempts, tuple[int, int] | None]:
    journey = journey_map.journey
    if journey is None:
        raise DefinitionError(
            f"Fewer than two stages of {journey_map.title} have a milestone.",
            right="A stage is measured by the events that count as having reached it.",
            fix='journey_map.change("stage-id", milestone=jm.event("search"))',
        )
    if (counting.unit, counting.order) != ("customer", "sequential") or counting.attempts == "every":
        raise DefinitionError(
            "Friction counts customers, each once, through stages in their order.",
            right="Leave unit, order and attempts as they are.",
            fix='jm.Counting(window="30d")',
        )
    bounds = instants(log, period)
    return attempts(log, journey, counting=counting, period=entry_bounds(log, bounds)), bounds


def _outcome(journey_map: JourneyMap, outcome: str | None) -> int:
    """Return the position of the stage that is the outcome among those with a milestone."""
    measured = [stage.id for stage in journey_map.stages if stage.milestone]
    if outcome is None:
        return len(measured) - 1
    if outcome not in measured:
        raise unknown("stage", outcome, measured, owner="the measured map")
    return measured.index(outcome)


def _a_month(log: EventLog, counting: Counting, bounds: tuple[int, int] | None) -> tuple[float, float]:
    """Return by what counts of the settled entries are multiplied for a month, and how many days these entries span."""
    first, end = int(log.visible.at.min()), log.data_end + 1
    if counting.window not in (None, "session") and counting.open == "apart":
        end -= log.length(counting.window or "")
    begin, end = (first, end) if bounds is None else (max(first, bounds[0]), min(end, bounds[1]))
    days = (end - begin) * NANOSECONDS_IN[log.store.unit] / _DAY
    if days <= 0:
        raise _nobody_settled(counting)
    if days < 1:
        raise DataError(
            "The settled entries span less than a day, which says nothing of a month.",
            right="It takes a day or more.",
        )
    return DAYS_A_MONTH / days, days


def _nobody_settled(counting: Counting) -> DataError:
    return DataError(
        f"No customer is settled under a window of {counting.window}.",
        right="A window that is over for some of them.",
        fix='counting=jm.Counting(window="7d")',
    )


def _scope(
    log: EventLog,
    places: Sequence[Place],
    rules: tuple[str, ...],
    bounds: tuple[int, int] | None,
    asked: str,
) -> Scope:
    begin, end = seen_period(log, bounds)
    return Scope(
        what=f"Settled entries of {places[0].name}",
        counted=int(np.logical_or.reduce([place.reached for place in places]).sum()),
        of=log.n_customers,
        begin=begin,
        end=end,
        timezone=log.timezone,
        complete_to=log.moment(log.data_end),
        rules=rules,
        filters=tuple(map(str, log.filters)),
        definition=asked,
        data=log.fingerprint,
    )


def _on_answers(feedback: Feedback | None, table: pd.DataFrame) -> list[str]:
    if feedback is None:
        return ["No feedback was given, so unhappy customers are not counted."]
    answers = counted(int(feedback.frame["emotion"].notna().sum()), "answer has", "answers have")
    notes = [
        f"{answers} an emotion; those of settled customers within their window count, and those who answer may differ from the rest."
    ]
    unheard, few = table["answers"] < LEAST, table["answers"] < FEW
    if unheard.any():
        where = listing(dict.fromkeys(table.loc[unheard, "name"]))
        notes.append(
            f"Fewer than {LEAST} answers at {where}: nobody knows how many are unhappy there, so friction is what is lost."
        )
    if (few & ~unheard).any():
        where = listing(dict.fromkeys(table.loc[few & ~unheard, "name"]))
        notes.append(
            f"Fewer than {FEW} answers at {where}: the unhappy there lean on the mood of the whole map; their intervals show it."
        )
    return notes
