"""The name of an event as a customer would say it, where that is plain: ``add_to_cart`` becomes "I add to cart"."""

from __future__ import annotations

import re

ONLY_VERBS = """
accept activate add agree apply ask attend browse buy cancel choose close compare complete confirm create delete deliver
download edit enter fill finish follow get install invite join leave listen move open pay pick read receive redeem register
remove rename renew reply save see select send sign skip start stop submit subscribe try uninstall unsubscribe upgrade upload use
view visit vote wait watch write
"""
NOUNS_TOO = """
answer book call change chat check click contact filter like log look order pause place play post press purchase rate rent
request reserve return review scroll search share stream swipe switch talk tap update
"""
"""Verbs at the beginning of a name only, unless the name ends with them in the past."""
FIRST, LAST = {*ONLY_VERBS.split(), *NOUNS_TOO.split()}, {*ONLY_VERBS.split(), "click", "tap", "search"}
IRREGULAR = {
    "bought": "buy",
    "checkout": "check out",
    "chose": "choose",
    "got": "get",
    "login": "log in",
    "left": "leave",
    "paid": "pay",
    "signup": "sign up",
    "tried": "try",
    "wrote": "write",
}
MOSTLY_NOUNS = frozenset(
    {
        "call",
        "chat",
        "checkout",
        "contact",
        "log",
        "login",
        "order",
        "request",
        "return",
        "review",
        "search",
        "signup",
    }
)
"""Words that are nouns rather than verbs where others follow, as in ``order_confirmation``."""
WHO = frozenset({"client", "customer", "guest", "member", "user", "visitor"})
"""What a name may begin with that says only who did it."""
SOMEBODY_ELSE = frozenset({"sent", "delivered", "error", "failed", "ticket", "campaign"})
"""Words of what happens to a customer, or is done to reach one."""
TO_THEM = {"delivered": "My {} is delivered", "failed": "My {} fails", "sent": "{} is sent to me"}
"""What is done by others, by the last word of its name, as the customer lives through it."""


def voiced(name: str) -> str:
    """Say an event in the customer's voice, if its name says what the customer does.

    The verb comes first, in the present. A name that neither begins nor ends with a known verb, or that is of what others do,
    stays what it is, with a capital letter.

    Examples
    --------
    >>> voiced("view item"), voiced("page_view"), voiced("accountCreated"), voiced("basket")
    ('I view item', 'I view page', 'I create account', 'Basket')
    >>> voiced("order_delivered"), voiced("email_sent")
    ('My order is delivered', 'Email is sent to me')
    """
    words = _words(name)
    if len(words) > 1 and words[-1].lower() in TO_THEM:
        return _capital(TO_THEM[words[-1].lower()].format(" ".join(words[:-1])))
    did = words[1:] if len(words) > 1 and words[0].lower() in WHO else words
    place = _place_of_verb([word.lower() for word in did])
    if place is None:
        return _capital(" ".join(words) or name)
    return " ".join(["I", str(_verb(did[place].lower())), *did[:place], *did[place + 1 :]])


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]


def _place_of_verb(words: list[str]) -> int | None:
    """Return where the verb stands: at the end if it is in the past there, else at the beginning, else at the end."""
    if not words or SOMEBODY_ELSE & set(words):
        return None
    last = len(words) - 1
    if words[-1].endswith("ed") and _verb(words[-1]):
        return last
    if words[0] in FIRST | IRREGULAR.keys() and not (last and words[0] in MOSTLY_NOUNS):
        return 0
    return last if words[-1] in LAST | IRREGULAR.keys() else None


def _words(name: str) -> list[str]:
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z][a-z])", " ", name)
    return [word for word in re.split(r"[\W_]+", parted) if word]


def _verb(word: str) -> str | None:
    """Return the verb that a word is a form of; None if it is none that is known."""
    stems = [word, word.removesuffix("d"), word.removesuffix("ed")]
    if word.endswith("ed") and word[-3:-2] == word[-4:-3]:
        stems.append(word[:-3])
    return IRREGULAR.get(word) or next((stem for stem in stems if stem in FIRST), None)
