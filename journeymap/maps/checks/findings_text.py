"""Findings as text for a terminal and as JSON for other programs."""

from __future__ import annotations

import json
from textwrap import fill
from typing import TYPE_CHECKING, Any

from journeymap.maps.checks.findings import CALLED, LEVELS, RULES, plain

if TYPE_CHECKING:
    from journeymap.maps.checks.findings import Finding, Findings, Level

WIDTH = 96


def as_text(found: Findings, *, level: Level = "warn") -> str:
    """Write findings of a level and worse ones, each with its place and how to mend it.

    Examples
    --------
    >>> from journeymap.maps.checks.findings import Finding, Findings
    >>> one = Finding("JM10", "warn", "", "One department took part in the map.", {}, "Invite the others.")
    >>> print(as_text(Findings((one,), title="Sign up")))
    Sign up: 1 warning.
    <BLANKLINE>
    warning  JM10 few departments: the whole map
             One department took part in the map.
             To mend: Invite the others.
    <BLANKLINE>
    """
    shown = found.at_least(level)
    blocks = [fill(f"{found.title}: {found.summary}.", WIDTH), *(_block(one, found) for one in shown)]
    heard = LEVELS[: LEVELS.index(level) + 1]
    hidden = sum(number for other, number in found.counts.items() if other not in heard)
    if hidden:
        blocks.append(
            f"Not shown: {hidden} of a lesser level; --level info shows {'it' if hidden == 1 else 'them'}."
        )
    if found.waived:
        blocks.append("\n".join(_waived(one, found) for one in found.waived))
    blocks += [fill(plain(note, most=500), WIDTH) for note in found.notes]
    return "\n\n".join(blocks) + "\n"


def _block(one: Finding, found: Findings) -> str:
    said = [one.sentence, f"To mend: {one.fix}"] if one.fix else [one.sentence]
    named = plain(f"{one.rule} {RULES.get(one.rule, '')}")
    head = f"{CALLED[one.level][0]:<8} {named}: {_place(one, found)}"
    return "\n".join(
        [fill(head, WIDTH, subsequent_indent=" " * 9), *(_indented(plain(text, most=2000)) for text in said)]
    )


def _indented(text: str) -> str:
    return fill(text, WIDTH, initial_indent=" " * 9, subsequent_indent=" " * 9, break_on_hyphens=False)


def _place(one: Finding, found: Findings) -> str:
    if not one.at:
        return "the whole map"
    name, part_id = found.names.get(one.at, ""), plain(one.at)
    return f"{name} ({part_id})" if name and name != part_id else part_id


def _waived(one: Finding, found: Findings) -> str:
    waiver = one.waived_by
    said = f"by {plain(waiver.by)} until {waiver.until}: {plain(waiver.reason, most=200)}" if waiver else ""
    return fill(f"Waived   {plain(one.rule)}: {_place(one, found)}, {said}", WIDTH, subsequent_indent=" " * 9)


def as_json(found: Findings, *, level: Level = "warn") -> str:
    """Write counts, coverage, and the findings of a level and worse ones; waived ones too, with who waived them.

    Examples
    --------
    >>> from journeymap.maps.checks.findings import Findings
    >>> json.loads(as_json(Findings((), title="Sign up", coverage=1.0)))["counts"]
    {'error': 0, 'warn': 0, 'info': 0}
    """
    heard = LEVELS[: LEVELS.index(level) + 1]
    plainly = {
        "map": found.title,
        "counts": found.counts,
        "coverage": found.coverage,
        "findings": [_plain(one, found) for one in found if one.level in heard],
        "notes": list(found.notes),
    }
    return json.dumps(plainly, indent=2, default=_number) + "\n"


def _plain(one: Finding, found: Findings) -> dict[str, Any]:
    waiver = one.waived_by
    waived = {"by": waiver.by, "reason": waiver.reason, "until": str(waiver.until)} if waiver else None
    return {
        "rule": one.rule,
        "level": one.level,
        "at": one.at,
        "part": found.names.get(one.at, ""),
        "sentence": one.sentence,
        "numbers": dict(one.numbers),
        "fix": one.fix,
        "waived_by": waived,
    }


def _number(value: Any) -> Any:
    """Write what JSON does not know: a number of numpy as such, anything else as text."""
    return value.item() if hasattr(value, "item") else str(value)
