"""Which language a short text is in, by the small words that no sentence does without."""

from __future__ import annotations

import re

FUNCTION_WORDS = {
    "en": "the and is was it i my to of for with this that not you they were but have had are from we our very when would "
    "there been did your will has its be by or all again after which never",
    "de": "der das und ist nicht ich ein eine einen mit für auf den dem zu sehr wir sie es bei auch aber wurde wie nur noch "
    "nach mein meine habe hat dass als keine kein sind schon immer oder wieder ohne alles",
    "fr": "le la les et est une des du pas je que qui pour dans sur avec il elle ce cette mon ma mes très vous nous mais "
    "plus au aux sont ont été avoir bien tout rien j'ai c'est",
    "es": "el los las y es una del que por con para muy pero mi su lo se fue está como más ha al nos todo nada había sin "
    "cuando son gracias",
    "it": "il gli e è una della del che per con non molto ma mio mia ho sono stato nel alla più anche come questo questa "
    "tutto senza di ha mi",
    "nl": "de het een en niet ik van voor met op zeer heel maar mijn wij zij ook naar bij werd heb geen goed zijn dat deze "
    "wat nog",
    "pt": "o os e é uma da dos das que por com para muito mas meu minha não foi mais em ao na está tudo nada eu "
    "obrigado sem",
}
"""The languages that can be told apart, by code, and their words."""
_WORDS = {code: frozenset(words.split()) for code, words in FUNCTION_WORDS.items()}
_TOKEN = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
OTHER = "another"
"""What is returned for a text in a script, or with letters, that a language does not have."""


def language_of(text: str, *, expected: str = "en") -> str | None:
    """Return the code of a text's language, :data:`OTHER`, or None if the text is too short to tell.

    The expected language wins where as many of its words stand as of any other.

    Examples
    --------
    >>> language_of("Der Support war schrecklich"), language_of("The support was terrible"), language_of("Great!")
    ('de', 'en', None)
    >>> language_of("サポートが最悪"), language_of("Très déçu")
    ('another', 'fr')
    """
    letters = [letter for letter in text if letter.isalpha()]
    if sum(letter > "\u024f" for letter in letters) > len(letters) * 0.3:
        return OTHER
    tokens = [token.lower().replace("\u2019", "'") for token in _TOKEN.findall(text)]
    hits = {code: sum(token in words for token in tokens) for code, words in _WORDS.items()}
    best = max(hits, key=lambda code: (hits[code], code == expected))
    if hits[best]:
        return best
    return OTHER if expected == "en" and any(letter > "\u007f" for letter in letters) else None
