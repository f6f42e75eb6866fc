import pandas as pd
import pytest

from journeymap.charts.numbers import MISSING
from journeymap.report.cells import columns


@pytest.mark.parametrize(
    ("name", "values", "kind", "texts"),
    [
        ("customers", [20730, None], "count", ["20,730", MISSING]),
        ("settled_share", [0.46, 1.0], "share", ["46.0\u202f%", "100\u202f%"]),
        ("first_low", [0.1], "share", ["10.0\u202f%"]),
        ("share_of_previous", [None], "share", [MISSING]),
        ("median_hours", [52.2], "hours", ["2 d 4 h"]),
        ("price", [1.25, 1000.5], "number", ["1.25", "1,000.5"]),
        (
            "at",
            pd.to_datetime(["2026-03-31 23:58:11"]).tz_localize("Europe/Berlin"),
            "moment",
            ["31 Mar 2026, 23:58"],
        ),
        ("yes", [True, False], "text", ["True", "False"]),
        ("stage", ["0123", "<b>"], "text", ["0123", "<b>"]),
        ("shared", ["mine"], "text", ["mine"]),
        ("low", ["a"], "text", ["a"]),
    ],
)
def test_a_column_is_written_by_its_name_and_type(name, values, kind, texts):
    (column,) = columns(pd.DataFrame({name: values}))
    assert (column.kind, list(column.texts())) == (kind, texts)


def test_columns_of_one_name_stay_apart():
    table = pd.DataFrame([[1, "x"]], columns=["a", "a"])
    assert [list(column.texts()) for column in columns(table)] == [["1"], ["x"]]


def test_an_empty_table_has_its_columns():
    assert [column.heading for column in columns(pd.DataFrame({"settled_share": [], "stage": []}))] == [
        "Settled share",
        "Stage",
    ]
