import pytest

from journeymap.maps.parts import MapStage
from tests.maps.clean_map import found_in, with_number


def test_two_departments(clean):
    (found,) = found_in(
        clean.change(contributors=[{"name": "A", "team": "CX"}, {"name": "B", "team": "cx "}]), "JM10"
    )
    assert found.sentence.startswith("1 department took part")


@pytest.mark.parametrize(("severity", "level"), [(4, "warn"), (2, "info")])
def test_a_pain_that_nobody_works_on(clean, severity, level):
    alone = clean.change("speed-up-the-form", pains=["long"]).change("slow", severity=severity)
    (found,) = found_in(alone, "JM11")
    assert (found.level, found.at) == (level, "slow")


@pytest.mark.parametrize("changed", [{"pains": ["long"], "kpi": "gone"}, {"pains": []}])
def test_an_opportunity_that_leads_nowhere(clean, changed):
    assert found_in(clean.change("shorten-the-table", **changed), "JM11")[0].at == "shorten-the-table"


def test_evidence_without_n_or_window(clean):
    (found,) = found_in(clean.change("survey", n=None, window=""), "JM15")
    assert (
        found.sentence == 'The evidence "survey" does not say how many it stands on and of which time it is.'
    )
    assert not found_in(clean.change("survey", n=None, kind="workshop"), "JM15")


def test_a_baseline_of_nobody_knows_whom(clean):
    (found,) = found_in(clean.change("paid", evidence=[]), "JM15")
    assert (found.level, found.at) == ("info", "paid")


def test_measured_numbers_without_n(measured):
    (found,) = found_in(with_number(measured, "i-pay", "emotion", n=None), "JM15")
    assert found.numbers["targets"] == ["i-pay"]


@pytest.mark.parametrize("extra", [{"colour": "red"}, {"background-color": "lime"}, {"icon": "sad.png"}])
def test_a_sign_without_words(clean, extra):
    kept = clean.add(MapStage("Ask", id="ask", lifecycle="support", extra=extra))
    assert [one.at for one in found_in(kept, "JM17")] == ["ask"]
    worded = clean.add(MapStage("Ask", id="ask", lifecycle="support", extra={**extra, "label": "sad"}))
    assert not found_in(worded, "JM17")


@pytest.mark.parametrize(
    ("title", "language", "times"),
    [
        ("Checkout", "en", 1),
        ("I'm waiting", "en", 0),
        ("Waiting for my parcel", "en", 0),
        ("Ich warte", "de", 0),
        ("Anmeldung", "de", 1),
        ("Pago", "es", 0),
    ],
)
def test_the_voice_of_titles(clean, title, language, times):
    only = clean
    for step in clean.steps[1:]:
        only = only.remove(step.id)
    assert len(found_in(only.change("i-look-around", title=title).change(language=language), "JM18")) == times
