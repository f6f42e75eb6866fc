"""Two ways to score an opportunity: RICE, and what customers find important and do not get."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeymap.analyses.funnel_scope import FEW
from journeymap.maps.grounds import HEARSAY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from journeymap.maps.grounds import Evidence

COUNTED_KINDS = ("events", "analytics", "survey", "ticket", "review")
"""Kinds of evidence in which customers are counted."""
BANDS = ((15.0, "above 15"), (12.0, "12 to 15"), (10.0, "10 to 12"))


def rice(
    reach: float | None, impact: float | None, confidence: float | None, effort: float | None
) -> float | None:
    """Return reach x impact x confidence / effort; None if one of them is missing or there is no effort.

    Source: the RICE score, with its scales: impact 3, 2, 1, 0.5 or 0.25, confidence 1, 0.8 or 0.5.

    Examples
    --------
    >>> rice(1200, 2, 0.8, 6), rice(1200, None, 0.8, 6)
    (320.0, None)
    """
    if reach is None or impact is None or confidence is None or not effort:
        return None
    return reach * impact * confidence / effort


def evidence_confidence(evidence: Iterable[Evidence]) -> float:
    """Return the confidence that evidence gives: 1 if 30 customers or more were counted, 0.8 if it comes from customers, 0.5 else.

    Examples
    --------
    >>> from journeymap.maps.grounds import Evidence
    >>> evidence_confidence([Evidence("Survey", kind="survey", n=263)]), evidence_confidence([])
    (1.0, 0.5)
    >>> evidence_confidence([Evidence("Talks", kind="interview", n=8), Evidence("Notes", kind="workshop", n=40)])
    0.8
    """
    levels = [0.5]
    for one in evidence:
        if one.kind in COUNTED_KINDS and (one.n or 0) >= FEW:
            levels.append(1.0)
        elif one.kind not in HEARSAY:
            levels.append(0.8)
    return max(levels)


def ulwick(importance: float | None, satisfaction: float | None) -> float | None:
    """Return importance + max(importance - satisfaction, 0), each a top-2-box share times 10; None if one is missing.

    Source: Ulwick 2005, What Customers Want.

    Examples
    --------
    >>> ulwick(0.9, 0.3), ulwick(0.4, 0.8), ulwick(0.9, None)
    (15.0, 4.0, None)
    """
    if importance is None or satisfaction is None:
        return None
    return 10 * importance + max(10 * importance - 10 * satisfaction, 0)


def band(score: float | None) -> str:
    """Return the band of a score of :func:`ulwick`.

    Examples
    --------
    >>> band(15.0), band(12.0), band(3.0), band(None)
    ('12 to 15', '12 to 15', 'below 10', '')
    """
    if score is None:
        return ""
    above, *within = BANDS
    if score > above[0]:
        return above[1]
    return next((name for least, name in within if score >= least), "below 10")
