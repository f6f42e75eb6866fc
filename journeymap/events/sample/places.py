"""The shop's places: what happens at each, where people go from it, and where they arrive."""

from __future__ import annotations

import numpy as np

from journeymap.events.sample.words import CHANNELS

PLACES = {  # place: event, page (None: depends on the product), median seconds spent there
    "home": ("page_view", "/", 18),
    "category": ("page_view", None, 26),
    "sale": ("page_view", "/sale", 30),
    "help": ("page_view", "/help", 40),
    "search": ("search", "/search", 14),
    "product": ("product_view", None, 42),
    "reviews": ("reviews_read", None, 48),
    "wish": ("wishlist_add", None, 7),
    "add": ("add_to_cart", None, 11),
    "cart": ("cart_view", "/cart", 22),
    "remove": ("remove_from_cart", "/cart", 8),
    "checkout": ("checkout_started", "/checkout", 35),
    "delivery": ("delivery_info", "/checkout/delivery", 48),
    "pay": ("payment_submitted", "/checkout/payment", 6),
    "error": ("payment_error", "/checkout/payment", 25),
    "buy": ("purchase", "/checkout/thanks", 30),
    "account": ("account_view", "/account", 25),
}
NEXT = {  # place: where people go from it, and how often; the rest end the visit
    "home": {"category": 0.23, "search": 0.13, "sale": 0.08, "product": 0.07, "account": 0.03, "help": 0.02},
    "category": {"product": 0.34, "category": 0.14, "search": 0.05, "sale": 0.02, "home": 0.02},
    "sale": {"product": 0.36, "category": 0.09, "search": 0.03, "home": 0.02},
    "help": {"home": 0.22, "account": 0.14, "search": 0.10, "help": 0.12},
    "search": {"product": 0.52, "search": 0.13, "category": 0.10},
    "product": {
        "product": 0.25,
        "reviews": 0.14,
        "add": 0.105,
        "category": 0.12,
        "search": 0.06,
        "wish": 0.03,
    },
    "reviews": {"product": 0.36, "add": 0.17, "wish": 0.04, "category": 0.06},
    "wish": {"product": 0.40, "category": 0.12, "account": 0.08},
    "add": {"cart": 0.54, "product": 0.18, "category": 0.10},
    "cart": {"checkout": 0.46, "product": 0.10, "remove": 0.07, "help": 0.03, "category": 0.04},
    "remove": {"product": 0.36, "category": 0.20, "home": 0.06},
    "checkout": {"delivery": 0.85, "cart": 0.06, "help": 0.02},
    "delivery": {"pay": 0.82, "cart": 0.04, "help": 0.03},
    "pay": {},  # error or buy, by the visit's own rate of failures
    "error": {"pay": 0.60, "help": 0.08, "cart": 0.04},
    "buy": {"home": 0.10, "account": 0.14},
    "account": {"home": 0.20, "product": 0.08, "help": 0.05},
}
ARRIVE = {  # channel: where its visits begin
    "direct": {"home": 0.78, "account": 0.06, "category": 0.06, "search": 0.10},
    "organic search": {"home": 0.30, "category": 0.40, "product": 0.24, "help": 0.06},
    "paid search": {"category": 0.52, "product": 0.34, "home": 0.14},
    "paid social": {"sale": 0.34, "category": 0.40, "product": 0.12, "home": 0.14},
    "email": {"sale": 0.52, "category": 0.30, "product": 0.18},
    "referral": {"home": 0.44, "product": 0.36, "category": 0.20},
    "affiliate": {"sale": 0.70, "home": 0.16, "product": 0.14},
}
NAMES = tuple(PLACES)
GONE = len(NAMES)  # the place after the last step of a visit


def at(*names: str) -> list[int]:
    """Return the numbers of places.

    Examples
    --------
    >>> at("home", "sale")
    [0, 2]
    """
    return [NAMES.index(name) for name in names]


def _table(ways: list[dict[str, float]]) -> np.ndarray:
    """Turn shares into rows of weights with one column for each place, and what is left over for `GONE`."""
    table = np.zeros((len(ways), len(NAMES) + 1))
    for row, shares in enumerate(ways):
        table[row, at(*shares)] = list(shares.values())
        table[row, GONE] = max(0.0, 1 - sum(shares.values()))
    return table


ONWARDS = _table([NEXT[name] for name in NAMES])
ARRIVALS = _table([ARRIVE[name] for name in CHANNELS])
