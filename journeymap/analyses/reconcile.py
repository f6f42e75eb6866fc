"""Why the same journey counts differently under two sets of rules, customer by customer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, get_args

import numpy as np
import pandas as pd

from journeymap.analyses.funnel_words import unit_of
from journeymap.analyses.pushing import check_read
from journeymap.analyses.reconcile_reasons import Count, Reasons, reasons_of
from journeymap.analyses.reconcile_scope import notes_of, scope_of
from journeymap.analyses.showing import Shown
from journeymap.analyses.splitting import checked_log, entry_bounds, instants
from journeymap.counting.contract import Counting
from journeymap.errors import DefinitionError, listing
from journeymap.events.sessions import sessions_of
from journeymap.journeys import unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from journeymap.analyses.scope import Scope
    from journeymap.events.log import EventLog
    from journeymap.journeys import Journey

SAME = "(same)"


@dataclass(frozen=True, eq=False)
class Reconciliation(Shown):
    """The answer of :func:`reconcile`.

    Attributes
    ----------
    table
        One row per stage and reason: `stage`, `position`, `reason`; `a` and `b`, how many customers of this reason entered
        the stage under each set of rules; `difference` (b less a), and `customers`, how many enter it under one of them
        only. The customers on whom the rules agree at every stage are the reason "(same)", so that the rows of a stage
        add up to both counts and to their difference.
    scope
        Who was counted, when and under which rules.
    notes
        What the reader must know.
    stage
        The stage that the finding and the chart are about.
    count
        What was compared, a column of ``funnel.table``.
    """

    table: pd.DataFrame
    scope: Scope
    notes: tuple[str, ...]
    journey: Journey
    a: Counting
    b: Counting
    stage: str
    count: Count
    log: EventLog = field(repr=False)
    reasons: Reasons = field(repr=False)

    def customers(self, *, reason: str | None = None, stage: str | None = None) -> pd.DataFrame:
        """List exactly the customers on whom the rules differ.

        Parameters
        ----------
        reason
            One of the table's; None is every reason.
        stage
            Where they differ; None is at any stage.

        Returns
        -------
        pandas.DataFrame
            `customer` (or the column that is counted), `reason`; `furthest_a` and `furthest_b`, the furthest stage under each
            set of rules (missing where they did not enter), `depth_a` and `depth_b`, its position (0 where they did not);
            `entered_at_a` and `entered_at_b`.
        """
        found, names = self.reasons, self.reasons.names
        mask = found.of_unit >= 0
        if reason is not None:
            if reason not in (*names, SAME):
                raise unknown("reason", reason, [*names, SAME], owner="this reconciliation")
            mask &= found.of_unit == (names.index(reason) if reason in names else -1)
        if stage is not None:
            position = self.journey.stages.index(self.journey.stage(stage))
            mask &= found.under_a[position] != found.under_b[position]
        units = np.flatnonzero(mask)
        named = "customer" if self.a.unit in ("customer", "session") else self.a.unit
        columns: dict[str, Any] = {named: _names(self.log, self.a, units)}
        columns["reason"] = pd.Series(np.asarray(names, dtype=object)[found.of_unit[units]], dtype="str")
        depths = {side: _furthest(under[:, units]) for side, under in self._sides("under")}
        columns |= {f"furthest_{side}": self._stage_names(depth) for side, depth in depths.items()}
        columns |= {f"depth_{side}": depth for side, depth in depths.items()}
        for side, entered in self._sides("entered"):
            columns[f"entered_at_{side}"] = self.log.moments(entered[units]).where(depths[side] > 0)
        return pd.DataFrame(columns).sort_values(["reason", named], ignore_index=True)

    def _sides(self, what: str) -> list[tuple[str, NDArray[Any]]]:
        return [(side, getattr(self.reasons, f"{what}_{side}")) for side in "ab"]

    def _stage_names(self, depth: NDArray[np.int64]) -> pd.Series:
        return pd.Series(np.asarray([None, *self.journey.stage_names], dtype=object)[depth], dtype="str")


def reconcile(
    log: EventLog,
    journey: Journey,
    a: Counting,
    b: Counting,
    /,
    *,
    period: Sequence[Any] | None = None,
    stage: str | None = None,
    count: Count = "customers",
) -> Reconciliation:
    """Count a journey under two sets of rules, and give each customer on whom they differ one reason.

    The rules of `a` are changed into those of `b` one after another, in this order: date range (`bounds`), unsettled
    (`open`), tie (`ties`, `tolerance`), window, attempt (`attempts`, `represent`, `entry`), exclusion (`exclude`,
    `excluded`), event reuse (`reuse`), order (`order`, `anchored`), held the same (`same`). A customer's reason is the
    last change that changed the stages they entered, after which their result is that under `b`. It says by which rule
    the counts part, not what made the customer do anything; in another order of the rules it may be another one.

    Parameters
    ----------
    a, b
        Two sets of rules that count the same things, also those of other products.
    period
        Two dates or moments, half-open in the zone of reports.
    stage
        What the finding and the chart are about; None is the last stage. The table has all stages.
    count
        ``"customers"``, all who entered a stage so far, or ``"settled"``, those of whom rates are made.

    Returns
    -------
    Reconciliation

    Raises
    ------
    DefinitionError
        If one counts customers and the other sessions or attempts, if nothing is ever settled, or if the log stays in its
        engine (:func:`journeymap.connect`).

    Examples
    --------
    >>> import pandas as pd, journeymap as jm
    >>> frame = pd.DataFrame({"who": ["a", "a", "b", "b"], "what": ["see", "buy"] * 2, "when": pd.to_datetime(["2026-01-01", "2026-01-02", "2026-01-01", "2026-01-20"])})
    >>> log = jm.read_events(frame, customer="who", event="what", at="when")
    >>> journey = jm.Journey("Shop", stages=[jm.Stage("See", jm.event("see")), jm.Stage("Buy", jm.event("buy"))])
    >>> found = jm.reconcile(log, journey, jm.Counting(), jm.Counting(window="7d"))
    >>> found.table[["stage", "reason", "a", "b", "difference"]].values.tolist()[2:]
    [['Buy', 'window', 1, 0, -1], ['Buy', '(same)', 1, 1, 0]]
    >>> found.customers(reason="window", stage="Buy")["customer"].tolist()
    ['b']
    """
    check_read(log, "reconcile")
    checked_log(log)
    _check(a, b, count)
    stage = journey.stage_names[-1] if stage is None else journey.stage(stage).name
    bounds = instants(log, period)
    found = reasons_of(log, journey, a, b, period=entry_bounds(log, bounds), count=count)
    scope = scope_of(log, journey, found, a, b, period=bounds, count=count)
    notes = notes_of(log, journey, a, b, count=count, period=bounds)
    return Reconciliation(_table(journey, found), scope, notes, journey, a, b, stage, count, log, found)


def _check(a: object, b: object, count: object) -> None:
    for counting in (a, b):
        if not isinstance(counting, Counting):
            raise DefinitionError(
                f"{counting!r} is no set of rules.",
                right="Two are wanted, for example the default and another product's.",
                fix='jm.Counting(), jm.Counting.like("mixpanel")',
            )
    if count not in get_args(Count):
        raise DefinitionError(
            f"count={count!r} is not known.",
            right=f"There is {listing(map(repr, get_args(Count)))}.",
            fix='count="customers"',
        )
    counted = [unit_of(counting) for counting in (a, b)]  # type: ignore[arg-type]
    if counted[0] != counted[1] or "attempts" in counted:
        raise DefinitionError(
            f"{counted[0].capitalize()} and {counted[1]} cannot be told apart one by one.",
            right="Both sets of rules must count the same customers, sessions or values.",
            fix='jm.Counting(unit="customer", attempts="best")',
        )
    if count == "settled" and not (a.settles and b.settles):  # type: ignore[attr-defined]
        raise DefinitionError(
            "Without a window nobody is ever settled.", right="Compare the counts.", fix='count="customers"'
        )


def _table(journey: Journey, found: Reasons) -> pd.DataFrame:
    rows = []
    for position, stage in enumerate(journey.stage_names):
        under_a, under_b = found.under_a[position], found.under_b[position]
        for place, reason in (*enumerate(found.names), (-1, SAME)):
            of_it = found.of_unit == place
            a, b = int((under_a & of_it).sum()), int((under_b & of_it).sum())
            differ = int((of_it & (under_a != under_b)).sum())
            rows.append((stage, position + 1, reason, a, b, b - a, differ))
    columns = ["stage", "position", "reason", "a", "b", "difference", "customers"]
    return pd.DataFrame(rows, columns=columns).astype({"stage": "str", "reason": "str"})


def _furthest(under: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the position of the furthest stage that was entered, 0 for none."""
    positions = np.arange(1, len(under) + 1)[:, None]
    return (under * positions).max(axis=0, initial=0)


def _names(log: EventLog, counting: Counting, units: NDArray[np.int64]) -> pd.Series:
    match counting.unit:
        case "customer":
            names = log.store.customers[units]
        case "session":
            names = log.store.customers[log.visible.customer[sessions_of(log).first[units]]]
        case column:
            names = np.asarray([str(value) for value in log.column(column).values], dtype=object)[units]
    return pd.Series(names, dtype="str")
