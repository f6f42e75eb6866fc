"""What a map stands on: evidence, the people who made it, what they accept, and its history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from journeymap.maps import fields
from journeymap.maps.fields import Part
from journeymap.maps.parts import Named, identity

EVIDENCE_KINDS = (
    "events",
    "survey",
    "ticket",
    "interview",
    "usability_test",
    "review",
    "analytics",
    "workshop",
    "assumption",
)

HEARSAY = ("workshop", "assumption")
"""Kinds of evidence that come from the team alone."""


@dataclass(frozen=True)
class Evidence(Named):
    """What a claim stands on.

    Attributes
    ----------
    n
        How many answers, customers or interviews.
    quote, locator
        The words, or where they stand.
    expires
        After this day it is stale.
    pii
        Whether it holds personal data.
    """

    source: str = fields.name()
    id: str = identity()
    kind: str = fields.choice(EVIDENCE_KINDS, "assumption")
    sha256: str = fields.text()
    window: str = fields.text()
    n: float | None = fields.number(0)
    method: str = fields.text()
    collected_at: Any = fields.day()
    locator: str = fields.text()
    quote: str = fields.text()
    strength: str = fields.text()
    expires: Any = fields.day()
    pii: bool = fields.flag()
    notes: str = fields.text()


@dataclass(frozen=True)
class Contributor(Part):
    """Somebody who worked on the map, and their team."""

    name: str = fields.name()
    team: str = fields.text()


@dataclass(frozen=True)
class Waiver(Part):
    """Somebody's word that a finding is accepted until some day; `at` is the id of the part, empty for the whole map."""

    rule: str = fields.name()
    at: str = fields.text()
    by: str = fields.text()
    reason: str = fields.text()
    until: Any = fields.day()


@dataclass(frozen=True)
class Change(Part):
    """A line of the map's history."""

    what: str = fields.name()
    on: Any = fields.day()
    by: str = fields.text()
