"""What customers answer when they are asked: a score from 0 to 10 and often a comment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from journeymap.events.sample import clock
from journeymap.events.sample.comments import REASONS, comment, mood
from journeymap.events.sample.words import EVENTS, PRODUCTS, TOPICS

if TYPE_CHECKING:
    from collections.abc import Hashable

WRITES = {"low": 0.72, "middle": 0.38, "high": 0.46}  # share who add a comment


def surveys(
    failed: pd.DataFrame,
    *,
    delivered: pd.DataFrame,
    refunded: pd.DataFrame,
    closed: pd.DataFrame,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Ask after failed payments, deliveries, refunds and closed tickets; some customers answer.

    Parameters
    ----------
    failed, delivered, refunded, closed
        What happened: ``customer, at`` and, where they apply, ``product, order, tries, broken, late, hours``.
    rng
        The source of chance.

    Returns
    -------
    pandas.DataFrame
        ``survey_answered`` events with ``topic``, ``score`` (0 to 10) and ``comment`` (None where none was
        written).
    """
    app = failed["broken"]
    late, retried = delivered["late"], delivered["tries"] > 1
    kept = ~delivered["order"].isin(refunded["order"])
    happened = {
        "fine": delivered[kept & ~late & ~retried],
        "late": delivered[kept & late],
        "returned": refunded,
        "retried": delivered[kept & ~late & retried],
        "app": failed[app],
        "declined": failed[~app],
        "quick": closed[closed["hours"] <= 24],
        "slow": closed[closed["hours"] > 24],
    }
    return pd.concat(
        [_answers(rows, reason=reason, rng=rng) for reason, rows in happened.items()], ignore_index=True
    )


def _answers(rows: pd.DataFrame, *, reason: str, rng: np.random.Generator) -> pd.DataFrame:
    topic, share, score = REASONS[reason]
    asked = rows[rng.random(len(rows)) < share]
    given = np.clip(np.rint(rng.normal(score, 1.7, len(asked))), 0, 10).astype(int)
    later = rng.integers(2 * clock.HOUR, 60 * clock.HOUR, size=len(asked))
    texts = [
        _said(row, reason=reason, score=int(points), rng=rng)
        for points, row in zip(given, asked.to_dict("records"), strict=True)
    ]
    return asked.reindex(columns=["customer", "order"]).assign(
        at=asked["at"] + later,
        event=EVENTS.index("survey_answered"),
        topic=TOPICS.index(topic),
        score=given,
        comment=np.array(texts, dtype=object),
    )


def _said(row: dict[Hashable, Any], *, reason: str, score: int, rng: np.random.Generator) -> str | None:
    if rng.random() >= WRITES[mood(score)]:
        return None
    days = round((row["at"] - row["bought_at"]) / clock.DAY) if "bought_at" in row else 0
    product = PRODUCTS[int(row["product"])][0] if row["product"] >= 0 else "order"  # NaN is not
    return comment(reason, score=score, product=product, tries=int(row["tries"]), days=days, rng=rng)
