from journeymap.workbook.opened import Request, read
from journeymap.workbook.starting import account
from tests.workbook.test_opened import EVENTS


def test_the_account_says_how_columns_were_understood_and_what_was_set_aside(tmp_path):
    (tmp_path / "shop.csv").write_text(EVENTS, encoding="utf-8")
    columns = {"customer": "user_id", "event": "action", "at": "ts"}
    said = account(read(Request(source=(str(tmp_path / "shop.csv"),), columns=columns, timezone="UTC")))
    lines = said.splitlines()
    assert lines[0] == "shop.csv"
    assert [line.split()[:2] for line in lines[1:4]] == [
        ["customer", "user_id"],
        ["event", "action"],
        ["at", "ts"],
    ]
    assert lines[4:] == [
        "  also kept: no other column",
        "  rows read: 4; events: 3; customers: 2",
        "  from 1 Jan 2026 to 2 Jan 2026, UTC",
        "  Rows set aside: 1 of 4 (1 with no customer).",
    ]


def test_the_account_speaks_of_options(tmp_path):
    path = tmp_path / "shop.csv"
    path.write_bytes(EVENTS.encode() + "Zoë,view,2026-01-01T12:00:00\n".encode("cp1252"))
    columns = {"customer": "user_id", "event": "action", "at": "ts"}
    said = account(read(Request(source=(str(path),), columns=columns)))
    assert 'such as --encoding "cp1252".' in said
