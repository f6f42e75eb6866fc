"""What customers complain of in words that no pain of the map speaks of."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from journeymap.analyses.intervals import benjamini_hochberg, difference_p_value

if TYPE_CHECKING:
    from journeymap.maps.checks.case import Case

WORD = re.compile(r"[^\W\d_]{4,}")
PLAIN = frozenset(
    [
        "about",
        "after",
        "again",
        "also",
        "always",
        "another",
        "because",
        "been",
        "before",
        "both",
        "could",
        "cannot",
        "did",
        "does",
        "doing",
        "down",
        "each",
        "even",
        "every",
        "from",
        "gave",
        "have",
        "here",
        "into",
        "just",
        "like",
        "made",
        "make",
        "more",
        "most",
        "much",
        "must",
        "never",
        "none",
        "nothing",
        "once",
        "only",
        "other",
        "over",
        "please",
        "same",
        "should",
        "some",
        "still",
        "such",
        "than",
        "that",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "thing",
        "those",
        "three",
        "times",
        "told",
        "took",
        "twice",
        "under",
        "until",
        "very",
        "want",
        "wanted",
        "well",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "will",
        "with",
        "without",
        "would",
        "your",
        "aber",
        "alle",
        "auch",
        "dann",
        "dass",
        "dies",
        "diese",
        "doch",
        "eine",
        "einen",
        "einer",
        "habe",
        "hatte",
        "immer",
        "kein",
        "keine",
        "mehr",
        "nicht",
        "noch",
        "oder",
        "schon",
        "sehr",
        "sich",
        "sind",
        "wenn",
        "werden",
        "wurde",
    ]
)
"""Words that name no thing."""
MOST = 3
"""How many themes are told at once."""


class Theme(NamedTuple):
    """A word of comments that no pain speaks of: how many have it, how many of these are negative, and of how many comments."""

    word: str
    mentions: int
    negative: int
    comments: int


def untold(case: Case) -> list[Theme]:
    """Find words that mark negative comments off from the others, in comments that no pain speaks of.

    A word must be in enough comments, and more of the negative ones have it than of the others, beyond chance among all
    the words that were tried. Words that come together in the same comments are told once.
    """
    if case.feedback is None:
        return []
    frame = case.feedback.frame
    frame = frame[
        frame["comment"].notna() & frame["emotion"].notna() & (frame["comment"].astype(str).str.strip() != "")
    ]
    texts = [
        (str(text), emotion < 0) for text, emotion in zip(frame["comment"], frame["emotion"], strict=True)
    ]
    known = [
        word.strip().casefold()
        for pain in case.journey_map.pains
        for word in pain.theme.split(",")
        if word.strip()
    ]
    open_ones = [
        (_words(text), bad) for text, bad in texts if not any(word in text.casefold() for word in known)
    ]
    least = min(case.limits.mentions, max(3, case.limits.mention_share * len(texts)))
    return _chosen(open_ones, least=least, false_share=case.limits.false_share, comments=len(texts))


def _chosen(
    said: list[tuple[frozenset[str], bool]], *, least: float, false_share: float, comments: int
) -> list[Theme]:
    chosen: list[Theme] = []
    while len(chosen) < MOST:
        marking = _marking(said, least=least, false_share=false_share)
        if not marking:
            break
        word = max(marking, key=lambda one: (marking[one], one))
        having = [bad for words, bad in said if word in words]
        chosen.append(Theme(word, len(having), sum(having), comments))
        said = [(words, bad) for words, bad in said if word not in words]
    return chosen


def _marking(said: list[tuple[frozenset[str], bool]], *, least: float, false_share: float) -> dict[str, int]:
    """Return the words that mark negative comments, with how many negative comments have each."""
    negative = Counter(word for words, bad in said if bad for word in words)
    other = Counter(word for words, bad in said if not bad for word in words)
    bad, good = sum(one for _, one in said), sum(not one for _, one in said)
    if not bad or not good:
        return {}
    tried = [word for word, n in negative.items() if n + other[word] >= least]
    p_values = benjamini_hochberg(
        [difference_p_value((negative[word], other[word]), (bad, good)) for word in tried]
    )
    return {
        word: negative[word]
        for word, p in zip(tried, p_values, strict=True)
        if p < false_share and negative[word] / bad > other[word] / good and negative[word] > other[word]
    }


def _words(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(text.casefold())) - PLAIN
