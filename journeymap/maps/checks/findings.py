"""What the checks found: findings with their place, numbers and mending, and who accepted them until when."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from journeymap.errors import DefinitionError, counted

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from journeymap.maps.grounds import Waiver

Level = Literal["error", "warn", "info"]
LEVELS: tuple[Level, ...] = ("error", "warn", "info")
"""From the worst."""
RULES = {
    "JM01": "assumptions, no data",
    "JM02": "the purchase only",
    "JM03": "one segment",
    "JM04": "overcomplicated",
    "JM05": "channels ignored",
    "JM06": "emotion and pain missing",
    "JM07": "not validated",
    "JM08": "never updated",
    "JM09": "no business goal",
    "JM10": "few departments",
    "JM11": "pains lead nowhere",
    "JM12": "future without present",
    "JM13": "the brand only",
    "JM14": "blueprint with gaps",
    "JM15": "number without n or window",
    "JM16": "personal data",
    "JM17": "colour alone",
    "JM18": "not the customer's voice",
    "JM19": "broken reference",
}
"""What each rule looks for: the nine common mistakes, and ten more."""
CALLED = {
    "error": ("error", "errors"),
    "warn": ("warning", "warnings"),
    "info": ("remark", "remarks"),
}


@dataclass(frozen=True)
class Finding:
    """Something a rule found.

    Attributes
    ----------
    rule, level
        Such as ``"JM05"``; ``"error"``, ``"warn"`` or ``"info"``.
    at
        The id of the part; empty for the whole map.
    sentence
        What is wrong, for somebody who knows the map.
    numbers
        What the sentence stands on, by name.
    fix
        How to mend it.
    waived_by
        The waiver in force, or None.
    """

    rule: str
    level: Level
    at: str
    sentence: str
    numbers: Mapping[str, Any] = field(default_factory=dict)
    fix: str = ""
    waived_by: Waiver | None = None


@dataclass(frozen=True, repr=False)
class Findings:
    """The answer of :func:`journeymap.maps.checks.checking.check`: all findings, the worst first.

    They have a length and can be gone through; printed, they tell themselves in full.

    Attributes
    ----------
    found
        The findings, waived ones too.
    coverage
        Share of what the map claims (steps, emotions, pains, what is said of personas) that stands on more than workshops and
        assumptions, weighted by how many customers it reaches; None if nothing is claimed.
    title
        Of the map.
    names
        What the parts are called, by id.
    notes
        What was not checked, and why.

    Examples
    --------
    >>> found = Findings((Finding("JM10", "warn", "", "One team."), Finding("JM01", "error", "", "No data.")), coverage=0.4)
    >>> found
    <Findings: 1 error, 1 warning; 40% of the claims, weighted by the customers they concern, have evidence (fresh or not)>
    >>> [finding.rule for finding in found.at_least("error")]
    ['JM01']
    """

    found: tuple[Finding, ...]
    coverage: float | None = None
    title: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        ordered = sorted(self.found, key=lambda one: (LEVELS.index(one.level), one.rule))
        object.__setattr__(self, "found", tuple(ordered))

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)

    def __repr__(self) -> str:
        return f"<Findings: {self.summary}>"

    def __str__(self) -> str:
        from journeymap.maps.checks.findings_text import as_text  # stands on this module

        return as_text(self, level="info")

    @property
    def waived(self) -> list[Finding]:
        """The findings that somebody accepted, for as long as that holds."""
        return [one for one in self.found if one.waived_by]

    @property
    def counts(self) -> dict[str, int]:
        """How many findings there are of each level, waived ones left out."""
        return {
            level: len([f for f in self.found if f.level == level and not f.waived_by]) for level in LEVELS
        }

    def at_least(self, level: Level, /) -> list[Finding]:
        """Return the findings of a level and of worse ones, waived ones left out."""
        if level not in LEVELS:
            raise DefinitionError(f"{level!r} is no level.", right='"error", "warn" or "info".', fix='"warn"')
        heard = LEVELS[: LEVELS.index(level) + 1]
        return [one for one in self.found if one.level in heard and not one.waived_by]

    @property
    def summary(self) -> str:
        """The counts and the coverage in words."""
        parts = [counted(number, *CALLED[level]) for level, number in self.counts.items() if number]
        waived = [f"{len(self.waived)} waived"] if self.waived else []
        covered = (
            ""
            if self.coverage is None
            else f"; {self.coverage:.0%} of the claims, weighted by the customers they concern, have evidence (fresh or not)"
        )
        return (", ".join([*parts, *waived]) or "nothing found") + covered

    @property
    def table(self) -> pd.DataFrame:
        """One row each: rule, level, at (the id of a part), part (its name), sentence, fix, numbers, waived_by, waived_until."""
        import pandas as pd  # heavy, and seldom needed

        rows = [
            (
                one.rule,
                one.level,
                one.at,
                self.names.get(one.at, ""),
                one.sentence,
                one.fix,
                dict(one.numbers),
                one.waived_by.by if one.waived_by else None,
                one.waived_by.until if one.waived_by else None,
            )
            for one in self.found
        ]
        columns = ["rule", "level", "at", "part", "sentence", "fix", "numbers", "waived_by", "waived_until"]
        return pd.DataFrame(rows, columns=columns)


def waived(found: Sequence[Finding], waivers: Sequence[Waiver], *, today: dt.date) -> list[Finding]:
    """Mark what is waived, and add a remark for each waiver that no longer or never counted."""
    counting = [one for one in waivers if not _fault(one, today)]
    marked = [replace(one, waived_by=_waiver(one, counting)) for one in found]
    return marked + [_remark(one, fault) for one in waivers if (fault := _fault(one, today))]


def _waiver(found: Finding, waivers: Sequence[Waiver]) -> Waiver | None:
    return next((one for one in waivers if one.rule == found.rule and one.at == found.at), None)


def _fault(waiver: Waiver, today: dt.date) -> str:
    """Say why a waiver does not count; nothing if it does."""
    missing = [name for name in ("by", "reason", "until") if not getattr(waiver, name)]
    if missing:
        return f"says no {' and no '.join(missing)}"
    return f"ended on {waiver.until}" if waiver.until < today else ""


def _remark(waiver: Waiver, fault: str) -> Finding:
    numbers = {"until": str(waiver.until or ""), "by": waiver.by}
    return Finding(
        waiver.rule,
        "info",
        waiver.at,
        f"The waiver of {plain(waiver.rule)} {fault}, so it does not count.",
        numbers,
        "Mend the finding and take the waiver out, or let somebody accept it anew, with a reason and a day.",
    )


def plain(text: object, *, most: int = 60) -> str:
    """Write a text of the map within a sentence: on one line, without signs that steer a terminal, cut if it is long.

    Examples
    --------
    >>> plain("I \\x1b[31mwait\\n for it")
    'I [31mwait for it'
    """
    shown = "".join(sign if sign.isprintable() else " " for sign in str(text))
    shown = " ".join(shown.split())
    return shown if len(shown) <= most else shown[: most - 1].rstrip() + "…"
