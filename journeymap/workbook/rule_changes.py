"""What a change of a counting rule makes of the rules, why it cannot be, and how it is told in a few words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from journeymap.counting.contract import Counting
from journeymap.counting.plan import plan_of
from journeymap.counting.wording import PRODUCTS
from journeymap.errors import DefinitionError, counted
from journeymap.workbook.rule_words import plainly

if TYPE_CHECKING:
    from collections.abc import Callable

    from journeymap.journeys import Journey

KEPT = ("exclude", "same", "unit")
"""What is asked of the data rather than how a product counts; a preset leaves it alone."""


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
    """Return the rules of a product, or the default for no product.

    The window is kept if it was chosen; exclusions, what is held the same and what is counted always are.

    Examples
    --------
    >>> like(Counting(ties="either"), "mixpanel") == Counting.like("mixpanel")
    True
    >>> like(Counting(window="3d"), "mixpanel").window
    '3d'
    """
    kept = {name: getattr(counting, name) for name in KEPT}
    window_chosen = counting.window != own_window(counting.preset)
    if window_chosen or (product and own_window(product) == ""):
        kept["window"] = counting.window
    return Counting.like(product, **kept) if product else Counting(**kept)


def own_window(product: str | None) -> str | None:
    """Return the window that a product has by default; an empty text where it has none."""
    if not product:
        return Counting().window
    try:
        return Counting.like(product).window
    except DefinitionError:
        return ""


def badge(counting: Counting) -> str:
    """Say how many rules are not the default, or whose rules they are.

    Examples
    --------
    >>> badge(Counting()), badge(Counting(window="7d")), badge(Counting(window="7d", ties="either"))
    ('All as default', '1 rule changed: window', '2 rules changed')
    >>> badge(Counting.like("mixpanel")), badge(Counting.like("mixpanel", order="strict"))
    ('Like Mixpanel', 'Like Mixpanel, 1 changed')
    """
    if counting.preset:
        window = own_window(counting.preset)
        theirs = Counting.like(counting.preset, window=counting.window if window == "" else window)
        number = _differing(counting, theirs)
        name = PRODUCTS.get(counting.preset, counting.preset)
        return f"Like {name}, {number} changed" if number else f"Like {name}"
    changed = list(counting.changed)
    if not changed:
        return "All as default"
    return f"{counted(len(changed), 'rule')} changed" + (f": {changed[0]}" if len(changed) == 1 else "")


def _differing(counting: Counting, other: Counting) -> int:
    names = {*counting.changed, *other.changed}
    return sum(getattr(counting, name) != getattr(other, name) for name in names)


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
