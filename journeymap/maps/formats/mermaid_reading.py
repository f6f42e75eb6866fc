"""A Mermaid journey read as a map: sections are stages, tasks are steps, scores are claimed emotions, actors are personas."""

from __future__ import annotations

import html
import re
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from journeymap.errors import DataError
from journeymap.maps.document import JourneyMap
from journeymap.maps.formats.mermaid import MIDDLE, score_of, shown
from journeymap.maps.formats.naming import Ids, decoded, made
from journeymap.maps.parts import Claims, MapStage, Persona, Step

if TYPE_CHECKING:
    from pathlib import Path

FRONT = re.compile(r"\A\s*---[^\S\n]*\n(.*?)\n[^\S\n]*---[^\S\n]*(?:\n|\Z)", re.DOTALL)
FRONT_TITLE = re.compile(r"^title:.{0,500}$", re.MULTILINE)
BLOCK = re.compile(r"^[^\S\n]*accDescr\s*\{[^}]*\}", re.IGNORECASE | re.MULTILINE)
ENTITY = re.compile(r"#(\w+);")
NUMBER = r"([-+.\de]+)"
CLAIM = re.compile(
    rf"%%\s*(?:no claimed emotion|claimed emotion {NUMBER})(?:; measured {NUMBER}(?:, n {NUMBER})?)?"
)
MOST = (2, sys.float_info.max, sys.float_info.max)
"""How large a claimed emotion, a measured one and its n can be."""
LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def read(path: Path, /) -> JourneyMap:
    """Read a map from a file with a Mermaid journey."""
    return loads(decoded(path), name=path.stem)


def loads(text: str, *, name: str = "Journey") -> JourneyMap:
    """Read a map from the text of a Mermaid journey; without a title it is called `name`.

    Examples
    --------
    >>> shop = loads("journey\\ntitle Shop\\nsection Buy\\n  I pay: 4: Ada, Bo\\n  I wait: 1: Ada")
    >>> [(step.stage, step.title, step.claims.emotion, step.personas) for step in shop.steps]
    [('buy', 'I pay', 1, ()), ('buy', 'I wait', -2, ('ada',))]
    """
    reading = _Reading()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    front = FRONT.match(text)
    if front:
        reading.title = _front_title(front[1])
        text = text[front.end() :]
    for number, line in enumerate(BLOCK.sub(_blank_lines, text).split("\n"), start=1):
        reading.line(line, number + (front[0].count("\n") if front else 0))
    return reading.map(name)


def _blank_lines(block: re.Match[str]) -> str:
    return "\n" * block[0].count("\n")


def _front_title(text: str) -> str:
    line = FRONT_TITLE.search(text)
    try:
        plain = yaml.safe_load(line[0]) if line else None
    except (yaml.YAMLError, ValueError, RecursionError):
        return ""
    title = plain.get("title") if isinstance(plain, dict) else ""
    return title if isinstance(title, str) else ""


def unescaped(said: str) -> str:
    """Turn the entities of a Mermaid text back into what they stand for.

    Examples
    --------
    >>> unescaped("a#58; b #quot;c#quot;<br/>d")
    'a: b "c"\\nd'
    """
    said = LINE_BREAK.sub("\n", said)
    return ENTITY.sub(lambda one: _entity(one[1], one[0]), said)


def _entity(name: str, whole: str) -> str:
    said = html.unescape(f"&#{name};" if name.isdecimal() else f"&{name};")
    return whole if said.startswith("&") and len(said) > 1 else said


def _number(said: str | None, *, most: float = 2) -> float | None:
    """Read a number that a comment says, such as an emotion; anything else is none."""
    try:
        number = float(said or "")
    except ValueError:
        return None
    return (int(number) if number == int(number) else number) if abs(number) <= most else None


@dataclass
class _Reading:
    """What has been read so far."""

    title: str = ""
    started: bool = False
    comment: re.Match[str] | None = None
    ids: Ids = field(default_factory=Ids)
    stages: list[MapStage] = field(default_factory=list)
    steps: list[dict[str, Any]] = field(default_factory=list)
    personas: dict[str, Persona] = field(default_factory=dict)

    def line(self, line: str, number: int) -> None:
        line = line.strip()
        if line.startswith("%%"):
            self.comment = CLAIM.match(line) or self.comment
            return
        line = line.partition("%%")[0].strip()
        word, _, rest = line.partition(" ")
        if not line or (line.startswith("#") and not ENTITY.match(line)):
            return
        if not self.started:
            self._start(line, number)
        elif word.casefold() == "title" and rest:
            self.title = unescaped(rest.strip())
        elif word.casefold() == "section" and rest.strip():
            self._section(unescaped(rest.strip()), number)
        elif not line.casefold().startswith(("acctitle", "accdescr")) or line.count(":") > 1:
            self._task(line, number)

    def _start(self, line: str, number: int) -> None:
        if line.casefold() != "journey":
            raise DataError(
                f"Line {number}: {line[:40]!r} begins no Mermaid journey.",
                right="It begins with the word journey.",
                fix="journey",
            )
        self.started = True

    def _section(self, name: str, number: int) -> None:
        if not name.strip():
            raise DataError(f"Line {number}: a section has no name.", right="section Name")
        self.stages.append(made(MapStage, name=name, id=self.ids.new(name)))

    def _task(self, line: str, number: int) -> None:
        title, *said = (piece.strip() for piece in line.split(":"))
        try:
            score = float(said[0])
            if not title or score != score:  # noqa: PLR0124 - nan
                raise ValueError
        except (IndexError, ValueError):
            raise DataError(
                f"Line {number}: {line[:40]!r} is no task.",
                right="A name, a score from 1 to 5 and who does it.",
                fix="I pay: 4: Ada",
            ) from None
        actors = [unescaped(actor.strip()) for actor in said[1].split(",")] if len(said) > 1 else []
        self.steps.append(
            {
                "title": unescaped(title),
                "id": self.ids.new(unescaped(title)),
                "stage": self.stages[-1].id if self.stages else "",
                "claims": self._claims(score),
                "personas": tuple(dict.fromkeys(self._persona(actor) for actor in actors if actor.strip())),
            }
        )
        self.comment = None

    def _claims(self, score: float) -> Claims | None:
        """Return the exact claim of the comment before the task, unless somebody has changed the score since."""
        said = self.comment.groups() if self.comment else (None, None, None)
        claimed, measured, n = (_number(one, most=most) for one, most in zip(said, MOST, strict=True))
        if self.comment and score == score_of(shown(claimed, measured, n)):
            return None if claimed is None else Claims(emotion=claimed)
        return Claims(emotion=_number(str(max(-2.0, min(2.0, score - MIDDLE)))))

    def _persona(self, name: str) -> str:
        if name not in self.personas:
            self.personas[name] = made(Persona, name=name, id=self.ids.new(name))
        return self.personas[name].id

    def map(self, name: str) -> JourneyMap:
        if not self.started:
            raise DataError("There is no Mermaid journey.", right="It begins with the word journey.")
        everybody = {persona.id for persona in self.personas.values()}
        for step in self.steps:
            if set(step["personas"]) == everybody:
                step["personas"] = ()
        found: JourneyMap = made(
            JourneyMap,
            title=self.title if self.title.strip() else name,
            personas=list(self.personas.values()),
            stages=self.stages,
            steps=[made(Step, **step) for step in self.steps],
        )
        return found
