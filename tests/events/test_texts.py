"""Texts are read like an array of them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from journeymap.events import texts as module
from journeymap.events.texts import Texts


@given(words=st.lists(st.text(max_size=4), max_size=12), piece=st.integers(1, 5), data=st.data())
def test_they_are_read_like_an_array(words: list[str], piece: int, data: st.DataObject) -> None:
    module.PIECE, before = piece, module.PIECE
    try:
        texts, array = Texts.of(words), np.array([*words, None], dtype=object)[:-1]
        assert (texts.tolist(), np.asarray(texts).tolist(), len(texts)) == (words, words, len(words))
        mask = np.array(
            data.draw(st.lists(st.booleans(), min_size=len(words), max_size=len(words))), dtype=bool
        )
        assert texts[mask].tolist() == array[mask].tolist()
        assert texts[1:].tolist() == words[1:]
        assert [texts[place] for place in range(-len(words), len(words))] == words * 2
    finally:
        module.PIECE = before
