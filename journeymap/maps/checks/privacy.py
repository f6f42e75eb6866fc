"""JM16, personal data: e-mail addresses, phone numbers and names in quotes, and numbers of so few that they can be recognised."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from journeymap.errors import counted
from journeymap.maps.checks.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from journeymap.maps.checks.case import Case
    from journeymap.maps.document import JourneyMap

E_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
PHONE = re.compile(r"(?<![\w.,-])(?:\+|00|0|\()\d[\d\s()/.-]{6,}\d(?!\w)")
DATE = re.compile(r"\b\d{4}-\d\d-\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b")
NAME = re.compile(
    r"\b(?:[Mm]y name is|I am called|[Ii]ch hei(?:ss|ß)e|[Mm]ein Name ist|Mrs?\.?|Ms\.?|Dr\.?|Herrn?|Frau|[Rr]egards,?|[Ss]incerely,?|[Gg]r(?:uss|uß|üße),?)"
    r"\s+[A-ZÄÖÜ][\w'-]+|[.!?\"'\u201c\u201d\u2026]\s*[\u2013\u2014-]\s*[A-ZÄÖÜ][\w'-]+(?:\s[A-ZÄÖÜ][\w'.-]*)?(?:,\s*\d\d)?\s*$"
)
"""A name after a word that announces one, or as the signature behind a quote's last sentence. A name elsewhere is not seen."""
KINDS = {"an e-mail address": E_MAIL, "a phone number": PHONE, "a name": NAME}
found = partial(Finding, "JM16")


def told(case: Case) -> Iterator[Finding]:
    """Say which quotes seem to hold personal data; the data itself is not repeated."""
    for part_id, quotes in quotes_of(case.journey_map):
        kinds = [kind for quote in quotes for kind in personal(quote)]
        if kinds:
            kinds = list(dict.fromkeys(kinds))
            yield found(
                "warn" if kinds == ["a name"] else "error",
                part_id,
                f"A quote of {_named(case, part_id)} seems to hold {' and '.join(kinds)}.",
                {"kinds": kinds},
                "Leave it out of the quote; say what kind of customer spoke instead. Names within a sentence are not found: read the quotes.",
            )


def _named(case: Case, part_id: str) -> str:
    """Name a part by its id where its name is the quote itself."""
    name = case.name(part_id)
    return f"the part {part_id}" if personal(name) else name


def quotes_of(journey_map: JourneyMap) -> Iterator[tuple[str, list[str]]]:
    """Yield the texts in which customers may speak, with the id of their part."""
    for evidence in journey_map.evidence:
        yield evidence.id, [evidence.quote, evidence.source]
    for step in journey_map.steps:
        yield step.id, [step.title, *step.thoughts, *step.actions]
    for persona in journey_map.personas:
        yield (
            persona.id,
            [persona.summary, *(persona.empathy.says if persona.empathy else ()), *persona.traits],
        )
    for pain in journey_map.pains:
        yield pain.id, [pain.text]
    for gain in journey_map.gains:
        yield gain.id, [gain.text]


def personal(text: str) -> list[str]:
    """Say which kinds of personal data a text seems to hold.

    Examples
    --------
    >>> personal("Call me on +49 30 123 456 78, or ann@shop.example"), personal("It took 14 days. - Anna K., 34")
    (['an e-mail address', 'a phone number'], ['a name'])
    >>> personal("Ordered on 2026-03-31, 12345678 pieces - great!")
    []
    """
    undated = DATE.sub(" ", text)
    return [kind for kind, pattern in KINDS.items() if pattern.search(undated)]


def measured(case: Case) -> Iterator[Finding]:
    """Say which measured numbers stand on so few that somebody could be recognised."""
    few = [
        one
        for one in case.measured.observations
        if one.n is not None and 0 < one.n < case.limits.cell and one.value is not None
    ]
    if few:
        targets = sorted({one.target for one in few})
        yield found(
            "warn",
            "",
            f"{counted(len(few), 'number stands', 'numbers stand')} on fewer than {case.limits.cell} customers or answers, "
            f"of {case.names(targets, most=3)}.",
            {"targets": targets, "least": min(one.n or 0 for one in few)},
            "Measure a longer period or fewer personas, or leave these numbers out of what you share.",
        )
