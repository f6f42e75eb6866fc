import csv as reader
from io import BytesIO, StringIO

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import journeymap as jm
from journeymap.charts.look import Look
from journeymap.report.sheets import csv, guarded, xlsx
from journeymap.report.subjects import Subject, subject
from tests.report.results import FORMULA, SCRIPT, flow_result, funnel_result


def cells(data, sheet):
    return list(openpyxl.load_workbook(BytesIO(data))[sheet].iter_rows())


def test_csv_holds_the_table_in_full_precision():
    result = funnel_result()
    read = pd.read_csv(BytesIO(csv(result.table)))
    assert list(read) == list(result.table)
    assert read["customers"].tolist() == result.table["customers"].tolist()
    assert read["settled_share"][0] == result.table["settled_share"][0]
    assert read["moved_on"].isna().tolist() == result.table["moved_on"].isna().tolist()
    assert read["stage"].tolist() == ["See", f"'{FORMULA}"]


def test_csv_has_iso_dates():
    at = pd.to_datetime(["2026-03-31 23:58:11", None]).tz_localize("Europe/Berlin")
    assert (
        csv(pd.DataFrame({"at": at, "n": [1, 2]})).decode() == "at,n\r\n2026-03-31T23:58:11+02:00,1\r\n,2\r\n"
    )


@given(st.text(max_size=12))
def test_csv_text_is_read_back_and_never_begins_a_formula(text):
    table = pd.DataFrame({"a": [text], "b": ["x"]})
    _, (found, _) = reader.reader(StringIO(csv(table).decode(), newline=""))
    assert found in (text, f"'{text}")
    assert found[:1] not in set("=@\t\r")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+cmd|' /C'!A0", "'+cmd|' /C'!A0"),
        ("-2+3", "'-2+3"),
        ("\t=1", "'\t=1"),
        ("-5", "-5"),
        ("+4915112345", "+4915112345"),
        ("mail@home", "mail@home"),
        ("", ""),
    ],
)
def test_what_a_spreadsheet_would_compute_gets_an_apostrophe(text, written):
    assert guarded(text) == written


def test_csv_guards_its_heads_too():
    assert csv(pd.DataFrame({"=a": [1]})).decode() == "'=a\r\n1\r\n"


def test_xlsx_holds_numbers_as_numbers_and_text_as_text():
    result = funnel_result()
    head, *rows = cells(xlsx(subject(result, Look())), "Funnel")
    names = [cell.value for cell in head]
    assert names == list(result.table)
    at = {name: position for position, name in enumerate(names)}
    assert [row[at["customers"]].value for row in rows] == result.table["customers"].tolist()
    assert rows[0][at["settled_share"]].number_format == "0.0%"
    assert rows[1][at["moved_on"]].value is None
    name = rows[1][at["stage"]]
    assert (name.value, name.data_type) == (FORMULA, "s")


def test_xlsx_has_the_scope():
    result = flow_result()
    lines = {row[0].value: row[1].value for row in cells(xlsx(subject(result, Look())), "Scope")}
    assert lines["Counted"] == "First event: 102 of 102 customers"
    assert lines["Time zone"] == "UTC"
    assert lines["Definition"] == result.scope.definition
    assert lines["Finding"].startswith("At ")


@pytest.mark.parametrize(
    "text", [FORMULA, SCRIPT, "https://example.org", "5", "\ud800", "\x01", "a\nb", "x" * 40_000]
)
def test_xlsx_opens_whatever_a_text_is(text):
    ((_,), (cell,)) = cells(
        xlsx(Subject("table", table=pd.DataFrame({"text": pd.Series([text], dtype=object)}))), "Table"
    )
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    assert cell.value[:9] == text[:9].encode("utf-8", "replace").decode() or text == "\x01"


def test_xlsx_keeps_moments_of_the_report_zone():
    at = pd.to_datetime(["2026-03-31 23:58:11", None]).tz_localize("Europe/Berlin")
    rows = cells(xlsx(Subject("table", table=pd.DataFrame({"at": at}))), "Table")
    assert rows[1][0].value.isoformat() == "2026-03-31T23:58:11"
    assert len(rows) == 2


def test_more_rows_than_a_sheet_holds_is_an_error(monkeypatch):
    monkeypatch.setattr("journeymap.report.sheets.MOST_ROWS", 2)
    with pytest.raises(jm.JourneymapError, match="at most 2 rows, and the table has 3"):
        xlsx(Subject("table", table=pd.DataFrame({"n": [1, 2, 3]})))
