"""What a log that stays in its engine is not asked, each refused by one sentence that names the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeymap.errors import DefinitionError

if TYPE_CHECKING:
    from journeymap.counting.contract import Counting
    from journeymap.journeys import Journey

LOCALLY = "jm.read_events(…)"


def refused(option: str, engine: str, *, instead: str = "") -> DefinitionError:
    """Return the error for an option that an engine cannot count exactly.

    Examples
    --------
    >>> print(refused('order="any"', "duckdb"))
    order="any" cannot be counted exactly inside duckdb. Read the log here. Type: jm.read_events(…)
    """
    return DefinitionError(
        f"{option} cannot be counted exactly inside {engine}.",
        right=f"{instead} Or read the log here." if instead else "Read the log here.",
        fix=LOCALLY,
    )


def check_counting(journey: Journey, counting: Counting, engine: str) -> None:
    """Refuse the rules that are not pushed down."""
    optional = [stage.name for stage in journey.stages if stage.optional]
    gapped = [stage.name for stage in journey.stages if stage.least or stage.most]
    first = counting.breakdown
    asked = {
        'window="session"': counting.window == "session",
        f'attempts="{counting.attempts}"': counting.attempts in ("every", "session"),
        f'order="{counting.order}"': counting.order != "sequential",
        'entry="any stage"': counting.entry == "any stage",
        f'tolerance="{counting.tolerance}"': counting.tolerance != "0s",
        'unit="session"': counting.unit == "session",
        f'breakdown="{first}"': first != "entry",
        f"The optional stage {', '.join(optional)}": bool(optional),
        f"The least or most gap of stage {', '.join(gapped)}": bool(gapped),
        'exclude= with ties="either"': bool(counting.exclude) and counting.ties == "either",
    }
    for option, is_asked in asked.items():
        if is_asked:
            raise refused(option, engine)
