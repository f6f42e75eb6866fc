"""Maps of every shape for the tests: any field of any part may be said, also in hostile words."""

from __future__ import annotations

from dataclasses import MISSING
from dataclasses import fields as fields_of

from hypothesis import strategies as st

import journeymap as jm
from journeymap.maps.fields import FORM, Part

TEXTS = st.one_of(
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            "=1+1",
            "!!python/object:os.system",
            "&amp; <b>",
            "no",
            "12:30",
            "2026-01-01",
            "# x: y",
            "- a",
        ]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=20),
)
IDS = ["a", "b", "c"]


@st.composite
def parts(draw, kind: type[Part]):
    """Make a part of a kind, any field of which may be said."""
    said = {one.name: draw(_values(one)) for one in fields_of(kind) if FORM in one.metadata}
    return kind(**said, extra=draw(st.dictionaries(st.sampled_from(["mood", "x y"]), TEXTS, max_size=1)))


def _values(one):
    meta, filled = one.metadata, TEXTS.filter(lambda text: bool(text.strip()))
    if one.name in ("segment_rule", "match", "milestone"):
        return st.sampled_from([None, jm.event("x", price=jm.at_least(5))])
    if "of" in meta:
        inner = st.deferred(lambda: parts(meta["of"]))
        return st.lists(inner, max_size=2) if one.default == () else st.none() | inner
    if "options" in meta:
        return st.sampled_from(["", *meta["options"]])
    if "least" in meta:
        least, most = meta["least"] or 0, meta["most"] or 1000
        return st.none() | st.integers(int(least), int(most)) | st.floats(least, most)
    by_default = {
        (): st.lists(TEXTS, max_size=2),
        False: st.booleans(),
        "": TEXTS,
        None: st.none() | st.dates(),
    }
    if one.default is MISSING:
        return st.dictionaries(filled, TEXTS, max_size=2) if one.default_factory is dict else filled
    return st.sampled_from(IDS) if one.name == "id" else by_default.get(one.default, TEXTS)


HOSTILE = [
    "<script>alert(1)</script>",
    '=HYPERLINK("http://x")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "-2+3",
    "'=1",
    "\t=1",
    "!!python/object:os.system x",
    "&lol; &amp; <![CDATA[x]]> <!-- c --> <?pi?>",
    "a: b; c # d, e",
    "#35; #quot; #amp; &#58;",
    "title x",
    "Section y",
    "journey",
    "journey z: 5: A",
    "accTitle: x",
    "accDescr { x }",
    "%% comment",
    "%%{init: {'theme': 'dark'}}%%",
    "---",
    "style x:#f;y",
    "classDef a:#b;c",
    "ﬂ°°58¶ß ﬂ°lt¶ß",
    "20°C, Straße ¶ß",
    "  ends  ",
    "\u200f\u05e9\u05dc\u05d5\u05dd\u202e\u200b",
    "\ufeffbom \u00a0 nbsp",
    "two\nlines",
    "a\r\nb\rc",
    "a\u2028b",
    "| a | b |",
    "[x](javascript:alert(1)) ![y](http://z)",
    "*bold* _it_ `code` ~~no~~ $x$",
    "# head",
    "- item",
    "1. one",
    "www.example.com http://example.com a@b.co",
    "{{ 7*7 }} ${x} <%= y %>",
    "_x0041_ _x005F_",
    '["json"]',
    '""',
    "no",
    "🙂 é 漢",
    "😀" * 30,
    "null",
    "1e5",
    "2026-01-01",
    "00123",
]
"""Texts that mean something to some format; none of them may."""
CONTROLLED = ["a\x00b", "bell\x07", "c1\x85\x9f", "\x1b[31mred", "\x7f", "\ufffe"]
"""Texts with characters that XML and the like cannot hold."""


def named(place: int, *, said: list[str] = HOSTILE) -> str:
    """Give the hostile text of a place; it begins anew at the end."""
    return said[place % len(said)]


def hostile_map(said: list[str] = HOSTILE) -> jm.JourneyMap:
    """Make a map in which each hostile text stands in many fields."""
    ids = range(len(said))
    return jm.JourneyMap(
        said[0],
        id="hostile",
        scenario=said[1],
        customer_goal=said[2],
        owner=said[3],
        stages=[
            {
                "name": said[i],
                "id": f"s{i}",
                "question": named(i + 1, said=said),
                "owner": named(i + 2, said=said),
            }
            for i in ids
        ],
        personas=[{"name": said[i], "id": f"p{i}", "goals": [named(i + 3, said=said)]} for i in ids],
        channels=[{"name": said[i], "id": f"c{i}"} for i in ids],
        touchpoints=[{"name": said[i], "id": f"t{i}", "channel": f"c{i}"} for i in ids],
        steps=[
            {
                "title": named(i + 4, said=said),
                "id": f"x{i}",
                "stage": f"s{i}",
                "actor": named(i + 5, said=said),
                "actions": [named(i + 6, said=said), named(i + 7, said=said)],
                "thoughts": [named(i + 8, said=said)],
                "personas": [f"p{i}", f"p{(i + 1) % len(said)}"],
                "touchpoints": [f"t{i}"],
                "moment_of_truth": named(i + 9, said=said),
                "claims": {"emotion": i % 5 - 2, "label": named(i + 10, said=said)},
            }
            for i in ids
        ],
        pains=[{"text": said[i], "id": f"n{i}", "steps": [f"x{i}"], "severity": 3} for i in ids],
        opportunities=[
            {"title": said[i], "id": f"o{i}", "pains": [f"n{i}"], "owner": named(i + 1, said=said)}
            for i in ids
        ],
        kpis=[{"name": said[i], "id": f"k{i}", "definition": named(i + 1, said=said)} for i in ids],
        evidence=[{"source": said[i], "id": f"e{i}", "quote": named(i + 1, said=said)} for i in ids],
        changelog=[{"what": one} for one in said],
    )


@st.composite
def linked_maps(draw) -> jm.JourneyMap:
    """Make a map whose references lead somewhere."""
    filled = TEXTS.filter(lambda text: bool(text.strip()))

    def ids(letter: str, least: int = 0) -> list[str]:
        return [f"{letter}{place}" for place in range(draw(st.integers(least, 3)))]

    stages, personas, channels, touchpoints, steps = (ids(letter, letter == "s") for letter in "spctx")

    def some(of: list[str]):
        return draw(st.lists(st.sampled_from(of), max_size=2, unique=True)) if of else []

    def claims():
        return draw(
            st.none() | st.fixed_dictionaries({"emotion": st.none() | st.floats(-2, 2), "label": TEXTS})
        )

    return jm.JourneyMap(
        draw(filled),
        stages=[{"name": draw(filled), "id": one, "question": draw(TEXTS)} for one in stages],
        personas=[{"name": draw(filled), "id": one} for one in personas],
        channels=[{"name": draw(filled), "id": one} for one in channels],
        touchpoints=[
            {"name": draw(filled), "id": one, "channel": (some(channels) or [""])[0]} for one in touchpoints
        ],
        steps=[
            {
                "title": draw(filled),
                "id": one,
                "stage": draw(st.sampled_from([*stages, *stages, ""])),
                "actor": draw(TEXTS),
                "kind": draw(st.sampled_from(["", "action", "communication"])),
                "actions": draw(st.lists(filled, max_size=2)),
                "thoughts": draw(st.lists(filled, max_size=2)),
                "personas": some(personas),
                "touchpoints": some(touchpoints),
                "claims": claims(),
            }
            for one in steps
        ],
        pains=[{"text": draw(filled), "id": one, "steps": some(steps)} for one in ids("n")],
    )
