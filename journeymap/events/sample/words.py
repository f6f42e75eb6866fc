"""The words of the invented shop: what it sells, what can happen there, and how people reach it.

Inside the sample a word is its place in one of these lists; it becomes text when the events are finished.
"""

from __future__ import annotations

EVENTS = (
    "page_view",
    "search",
    "product_view",
    "reviews_read",
    "wishlist_add",
    "add_to_cart",
    "cart_view",
    "remove_from_cart",
    "checkout_started",
    "delivery_info",
    "payment_submitted",
    "payment_error",
    "purchase",
    "account_view",
    "account_created",
    "email_sent",
    "email_opened",
    "email_clicked",
    "order_delivered",
    "refund",
    "support_ticket",
    "ticket_closed",
    "survey_answered",
    "heartbeat",
)

CHANNELS = ("direct", "organic search", "paid search", "paid social", "email", "referral", "affiliate")

PAID_CAMPAIGNS = {
    "paid search": ("Brand terms", "Furniture terms", "Product ads"),
    "paid social": ("Cosy home", "Gift ideas", "Spring balcony"),
    "affiliate": ("Voucher pages",),
}
NEWSLETTERS = {  # name: day of the sample on which it is sent
    "January sale": 7,
    "Cosy corners": 21,
    "Valentine's Day": 35,
    "New in the kitchen": 49,
    "Spring garden": 63,
    "Easter table": 77,
    "Balcony weekend": 86,
}
REMINDER = "Your basket is waiting"
CAMPAIGNS = (*(name for names in PAID_CAMPAIGNS.values() for name in names), *NEWSLETTERS, REMINDER)

DEVICES = ("desktop", "mobile", "tablet")
SYSTEMS = ("Windows", "macOS", "iOS", "Android", "iPadOS")
BROWSERS = ("Chrome", "Edge", "Firefox", "Safari", "Samsung Internet", "App")
MACHINES = (  # device, system, browser, share among the device
    ("desktop", "Windows", "Chrome", 0.42),
    ("desktop", "Windows", "Edge", 0.18),
    ("desktop", "Windows", "Firefox", 0.12),
    ("desktop", "macOS", "Safari", 0.16),
    ("desktop", "macOS", "Chrome", 0.12),
    ("mobile", "iOS", "Safari", 0.50),
    ("mobile", "iOS", "Chrome", 0.06),
    ("mobile", "Android", "Chrome", 0.32),
    ("mobile", "Android", "Samsung Internet", 0.12),
    ("tablet", "iPadOS", "Safari", 0.68),
    ("tablet", "Android", "Chrome", 0.32),
)
APP_VERSIONS = {"5.2.0": -400.0, "5.3.0": 13.0, "5.4.0": 40.0, "5.4.1": 70.0}  # version: day of its release

ERRORS = ("card declined", "bank timeout", "wallet token missing")
TOPICS = ("payment", "delivery", "return", "question", "order", "support")
PLANS = ("guest", "member", "plus")
COUNTRIES = {"DE": 0.55, "AT": 0.14, "NL": 0.12, "CH": 0.10, "PL": 0.09}

CATEGORIES = ("kitchen", "living room", "bedroom", "lighting", "garden")
PRODUCTS = (  # name, category, price in EUR
    ("Cast-iron pan", "kitchen", 59.0),
    ("Bread knife", "kitchen", 24.9),
    ("Stoneware bowl", "kitchen", 14.5),
    ("Storage jar", "kitchen", 32.0),
    ("Coffee grinder", "kitchen", 89.0),
    ("Chopping board", "kitchen", 38.0),
    ("Oak side table", "living room", 149.0),
    ("Wool throw", "living room", 69.0),
    ("Bookshelf", "living room", 239.0),
    ("Linen cushion", "living room", 29.9),
    ("Reading chair", "living room", 389.0),
    ("Jute rug", "living room", 129.0),
    ("Linen duvet cover", "bedroom", 119.0),
    ("Down pillow", "bedroom", 54.0),
    ("Clothes rail", "bedroom", 79.0),
    ("Bedside table", "bedroom", 98.0),
    ("Blackout curtain", "bedroom", 44.9),
    ("Desk lamp", "lighting", 64.0),
    ("Paper lantern", "lighting", 19.9),
    ("Floor lamp", "lighting", 159.0),
    ("Wall lamp", "lighting", 22.5),
    ("Folding chair", "garden", 45.0),
    ("Herb planter", "garden", 27.5),
    ("Watering can", "garden", 21.0),
    ("Bistro table", "garden", 119.0),
    ("Seed box", "garden", 16.9),
)
PLAIN_PAGES = (
    "/",
    "/sale",
    "/help",
    "/search",
    "/cart",
    "/checkout",
    "/checkout/delivery",
    "/checkout/payment",
)
OTHER_PAGES = ("/checkout/thanks", "/account")


def slug(name: str) -> str:
    """Write a name as it stands in an address.

    Examples
    --------
    >>> slug("Oak side table")
    'oak-side-table'
    """
    return name.lower().replace(" ", "-")


PAGES = (
    *PLAIN_PAGES,
    *OTHER_PAGES,
    *(f"/{slug(name)}" for name in CATEGORIES),
    *(f"/{slug(category)}/{slug(name)}" for name, category, _ in PRODUCTS),
)
