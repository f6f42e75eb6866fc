"""What a marketer defines: stages, journeys made of them, and segments of customers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from journeymap.durations import canonical, nanoseconds
from journeymap.errors import DefinitionError, listing, nearest
from journeymap.rules import AnyOf, Event, Not, Rule, contains_customers, contains_events, event_names
from journeymap.wording import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


@dataclass(frozen=True)
class Stage:
    """One named step of a journey: the events that count as being there.

    Parameters
    ----------
    name
        What the stage is called wherever it is shown.
    rule
        Which events belong to it.
    lifecycle
        Which standard moment of a customer's life it is, such as ``"purchase"``.
    optional
        Whether it may be passed over. It is taken if its event lies between the required stages beside it.
    least, most
        The shortest and the longest time from the required stage before it, both inclusive.

    Examples
    --------
    >>> import journeymap as jm
    >>> jm.Stage("Buy", jm.event("purchase"), lifecycle="purchase", most="48h")
    jm.Stage('Buy', jm.event('purchase'), lifecycle='purchase', most='2d')
    """

    name: str
    rule: Rule
    lifecycle: str | None = None
    optional: bool = field(default=False, kw_only=True)
    least: str | None = field(default=None, kw_only=True)
    most: str | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        _check_name("stage", self.name)
        for gap in ("least", "most"):
            if getattr(self, gap) is not None:
                object.__setattr__(self, gap, canonical(getattr(self, gap)))
        _check_gaps(self)
        if not isinstance(self.rule, Rule) or contains_customers(self.rule):
            raise DefinitionError(
                f"Stage {self.name} does not say which events it holds.",
                right="A stage is made of jm.event, joined by &, | and ~.",
                fix=f'jm.Stage("{self.name}", jm.event("page_view"))',
            )

    def __repr__(self) -> str:
        others = ("lifecycle", "optional", "least", "most")
        said = "".join(f", {name}={getattr(self, name)!r}" for name in others if getattr(self, name))
        return f"jm.Stage({self.name!r}, {self.rule!r}{said})"

    @property
    def caption(self) -> str:
        """The events it holds, for the small line under its name."""
        events = self.rule.rules if isinstance(self.rule, AnyOf) else (self.rule,)
        named = all(isinstance(one, Event) and one.name is not None for one in events)
        return listing(event_names(self.rule), most=3, last="or") if named else words_of(self.rule)


@dataclass(frozen=True)
class Journey:
    """Stages in the order in which customers should pass them.

    Parameters
    ----------
    name
        What the journey is called.
    stages
        At least one :class:`Stage`; no two share a name.

    Examples
    --------
    >>> import journeymap as jm
    >>> journey = jm.Journey("Checkout", stages=[jm.Stage("See", jm.event("page_view")), jm.Stage("Buy", jm.event("purchase"))])
    >>> journey.stage("Buy").rule
    jm.event('purchase')
    """

    name: str
    stages: tuple[Stage, ...]

    def __init__(self, name: str, *, stages: Iterable[Stage]) -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "stages", tuple(stages))
        _check_name("journey", name)
        if not self.stages:
            raise DefinitionError(
                f"Journey {name} has no stages.",
                right="It needs at least one.",
                fix='stages=[jm.Stage("Buy", jm.event("purchase"))]',
            )
        _check_unique("stage", self.stage_names)
        for stage in (self.stages[0], self.stages[-1]):
            if stage.optional:
                raise DefinitionError(
                    f"Stage {stage.name} is optional, but journey {name} begins or ends with it.",
                    right="The first and the last stage are required.",
                    path=("stages", self.stages.index(stage)),
                )

    def __repr__(self) -> str:
        stages = "".join(f"\n    {stage!r}," for stage in self.stages)
        return f"jm.Journey({self.name!r}, stages=[{stages}\n])"

    @property
    def stage_names(self) -> list[str]:
        """The names of the stages, in order."""
        return [stage.name for stage in self.stages]

    def stage(self, name: str) -> Stage:
        """Return the stage of this name; an unknown name is an error that suggests the nearest."""
        for stage in self.stages:
            if stage.name == name:
                return stage
        raise unknown("stage", name, self.stage_names, owner=f"journey {self.name}")

    def with_stages(self, names: Sequence[str]) -> Journey:
        """Return this journey with only these stages, in this order."""
        return Journey(self.name, stages=[self.stage(name) for name in names])

    def save(self, path: str | Path, *, segments: Sequence[Segment] = ()) -> None:
        """Write the journey, and segments if any are given, to a YAML file, whole or not at all."""
        from journeymap.notation import save  # the reader and writer stand on this module

        save(path, self, segments=segments)

    @classmethod
    def load(cls, path: str | Path) -> Journey:
        """Read the journey from a YAML file; what is wrong in it is named with its line."""
        from journeymap.notation import load  # the reader and writer stand on this module

        return load(path)[0]


@dataclass(frozen=True)
class Segment:
    """A named group of whole customers.

    Parameters
    ----------
    name
        What the segment is called.
    rule
        Which customers belong to it: ``jm.where`` and ``jm.did``, joined by ``&``, ``|`` and ``~``.

    Examples
    --------
    >>> import journeymap as jm
    >>> loyal = jm.Segment("Loyal", jm.did(jm.event("purchase"), at_least=2))
    >>> ~loyal
    jm.Segment('not Loyal', ~jm.did(jm.event('purchase'), at_least=2))
    """

    name: str
    rule: Rule

    def __post_init__(self) -> None:
        _check_name("segment", self.name)
        if not isinstance(self.rule, Rule) or contains_events(self.rule):
            raise DefinitionError(
                f"Segment {self.name} does not say which customers it holds.",
                right="A segment is made of jm.where and jm.did; an event alone picks no customer.",
                fix=f'jm.Segment("{self.name}", jm.did(jm.event("purchase")))',
            )

    def __repr__(self) -> str:
        return f"jm.Segment({self.name!r}, {self.rule!r})"

    def __and__(self, other: Segment) -> Segment:
        _check_segment(other)
        return Segment(
            f"{_bracketed(self.name, 'or')} and {_bracketed(other.name, 'or')}", self.rule & other.rule
        )

    def __or__(self, other: Segment) -> Segment:
        _check_segment(other)
        return Segment(
            f"{_bracketed(self.name, 'and')} or {_bracketed(other.name, 'and')}", self.rule | other.rule
        )

    def __invert__(self) -> Segment:
        whole = _bracketed(self.name, "and", "or")
        if whole == self.name and isinstance(self.rule, Not) and self.name.startswith("not "):
            name = self.name.removeprefix("not ")
            inner = name.removeprefix("(").removesuffix(")")
            return Segment(inner if _bracketed(inner, "and", "or") == name else name, ~self.rule)
        return Segment(f"not {whole}", ~self.rule)

    def named(self, name: str) -> Segment:
        """Return the same customers under another name."""
        return replace(self, name=name)


def _bracketed(name: str, *words: str) -> str:
    """Put brackets around a name in which one of the words joins names, unless they already stand around these."""
    outside = name
    while "(" in outside and (shorter := re.sub(r"\([^()]*\)", "", outside)) != outside:
        outside = shorter
    return f"({name})" if any(f" {word} " in outside for word in words) else name


def _check_gaps(stage: Stage) -> None:
    if stage.optional and (stage.least or stage.most):
        raise DefinitionError(
            f"Stage {stage.name} is optional and has a gap.", right="A gap belongs to a required stage."
        )
    if stage.least and stage.most and nanoseconds(stage.least) > nanoseconds(stage.most):
        raise DefinitionError(
            f"The least gap of stage {stage.name}, {stage.least}, is longer than the most, {stage.most}.",
            right="The least comes first.",
            fix=f'least="{stage.most}", most="{stage.least}"',
        )


def _check_segment(other: object) -> None:
    if not isinstance(other, Segment):
        raise DefinitionError(
            f"{other!r} is no segment.", right="Give it a name first.", fix=f'jm.Segment("…", {other!r})'
        )


def unknown(kind: str, name: object, known: Sequence[object], *, owner: str) -> DefinitionError:
    """Build the error for a name that does not exist, with the nearest one that does."""
    near = nearest(str(name), known)
    if name is None:
        return DefinitionError(
            f"A {kind} must be named, as {owner} has several.", right=f"One of {listing(known)}."
        )
    return DefinitionError(
        f"There is no {kind} {name!r} in {owner}.",
        right=f"There is {listing(known)}." if known else "",
        fix=repr(near) if near else "",
    )


def _check_name(kind: str, name: object) -> None:
    if not isinstance(name, str) or not name.strip():
        raise DefinitionError(
            f"A {kind} needs a name, not {name!r}.", right="A text that people read.", fix='"Checkout"'
        )


def _check_unique(kind: str, names: Sequence[str]) -> None:
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if twice:
        second = [position for position, name in enumerate(names) if name == twice[0]][1]
        raise DefinitionError(
            f"Two of the {kind}s are called {twice[0]}.",
            right="Each needs a name of its own.",
            path=(f"{kind}s", second),
        )
