"""The finding of a result: the one sentence that stands above its picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from journeymap.analyses.flow import Flow
from journeymap.analyses.funnel import Funnel
from journeymap.analyses.reconcile import Reconciliation
from journeymap.analyses.sensitivity import Sensitivity
from journeymap.errors import JourneymapError
from journeymap.maps.document import JourneyMap
from journeymap.maps.fixing.friction import Friction
from journeymap.maps.fixing.opportunities import Opportunities

MOST_CHARACTERS = 140


@dataclass(frozen=True)
class Finding:
    """What a result says.

    Attributes
    ----------
    text
        One sentence: where, number, comparison, interval. Each number of it stands in the picture or in the table.
    support
        What is good to know beside it; may be empty.
    """

    text: str
    support: str = ""


def finding(result: Any, /) -> Finding:
    """Return what stands out in a result, after correction for how many things were looked at.

    Examples
    --------
    >>> import pandas as pd, journeymap as jm
    >>> frame = pd.DataFrame({"who": ["a", "a", "b"], "what": ["see", "buy", "see"], "when": ["2026-01-01", "2026-01-02", "2026-01-01"]})
    >>> log = jm.read_events(frame, customer="who", event="what", at="when")
    >>> journey = jm.Journey("Shop", stages=[jm.Stage("See", jm.event("see")), jm.Stage("Buy", jm.event("buy"))])
    >>> finding(jm.funnel(log, journey)).text
    'It is too early for a rate: no customer has had 30 days yet.'
    """
    if isinstance(result, Funnel):
        from journeymap.charts.funnel_finding import funnel_finding  # which makes what this module defines

        return funnel_finding(result)
    if isinstance(result, Flow):
        from journeymap.charts.flow_finding import flow_finding  # which makes what this module defines

        return flow_finding(result)
    if isinstance(result, Reconciliation):
        from journeymap.charts.reconcile_finding import (
            reconcile_finding,
        )  # which makes what this module defines

        return reconcile_finding(result)
    if isinstance(result, Sensitivity):
        from journeymap.charts.sensitivity import sensitivity_finding  # which makes what this module defines

        return sensitivity_finding(result)
    if isinstance(result, Friction):
        from journeymap.charts.friction import friction_finding  # which makes what this module defines

        return friction_finding(result)
    if isinstance(result, Opportunities):
        from journeymap.charts.opportunity_matrix import (
            matrix_finding,
        )  # which makes what this module defines

        return matrix_finding(result)
    if isinstance(result, JourneyMap):
        from journeymap.charts.maps.finding import finding_of  # which makes what this module defines

        return finding_of(result)
    raise JourneymapError(
        f"There is no finding of {type(result).__name__}.",
        right="There is one of a funnel, a flow, a reconciliation, a sensitivity and a journey map.",
    )
