"""A map as a Mermaid journey: sections, tasks, scores 1 to 5 and actors, with every text escaped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from journeymap.errors import counted, listing
from journeymap.maps.formats.losses import garbled, losses
from journeymap.maps.formats.texts import UNKNOWN, storable

if TYPE_CHECKING:
    from pathlib import Path

    from journeymap.maps.document import JourneyMap
    from journeymap.maps.parts import Step

PUNCTUATION = " .-'()!?/"
MASKS = "ﬂ¶"
"""Mermaid hides entities behind these two letters while it parses; in a text they would be taken for one."""
KEYWORDS = ("journey", "title", "section", "acctitle", "accdescr")
CONTROLS = re.compile("[\x7f-\x9f]")
MIDDLE = 3
FEWEST = 5
"""Answers on which a measured emotion stands at least, to be the score."""
HELD = {
    "": ("title",),
    "personas": ("name",),
    "stages": ("name",),
    "steps": ("title", "stage", "personas", "claims.emotion"),
}


def dumps(journey_map: JourneyMap) -> str:
    """Write a map as a Mermaid journey.

    A score is the emotion of the step, rounded, plus 3, within 1 to 5: the measured one of five answers or more, else the claimed one.
    The exact claim and what was measured stand in a comment before the task. The actors of a task are the personas of the step.

    Examples
    --------
    >>> import journeymap as jm
    >>> shop = jm.JourneyMap("Shop: now", stages=["Buy"], personas=["Ada"])
    >>> print(dumps(shop.add(jm.Step("Title deeds", stage="buy", claims={"emotion": 1.5}))))
    journey
      accTitle: Shop#58; now
      accDescr: 1 stage#58; Buy. 1 step. Scores from 1 (sad) to 5 (happy).
      title Shop#58; now
      section Buy
        %% claimed emotion 1.5
        #84;itle deeds: 5: Ada
    <BLANKLINE>
    """
    names = {persona.id: persona.name for persona in journey_map.personas}
    known = {stage.id for stage in journey_map.stages}
    title = escaped(journey_map.title)
    parts = ["journey", f"  accTitle: {title}", f"  accDescr: {_described(journey_map)}", f"  title {title}"]
    for step in (step for step in journey_map.steps if step.stage not in known):
        parts += _task(journey_map, step, names)
    for stage in journey_map.stages:
        parts.append(f"  section {escaped(stage.name)}")
        for step in journey_map.steps_of(stage.id):
            parts += _task(journey_map, step, names)
    return "\n".join(parts) + "\n"


def written(journey_map: JourneyMap, _path: Path, /) -> tuple[bytes, list[str]]:
    """Return a map as the bytes of a Mermaid file, and what it cannot hold."""
    told = losses(journey_map, "Mermaid", HELD)
    unsaid = sum(1 for step in journey_map.steps if emotion_of(journey_map, step) is None)
    if unsaid:
        told.append(f"A task needs a score: {counted(unsaid, 'step')} without an emotion got {MIDDLE}.")
    named = {persona for step in journey_map.steps for persona in step.personas}
    unnamed = [one.name for one in journey_map.personas if one.id not in named]
    if unnamed and all(step.personas for step in journey_map.steps):
        told.append(f"Personas of no step have no place in Mermaid: {listing(unnamed)}.")
    return dumps(journey_map).encode("utf-8", "replace"), told + garbled(journey_map, "Mermaid", clean=_clean)


def escaped(said: str) -> str:
    """Write a text so that Mermaid reads it as that text wherever it stands.

    Everything but letters, digits and a few harmless signs becomes a numeric entity; so do spaces at the ends, and the first letter of a
    text that begins like a keyword.

    Examples
    --------
    >>> escaped("a: b; #1"), escaped("Title"), escaped("  x")
    ('a#58; b#59; #35;1', '#84;itle', '#32; x')
    """
    signs = [_sign(sign) for sign in said]
    for end in (0, -1):
        if said and (said[end] == " " or (end == 0 and said.casefold().startswith(KEYWORDS))):
            signs[end] = f"#{ord(said[end])};"
    return "".join(signs)


def _sign(sign: str) -> str:
    ascii_letter = sign.isascii() and (sign.isalnum() or sign in PUNCTUATION)
    if ascii_letter or (not sign.isascii() and sign.isprintable() and sign not in MASKS):
        return sign
    return f"#{ord(sign)};" if _clean(sign) == sign else UNKNOWN


def _clean(said: str) -> str:
    """Put a sign for each character that HTML knows no entity for."""
    return CONTROLS.sub(UNKNOWN, storable(said))


def score_of(emotion: float | None) -> int:
    """Turn an emotion from -2 to +2 into a score from 1 to 5; without one it is the middle.

    Examples
    --------
    >>> score_of(1.6), score_of(-2), score_of(None), score_of(0.4)
    (5, 1, 3, 3)
    """
    return MIDDLE if emotion is None else min(5, max(1, round(emotion) + MIDDLE))


def shown(claimed: float | None, measured: float | None, n: float | None, /) -> float | None:
    """Return the emotion that a score shows: the measured one of enough answers, else the claimed one.

    Examples
    --------
    >>> shown(1.5, -0.48, 263), shown(1.5, -0.48, 4), shown(None, -0.48, 4)
    (-0.48, 1.5, None)
    """
    return claimed if measured is None or n is None or n < FEWEST else measured


def emotion_of(journey_map: JourneyMap, step: Step) -> float | None:
    """Return the emotion of a step that its score shows."""
    claimed = step.claims.emotion if step.claims else None
    found = journey_map.measurements and journey_map.measurements.of(step.id, "emotion")
    return shown(claimed, found.value, found.n) if found else claimed


def _task(journey_map: JourneyMap, step: Step, names: dict[str, str]) -> list[str]:
    people = dict.fromkeys(names.get(persona, persona) for persona in step.personas or names if persona)
    actors = ", ".join(map(escaped, people))
    said = f"    {escaped(step.title)}: {score_of(emotion_of(journey_map, step))}"
    return [f"    %% {_numbers(journey_map, step)}", f"{said}: {actors}" if actors else said]


def _numbers(journey_map: JourneyMap, step: Step) -> str:
    claimed = step.claims.emotion if step.claims else None
    said = "no claimed emotion" if claimed is None else f"claimed emotion {claimed!r}"
    measured = journey_map.measurements and journey_map.measurements.of(step.id, "emotion")
    if not measured or measured.value is None:
        return said
    said += f"; measured {measured.value!r}"
    said += f", n {measured.n:.17g}" if measured.n is not None else ""
    if measured.low is not None and measured.high is not None:
        said += f", 95 percent interval {measured.low!r} to {measured.high!r}"
    return said


def _described(journey_map: JourneyMap) -> str:
    stages = listing((stage.name for stage in journey_map.stages), most=12)
    said = f"{counted(len(journey_map.stages), 'stage')}{': ' if stages else ''}{stages}. "
    return escaped(f"{said}{counted(len(journey_map.steps), 'step')}. Scores from 1 (sad) to 5 (happy).")
