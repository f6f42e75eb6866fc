"""Maps of the generated shop, one of each kind, and what its customers answered.

The map of the current state tells the shop of `journeymap.events.sample` as its five teams see it. Most of what they say holds;
three things are planted that do not, and what they cost is for the checks to find:

- **A typed delight**: at the step ``pay-order`` the team says +1.5, from a workshop at the launch of wallet payments. Who answers
  there could not pay, above all in version 5.4.0 of the iOS app, and the scores are poor: the claim is contradicted (JM01, JM06).
- **A dead step**: ``ask-chat`` looks for the page ``/chat``, which the shop had taken down before the log begins. Its rule matches
  nothing (JM01).
- **A stale figure**: the KPI ``undamaged`` stands on a report of the carrier alone that expired on 31 December 2025 (JM08), and
  names nothing that it could be computed from (JM09).

No other evidence expires, so that the maps look the same in any year. They were gone through on `REVIEWED_AT`.
"""

from __future__ import annotations

import datetime as dt
from importlib.resources import files
from typing import TYPE_CHECKING

from journeymap.errors import DefinitionError, listing, nearest
from journeymap.maps import notation
from journeymap.maps.document import KINDS, JourneyMap

if TYPE_CHECKING:
    import pandas as pd

    from journeymap.events.sample import Sample
    from journeymap.maps.feedback.reading import Feedback

REVIEWED_AT = dt.date(2026, 4, 2)
"""The day on which the teams went through the sample's maps, right after its log ends."""
PLANTED = {"contradicted": "pay-order", "dead": "ask-chat", "stale": "undamaged"}
"""The ids of the parts of the current state that do not hold."""
SCALE = (0, 10)


def sample_map(kind: str = "current_state", /) -> JourneyMap:
    """Return a map of the generated shop.

    Parameters
    ----------
    kind
        ``"current_state"``, ``"future_state"`` (its baseline is the first), ``"day_in_life"`` or ``"service_blueprint"``.

    Raises
    ------
    DefinitionError
        If the kind is not known.

    Examples
    --------
    >>> sample_map()
    <JourneyMap Ordering something for the home: current state, 6 stages, 11 steps>
    >>> sample_map("future_state").baseline_map == sample_map().id
    True
    """
    if kind not in KINDS:
        raise DefinitionError(
            f"There is no sample map {kind!r}.",
            right=f"One of {listing(KINDS, last='or')}.",
            fix=nearest(kind, KINDS) or "",
        )
    file = files("journeymap.maps") / "samples" / f"{kind}.yaml"
    return notation.loads(file.read_text(encoding="utf-8"), name=file.name)


def sample_feedback(shop: Sample, /) -> Feedback:
    """Read what the customers of a generated shop answered: scores from 0 to 10 after what they lived through, often with a comment.

    The scores are about a delivery, a return, a payment or a ticket, so they are read as contentment; nobody was asked whether they
    would recommend the shop, so there is no NPS.

    Examples
    --------
    >>> from journeymap.events import sample
    >>> sample_feedback(sample.shop(customers=400))
    <Feedback: ... answers of ... customers, ...>
    """
    return feedback_of(shop.events)


def feedback_of(events: pd.DataFrame, /) -> Feedback:
    """Read the answers among the events of a generated shop."""
    from journeymap.maps.feedback.reading import read_feedback

    answers = events[events["event"] == "survey_answered"]
    return read_feedback(answers, customer="customer", at="at", score="score", scale=SCALE, comment="comment")
