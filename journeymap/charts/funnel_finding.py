"""The finding of a funnel: the clear difference between segments, or the stage at which most stop."""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from journeymap.analyses.funnel_scope import FEW
from journeymap.analyses.funnel_sharing import shared
from journeymap.analyses.funnel_words import one_of
from journeymap.analyses.intervals import difference_p_value, holm
from journeymap.charts.drawing import one_line
from journeymap.charts.findings import MOST_CHARACTERS, Finding
from journeymap.charts.funnel_comparisons import comparisons
from journeymap.charts.funnel_series import all_series, nobody_entered
from journeymap.charts.numbers import count, day, interval, moment, points, share
from journeymap.durations import in_words
from journeymap.errors import counted, listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journeymap.analyses.funnel import Funnel
    from journeymap.charts.funnel_comparisons import Comparison
    from journeymap.charts.funnel_series import Series

LEVEL = 0.05


def funnel_finding(funnel: Funnel, /) -> Finding:
    """Return the one sentence about a funnel, and the line that supports it.

    Of several segments or groups, the largest difference of settled shares that holds after Holm over all pairs and
    stages with at least 30 settled customers on both sides. Of one, the stage at which most settled customers stop,
    if it holds (after Holm) that it is more than at each other stage. Segments that share customers are not compared.
    """
    series = all_series(funnel)
    entered = [one for one in series if one.entered]
    if not entered:
        return _nobody(funnel, series)
    if len(funnel.journey.stages) == 1:
        return Finding(
            f"{counted(funnel.scope.counted, one_of(funnel.scope.unit), funnel.scope.unit)} entered {_stage(series, 0)}.",
            _absent(series),
        )
    if not funnel.counting.settles:
        return _no_window(entered)
    if not any(one.settled for one in entered):
        return _too_early(funnel, entered)
    found = _one(entered[0]) if len(entered) == 1 else _several(funnel, entered)
    return Finding(found.text, f"{found.support} {_absent(series)}".strip())


def _several(funnel: Funnel, series: Sequence[Series]) -> Finding:
    in_both = shared(funnel.parts, funnel.attempts)
    compared = comparisons(series, shared=in_both)
    names = listing([one_line(one.name) for one in series], most=3)
    whole = _arrivals(series)
    if not compared and in_both and comparisons(series):
        return Finding(_share_some(in_both, names, funnel.scope.unit), whole)
    if not compared:
        people = _settled(series[0], series[0].words.unit)
        return Finding(f"Too few {people} to compare {names}: it takes {FEW} each.", whole)
    adjusted = holm([difference_p_value(one.moved, one.settled) for one in compared])
    clear = [one for one, p in zip(compared, adjusted, strict=True) if p < LEVEL and not one.holds_zero]
    tests = f"{len(compared):,} {'comparison' if len(compared) == 1 else 'comparisons'}, corrected by Holm; differences Newcombe."
    if clear:
        most = max(clear, key=lambda one: abs(one.ends[0]))
        beside = whole if most.where else ""
        return Finding(_difference(most), f"{beside} {tests}".strip())
    why = (
        "every interval holds 0"
        if all(one.holds_zero for one in compared)
        else f"Holm over {len(compared)} comparisons"
    )
    return Finding(f"No stage differs clearly between {names}: {why}.", f"{whole} {tests}".strip())


def _share_some(in_both: dict[tuple[str, str], int], names: str, unit: str) -> str:
    if len(in_both) > 1:
        return f"{names} share {unit}, so their rates are not tested against one another."
    (pair, both), *_ = in_both.items()
    who = counted(both, one_of(unit), unit)
    return f"{one_line(pair[0])} and {one_line(pair[1])} share {who}, so their rates are not tested against one another."


def _difference(most: Comparison) -> str:
    first, second = (one_line(one.name) for one in most.series)
    people = _people(most.series[0])
    shares = [share(p, n) for p, n in zip(most.shares, most.settled, strict=True)]
    fewer = min(most.settled)
    gap, low, high = most.ends
    less = gap < 0
    by = points(abs(gap), fewer).removeprefix("+") + (" fewer" if less else " more")
    within = interval(*((-high, -low) if less else (low, high)), fewer)
    where, verb = (_way(most.series), "arrive") if most.where is None else (_begin(most.where), "move on")
    who = f"{where}, {shares[0]} of"
    return _shortest_that_fits(
        f"{who} {people} {verb}, against {shares[1]} of {second}: {by} {within}.",
        f"{who} {first} {verb}, against {shares[1]} of {second}: {by} {within}.",
        f"{who} {first} {verb}, {shares[1]} of {second}: {by} {within}.",
    )


def _one(series: Series) -> Finding:
    whole = _arrivals([series])
    rows = series.required[:-1]
    stopped = [row["settled"] - row["settled_moved_on"] for row in rows]
    if not any(stopped):
        all_of_them = f"{'All' if series.settled > 1 else 'The'} {_numbered(series, series.settled, kind=series.words.settled)}"
        return Finding(f"{all_of_them} reached {_stage([series], -1)}.")
    top = max(range(len(rows)), key=lambda place: stopped[place])
    row, others = rows[top], [n for place, n in enumerate(stopped) if place != top]
    n, moved = row["settled"], row["settled_moved_on"]
    rate = f"{count(moved)} of {count(n)} move on, {share(row['settled_share'], n)} {interval(row['low'], row['high'], n)}"
    where, people, settled = row["where"], _people(series), _settled(series, _people(series))
    if not others:
        return Finding(f"{_begin(where)}, {rate.replace(' move on', f' {settled} move on', 1)}.")
    if n < FEW:
        few = f"{counted(n, 'is', 'are')} {series.words.settled or 'counted'}"
        return Finding(f"Too few {people} to rank the stages: {where}, {few}.", whole)
    if not _stands_out(stopped[top], others):
        return Finding(_no_peak(people, where, rate), whole)
    than = "at any later stage" if top == 0 else "at any other stage"
    than = "after any other number" if row["free"] else than
    sentence = _shortest_that_fits(
        f"More {settled} stop {where} than {than}: {rate}.",
        f"More {people} stop {where} than {than}: {rate}.",
        f"Most {people} who stop, stop {where}: {rate}.",
        f"Most stop {where}: {rate}.",
    )
    return Finding(sentence, whole)


def _no_peak(people: str, where: str, rate: str) -> str:
    return _shortest_that_fits(
        f"No stage stands out clearly as the one where most {people} stop: {where}, {rate}.",
        f"No stage stands out clearly: {where}, {rate}.",
    )


def _stands_out(most: int, others: Sequence[int]) -> bool:
    """Test whether more customers stop at one stage than at each other one (a sign test of each pair, Holm)."""
    p_values = [2 * NormalDist().cdf(-(most - other) / (most + other) ** 0.5) for other in others]
    return max(holm(p_values)) < LEVEL


def _arrivals(series: Sequence[Series]) -> str:
    """Say how many settled customers get from the first stage to the last."""
    if len(series[0].required) < 3 or not series[0].words.of_first:
        return ""
    settled = [one for one in series if one.settled][:2]
    if len(series) > 2 or not settled:
        return ""
    shares = [share(one.rows[-1]["settled_of_first_share"], one.settled) for one in settled]
    also = f", and {shares[1]} of {one_line(settled[1].name)}" if len(settled) > 1 else ""
    return f"{_way(series)}, {shares[0]} of {_settled(settled[0], _people(settled[0]))} arrive{also}."


def _nobody(funnel: Funnel, series: Sequence[Series]) -> Finding:
    scope = funnel.scope
    who = f"Nobody in {listing([one_line(one.name) for one in series])}" if funnel.segments else "Nobody"
    when = f"from {day(scope.begin)} to {day(scope.end)}"
    sentence = f"{who} entered {one_line(series[0].words.begin)} {when}."
    return Finding(sentence, f"The log is complete to {moment(scope.complete_to)}.")


def _absent(series: Sequence[Series]) -> str:
    """Name the columns that nobody entered."""
    return " ".join(nobody_entered(one.name, one.words.begin) for one in series if not one.entered)


def _no_window(series: Sequence[Series]) -> Finding:
    return Finding(
        "Without a window no entry ever settles, so there is no rate.",
        _so_far(series),
    )


def _too_early(funnel: Funnel, series: Sequence[Series]) -> Finding:
    window = _window_in_words(funnel)
    who = one_line(series[0].one) if len(series) == 1 else one_of(series[0].words.unit)
    sentence = _shortest_that_fits(
        f"It is too early for a rate: no {who} has had {window} yet.",
        f"It is too early for a rate: nobody has had {window} yet.",
    )
    return Finding(sentence, f"{_so_far(series)} {_first_result(funnel)}".rstrip())


def _so_far(series: Sequence[Series]) -> str:
    texts = [f"{count(one.rows[-1]['customers'])} of {_numbered(one, one.entered)}" for one in series]
    verb = "has" if [one.entered for one in series] == [1] else "have"
    return f"So far {listing(texts, most=3)} {verb} reached {_stage(series, -1)}."


def _window_in_words(funnel: Funnel) -> str:
    window = funnel.counting.window
    return "a whole session" if window in (None, "session") else in_words(str(window))


def _first_result(funnel: Funnel) -> str:
    """Say when the earliest entry among the best attempts is settled; an earlier attempt may be settled before."""
    log, found, window = funnel.log, funnel.attempts, funnel.counting.window
    if window in (None, "session") or found is None:
        return ""
    counted = np.logical_or.reduce([part.counted for part in funnel.parts]) & (found.overall.depth > 0)
    earliest = int(found.rows.at[found.overall.entry[counted]].min())
    return f"The first result comes by {day(log.moment(earliest + log.length(str(window))))}."


def _people(series: Series) -> str:
    return one_line(series.people)


def _settled(series: Series, people: str) -> str:
    """Write of whom rates are made."""
    return f"{series.words.settled} {people}".strip()


def _numbered(series: Series, number: int, *, kind: str = "") -> str:
    """Write a number of those counted in a column; one customer is no customers."""
    one, many = (f"{kind} {one_line(name)}".strip() for name in (series.one, series.people))
    return counted(number, one, many)


def _begin(where: str) -> str:
    return where[0].upper() + where[1:]


def _stage(series: Sequence[Series], place: int) -> str:
    return one_line(series[0].rows[place]["label"])


def _way(series: Sequence[Series]) -> str:
    return f"From {_stage(series, 0)} to {_stage(series, -1)}"


def _shortest_that_fits(*forms: str) -> str:
    """Return the first form that is short enough; no form lacks a number or cuts a name, so the last may be too long."""
    return next((form for form in forms if len(form) <= MOST_CHARACTERS), forms[-1])
