"""The words of a funnel: what is counted, where it begins, and what each of its rows stands for."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from journeymap.durations import in_words
from journeymap.errors import listing

if TYPE_CHECKING:
    from journeymap.counting.contract import Counting
    from journeymap.journeys import Journey, Stage


def unit_of(counting: Counting, /) -> str:
    """Name what is counted, as several.

    Examples
    --------
    >>> from journeymap.counting.contract import Counting
    >>> unit_of(Counting()), unit_of(Counting(attempts="every")), unit_of(Counting(unit="company"))
    ('customers', 'attempts', 'values of company')
    """
    if counting.attempts == "every":
        return "attempts"
    return {"customer": "customers", "session": "sessions"}.get(counting.unit, f"values of {counting.unit}")


def one_of(unit: str, /) -> str:
    """Name one of what is counted.

    Examples
    --------
    >>> one_of("sessions"), one_of("values of units")
    ('session', 'value of units')
    """
    kind, of, column = unit.partition(" of ")
    return kind.removesuffix("s") + of + column


def interchangeable(journey: Journey, counting: Counting, /) -> list[bool]:
    """Say for each stage whether another may take its place: in any order, unless anchored stages hold it where it is."""
    held = [counting.order != "any" or stage.name in counting.anchored for stage in journey.stages]
    around = zip([True, *held[:-1]], held, [*held[1:], True], strict=True)
    return [not here and not (before and after) for before, here, after in around]


def labels(journey: Journey, counting: Counting, /) -> list[str]:
    """Name each row of a funnel: its stage or, where stages may change places, how many of them were reached.

    Examples
    --------
    >>> import journeymap as jm
    >>> journey = jm.Journey("Shop", stages=[jm.Stage(name, jm.event(name)) for name in ("See", "Try", "Buy")])
    >>> labels(journey, jm.Counting(order="any"))
    ['1 stage', '2 stages', 'all 3 stages']
    >>> labels(journey, jm.Counting(order="any", anchored=["See"]))
    ['See', '2 stages', 'all 3 stages']
    """
    names, free = journey.stage_names, interchangeable(journey, counting)
    numbers = ["1 stage", *(f"{n} stages" for n in range(2, len(names))), f"all {len(names)} stages"]
    return [number if open_ else name for name, number, open_ in zip(names, numbers, free, strict=False)]


def beginning(journey: Journey, counting: Counting, /) -> str:
    """Name what is entered to be counted.

    Examples
    --------
    >>> import journeymap as jm
    >>> journey = jm.Journey("Shop", stages=[jm.Stage(name, jm.event(name)) for name in ("See", "Try", "Buy")])
    >>> beginning(journey, jm.Counting()), beginning(journey, jm.Counting(entry="any stage"))
    ('See', 'any stage')
    >>> beginning(journey, jm.Counting(order="any", anchored=["Buy"]))
    'See or Try'
    """
    names, free = journey.stage_names, interchangeable(journey, counting)
    first = [*free, False].index(False)
    if counting.entry == "any stage" or first == len(names):
        return "any stage"
    return listing(names[: max(1, first)], last="or")


def of_stages(journey: Journey, /) -> list[str]:
    """Write a sentence for each stage that may be passed over, and for each that must follow within some time.

    Examples
    --------
    >>> import journeymap as jm
    >>> of_stages(jm.Journey("Shop", stages=[jm.Stage("See", jm.event("see")), jm.Stage("Buy", jm.event("buy"), most="2d")]))
    ['Buy at most 2 days after See.']
    """
    required = [stage for stage in journey.stages if not stage.optional]
    said = []
    for earlier, stage in pairwise(required):
        between = journey.stages[journey.stages.index(earlier) + 1 : journey.stages.index(stage)]
        if between:
            some, verb = listing([one.name for one in between]), "is" if len(between) == 1 else "are"
            said.append(f"{some} {verb} optional: to move on from {earlier.name} is to reach {stage.name}.")
        if gap_of(stage):
            said.append(f"{stage.name} {gap_of(stage)} after {earlier.name}.")
    return said


def gap_of(stage: Stage, /) -> str:
    """Write how long after the stage before it a stage must come; nothing where that is free."""
    bounds = {"at least": stage.least, "at most": stage.most}
    return " and ".join(f"{word} {in_words(gap)}" for word, gap in bounds.items() if gap)


def of_order(journey: Journey, counting: Counting, /) -> list[str]:
    """Say what the rows stand for where stages may change places, and by which names tables and lists call them."""
    free, named = interchangeable(journey, counting), labels(journey, counting)
    if not any(free):
        return []
    names, place = journey.stage_names, max(1, free.index(True))
    many = f"In any order: a row counts who reached that many of {listing(names)}, whichever these were"
    return [f"{many}; tables and lists call {named[place]} {names[place]}."]
