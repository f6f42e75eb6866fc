"""Answers as they are read: what each becomes, and what is set aside."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import journeymap as jm
from journeymap.maps.feedback.reading import read_feedback
from journeymap.maps.feedback.scores import emotion_of

DATA = Path(__file__).parents[3] / "shared" / "data"
needs_data = pytest.mark.skipif(
    not DATA.exists(), reason="needs the example data, which the project does not ship"
)

TABLE = pd.DataFrame(
    {
        "who": ["007", "ann", "bob", "cat", None, "eve", "fay", "gus", "hal"],
        "when": ["2026-01-01 10:00", "01.02.2026", "2026-01-01T10:00+02:00", "", "2026-01-02", "2026-01-03", "2026-01-03", "1066-01-01", "2026-01-04"],
        "stars": ["5", "4", "x", "3", "2", "9", "4,5", "1", "NA"],
        "said": ["Great", "Fine", "Bad", "So so", "Hm", "No", "", "Ah", " n/a "],
    }
)  # fmt: skip
ASIDE = {
    "time that cannot be read": 1,
    "score is no number": 1,
    "no time": 1,
    "no customer": 1,
    "score beyond 1 to 5": 1,
    "time out of all sense": 1,
    "nothing was said": 1,
}


def read(table, **more):
    named = {"customer": "who", "at": "when", "score": "stars", "scale": "csat", "comment": "said"}
    return read_feedback(table, **named | more)


def written(folder: Path, kind: str) -> Path:
    path = folder / f"answers.{kind}"
    if kind == "csv":
        path.write_text(TABLE.to_csv(index=False, sep=";"), encoding="utf-8")
    elif kind == "jsonl":
        rows = json.loads(TABLE.to_json(orient="records"))
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    else:
        TABLE.to_parquet(path)
    return path


@pytest.mark.parametrize("kind", ["pandas", "polars", "arrow", "csv", "jsonl", "parquet"])
def test_every_kind_of_table_is_read_alike(kind, tmp_path):
    makers = {"pandas": lambda table: table, "polars": pl.from_pandas, "arrow": pa.Table.from_pandas}
    feedback = read(
        makers[kind](TABLE) if kind in makers else written(tmp_path, kind), timezone="Europe/Berlin"
    )
    assert feedback.frame[["customer", "score", "emotion"]].values.tolist() == [
        ["007", 5, 2],
        ["fay", 4.5, 1.5],
    ]
    assert feedback.frame["at"].dt.strftime("%m-%d %H:%M %Z").tolist() == [
        "01-01 09:00 UTC",
        "01-02 23:00 UTC",
    ]
    assert feedback.frame["comment"].isna().tolist() == [False, True]
    assert feedback.quality.reasons.to_dict() == ASIDE
    assert feedback.quality.rows == len(feedback) + len(feedback.quality.set_aside) == len(TABLE)


def test_what_was_set_aside_stands_with_its_line_and_its_words(tmp_path):
    aside = read(written(tmp_path, "csv")).quality.set_aside.set_index("reason")
    assert aside.loc["time that cannot be read", ["line", "text"]].tolist() == [3, "01.02.2026"]
    assert aside.loc["score beyond 1 to 5", ["line", "text"]].tolist() == [7, "9"]
    assert any("score beyond 1 to 5" in note for note in read(TABLE).notes)


def test_customers_are_written_as_in_a_log():
    numbers = pd.DataFrame({"who": [17850.0, 12.0], "when": "2026-01-01 10:00", "stars": [1, 2]})
    assert read_feedback(numbers, customer="who", at="when", score="stars", scale="csat").frame["customer"].tolist() == ["12", "17850"]  # fmt: skip


@pytest.mark.parametrize(
    ("scale", "scores", "emotions"),
    [
        ("csat", [1, 3, 5], [-2, 0, 2]),
        ("ces", [1, 4, 7], [-2, 0, 2]),
        ((7, 1), [1, 4, 7], [2, 0, -2]),
        ((0, 100), [0, 25, 100], [-2, -1, 2]),
    ],
)
def test_scores_become_emotions(scale, scores, emotions):
    assert emotion_of(scores, scale).tolist() == pytest.approx(emotions)


def test_nps_gives_no_emotion_nor_do_its_comments():
    answers = pd.DataFrame(
        {"who": "a", "when": "2026-01-01", "n": [10, None], "said": ["Great", "I love it"]}
    )
    feedback = read_feedback(answers, customer="who", at="when", score="n", scale="nps", comment="said")
    assert feedback.frame["emotion"].isna().all()
    assert feedback.scale == "nps"


def test_a_ready_emotion_wins_over_the_score_and_the_score_over_the_words():
    answers = pd.DataFrame(
        {
            "who": list("abc"),
            "when": "2026-01-01",
            "stars": [5, 5, None],
            "felt": [-1, None, None],
            "said": "I hate it",
        }
    )
    feedback = read(answers, emotion="felt")
    assert feedback.frame["emotion"].round(1).tolist()[:2] == [-1, 2]
    assert feedback.frame["basis"].tolist() == ["scores", "scores", "words"]
    assert feedback.frame["words"].tolist() == ["", "", "hate -2.7"]


def test_comments_of_other_languages_are_counted_not_read():
    answers = pd.DataFrame({"who": list("abc"), "when": "2026-01-01", "said": ["I love it", "Der Support war schrecklich", "It just works"]})  # fmt: skip
    feedback = read_feedback(answers, customer="who", at="when", comment="said")
    assert feedback.frame["basis"].tolist() == ["words", "", ""]
    assert any("the words of 1 tell an emotion" in note and "language de" in note for note in feedback.notes)


def test_texts_stay_texts():
    hostile = [
        "<script>alert(1)</script>",
        "=1+1",
        "'); DROP TABLE raw; --",
        "!!python/object:os.system",
        "{{7*7}}",
    ]
    answers = pd.DataFrame({"who": hostile, "when": "2026-01-01 10:00", "said": hostile})
    frame = read_feedback(answers, customer="who", at="when", comment="said").frame
    assert sorted(frame["comment"]) == sorted(frame["customer"]) == sorted(hostile)


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(8)))
def test_the_order_of_rows_does_not_matter(order):
    answers = pd.DataFrame(
        {"who": list("aabbccdd"), "when": ["2026-01-01", "2026-01-02"] * 4, "stars": [1, 2, 3, 4] * 2}
    )
    named = {"customer": "who", "at": "when", "score": "stars", "scale": "csat"}
    first, again = (read_feedback(table, **named) for table in (answers, answers.iloc[list(order)]))
    pd.testing.assert_frame_equal(first.frame, again.frame)
    assert first.fingerprint == again.fingerprint
    other = read_feedback(answers.assign(stars=[1, 2, 3, 4, 1, 2, 3, 5]), **named)
    assert other.fingerprint != first.fingerprint


def test_two_surveys_together_hold_the_answers_of_both():
    nps = read_feedback(TABLE.assign(stars="9"), customer="who", at="when", score="stars", scale="nps")
    both = read(TABLE) + nps
    assert len(both) == len(read(TABLE)) + len(nps)
    assert both.scale == "csat, nps"
    assert both.frame["at"].is_monotonic_increasing
    assert both.quality.rows == 2 * len(TABLE)


@pytest.mark.parametrize(
    ("asked", "error", "said"),
    [
        ({"scale": None}, jm.DefinitionError, "The scale of stars is not given"),
        ({"scale": "cast"}, jm.DefinitionError, 'Type: scale="csat"'),
        ({"scale": (3, 3)}, jm.DefinitionError, "is not known"),
        ({"score": "star"}, jm.DataError, "Did you mean stars?"),
        ({"score": None, "comment": None}, jm.DefinitionError, "Nothing was said which column"),
        ({"timezone": "Berlin"}, jm.DataError, "Europe/Berlin"),
        ({"at": "said"}, jm.DataError, "said holds no time that can be read"),
    ],
)
def test_what_cannot_be_asked_for_is_said(asked, error, said):
    with pytest.raises(error, match=r".") as raised:
        read(TABLE, **asked)
    assert said in str(raised.value)


def test_a_way_of_writing_times_is_suggested_and_taken():
    answers = pd.DataFrame(
        {"who": list("ab"), "when": ["31/03/2026 14:05", "01/04/2026 09:00"], "stars": [5, 4]}
    )
    named = {"customer": "who", "at": "when", "score": "stars", "scale": "csat"}
    with pytest.raises(jm.DataError, match="at_format"):
        read_feedback(answers, **named)
    assert len(read_feedback(answers, **named, at_format="%d/%m/%Y %H:%M")) == 2


def test_nothing_usable_is_an_error_with_the_reasons():
    with pytest.raises(jm.DataError, match="score beyond 1 to 5: 9"):
        read(TABLE.assign(stars="7", who="a", when="2026-01-01"))


def test_broken_bytes_are_counted_and_the_rest_is_read(tmp_path):
    path = tmp_path / "broken.csv"
    path.write_bytes(b"who,when,stars,said\na,2026-01-01,5,fine\nb,2026-01-01,4,tr\xe8s bien\n")
    feedback = read(path)
    assert feedback.frame["customer"].tolist() == ["a"]
    assert feedback.quality.reasons.to_dict() == {"bytes that are not the text encoding of the file": 1}
    assert read(path, encoding="latin-1").frame["comment"].tolist() == ["fine", "très bien"]


@needs_data
def test_the_french_survey_without_times_is_refused_and_with_times_read_as_far_as_it_goes(tmp_path):
    path, named = DATA / "feedback" / "nps_fr_raw.csv", {"customer": "id", "score": "nps", "scale": "nps", "comment": "explication"}  # fmt: skip
    with pytest.raises(jm.DataError, match="t holds no time"):
        read_feedback(path, at="t", **named)
    dated = tmp_path / "dated.csv"
    head, *rows = path.read_bytes().splitlines()
    dated.write_bytes(b"\n".join([head + b',"at"', *(row + b",2024-05-01" for row in rows)]))
    feedback = read_feedback(dated, at="at", **named)
    assert feedback.quality.rows == 13_954
    assert feedback.quality.reasons["bytes that are not the text encoding of the file"] > 2_000
    whole = read_feedback(dated, at="at", **named, encoding="latin-1")
    raw = pd.read_csv(path, encoding="latin-1")
    silent = int((raw["nps"].isna() & raw["explication"].isna()).sum())
    assert whole.quality.reasons.to_dict() == {"nothing was said": silent}
    assert whole.frame["score"].sum() == raw["nps"].sum()
    assert whole.frame["emotion"].isna().all()


@needs_data
def test_scores_that_change_over_time_are_an_answer_each():
    path = DATA / "journeys" / "sim_mixpanel" / "SCD.json.gz"
    feedback = read_feedback(path, customer="distinct_id", at="startTime", score="NPS", scale="nps")
    raw = pd.read_json(path, lines=True)
    assert len(feedback) == len(raw)
    assert feedback.frame["score"].sum() == raw["NPS"].sum()
    assert any("answered more than once" in note for note in feedback.notes)


def test_where_scores_and_words_stand_together_the_reader_learns_whether_they_agree():
    answers = pd.DataFrame(
        {
            "who": list("abcde"),
            "when": "2026-01-01",
            "stars": [5, 1, 1, 5, None],
            "said": ["I love it", "It is terrible", "Great, broken again", "It just works", "Good"],
        }
    )
    assert (
        "In 3 comments that have a score, the words point the same way as the score in 67%."
        in read(answers).notes
    )


def test_a_column_in_other_letters_is_proposed_by_the_role_it_has():
    answers = pd.DataFrame({"who": ["ann"], "when": "2026-01-01", "nps": [9]})
    with pytest.raises(jm.DataError, match="no column 'NPS'") as refused:
        read_feedback(answers, customer="who", at="when", score="NPS", scale="nps")
    assert 'score="nps"' in str(refused.value)
