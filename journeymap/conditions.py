"""How people write rules: ``event(...)`` picks events, ``where(...)`` and ``did(...)`` pick customers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from journeymap.durations import canonical
from journeymap.errors import DefinitionError, nearest
from journeymap.rules import Did, Event, Pick, Properties, Rule, Where, contains_customers
from journeymap.values import demand


def event(name: object = None, properties: Mapping[str, object] | None = None, /, **more: object) -> Event:
    """Pick events by name and by the values of their properties.

    Parameters
    ----------
    name
        A name, a list of names, a text with ``*``, or None for every name.
    properties, **more
        Demands on properties; those whose names are no Python names go into the mapping.
        A scalar equals, a list means any of it, ``*`` in a text is a glob, None is missing.

    Examples
    --------
    >>> event("product_view", price=50) | event(["search", "browse*"])
    jm.event('product_view', price=50) | jm.event(['search', 'browse*'])
    """
    if name is not None and not name:
        raise DefinitionError(
            "jm.event was given an empty name.", right="A name, a list of names, or None for every event."
        )
    if properties is not None and not isinstance(properties, Mapping):
        raise DefinitionError(
            f"{properties!r} names no properties.",
            right="A mapping.",
            fix='jm.event("view", {"device.os": "iOS"})',
        )
    return Event(None if name is None else demand(name), _properties(properties, more))


def where(
    properties: Mapping[str, object] | None = None,
    /,
    *,
    pick: Pick = "any",
    until: Literal["entry"] | None = None,
    **more: object,
) -> Where:
    """Pick customers by an attribute of theirs, or by a property of their events.

    Parameters
    ----------
    pick
        Which of the values that a customer's events carry counts: ``"any"`` of them, the ``"first"`` or the ``"last"``
        that is not missing. None as the demanded value picks customers who have no value at all.
    until
        ``"entry"`` reads only what came before the entry of the attempt that is counted.

    Examples
    --------
    >>> where(device="mobile", pick="first")
    jm.where(device='mobile', pick='first')
    """
    demands = _properties(properties, more)
    if not demands:
        raise DefinitionError(
            "jm.where was given no property.", right="Name at least one.", fix='jm.where(device="mobile")'
        )
    return Where(
        demands, _choice("pick", pick, ("any", "first", "last")), _choice("until", until, (None, "entry"))
    )


def did(
    rule: Rule,
    /,
    *,
    at_least: int | None = None,
    at_most: int | None = None,
    within: str | None = None,
    until: Literal["entry"] | None = None,
) -> Did:
    """Pick customers by how often they did something.

    Parameters
    ----------
    rule
        Which events count.
    at_least, at_most
        How often; at least once unless `at_most` alone is given.
    within
        Any rolling span of this length, such as ``"30d"``; None is the whole log.
    until
        ``"entry"`` reads only what came before the entry of the attempt that is counted.

    Examples
    --------
    >>> did(event("purchase"), at_least=2, within="30d")
    jm.did(jm.event('purchase'), at_least=2, within='30d')
    """
    if not isinstance(rule, Rule):
        raise DefinitionError(
            f"{rule!r} is no event.", right="Pass jm.event.", fix=f"jm.did(jm.event({rule!r}))"
        )
    if contains_customers(rule):
        raise DefinitionError(
            "jm.did counts events, and was given customers.",
            right="Pass jm.event.",
            fix='jm.did(jm.event("purchase"))',
        )
    least = _times("at_least", at_least)
    least = least if least is not None else (0 if at_most is not None else 1)
    return Did(
        rule,
        least,
        _times("at_most", at_most, least=least),
        _span(within),
        _choice("until", until, (None, "entry")),
    )


def _properties(mapping: Mapping[str, object] | None, more: Mapping[str, object]) -> Properties:
    return tuple(
        (str(name), demand(value, path=(name,))) for name, value in {**(mapping or {}), **more}.items()
    )


def _choice(field: str, value: object, allowed: tuple[object, ...]) -> Any:
    if value not in allowed:
        near = nearest(str(value), [known for known in allowed if known])
        raise DefinitionError(
            f"{field}={value!r} is not known.",
            right=f"One of {', '.join(map(repr, allowed))}.",
            fix=near or "",
            path=(field,),
        )
    return value


def _times(field: str, value: int | None, *, least: int = 0) -> int | None:
    if value is not None and (type(value) is not int or value < least):
        raise DefinitionError(
            f"{field}={value!r} cannot be counted.",
            right=f"A whole number from {least}.",
            fix=f"{field}=2",
            path=(field,),
        )
    return value


def _span(within: str | None) -> str | None:
    if within is None:
        return None
    try:
        length = canonical(within)
    except DefinitionError as error:
        error.path = ("within",)
        raise
    if length.startswith("0"):
        raise DefinitionError(
            f"within={within!r} is no time at all.",
            right="A length such as 30d.",
            fix='"30d"',
            path=("within",),
        )
    return length
