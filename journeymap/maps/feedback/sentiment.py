"""The emotion in words: a lexicon of English words, read only where the text is English, with the words that counted.

The lexicon and its rules are those of VADER (Hutto and Gilbert 2014, ICWSM). Words are weaker evidence than a score: irony,
tasks ("please fix") and plain statements ("it just works") escape any list.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from vaderSentiment.vaderSentiment import (  # type: ignore[import-untyped]
    SentimentIntensityAnalyzer,
    SentiText,
)

from journeymap.errors import DefinitionError
from journeymap.maps.feedback.languages import language_of

if TYPE_CHECKING:
    from collections.abc import Mapping

THINGS = ("support", "supported", "supporting", "please", "credit", "security", "share", "shares", "interest")
"""Words of the lexicon that name a thing or a request in feedback, and tell no feeling."""
NO_WORDS = "no word of the lexicon"


@dataclass(frozen=True)
class Reading:
    """What was read from one text.

    Attributes
    ----------
    emotion
        From -2 to 2; None if it was not read.
    words
        The words that counted, each with what it added: negated and intensified as it stood there (-4 to 4 as a rule).
    language
        The language it seems to be in; None if it is too short to tell.
    why_not
        Why it has no emotion; empty if it has one.
    """

    emotion: float | None
    words: tuple[tuple[str, float], ...] = ()
    language: str | None = None
    why_not: str = ""

    @property
    def told(self) -> str:
        """The words and what they added, as one text."""
        return ", ".join(f"{word} {value:+.1f}" for word, value in self.words)


class Words:
    """Reads the emotion in texts of one language.

    Parameters
    ----------
    language
        The code of the language; another than English is read by `lexicon` alone.
    lexicon
        Words of your own and how they feel, -4 (worst) to 4 (best). A word with 0 is not counted.

    Examples
    --------
    >>> words = Words()
    >>> reading = words.read("The app crashed, I am very disappointed")
    >>> round(reading.emotion, 1), reading.told
    (-1.1, 'disappointed -2.4')
    >>> words.read("It just works").why_not, words.read("Der Support war schrecklich").why_not
    ('no word of the lexicon', 'language de')
    >>> Words(lexicon={"works": 1.5}).read("It just works").told
    'works +1.5'
    """

    def __init__(self, language: str = "en", lexicon: Mapping[str, float] | None = None) -> None:
        self.language = language
        self.lexicon = {_word(word): _value(word, value) for word, value in (lexicon or {}).items()}

    def read(self, text: str) -> Reading:
        """Read one text."""
        language = language_of(text, expected=self.language)
        if language not in (None, self.language):
            return Reading(None, language=language, why_not=f"language {language}")
        compound = self._analyzer.polarity_scores(text)["compound"]
        words = self._analyzer.counted
        if not words:
            return Reading(None, language=language, why_not=NO_WORDS)
        return Reading(compound * 2, words, language)

    @cached_property
    def _analyzer(self) -> _Analyzer:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # it opens its files in an old way
            analyzer = _Analyzer()
        if self.language != "en":
            analyzer.lexicon = {}
        for word in THINGS:
            analyzer.lexicon.pop(word, None)
        analyzer.lexicon.update(self.lexicon)
        for word, value in self.lexicon.items():
            if not value:
                del analyzer.lexicon[word]
        return analyzer


class _Analyzer(SentimentIntensityAnalyzer):  # type: ignore[misc]
    """The analyzer, which also keeps the words that counted."""

    counted: tuple[tuple[str, float], ...] = ()

    def score_valence(self, sentiments: list[float], text: str) -> dict[str, Any]:
        tokens = SentiText(text).words_and_emoticons
        self.counted = tuple(
            (token, float(value)) for token, value in zip(tokens, sentiments, strict=False) if value
        )
        scores: dict[str, Any] = super().score_valence(sentiments, text)
        return scores


def _word(word: object) -> str:
    if isinstance(word, str) and word.strip() and not any(letter.isspace() for letter in word.strip()):
        return word.strip().lower()
    raise DefinitionError(
        f"{word!r} is no single word.", right="One word each.", fix='lexicon={"works": 1.5}'
    )


def _value(word: str, value: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and -4 <= value <= 4:
        return float(value)
    raise DefinitionError(
        f"lexicon: {word} cannot be worth {value!r}.",
        right="From -4 (worst) to 4 (best).",
        fix=f'"{word}": 2',
    )
