"""The counting contract: the rules by which everything is counted, as one value that is written on every chart."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Literal, get_args

from journeymap.counting.presets import PRESETS
from journeymap.counting.wording import sentences_of
from journeymap.durations import canonical, nanoseconds
from journeymap.errors import DefinitionError, listing, nearest
from journeymap.rules import Rule, contains_customers

if TYPE_CHECKING:
    from collections.abc import Iterable

Attempt = Literal["best", "first", "every", "session"]
Represent = Literal["earliest", "latest"]
Order = Literal["sequential", "strict", "any"]
Entry = Literal["first stage", "any stage"]
Ties = Literal["apart", "either"]
Excluded = Literal["stays", "removed"]
Bounds = Literal["entry", "all"]
Open = Literal["apart", "left"]

CHOICES: dict[str, tuple[str, ...]] = {
    "attempts": get_args(Attempt),
    "represent": get_args(Represent),
    "order": get_args(Order),
    "entry": get_args(Entry),
    "ties": get_args(Ties),
    "excluded": get_args(Excluded),
    "bounds": get_args(Bounds),
    "open": get_args(Open),
}
"""The values of each rule that is one of a few words, the default first."""
MOST_SAME = 3


@dataclass(frozen=True)
class Exclusion:
    """Events that end an attempt when they come between two stages.

    Parameters
    ----------
    rule
        Which events.
    after, before
        The names of the stages between which they count, both exclusive; None is the first and the last stage.

    Examples
    --------
    >>> import journeymap as jm
    >>> jm.Exclusion(jm.event("refund"), after="Decide")
    jm.Exclusion(jm.event('refund'), after='Decide')
    """

    rule: Rule
    after: str | None = None
    before: str | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.rule, Rule) or contains_customers(self.rule):
            raise DefinitionError(
                f"{self.rule!r} does not say which events end an attempt.",
                right="An exclusion is made of jm.event, joined by &, | and ~.",
                fix='jm.Exclusion(jm.event("refund"))',
            )

    def __repr__(self) -> str:
        stages = [
            f", {name}={value!r}" for name, value in (("after", self.after), ("before", self.before)) if value
        ]
        return f"jm.Exclusion({self.rule!r}{''.join(stages)})"


@dataclass(frozen=True)
class Counting:
    """The rules of a count.

    A customer's *attempt* is one entry (an event of the first stage) and, for each next stage, the earliest event that
    may follow. By default the best attempt counts: the one that gets furthest, and of those the earliest. Events of one
    instant never follow one another, unless the log's sequence key says so.

    Parameters
    ----------
    window
        The longest time from an attempt's entry to its last stage, inclusive; ``"session"`` ends it with the session
        of the entry, None is no limit.
    attempts
        ``"best"``; ``"first"``, only the first entry of the period; ``"every"``, attempts are counted, and a new one
        starts only when the one before converted, timed out or was excluded; ``"session"``, the best within one session.
    represent
        Which of equally good attempts gives entry, times and breakdown: the ``"earliest"`` entry, or the ``"latest"``
        entry of those that got furthest first.
    order
        ``"sequential"``, other events may come between; ``"strict"``, none may; ``"any"``, stages in any order.
    anchored
        Under ``order="any"``: the stages that keep their place.
    entry
        An attempt begins at the ``"first stage"`` or at ``"any stage"``; earlier stages then count as not entered.
    ties
        Events of one instant never chain (``"apart"``), or chain in ``"either"`` direction.
    tolerance
        An event may also come before the stage it follows by up to this long.
    reuse
        Whether one event may serve several stages of an attempt.
    exclude, excluded
        Events that end an attempt (:class:`Exclusion`, or a condition), and whether its customer ``"stays"`` in the
        count or is ``"removed"`` from it.
    same
        Up to three properties that all events of an attempt share.
    unit
        What is counted: ``"customer"``, ``"session"`` or the values of a column, such as a company.
    bounds
        The period bounds the ``"entry"`` only, or ``"all"`` events.
    open
        Entries whose window is not over stand ``"apart"`` from rates, or count as ``"left"``.
    breakdown
        Where a breakdown by a property of events is read: at the ``"entry"``, the ``"first"`` or ``"last"`` event of the
        attempt that has it, or at a stage, by its name.
    preset
        The name of the product whose rules these are; see :meth:`like`.

    Raises
    ------
    DefinitionError
        For an unknown value, with the known ones, and for rules that exclude one another.

    Examples
    --------
    >>> import journeymap as jm
    >>> jm.Counting(window="2w", ties="either")
    jm.Counting(window='14d', ties='either')
    """

    window: str | None = "30d"
    attempts: Attempt = "best"
    represent: Represent = "earliest"
    order: Order = "sequential"
    anchored: tuple[str, ...] = ()
    entry: Entry = "first stage"
    ties: Ties = "apart"
    tolerance: str = "0s"
    reuse: bool = False
    exclude: tuple[Exclusion, ...] = ()
    excluded: Excluded = "stays"
    same: tuple[str, ...] = ()
    unit: str = "customer"
    bounds: Bounds = "entry"
    open: Open = "apart"
    breakdown: str = "entry"
    preset: str | None = None

    def __post_init__(self) -> None:
        for name, known in CHOICES.items():
            _check_choice(name, getattr(self, name), known)
        object.__setattr__(self, "window", _window(self.window))
        object.__setattr__(
            self, "tolerance", canonical(self.tolerance) if nanoseconds(self.tolerance) else "0s"
        )
        object.__setattr__(self, "anchored", _names(self.anchored))
        object.__setattr__(self, "same", _names(self.same))
        object.__setattr__(self, "exclude", _exclusions(self.exclude))
        _check_together(self)

    def __repr__(self) -> str:
        changed = ", ".join(
            f"{name}={list(value) if isinstance(value, tuple) else value!r}"
            for name, value in self.changed.items()
        )
        return f"jm.Counting({changed})"

    @property
    def changed(self) -> dict[str, Any]:
        """The rules that differ from the default."""
        default = {field.name: field.default for field in fields(self)}
        return {name: getattr(self, name) for name in default if getattr(self, name) != default[name]}

    @property
    def in_sessions(self) -> bool:
        """Whether an attempt cannot outlast a session."""
        return "session" in (self.window, self.attempts, self.unit)

    @property
    def settles(self) -> bool:
        """Whether entries ever settle, so that there are rates."""
        return self.window is not None or self.in_sessions or self.open == "left"

    @property
    def sentences(self) -> list[str]:
        """The rules in plain words: the window, the attempts, and each rule that differs from the default.

        Examples
        --------
        >>> Counting(window=None).sentences[0]
        'No limit on the time from entry.'
        """
        return sentences_of(self)

    @classmethod
    def like(cls, product: str, /, **changed: Any) -> Counting:
        """Return the rules by which another product counts, as far as they are known.

        Parameters
        ----------
        product
            ``"posthog"``, ``"mixpanel"``, ``"mixpanel-optimized"``, ``"amplitude"`` or ``"clickhouse"``.
        changed
            Rules that are to differ; without ``window`` the product's default is taken.

        Notes
        -----
        Sources: the products' documentation, PostHog's published algorithm and ClickHouse run for real. Where a rule of
        theirs is not documented, the default of this package stands: `journeymap.counting.presets` lists for each
        product the rules that are (``DOCUMENTED``) and those that are not (``UNDOCUMENTED``). ClickHouse has no window
        of its own; give it one.

        Examples
        --------
        >>> Counting.like("mixpanel", window="1d")
        jm.Counting(window='1d', attempts='first', tolerance='2s', breakdown='first', preset='mixpanel')
        """
        if product not in PRESETS:
            raise DefinitionError(
                f"The rules of {product!r} are not known.",
                right=f"Known are {listing(PRESETS)}.",
                fix=f"jm.Counting.like({(nearest(product, list(PRESETS)) or 'posthog')!r})",
            )
        if product == "clickhouse" and "window" not in changed:
            raise DefinitionError(
                "ClickHouse has no default window.",
                right="Give one.",
                fix='jm.Counting.like("clickhouse", window="7d")',
            )
        return cls(**PRESETS[product] | changed, preset=product)


def _check_choice(name: str, value: object, known: tuple[str, ...]) -> None:
    if value not in known:
        near = nearest(str(value), known)
        raise DefinitionError(
            f"{name}={value!r} is not known.",
            right=f"Known are {listing(known)}.",
            fix=f"{name}={near or known[0]!r}",
        )


def _window(window: str | None) -> str | None:
    if window is None or window == "session":
        return window
    if nanoseconds(window) <= 0:
        raise DefinitionError(
            "A window of 0 days ends where it starts.",
            right="It needs at least one minute.",
            fix='window="7d", or None',
        )
    return canonical(window)


def _names(names: str | Iterable[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _exclusions(exclude: Any) -> tuple[Exclusion, ...]:
    rules = [exclude] if isinstance(exclude, (Rule, Exclusion)) else exclude
    return tuple(rule if isinstance(rule, Exclusion) else Exclusion(rule) for rule in rules)


def _check_together(counting: Counting) -> None:
    """Refuse rules that have no meaning together."""
    apart = {
        "anchored": bool(counting.anchored) and counting.order != "any",
        "exclude": bool(counting.exclude) and counting.order == "any",
        "entry": counting.entry == "any stage" and counting.order == "any",
    }
    why = {
        "anchored": (
            "Stages keep their place anyway unless they may come in any order.",
            'order="any", or no anchored',
        ),
        "exclude": ("An exclusion needs an order of stages to stand between.", 'order="sequential"'),
        "entry": ("In any order an attempt begins at any stage anyway.", 'entry="first stage"'),
    }
    for name, clash in apart.items():
        if clash:
            raise DefinitionError(
                f"{name}= and order={counting.order!r} do not go together.",
                right=why[name][0],
                fix=why[name][1],
            )
    if counting.preset is not None:
        _check_choice("preset", counting.preset, tuple(PRESETS))
    if len(counting.same) > MOST_SAME:
        raise DefinitionError(
            f"{len(counting.same)} properties are too many to hold constant.", right=f"At most {MOST_SAME}."
        )
