import pandas as pd

from journeymap.maps.feedback.reading import read_feedback
from tests.maps.clean_map import clean_answers, found_in, with_number


def test_a_stage_without_emotion(clean, measured):
    (found,) = found_in(clean.change("i-come-back", claims=None), "JM06")
    assert (found.level, found.at) == ("warn", "return")
    assert not found_in(measured.change("i-come-back", claims=None), "JM06")


def test_a_stage_without_pain(clean):
    (found,) = found_in(clean.remove("forget"), "JM06")
    assert (found.level, found.at) == ("info", "return")


def test_a_flat_curve(clean):
    for step in clean.steps:
        clean = clean.change(step.id, claims={"emotion": 1})
    assert "flat" in found_in(clean, "JM06")[0].sentence


def test_a_pain_without_severity(clean):
    (found,) = found_in(clean.change("slow", severity=None), "JM06")
    assert found.at == "slow"


def test_many_negative_answers_where_the_map_is_glad(measured):
    (found,) = found_in(measured.change("i-pay", claims={"emotion": 0.5}), "JM06")
    assert found.sentence == 'The map has "I pay" at +0.5, but 75% of 120 answers there are negative.'
    few = with_number(
        measured.change("i-pay", claims={"emotion": 0.5}), "i-pay", "negative_share", den=12, n=12
    )
    assert not found_in(few, "JM06")


def answers(comment, times):
    """Return the clean answers, and some unhappy ones with a comment."""
    table = clean_answers()
    said = pd.DataFrame(
        {"customer": table["customer"][:times], "at": table["at"][:times], "score": 1, "comment": comment}
    )
    said["at"] += pd.Timedelta("1min")
    return read_feedback(
        pd.concat([table, said]), customer="customer", at="at", score="score", scale="csat", comment="comment"
    )


def test_a_theme_that_is_in_no_pain(clean, log):
    data = {"log": log, "feedback": answers("The courier threw my parcel over the fence", 15)}
    (found,) = found_in(clean, "JM06", **data)
    assert found.numbers["mentions"] == 15
    known = clean.change("long", theme="long, courier")
    assert not found_in(known, "JM06", **data)
    assert not found_in(clean, "JM06", log=log, feedback=answers("The courier was late", 5))
