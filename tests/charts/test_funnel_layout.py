"""Where columns stand: as many side by side as there is room for, in rows as even as can be."""

from __future__ import annotations

import pytest

from journeymap.charts.funnel_layout import Wanted, layout


@pytest.mark.parametrize(
    ("width", "series", "rows"),
    [(568, 3, [3]), (568, 4, [2, 2]), (568, 2, [2]), (400, 3, [1, 1, 1]), (900, 5, [3, 2])],
)
def test_columns_leave_no_room_that_a_row_could_fill(width, series, rows):
    placed = layout(Wanted(series=series, stages=4, names=60, counts=200, rates=False), width=width)
    tops = [column.y for column in placed.columns]
    assert [tops.count(top) for top in dict.fromkeys(tops)] == rows
    last = placed.columns[rows[0] - 1]
    assert last.x + last.width == pytest.approx(width)
