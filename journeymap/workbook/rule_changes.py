"""What a change of a counting rule makes of the rules, why it cannot be, and how it is told in a few words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from journeymap.counting.contract import Counting
from journeymap.counting.plan import plan_of
from journeymap.counting.presets import PRESETS
from journeymap.counting.wording import PRODUCTS, changed_from_preset, rule_name
from journeymap.errors import DefinitionError, counted
from journeymap.workbook.rule_words import KEPT, plainly

if TYPE_CHECKING:
    from collections.abc import Callable

    from journeymap.journeys import Journey

MOST_NAMED = 2


def with_rules(counting: Counting, **rules: Any) -> Counting:
    """Return rules with some changed; stages keep their place only while the others have none.

    Examples
    --------
    >>> with_rules(Counting(order="any", anchored=("Buy",)), order="strict")
    jm.Counting(order='strict')
    """
    if rules.get("order", counting.order) != "any":
        rules = {"anchored": ()} | rules
    return replace(counting, **rules)


def like(counting: Counting, product: str) -> Counting:
    """Return the rules of a product, or the default for no product, whatever the rules were before.

    Its window is taken too; the one that stands is kept for a product that has none of its own. Exclusions, what is held
    the same and what is counted are always kept.

    Examples
    --------
    >>> like(Counting(ties="either"), "mixpanel") == Counting.like("mixpanel")
    True
    >>> like(Counting(window="3d"), "mixpanel").window, like(Counting(window="3d"), "clickhouse").window
    ('7d', '3d')
    """
    kept = {name: getattr(counting, name) for name in KEPT}
    if own_window(product) == "":
        kept["window"] = counting.window
    return Counting.like(product, **kept) if product else Counting(**kept)


def own_window(product: str | None) -> str | None:
    """Return the window that a product has by default; an empty text where it has none."""
    return PRESETS[product].get("window", "") if product else Counting().window


def badge(counting: Counting) -> str:
    """Say which rules are not the default, or not those of the product, in the words of the choices.

    Examples
    --------
    >>> badge(Counting()), badge(Counting(window="7d")), badge(Counting(window="7d", ties="either"))
    ('All as default', 'Changed: window from entry', 'Changed: window from entry, events of one instant')
    >>> badge(Counting(window="7d", ties="either", order="any"))
    '3 rules changed'
    >>> badge(Counting.like("mixpanel")), badge(Counting.like("mixpanel", order="strict"))
    ('Like Mixpanel', 'Like Mixpanel, changed: order of the stages')
    """
    if not counting.preset:
        return _changed(list(counting.changed)) or "All as default"
    other = changed_from_preset(counting)
    if own_window(counting.preset) not in ("", counting.window):
        other = ["window", *other]
    theirs, changed = f"Like {PRODUCTS[counting.preset]}", _changed(other)
    return f"{theirs}, {changed[0].lower()}{changed[1:]}" if changed else theirs


def _changed(names: list[str]) -> str:
    """Name rules that were changed; of many only the number."""
    if len(names) > MOST_NAMED:
        return f"{counted(len(names), 'rule')} changed"
    return f"Changed: {', '.join(rule_name(name) for name in names)}" if names else ""


def sentence(counting: Counting) -> str:
    """Say how it is counted; the window and the product stand beside it.

    Examples
    --------
    >>> sentence(Counting(open="left"))
    'Best attempt, stages in order, equal times never chain. Entries whose window is not over count as left.'
    """
    said = [one for one in counting.sentences[1:] if not one.startswith("Rules like ")]
    return " ".join([*said, *(["Open windows stay apart."] if counting.open == "apart" else [])])


def why_not(make: Callable[[], tuple[Journey, Counting]]) -> str:
    """Say why a journey cannot be counted by rules; nothing if it can.

    Examples
    --------
    >>> import journeymap as jm
    >>> journey = jm.Journey("Shop", stages=[jm.Stage("Buy", jm.event("buy"), most="1d")])
    >>> why_not(lambda: (journey, Counting(order="any")))
    'The gap of stage Buy and any order do not go together. Take one of the two away.'
    """
    try:
        plan_of(*make())
    except DefinitionError as problem:
        return plainly(f"{problem.wrong} {problem.right}".strip())
    return ""
