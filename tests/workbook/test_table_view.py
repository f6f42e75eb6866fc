"""The table twin: what it counts is named, and a wide one says that it goes on and keeps its names in view."""

from __future__ import annotations

import pandas as pd

from journeymap.workbook.table_view import MOST_COLUMNS, TableView

NARROW = pd.DataFrame({"segment": ["Everybody"], "stage": ["<b>Buy"], "customers": [3]})


def test_a_wide_table_says_so_and_its_names_stay():
    view = TableView()
    view.show(NARROW)
    assert "jm-fixed" not in view.value
    assert "scroll sideways" not in view.value
    wide = NARROW.assign(**{f"number_{i}": [i] for i in range(MOST_COLUMNS)})
    view.show(wide)
    assert view.value.count("jm-fixed") == 2 * 2
    assert "left:0ch" in view.value
    assert f"{wide.shape[1]} columns; scroll sideways" in view.value


def test_the_head_names_what_is_counted_and_text_is_text():
    view = TableView()
    view.show(NARROW, unit="sessions")
    assert (">Sessions<" in view.value, ">Customers<" in view.value) == (True, False)
    assert "&lt;b&gt;Buy" in view.value
