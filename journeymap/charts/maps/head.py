"""The head of a map: kicker, finding, and the strip of persona, scenario, goal and how much is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from journeymap.charts.maps import icons
from journeymap.charts.maps.badges import badge, failure, waiting
from journeymap.charts.maps.columns import MARGIN
from journeymap.charts.maps.kpis import in_words
from journeymap.charts.maps.sheet import Sheet
from journeymap.charts.maps.words import SECOND, balanced, broken, cut, line_height, text_width
from journeymap.charts.numbers import share
from journeymap.errors import counted, listing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from journeymap.charts.maps.facts import Facts
    from journeymap.charts.maps.finding import MapFinding

KINDS = {
    "current_state": "current state",
    "future_state": "planned state",
    "day_in_life": "day in the life",
    "service_blueprint": "service blueprint",
}
EVIDENCE = {
    "survey": "survey answer",
    "ticket": "ticket",
    "interview": "interview",
    "review": "review",
    "usability_test": "usability test",
}
TITLE, TITLE_SMALL, MAIN = 26, 22, 13
PORTRAIT, LEAST_BLOCK = 21, 190
LAST_BLOCK = 0.15
"""How much more room the last block has, for its signs."""
ORDER = ("supported", "assumed", "contradicted", "stale")


def kicker(sheet: Sheet, facts: Facts, y: float, *, width: int) -> float:
    """Write what map it is: its title, kind, version and status."""
    told = facts.told
    version = f"version {told.version:g}" if told.version is not None else ""
    parts = [told.title, KINDS[told.kind], version, told.status]
    said = cut(" · ".join(filter(None, parts)).upper(), width - 2 * MARGIN, size=SECOND, bold=True)
    return sheet.write([said], MARGIN, y, size=SECOND, bold=True, fill="ink_2") + 4


def finding(sheet: Sheet, found: MapFinding, y: float, *, width: int, most: int = 2) -> float:
    """Write the finding on at most two balanced lines (`most` if one of its lengths allows it), in the longest of its lengths that fits."""
    room = width - 2 * MARGIN
    size = TITLE if width >= 1200 else TITLE_SMALL
    high = [len(broken(text, room, size=size, bold=True, most=9)) for text in found.texts]
    fits = [
        text for least in (most, 2) for text, lines in zip(found.texts, high, strict=True) if lines <= least
    ]
    lines = balanced((fits or found.texts[-1:])[0], room, size=size)
    return sheet.write(lines, MARGIN, y, size=size, bold=True) + 10


@dataclass(frozen=True)
class Block:
    """A part of the strip: a caption, what it says, and below it second words or signs."""

    caption: str
    main: str
    second: str = ""
    signs: Callable[[Sheet, float, float, float], float] | None = None


def strip(sheet: Sheet, facts: Facts, y: float, *, width: int) -> float:
    """Paint the strip; return where it ends."""
    blocks = _blocks(facts)
    left, right = MARGIN + 2 * PORTRAIT + 22, width - MARGIN - 12
    beside = min(len(blocks), max(2, int((right - left) // LEAST_BLOCK)))
    wide = (right - left) / (beside + (LAST_BLOCK if beside == len(blocks) else 0))
    place = [(left + number % beside * wide, number // beside) for number in range(len(blocks))]
    rooms = [wide * (1 + LAST_BLOCK) if number == len(blocks) - 1 else wide for number in range(len(blocks))]
    bottom, tops = y, {0: y + 9}
    for row in range(place[-1][1] + 1):
        here = [
            (x, block, room) for (x, at), block, room in zip(place, blocks, rooms, strict=True) if at == row
        ]
        ends = [_block(Sheet(), block, x, tops[row], room - 20) for x, block, room in here]
        bottom = max(ends) + 9
        tops[row + 1] = bottom + 2
    sheet.box(MARGIN, y, width - 2 * MARGIN, bottom - y, fill="strip", radius=8)
    _portrait(sheet, MARGIN + 12 + PORTRAIT, y + min(34, (bottom - y) / 2))
    for (x, row), block, room in zip(place, blocks, rooms, strict=True):
        _block(sheet, block, x, tops[row], room - 20)
    return bottom


def line(sheet: Sheet, facts: Facts, y: float, *, width: int) -> float:
    """Write the strip as one line, for a slide: who and how much is known, and of the rest what fits whole."""
    blocks = [block.main for block in _blocks(facts)]
    first, *between, last = range(len(blocks))
    kept = [first, last]
    for place in reversed(between):
        tried = sorted([*kept, place])
        if text_width(_joined(blocks, tried), size=SECOND) <= width - 2 * MARGIN:
            kept = tried
    said = cut(_joined(blocks, kept), width - 2 * MARGIN, size=SECOND)
    return sheet.write([said], MARGIN, y - 4, size=SECOND, fill="ink_2")


def _joined(texts: Sequence[str], places: Iterable[int]) -> str:
    return " · ".join(texts[place] for place in places)


def _portrait(sheet: Sheet, x: float, y: float) -> None:
    sheet.shape(icons.circle(PORTRAIT) + "Z", x, y, fill="head")
    sheet.shape(icons.FACE, x, y, fill="on_head")


def _block(sheet: Sheet, block: Block, x: float, y: float, room: float) -> float:
    y = sheet.write([block.caption], x, y, size=SECOND, bold=True, fill="ink_2")
    y = sheet.write(broken(block.main, room, size=MAIN, bold=True, most=2), x, y, size=MAIN, bold=True)
    if block.second:
        y = sheet.write(broken(block.second, room, size=SECOND, most=2), x, y + 1, size=SECOND, fill="ink_2")
    return block.signs(sheet, x, y + 2, room) if block.signs else y


def _blocks(facts: Facts) -> list[Block]:
    told = facts.told
    blocks = [_persona(facts)]
    if told.scenario or told.scope:
        ends = (
            f"From {told.scope.start} to {told.scope.end}"
            if told.scope and told.scope.start and told.scope.end
            else ""
        )
        blocks.append(Block("SCENARIO", told.scenario or ends, ends if told.scenario else ""))
    if told.customer_goal:
        blocks.append(Block("CUSTOMER GOAL", told.customer_goal, _evidence(facts)))
    blocks += _whole(facts)
    return [*blocks, _breaks(facts) if told.kind == "service_blueprint" else _known(facts)]


def _persona(facts: Facts) -> Block:
    people = facts.told.personas
    if not people:
        return Block("PERSONA", "Every customer", "no persona is described")
    if len(people) == 1:
        return Block("PERSONA", people[0].name, people[0].summary)
    return Block(f"{len(people)} PERSONAS", listing([one.name for one in people], most=3))


def _evidence(facts: Facts) -> str:
    """Count what the map stands on, by kind."""
    parts = []
    for kind, said in EVIDENCE.items():
        n = sum(round(one.n or 1) for one in facts.told.evidence if one.kind == kind)
        parts += [counted(n, said)] if n else []
    return ", ".join(parts)


def _whole(facts: Facts) -> list[Block]:
    """Return the KPIs of the whole map, of which NPS is one."""
    said = [(kpi.metric, in_words(kpi, facts.observed(kpi.id, "kpi"))) for kpi in facts.whole_kpis]
    nps = facts.observed("", "nps")
    if nps is not None and not any(metric == "nps" for metric, _ in said):
        ends = "" if nps.low is None or nps.high is None else f" ({nps.low:+.0f} to {nps.high:+.0f})"
        said.append(
            (
                "nps",
                f"NPS {nps.value:+.0f}{ends}, n\N{NO-BREAK SPACE}{round(nps.n or 0):,}".replace(
                    "-", "\N{MINUS SIGN}"
                ),
            )
        )
    if not said:
        return []
    return [Block("WHOLE JOURNEY", said[0][1], "; ".join(text for _, text in said[1:]))]


def _known(facts: Facts) -> Block:
    counts = {status: sum(claim.status == status for claim in facts.claims) for status in ORDER}
    total = sum(counts.values())
    if not total:
        return Block("HOW MUCH IS KNOWN", "Nothing is claimed yet")
    fresh = counts["supported"] + counts["contradicted"]

    def signs(sheet: Sheet, x: float, y: float, room: float) -> float:
        start = x
        for status, number in counts.items():
            words = f"{number} {status}"
            wide = 18 + text_width(words, size=SECOND) + 10
            if number and x + wide - 10 > start + room and x > start:
                x, y = start, y + 17
            if number:
                badge(sheet, status, x + 7, y + line_height(SECOND) / 2)
                sheet.write([words], x + 18, y, size=SECOND)
                x += wide
        return y + line_height(SECOND)

    return Block(
        "HOW MUCH IS KNOWN",
        _fresh(fresh, total),
        signs=signs,
    )


def _fresh(fresh: int, total: int) -> str:
    """Say how many claims something recent stands behind.

    Examples
    --------
    >>> _fresh(1, 1), _fresh(0, 1)
    ('The 1 claim has fresh evidence', 'The 1 claim has no fresh evidence')
    """
    if total == 1:
        return f"The 1 claim has {'' if fresh else 'no '}fresh evidence"
    return f"{share(fresh / total, 1)} of {total:,} claims have fresh evidence"


def _breaks(facts: Facts) -> Block:
    fails = sum(card.fail_point for card in facts.told.blueprint)
    waits = sum(card.wait_point for card in facts.told.blueprint)

    def signs(sheet: Sheet, x: float, y: float, _: float) -> float:
        for number, sign in ((fails, failure), (waits, waiting)):
            for _place in range(min(number, 6)):
                sign(sheet, x + 10, y + 9)
                x += 23
        return y + (19 if fails or waits else 0)

    said = f"{counted(fails, 'fail point')}, {counted(waits, 'wait point')}"
    return Block("WHERE IT BREAKS", said if fails or waits else "No fail point is marked", signs=signs)
