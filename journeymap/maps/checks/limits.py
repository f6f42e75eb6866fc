"""From where on the checks speak up: every threshold, in one frozen value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """The thresholds of :func:`journeymap.maps.checks.checking.check`. Shares are 0 to 1.

    Attributes
    ----------
    few, false_share, effect, points
        How many customers or answers a number must stand on; the share of false ones among the differences that are
        found in a screen of many (Benjamini and Hochberg); the least Cramér's V, or the least difference of two shares, that matters.
    evidence_warn, evidence_error
        Share of claims with evidence below which JM01 warns, and calls it an error.
    after_purchase
        Share of events after the purchase that may fall in no step (JM02).
    fits_no_persona, alike, groups, known
        Share of customers who may fit no persona; the share that two personas may differ by and still be alike, and the share of customers they
        may have in common; the most values of a property that customers are split by, and of how many customers it must be known (JM03, JM07).
    stages, steps_of_stage, steps, lanes, words
        The largest map that can still be read (JM04).
    rare, volume
        Share of customers below which a step is rare; share of the customers of all steps after which the tail begins (JM04).
    channels, channel_share, channel_columns
        The least number of channels; share of customers from which a channel or a hand-off counts; columns of a log
        that hold channels (JM05).
    flat, mentions, mention_share, negative_share
        The least range of the emotion curve; how many comments, or which share of them, make a theme; the share of
        negative answers that is many (JM06).
    interviews, half_width, left_answers
        Interviews for each persona; how far the interval at a moment of truth may reach to each side; answers that must come from customers who left (JM07).
    review_days, evidence_days, unmapped, emotion, nps, hours
        How often a map is reviewed that does not say it; how old evidence may be; share of customers from which an
        event needs a place; how far an emotion, an NPS and (as a share) a time must move to be a drift (JM08).
    days_around
        Days of data that a before and an after need (JM09).
    teams, severe, cell
        Departments that take part (JM10); severity from which a pain without opportunity is a warning (JM11); how many
        customers a number must stand on so that nobody is recognised (JM16).
    """

    few: int = 30
    false_share: float = 0.05
    effect: float = 0.1
    points: float = 0.05
    evidence_warn: float = 0.8
    evidence_error: float = 0.5
    after_purchase: float = 0.2
    fits_no_persona: float = 0.2
    alike: tuple[float, float] = (0.05, 0.8)
    groups: int = 8
    known: float = 0.8
    stages: int = 8
    steps_of_stage: int = 7
    steps: int = 40
    lanes: int = 10
    words: int = 25
    rare: float = 0.01
    volume: float = 0.95
    channels: int = 2
    channel_share: float = 0.05
    channel_columns: tuple[str, ...] = ("channel", "medium", "utm_medium")
    flat: float = 0.5
    mentions: int = 10
    mention_share: float = 0.05
    negative_share: float = 0.25
    interviews: int = 5
    half_width: float = 0.5
    left_answers: int = 5
    review_days: int = 180
    evidence_days: int = 365
    unmapped: float = 0.02
    emotion: float = 0.5
    nps: float = 10
    hours: float = 0.2
    days_around: int = 14
    teams: int = 3
    severe: float = 4
    cell: int = 5
