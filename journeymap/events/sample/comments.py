"""What customers write in surveys: short sentences that fit what happened to them and how they felt."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np


class Reason(NamedTuple):
    """Why a survey is answered: its ``topic``, the ``share`` who answer, their ``score`` on average."""

    topic: str
    share: float
    score: float


REASONS = {
    "fine": Reason("order", 0.22, 8.9),
    "late": Reason("delivery", 0.32, 4.9),
    "returned": Reason("return", 0.25, 5.4),
    "retried": Reason("payment", 0.26, 6.4),
    "app": Reason("payment", 0.30, 1.8),
    "declined": Reason("payment", 0.14, 4.2),
    "quick": Reason("support", 0.22, 8.2),
    "slow": Reason("support", 0.30, 4.3),
}
MOODS = ("low", "middle", "high")  # scores 0 to 6, 7 and 8, 9 and 10

SAID = {
    "fine": {
        "low": (
            "The {product} is smaller than it looks in the pictures.",
            "The {product} arrived with a scratch.",
            "Too much packaging for one {product}.",
            "I found the same {product} cheaper a day later.",
        ),
        "middle": (
            "The {product} is good, the colour is a little darker than on the screen.",
            "All went well, though the tracking said little.",
            "Solid {product}. Finding it in the shop took me a while.",
            "Good quality, plain packaging, no complaints.",
        ),
        "high": (
            "The {product} looks even better than in the pictures.",
            "Ordering took two minutes and the {product} was here within the week.",
            "Lovely {product}, well packed.",
            "Easy to order, and everything was right.",
            "The reviews helped me choose, and the {product} is just as described.",
        ),
    },
    "late": {
        "low": (
            "The {product} came more than a week late and nobody told me why.",
            "I waited {days} days for my {product}.",
            "Tracking said tomorrow for days on end.",
            "It was meant as a present and arrived after the birthday.",
        ),
        "middle": (
            "The {product} is nice, but {days} days are too long.",
            "It came late. At least support answered when I asked.",
        ),
        "high": ("It took {days} days, but the {product} was worth the wait.",),
    },
    "returned": {
        "low": (
            "I had to send the {product} back and print the label myself.",
            "The money for the {product} took far too long to come back.",
            "The {product} was not what I had in mind, and the return form is hard to find.",
        ),
        "middle": (
            "The {product} was not for me, the return was fine.",
            "Return accepted, though I paid the postage.",
        ),
        "high": ("I returned the {product} and had my money back within days.", "Easiest return I have had."),
    },
    "retried": {
        "low": (
            "The payment failed at first. I had to try {times}.",
            "I was afraid to be charged {times}.",
        ),
        "middle": (
            "It worked in the end, but I had to try {times} to pay.",
            "The {product} is great, paying for it was not.",
        ),
        "high": ("There was a hiccup when I paid, but the {product} is lovely.",),
    },
    "app": {
        "low": (
            "The app would not take my payment. I tried {times}.",
            "Tried to pay in the app on my iPhone and got nothing but an error.",
            "Since the update the app cannot charge my wallet any more.",
            "Payment error again and again, so I bought the {product} elsewhere.",
            "The pay button in the app just shows an error. My basket is still full.",
        ),
        "middle": ("I like the shop, but the app fails when I pay.",),
        "high": ("I love the shop. Fix the payment in the app!",),
    },
    "declined": {
        "low": (
            "My card was declined although it works everywhere else.",
            "The bank page timed out and I had to start over.",
            "No idea whether my payment went through.",
        ),
        "middle": ("My card was refused, I will try another one.",),
        "high": ("Not your fault, my card had expired.",),
    },
    "quick": {
        "low": ("Quick answer, but it did not help me.", "Friendly, yet the problem is still there."),
        "middle": ("Support was friendly and fast.", "Got an answer the same day."),
        "high": (
            "Support solved it within hours.",
            "A real person answered, and kindly.",
            "Fast and helpful answer. Thank you!",
        ),
    },
    "slow": {
        "low": (
            "I waited more than a day for an answer from support.",
            "Three messages before anybody replied.",
            "By the time support wrote back I had given up.",
        ),
        "middle": ("Good answer in the end, but it took its time.", "Helpful, only slow."),
        "high": ("It took a while, but they sorted it out completely.",),
    },
}
ADDED = {
    "low": (
        "",
        "",
        "I will not order again.",
        "Very disappointing.",
        "Please do better.",
        "Not what I expect of a shop.",
    ),
    "middle": ("", "", "", "All in all fine.", "I may come back."),
    "high": ("", "", "Thank you!", "I will order again.", "I have told my sister about you.", "Keep it up."),
}
TIMES = ("never", "once", "twice", "three times", "four times", "five times", "six times")


def mood(score: int) -> str:
    """Return the mood of a score from 0 to 10.

    Examples
    --------
    >>> mood(3), mood(7), mood(10)
    ('low', 'middle', 'high')
    """
    return MOODS[(score >= 7) + (score >= 9)]


def comment(reason: str, *, score: int, product: str, tries: int, days: int, rng: np.random.Generator) -> str:
    """Write one comment.

    Parameters
    ----------
    reason
        One of `REASONS`.
    score
        From 0 to 10.
    product
        The name of the product that it is about.
    tries, days
        How often the customer tried to pay, and how long the delivery took.
    rng
        The source of chance.

    Examples
    --------
    >>> import numpy as np
    >>> comment("late", score=9, product="Wool throw", tries=1, days=11, rng=np.random.default_rng(1))
    'It took 11 days, but the wool throw was worth the wait. Thank you!'
    """
    said, added = SAID[reason][mood(score)], ADDED[mood(score)]
    times = TIMES[tries] if tries < len(TIMES) else f"{tries} times"
    first = said[rng.integers(len(said))].format(product=product.lower(), times=times, days=days)
    return f"{first} {added[rng.integers(len(added))]}".strip()
