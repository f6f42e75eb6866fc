"""The emotion in words: only in the language they are in, and with the words that counted."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import journeymap as jm
from journeymap.maps.feedback.languages import OTHER, language_of
from journeymap.maps.feedback.sentiment import NO_WORDS, Words

GOLD = Path(__file__).parents[3] / "shared" / "data" / "feedback" / "vader_amazon_gold.tsv"
ENGLISH = Words()

SENTENCES = {
    "en": ["The delivery was late and nobody told me.", "I would not buy from them again", "It just works"],
    "de": ["Der Support war schrecklich", "Die Lieferung war sehr schnell", "Es war alles gut, gerne wieder"],
    "fr": [
        "La livraison est en retard",
        "Je suis très content du service",
        "Il y a très peu de caisse ouverte",
    ],
    "es": ["El servicio fue muy malo", "Todo llegó en la fecha, gracias", "No me gusta el producto"],
    "it": [
        "Il servizio è stato pessimo",
        "Non sono contento della consegna",
        "Tutto perfetto, anche il prezzo",
    ],
    "nl": ["De levering was niet op tijd", "Ik ben heel blij met het product", "Dat is niet goed"],
    "pt": ["O serviço foi muito ruim", "Não gostei do produto", "Tudo certo, obrigado"],
}


@pytest.mark.parametrize(
    ("code", "text"), [(code, text) for code, texts in SENTENCES.items() for text in texts]
)
def test_a_sentence_is_known_by_its_small_words(code, text):
    assert language_of(text) == code


@pytest.mark.parametrize("text", ["サポートが最悪でした", "Очень плохо", "服务很差 love", "Enttäuschend"])
def test_what_cannot_be_english_is_not_read(text):
    assert language_of(text) == OTHER
    assert ENGLISH.read(text).emotion is None


def test_a_word_or_two_are_taken_for_the_language_that_was_said():
    assert language_of("Great!") is None
    assert ENGLISH.read("Great!").emotion > 0


def test_the_german_past_is_no_english_war():
    unread = ENGLISH.read("Der Support war schrecklich")
    assert (unread.emotion, unread.words, unread.why_not) == (None, (), "language de")


def test_a_statement_without_a_word_of_feeling_has_no_emotion_rather_than_a_neutral_one():
    assert ENGLISH.read("It just works").emotion is None
    assert ENGLISH.read("It just works").why_not == NO_WORDS


def test_support_is_a_department_and_no_praise():
    found = ENGLISH.read("Setup took 3 hours, no help from support")
    assert found.emotion < 0
    assert [word for word, _ in found.words] == ["help"]
    assert Words(lexicon={"support": 1.7}).read("Setup took 3 hours, no help from support").emotion > 0


def test_words_are_shown_as_they_counted_negated_and_strengthened():
    assert ENGLISH.read("This is not good").words == (("good", pytest.approx(-1.406)),)
    strong, plain = ENGLISH.read("This was very slow and terrible"), ENGLISH.read("This was terrible")
    assert plain.told == "terrible -2.1"
    assert strong.emotion <= plain.emotion


def test_words_of_ones_own_are_added_replaced_and_struck_out():
    words = Words(lexicon={"Laggy": -2, "sick": 2.5, "love": 0})
    assert words.read("The app is laggy").emotion < 0
    assert words.read("That is sick").emotion > 0
    assert words.read("I love it").emotion is None


def test_another_language_is_read_by_ones_own_words_alone():
    german = Words("de", lexicon={"schrecklich": -3, "schnell": 2})
    assert german.read("Der Support war schrecklich").told == "schrecklich -3.0"
    assert german.read("Die Lieferung war sehr schnell").emotion > 0
    assert german.read("Das war das").emotion is None
    assert german.read("The support was great").why_not == "language en"
    assert Words("de").read("Das ist nicht gut, so bad").emotion is None


@pytest.mark.parametrize(
    "lexicon", [{"two words": 1}, {"": 1}, {"works": 5}, {"works": "good"}, {"works": True}]
)
def test_a_lexicon_that_cannot_be_used_is_refused(lexicon):
    with pytest.raises(jm.DefinitionError):
        Words(lexicon=lexicon)


@pytest.mark.parametrize(
    "text", ["", " ", "!!!", "😀", "<script>alert('bad')</script>", "=1+1", "a" * 5000, "\x00"]
)
def test_any_text_can_be_read(text):
    found = ENGLISH.read(text)
    assert found.emotion is None or -2 <= found.emotion <= 2


def test_emoticons_count():
    assert ENGLISH.read("😀").emotion > 0
    assert ENGLISH.read("Delivery today :(").emotion < 0


def test_reading_words_asks_nobody_outside():
    code = (
        "import socket\n"
        "def refuse(*_): raise AssertionError('asked for a connection')\n"
        "socket.socket.connect = refuse\n"
        "from journeymap.maps.feedback.sentiment import Words\n"
        "assert Words().read('I love it').emotion > 1\n"
        "import sys; assert 'requests' not in sys.modules"
    )
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr


@pytest.mark.skipif(not GOLD.exists(), reason="needs the example data, which the project does not ship")
def test_words_agree_with_people_on_most_reviews():
    with GOLD.open(encoding="utf-8") as file:
        rows = [(float(row[1]), row[2]) for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    read = [(rating, ENGLISH.read(text).emotion) for rating, text in rows]
    known = np.array([(rating, emotion) for rating, emotion in read if emotion is not None])
    clear = known[np.abs(known[:, 0]) > 0.5]
    assert len(known) > 0.6 * len(rows)
    assert np.mean(np.sign(clear[:, 0]) == np.sign(clear[:, 1])) > 0.75
    assert np.corrcoef(known.T)[0, 1] > 0.5
