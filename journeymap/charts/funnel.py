"""The funnel as a picture: bars of all who entered each stage, and beside them rates of the settled ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from journeymap.analyses.funnel_sharing import shared
from journeymap.charts.canvas import Canvas
from journeymap.charts.drawing import Drawing, one_line, text_width
from journeymap.charts.findings import finding
from journeymap.charts.funnel_bars import BOLD, STRONG, Bars, counts_width
from journeymap.charts.funnel_layout import Wanted, layout
from journeymap.charts.funnel_rates import Rates
from journeymap.charts.funnel_series import all_series, fits, shown_series
from journeymap.charts.funnel_tips import PARTS, REACHED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from journeymap.analyses.funnel import Funnel
    from journeymap.charts.funnel_series import Series
    from journeymap.charts.look import Scale
    from journeymap.charts.theme import Mode

__all__ = ["FIELDS", "REACHED", "drawing", "fits", "key", "key_note", "pick_of", "picked"]

FIELDS = ("segment", "group", "stage", "outcome")
NOTE = 28


def drawing(
    funnel: Funnel,
    /,
    *,
    width: int,
    scale: Scale = "share",
    mode: Mode = "light",
    known: Sequence[str] = (),
) -> Drawing:
    """Draw a funnel for the screen: neither title, key nor footer.

    Parameters
    ----------
    width
        In px.
    scale
        What is as wide as a column: its own first stage (``"share"``), or the largest of all (``"customers"``).
    known
        Names of segments (of groups, where there are any) that have a colour already, in order of the colours.

    Returns
    -------
    Drawing
        The selection ``pick`` holds the `segment`, `group`, `stage` and `outcome` that were clicked; see
        :func:`picked`. Of more than six columns it shows the largest six; see :func:`fits`.
    """
    series = shown_series(funnel, known=known)
    windowed = funnel.counting.settles
    wanted = _wanted(series)
    placed = layout(wanted, width=width)
    canvas = Canvas(mode)
    Bars(canvas, placed, wanted, series, funnel.journey, windowed, scale).draw()
    if placed.rates:
        entered = [one for one in series if one.entered]
        in_both = shared(funnel.parts, funnel.attempts)
        Rates(canvas, placed, placed.rates, entered, funnel.journey, in_both).draw()
    height = placed.height
    if fits(funnel) is not None:
        note = f"{len(series)} of {len(funnel.parts)} columns, the largest; the table shows all."
        canvas.text(0, height + NOTE / 2, note, fill="ink_3")
        height += NOTE
    said = description(funnel)
    spec = canvas.spec(width=width, height=height, description=said, fields=FIELDS)
    return Drawing(spec, said, height)


def picked(pick: Mapping[str, Sequence[str]], /) -> dict[str, Any] | None:
    """Turn the signal ``pick`` into the arguments of ``funnel.customers``; None where nothing is picked.

    Examples
    --------
    >>> picked({"segment": ["Loyal"], "group": [""], "stage": ["Decide"], "outcome": ["left"]})
    {'segment': 'Loyal', 'group': None, 'stage': 'Decide', 'outcome': 'left'}
    >>> picked({}) is None
    True
    """
    if not all(pick.get(name) for name in FIELDS):
        return None
    segment, group, stage, outcome = (pick[name][0] for name in FIELDS)
    return {
        "segment": segment,
        "group": group or None,
        "stage": stage,
        "outcome": None if outcome == REACHED else outcome,
    }


def pick_of(
    *, segment: str, stage: str, group: str | None = None, outcome: str | None = None
) -> dict[str, list[str]]:
    """Return the value of the signal ``pick`` that picks this number; ``{}`` picks nothing.

    Examples
    --------
    >>> pick_of(segment="Loyal", stage="Buy")
    {'segment': ['Loyal'], 'group': [''], 'stage': ['Buy'], 'outcome': ['reached']}
    """
    return dict(zip(FIELDS, ([segment], [group or ""], [stage], [outcome or REACHED]), strict=True))


def key(funnel: Funnel, /) -> list[tuple[str, str]]:
    """Return the words for the parts of the bars, as far as they occur, each with its role in the theme."""
    return [(word, part) for part, word in PARTS.items() if funnel.table[part].sum()]


def key_note(funnel: Funnel, /) -> str:
    """Say who is counted in the bars, and in the rates where there are any."""
    series = all_series(funnel)
    if not _has_rates(series):
        return "Bars: all who entered."
    return (
        "Bars: all who entered. Rates: settled only."
        if series[0].words.settled
        else "Bars and rates: all who entered."
    )


def _has_rates(series: Sequence[Series]) -> bool:
    return len(series[0].rows) > 1 and any(one.settled for one in series)


def description(funnel: Funnel, /) -> str:
    """Say in one sentence what the picture shows, for those who hear it."""
    columns = len(funnel.parts)
    stages = funnel.journey.stage_names
    way = "in any order" if funnel.counting.order == "any" else f"from {stages[0]} to {stages[-1]}"
    what = f"Funnel of {len(stages)} stages {way}"
    return one_line(f"{what}, {columns} {'column' if columns == 1 else 'columns'}. {finding(funnel).text}")


def _wanted(series: Sequence[Series]) -> Wanted:
    rows = series[0].rows
    names = [text_width(one_line(row["label"]), size=STRONG, weight=BOLD) for row in rows]
    return Wanted(
        series=len(series),
        stages=len(names),
        names=max(names),
        counts=counts_width(series),
        rates=_has_rates(series),
        arrivals=series[0].words.of_first,
    )
