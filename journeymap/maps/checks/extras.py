"""JM10, JM11, JM15, JM17 and JM18: who took part, whether pains lead anywhere, what numbers stand on, words beside signs, the voice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from journeymap.errors import counted, listing
from journeymap.maps.checks.findings import Finding, plain
from journeymap.maps.grounds import HEARSAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from journeymap.maps.checks.case import Case
    from journeymap.maps.parts import Named

FIRST_PERSON = {
    "en": r"\b(i|we|my|me|our|us|mine|myself|ourselves)\b",
    "de": r"\b(ich|wir|mir|mich|uns|mein\w*|unser\w*)\b",
    "fr": r"\b(je|j|nous|me|moi|mon|ma|mes|notre|nos)\b",
    "nl": r"\b(ik|wij|we|mij|me|ons|mijn|onze)\b",
}
"""How customers speak of themselves, where a language shows it by a word."""
COLOUR, PICTURE = (
    re.compile(r"colou?r|farbe", re.IGNORECASE),
    re.compile(r"\.(png|jpe?g|gif|svg|webp)$", re.IGNORECASE),
)
MEANINGS = ("label", "meaning", "legend", "alt", "alt_text", "description")
"""Names under which a part may say in words what a colour or a picture says."""


def told(case: Case) -> Iterator[Finding]:
    """Go through the extras."""
    for check in (_teams, _chain, _bare_numbers, _signs, _voice):
        yield from check(case)


def measured(case: Case) -> Iterator[Finding]:
    """Say which measured numbers do not tell what they stand on."""
    bare = [
        one for one in case.measured.observations if one.low is not None and (one.n is None or not one.window)
    ]
    if bare:
        targets = sorted({one.target for one in bare})
        yield Finding(
            "JM15",
            "warn",
            "",
            f"{counted(len(bare), 'measured number does', 'measured numbers do')} not say of how many customers or of which time, "
            f"of {case.names(targets, most=3)}.",
            {"targets": targets},
            "Measure the map anew.",
        )


def _teams(case: Case) -> Iterator[Finding]:
    teams = {one.team.strip().casefold() for one in case.journey_map.contributors} - {""}
    if len(teams) < case.limits.teams:
        yield Finding(
            "JM10",
            "warn",
            "",
            f"{counted(len(teams), 'department', 'departments')} took part in the map; a journey crosses more.",
            {"teams": sorted(teams), "wanted": case.limits.teams},
            "Invite the others who serve these customers: support, sales, product, logistics.",
        )


def _chain(case: Case) -> Iterator[Finding]:
    """Follow each pain to an opportunity, and each opportunity to a KPI that is there."""
    kpis = {kpi.id for kpi in case.journey_map.kpis}
    alive = [one for one in case.journey_map.opportunities if one.status != "dropped"]
    worked_on = {pain for one in alive for pain in one.pains}
    for pain in case.journey_map.pains:
        if pain.id not in worked_on:
            level = "warn" if (pain.severity or 0) >= case.limits.severe else "info"
            yield Finding(
                "JM11",
                level,  # type: ignore[arg-type]
                pain.id,
                f"Nobody works on the pain {case.name(pain.id)}.",
                {"severity": pain.severity},
                "Add an opportunity with this pain, or waive it with a reason.",
            )
    for one in alive:
        if not one.pains or (one.kpi and one.kpi not in kpis):
            why = "is about no pain" if not one.pains else "moves a KPI that the map does not have"
            yield Finding(
                "JM11",
                "warn",
                one.id,
                f"The opportunity {case.name(one.id)} {why}.",
                {"kpi": one.kpi},
                "Link its pains and its KPI.",
            )


def _bare_numbers(case: Case) -> Iterator[Finding]:
    for one in case.journey_map.evidence:
        missing = [] if one.kind in HEARSAY else [name for name in ("n", "window") if not getattr(one, name)]
        if missing:
            yield Finding(
                "JM15",
                "warn",
                one.id,
                f"The evidence {case.name(one.id)} does not say {_asks(missing)}.",
                {"missing": missing},
                f"Fill in {listing(missing)}.",
            )
    for kpi in case.journey_map.kpis:
        backed = any(one.n and one.window for one in case.evidence(kpi.evidence)) or case.number(
            kpi.id, "kpi"
        )
        if kpi.baseline is not None and not backed:
            yield Finding(
                "JM15",
                "info",
                kpi.id,
                f"Nothing says of how many customers and of which time the baseline of {case.name(kpi.id)} is.",
                {"baseline": kpi.baseline},
                "Link evidence with n and window, or measure the map.",
            )


def _asks(missing: list[str]) -> str:
    return " and ".join(
        {"n": "how many it stands on", "window": "of which time it is"}[name] for name in missing
    )


def _signs(case: Case) -> Iterator[Finding]:
    """Find colours and pictures that a file of another tool brought along, without words for who cannot see them."""
    for part in (case.journey_map, *case.journey_map.parts.values()):
        worded = any(part.extra.get(name) for name in MEANINGS)
        for name, value in part.extra.items():
            what = "a colour" if COLOUR.search(name) else "a picture" if PICTURE.search(str(value)) else ""
            if what and not worded:
                yield Finding(
                    "JM17",
                    "warn",
                    "" if part is case.journey_map else _id(part),
                    f"{plain(name)} says something by {what} alone.",
                    {"field": plain(name), "value": plain(value)},
                    "Say the same in words, under label or alt.",
                )


def _id(part: Named | Any) -> str:
    return str(part.id)


def _voice(case: Case) -> Iterator[Finding]:
    said_by = FIRST_PERSON.get(case.journey_map.language[:2].casefold())
    for step in case.journey_map.steps if said_by else ():
        if not re.search(str(said_by), step.title.replace("'", " "), re.IGNORECASE):
            yield Finding(
                "JM18",
                "info",
                step.id,
                f"The title {case.name(step.id)} is not in the customer's voice.",
                {},
                "Say it as the customer would: I look for, I wait, we decide.",
            )
