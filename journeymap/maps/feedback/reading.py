"""What customers said: answers to surveys and comments, each of a customer at a moment, with the emotion in it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from journeymap.errors import DataError, DefinitionError, counted, listing
from journeymap.events.quality import Quality
from journeymap.maps.feedback.answers import read_answers
from journeymap.maps.feedback.scores import SCALES, Scale, bounds_of, emotion_of
from journeymap.maps.feedback.sentiment import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from journeymap.maps.feedback.answers import Answers

MOST_COMPARED = 1_000
"""How many comments are read to see whether words and scores agree."""


@dataclass(frozen=True, eq=False)
class Feedback:
    """Answers, one row each. Made by :func:`read_feedback`; the sum of two holds the answers of both.

    Attributes
    ----------
    frame
        `customer` (text), `at` (UTC), `score` (as given), `emotion` (-2 to 2, missing where there is none), `comment`;
        `scale` of the score, `basis` of the emotion (``"scores"``, ``"words"`` or missing), and `words`: those that made
        it, with their values, such as ``"great +3.1"``. By time.
    quality
        What was read and what was set aside.
    notes
        What the reader must know.
    """

    frame: pd.DataFrame
    quality: Quality
    notes: tuple[str, ...] = ()
    name: str = field(default="feedback")

    def __repr__(self) -> str:
        return f"<Feedback: {self.scope}>"

    def __len__(self) -> int:
        return len(self.frame)

    def __add__(self, other: Feedback) -> Feedback:
        frame = pd.concat([self.frame, other.frame], ignore_index=True)
        lost = pd.concat([self.quality.set_aside, other.quality.set_aside], ignore_index=True)
        quality = Quality(
            self.quality.rows + other.quality.rows, lost, self.quality.duplicates + other.quality.duplicates
        )
        return Feedback(_in_order(frame), quality, tuple(dict.fromkeys((*self.notes, *other.notes))))

    @property
    def scale(self) -> str:
        """The scale of the scores, such as ``"csat"``; several are joined by commas."""
        return ", ".join(sorted({str(scale) for scale in self.frame["scale"]} - {""}))

    @property
    def scope(self) -> str:
        """Who answered and when, in words."""
        at = self.frame["at"]
        answers = counted(len(self.frame), "answer")
        if not len(at):
            return answers
        who = counted(self.frame["customer"].nunique(), "customer")
        return f"{answers} of {who}, {at.min():%d %b %Y} to {at.max():%d %b %Y} UTC"

    @property
    def fingerprint(self) -> str:
        """A hash of the answers, whatever their order in the source."""
        rows = pd.util.hash_pandas_object(self.frame.astype({"at": "int64"}), index=False)
        return hashlib.blake2b(np.sort(rows.to_numpy()).tobytes(), digest_size=16).hexdigest()


def read_feedback(
    table: Any,
    /,
    *,
    customer: str,
    at: str,
    score: str | None = None,
    scale: Scale | None = None,
    comment: str | None = None,
    emotion: str | None = None,
    timezone: str = "UTC",
    language: str = "en",
    lexicon: Mapping[str, float] | None = None,
    encoding: str = "utf-8",
    at_format: str | None = None,
) -> Feedback:
    """Read answers and comments from files (delimited text, JSON Lines, Parquet) or a table in memory.

    The emotion of an answer is its ready `emotion`; else that of its score, on its scale; else, of a comment without a score,
    that of its words. Each of these is kept apart by `basis`. NPS gives no emotion.

    Parameters
    ----------
    customer, at
        The columns of the customer, who is the same as in the log, and of the moment of the answer.
    score, scale
        A column of numbers, and what they are: ``"nps"`` (0 to 10), ``"csat"`` (1 to 5), ``"ces"`` (1 to 7, 7 is effortless) or
        the worst and the best score, such as ``(7, 1)`` where a low score is the good end.
    comment
        A column of texts.
    emotion
        A column of ready emotions, -2 to 2.
    timezone, at_format, encoding
        As for :func:`journeymap.read_events`.
    language, lexicon
        The language whose comments are read, and words of your own with what they feel (-4 to 4); see
        :class:`journeymap.maps.feedback.sentiment.Words`.

    Returns
    -------
    Feedback
        What cannot be used is set aside: ``feedback.quality.reasons`` counts it.

    Raises
    ------
    DataError
        If a column does not exist, or no answer can be used.
    DefinitionError
        If `score` comes without `scale`, the scale is not known, or nothing is asked for.

    Examples
    --------
    >>> import pandas as pd
    >>> answers = pd.DataFrame(
    ...     {"who": ["ann", "bob", None], "when": "2026-03-01 10:00", "stars": [5, 9, 3], "said": ["Fine", "", "Bad"]}
    ... )
    >>> feedback = read_feedback(answers, customer="who", at="when", score="stars", scale="csat", comment="said")
    >>> feedback
    <Feedback: 1 answer of 1 customer, 01 Mar 2026 to 01 Mar 2026 UTC>
    >>> feedback.quality.reasons.to_dict()
    {'score beyond 1 to 5': 1, 'no customer': 1}
    """
    asked = {"customer": customer, "at": at, "score": score, "comment": comment, "emotion": emotion}
    bounds = _checked(score, scale, comment, emotion)
    columns = {role: column for role, column in asked.items() if column is not None}
    answers = read_answers(table, columns, timezone=timezone, encoding=encoding, at_format=at_format)
    if score is not None:
        answers = _with_numbers(answers, "score", min(bounds), max(bounds))
    if emotion is not None:
        answers = _with_numbers(answers, "emotion", -2, 2)
    answers = _without_the_silent(answers)
    if answers.frame.empty:
        reasons = [f"{reason}: {number:,}" for reason, number in answers.quality.reasons.items()]
        raise DataError(
            "No answer can be used.",
            right=f"Of {counted(answers.rows, 'row')}, {listing(reasons, last='and')}.",
        )
    frame, notes = _with_emotions(answers.frame, scale, Words(language, lexicon))
    quality = answers.quality
    notes = [*answers.notes, *_notes_on(quality), *_notes_on_repeats(frame), *notes]
    return Feedback(_in_order(frame), quality, tuple(notes))


def _checked(score: Any, scale: Scale | None, comment: Any, emotion: Any) -> tuple[float, float]:
    if score is None and comment is None and emotion is None:
        raise DefinitionError(
            "Nothing was said which column holds what customers said.",
            right="A column of scores, of comments or of emotions.",
            fix='score="nps", scale="nps"',
        )
    if score is None:
        return (0, 0)
    if scale is None:
        raise DefinitionError(
            f"The scale of {score} is not given.",
            right=f"One of {listing(SCALES, last='or')}, or the worst and the best score.",
            fix='scale="csat"',
        )
    return bounds_of(scale)


def _with_numbers(answers: Answers, role: str, least: float, most: float) -> Answers:
    """Read a column as numbers; what is none, or lies beyond its ends, is set aside."""
    texts = answers.frame[role]
    numbers = pd.to_numeric(texts.str.replace(",", ".", regex=False), errors="coerce").astype("float64")
    answers = replace(answers, frame=answers.frame.assign(**{role: numbers}))
    answers = answers.without(texts.notna() & numbers.isna(), f"{role} is no number", texts)
    numbers = answers.frame[role]
    beyond = (numbers < least) | (numbers > most)
    return answers.without(beyond, f"{role} beyond {least:g} to {most:g}", texts)


def _without_the_silent(answers: Answers) -> Answers:
    said = [name for name in ("score", "comment", "emotion") if name in answers.frame]
    return answers.without(answers.frame[said].isna().all(axis=1), "nothing was said")


def _with_emotions(frame: pd.DataFrame, scale: Scale | None, words: Words) -> tuple[pd.DataFrame, list[str]]:
    nothing = pd.Series(np.nan, index=frame.index)
    given, score = frame.get("emotion", nothing), frame.get("score", nothing)
    comment = frame["comment"] if "comment" in frame else nothing.astype("object").astype("str")
    by_score = nothing if scale is None else pd.Series(emotion_of(score, scale), index=frame.index)
    emotion = given.fillna(by_score)
    unscored = emotion.isna() & score.isna() & comment.notna() & (scale != "nps")
    distinct = {text: words.read(text) for text in comment[unscored].unique()}
    read = comment[unscored].map(distinct)
    told = pd.DataFrame(
        {
            "customer": frame["customer"].astype("str"),
            "at": frame["at"],
            "score": score,
            "emotion": emotion,
            "comment": comment,
            "scale": _named(scale) if scale else "",
            "basis": np.where(emotion.notna(), "scores", ""),
            "words": "",
        }
    )
    told.loc[read.index, "emotion"] = [np.nan if one.emotion is None else one.emotion for one in read]
    told.loc[read.index, "basis"] = ["" if one.emotion is None else "words" for one in read]
    told.loc[read.index, "words"] = [one.told for one in read]
    return told.astype({"scale": "str", "basis": "str", "words": "str"}), [
        *_notes_on_words(read),
        *(_notes_on_agreement(by_score, comment, words) if len(read) else ()),
    ]


def _named(scale: Scale) -> str:
    return scale if isinstance(scale, str) else "{:g} to {:g}".format(*scale)


def _notes_on_words(read: pd.Series) -> list[str]:
    if read.empty:
        return []
    reasons = read.map(lambda one: one.why_not).value_counts()
    known = int(reasons.pop("")) if "" in reasons else 0
    others = [f"{number:,} not ({reason})" for reason, number in reasons.items()]
    return [
        f"Of {counted(len(read), 'comment')} without a score, the words of {known:,} tell an emotion; {listing(others, most=4)}."
    ]


def _notes_on_agreement(by_score: pd.Series, comment: pd.Series, words: Words) -> list[str]:
    """Hold words against scores where both were given, so that the reader knows what words are worth here."""
    both = by_score.notna() & (by_score != 0) & comment.notna()
    read = comment[both].head(MOST_COMPARED).map(lambda text: words.read(text).emotion).dropna()
    if read.empty:
        return []
    share = float(((read > 0) == (by_score[read.index] > 0)).mean())
    who = counted(len(read), "comment that has a score", "comments that have a score")
    return [f"In {who}, the words point the same way as the score in {share:.0%}."]


def _notes_on(quality: Quality) -> list[str]:
    notes = [
        f"{counted(int(number), 'row')} set aside: {reason}." for reason, number in quality.reasons.items()
    ]
    if quality.duplicates:
        notes.append(
            f"{counted(quality.duplicates, 'answer repeats', 'answers repeat')} another in every column; kept."
        )
    return notes


def _notes_on_repeats(frame: pd.DataFrame) -> list[str]:
    times = frame["customer"].value_counts()
    several = int((times > 1).sum())
    if not several:
        return []
    who = counted(several, "customer", "customers")
    return [f"{who} answered more than once; each answer counts, as if from another customer."]


def _in_order(frame: pd.DataFrame) -> pd.DataFrame:
    """Sort by time, then by everything else, so that the order of the source does not matter."""
    return frame.sort_values(["at", "customer", "score", "emotion", "comment"], ignore_index=True)
