"""Does the map show what customers do: paths that fit it, events that it lacks, steps that nobody takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from journeymap.analyses.funnel_scope import FEW
from journeymap.analyses.intervals import wilson
from journeymap.analyses.scope import Scope, definition_hash, seen_period
from journeymap.analyses.showing import HEAD_ROWS
from journeymap.analyses.splitting import beyond_data_end, checked_log, entry_bounds, instants
from journeymap.errors import DefinitionError, counted
from journeymap.events.selecting import event_mask
from journeymap.maps.comparing.movements import explanations, movements_of, nodes_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from journeymap.events.log import EventLog
    from journeymap.maps.comparing.movements import Movements
    from journeymap.maps.document import JourneyMap
    from journeymap.rules import Rule

RARE = 0.01
RULES = (
    "A movement is from one measured step to the next one seen, repeats merged; a stage without measured steps counts by its milestone.",
    "The map explains a movement to a later step of the same stage or to the next measured stage, and where a step's next leads.",
    "Events of one instant stand in the order of the log's sequence key, then of their names.",
    "Intervals 95 %: Wilson, of customers.",
)


@dataclass(frozen=True, eq=False, repr=False)
class Fit:
    """The answer of :func:`fit`.

    Attributes
    ----------
    table
        One row per movement that was seen, most first: `source` and `target` (ids of steps, or of stages without measured
        steps), `movements`, `customers` who made it, `explained`, and `why`: ``"order"``, ``"next"``, ``"goes back"`` or
        ``"skips a stage"``.
    rules
        One row per rule of the map: `part`, `kind`, `name`, `events`, `customers`, `customer_share` of all customers, `rare`
        (below 1 %; a dead rule has 0 events).
    unmapped
        One row per event name of which some events match no rule of the map: `event`, `events`, `customers`,
        `customer_share`; most customers first.
    customers, fitting
        How many customers moved between steps, and of how many the map explains every movement.
    scope, notes
        What was counted, and what the reader must know.
    """

    table: pd.DataFrame
    rules: pd.DataFrame
    unmapped: pd.DataFrame
    customers: int
    fitting: int
    scope: Scope
    notes: tuple[str, ...]
    journey_map: JourneyMap = field(repr=False)

    def __repr__(self) -> str:
        share = f" ({self.fitting / self.customers:.0%})" if self.customers else ""
        moving = counted(self.customers, "customer who moved", "customers who moved")
        head = f"Fit: the map explains the whole path of {self.fitting:,}{share} of {moving} between steps."
        shown = self.table.head(HEAD_ROWS).to_string(index=False, max_colwidth=40)
        rest = f"{counted(len(self.table), 'row is', 'rows are')} in .table; .rules, .unmapped, .scope and .notes say the rest."
        return "\n".join([head, shown, rest])

    @property
    def customer_share(self) -> tuple[float, float, float]:
        """The share of moving customers whose whole path the map explains, with its 95 % interval; nan if nobody moved."""
        low, high = wilson(self.fitting, self.customers)
        return self.fitting / self.customers if self.customers else float("nan"), float(low), float(high)

    @property
    def movement_share(self) -> float:
        """The share of movements that the map explains; nan if there is none."""
        total = int(self.table["movements"].sum())
        explained = int(self.table.loc[self.table["explained"], "movements"].sum())
        return explained / total if total else float("nan")

    @property
    def dead(self) -> pd.DataFrame:
        """The rules of steps that match nothing, or less than 1 % of customers."""
        return self.rules[self.rules["rare"] & (self.rules["kind"] == "step")].reset_index(drop=True)


def fit(journey_map: JourneyMap, log: EventLog, /, *, period: Sequence[Any] | None = None) -> Fit:
    """Say how well a map fits what customers did.

    A customer is at a step when an event matches it (the first step in the map's order, if several match). The path is the
    order of these events in the log, with repeats merged; an unexplained movement is no error of the customer, but
    something that the map does not show.

    Parameters
    ----------
    period
        Two dates or moments, half-open in the zone of reports; only events within it are read.

    Returns
    -------
    Fit

    Raises
    ------
    DefinitionError
        If neither a step nor a stage of the map says which events it is.

    Examples
    --------
    >>> import pandas as pd, journeymap as jm
    >>> frame = pd.DataFrame({"who": ["a", "a", "b", "b"], "what": ["see", "buy", "buy", "see"], "when": pd.date_range("2026-01-01", periods=4)})
    >>> log = jm.read_events(frame, customer="who", event="what", at="when")
    >>> stages = [{"name": "See", "milestone": jm.event("see")}, {"name": "Buy", "milestone": jm.event("buy")}]
    >>> found = fit(jm.JourneyMap("Shop", stages=stages), log)
    >>> found.fitting, found.customers, found.table[["source", "target", "why"]].values.tolist()
    (1, 2, [['see', 'buy', 'order'], ['buy', 'see', 'goes back']])
    """
    checked_log(log)
    nodes = nodes_of(journey_map)
    if not nodes:
        raise DefinitionError(
            f"No step and no stage of {journey_map.title} says which events it is.",
            right="A step needs a match, or a stage a milestone.",
            fix='journey_map.change("step-id", match=jm.event("search"))',
        )
    bounds = instants(log, period)
    begin, end = entry_bounds(log, bounds)
    within = (log.visible.at >= begin) & (log.visible.at < end)
    places = {node.part: place for place, node in enumerate(nodes)}
    codes, mapped, rules = (
        np.full(log.n_events, len(nodes), dtype=np.int64),
        np.zeros(log.n_events, dtype=bool),
        [],
    )
    for kind, part, name, rule in _rules_of(journey_map):
        mask = event_mask(log, rule) & within
        mapped |= mask
        rules.append((part, kind, name, int(mask.sum()), _people(log, mask)))
        if part in places:
            codes[mask] = np.minimum(codes[mask], places[part])
    at_node = np.flatnonzero(codes < len(nodes))
    found = movements_of(
        log.visible.customer[at_node], codes[at_node], nodes, explanations(journey_map, nodes)
    )
    of = _people(log, within)
    return Fit(
        found.table,
        _rules_table(rules, of),
        _unmapped(log, within & ~mapped, of),
        found.moving,
        found.fitting,
        _scope(journey_map, log, found, of, bounds),
        (*beyond_data_end(log, bounds), *_notes(found), *log.notes),
        journey_map,
    )


def _rules_of(journey_map: JourneyMap) -> Iterator[tuple[str, str, str, Rule]]:
    """Go through all that says which events it is: kind, id, name, rule."""
    for stage in journey_map.stages:
        if stage.milestone:
            yield "stage", stage.id, stage.name, stage.milestone
    named = [("step", step.id, step.title, step.match) for step in journey_map.steps]
    named += [("touchpoint", one.id, one.name, one.match) for one in journey_map.touchpoints]
    named += [("channel", one.id, one.name, one.match) for one in journey_map.channels]
    yield from (one for one in named if one[3])


def _people(log: EventLog, mask: NDArray[np.bool_]) -> int:
    return int(np.count_nonzero(np.bincount(log.visible.customer[mask])))


def _rules_table(rules: list[tuple[str, str, str, int, int]], of: int) -> pd.DataFrame:
    table = pd.DataFrame(rules, columns=["part", "kind", "name", "events", "customers"])
    table["customer_share"] = table["customers"] / max(of, 1)
    table["rare"] = table["customer_share"] < RARE
    return table


def _unmapped(log: EventLog, mask: NDArray[np.bool_], of: int) -> pd.DataFrame:
    n_names, rows = len(log.store.event_names), np.flatnonzero(mask)
    event = log.visible.event[rows].astype(np.int64)
    who = np.unique(log.visible.customer[rows].astype(np.int64) * n_names + event) % max(n_names, 1)
    events, people = np.bincount(event, minlength=n_names), np.bincount(who, minlength=n_names)
    seen = np.flatnonzero(events)
    table = pd.DataFrame(
        {
            "event": pd.Series(log.store.event_names[seen], dtype="str"),
            "events": events[seen],
            "customers": people[seen],
            "customer_share": people[seen] / max(of, 1),
        }
    )
    return table.sort_values(["customers", "events"], ascending=False, kind="stable", ignore_index=True)


def _scope(
    journey_map: JourneyMap, log: EventLog, found: Movements, of: int, bounds: tuple[int, int] | None
) -> Scope:
    begin, end = seen_period(log, bounds)
    return Scope(
        what="Moved between steps of the map",
        counted=found.moving,
        of=of,
        begin=begin,
        end=end,
        timezone=log.timezone,
        complete_to=log.moment(log.data_end),
        rules=RULES,
        filters=tuple(map(str, log.filters)),
        definition=definition_hash(
            "fit", nodes_of(journey_map), [step.next for step in journey_map.steps], bounds
        ),
        data=log.fingerprint,
    )


def _notes(found: Movements) -> list[str]:
    notes = []
    if found.still:
        who = counted(found.still, "customer was", "customers were")
        notes.append(f"{who} at one step only; without a movement there is nothing to fit.")
    if 0 < found.moving < FEW:
        notes.append(f"Fewer than {FEW} customers moved, so the share is uncertain.")
    return notes
