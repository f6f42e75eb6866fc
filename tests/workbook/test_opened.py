import pytest

from journeymap import __version__
from journeymap.errors import JourneymapError
from journeymap.events import sample
from journeymap.workbook.opened import VARIABLE, Request, opened, read

EVENTS = """\
user_id,action,ts
a,view,2026-01-01T10:00:00
a,buy,2026-01-02T10:00:00
b,view,2026-01-01T11:00:00
,view,2026-01-01T12:00:00
"""
JOURNEY = """\
journey: Shop
stages:
  - name: See
    event: view
  - name: Buy
    event: buy
segments:
  - name: Members
    where: {plan: member}
"""


@pytest.fixture
def files(tmp_path):
    texts = {"shop.csv": EVENTS, "people.csv": "user_id,plan\na,member\nb,guest\n", "shop.yaml": JOURNEY}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return {name: str(tmp_path / name) for name in texts}


@pytest.fixture
def columns():
    return {"customer": "user_id", "event": "action", "at": "ts"}


def test_what_is_handed_over_is_opened(files, columns, monkeypatch):
    monkeypatch.setenv(VARIABLE, "")
    Request(
        source=(files["shop.csv"],),
        columns=columns,
        timezone="Europe/Berlin",
        customers=files["people.csv"],
        journey=files["shop.yaml"],
    ).hand_over()
    found = opened()
    assert found.title == "shop.csv"
    assert (found.log.n_customers, found.log.n_events, found.log.timezone) == (2, 3, "Europe/Berlin")
    assert found.log.values("plan").to_dict() == {"guest": 1, "member": 1}
    assert [journey.stage_names for journey in found.journeys] == [["See", "Buy"]]
    assert [segment.name for segment in found.segments] == ["Members"]


def test_a_map_is_handed_over_and_one_that_is_wrong_is_said_at_once(files, columns, tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, "")
    path = tmp_path / "map.yaml"
    path.write_text("title: Shop\nstages: [See]\n", encoding="utf-8")
    asked = {"source": (files["shop.csv"],), "columns": columns, "journey_map": str(path)}
    Request(**asked).hand_over()
    assert (opened().journey_map, opened().allow_saving) == (str(path), None)
    assert read(Request(**asked, allow_saving=True)).allow_saving
    path.write_text("title: Shop\nstages: 3\n", encoding="utf-8")
    with pytest.raises(JourneymapError, match=r"map.yaml, line 2"):
        read(Request(**asked))


def test_events_are_read_as_was_asked(columns, tmp_path):
    path = tmp_path / "shop.csv"
    rows = ["Zoë,buy,2026-01-01,2", "Zoë,view,2026-01-01,1", "Zoë,view,2026-01-01,1"]
    path.write_text("\n".join(["user_id,action,ts,n", *rows]), encoding="cp1252")
    request = Request(
        source=(str(path),),
        columns={**columns, "sequence": "n"},
        complete_to="2026-03-31",
        duplicates="drop",
        encoding="cp1252",
    )
    log = read(request).log
    assert log.store.customers.tolist() == ["Zoë"]
    assert log.store.event_names[log.store.event].tolist() == ["view", "buy"]
    assert log.moment(log.data_end).isoformat() == "2026-03-31T23:59:59+00:00"


def test_times_are_read_in_the_format_that_was_named(columns, tmp_path):
    path = tmp_path / "shop.csv"
    path.write_text("user_id,action,ts\na,view,03.01.2026 10:00\na,buy,04.01.2026 10:00\n", encoding="utf-8")
    log = read(Request(source=(str(path),), columns=columns, at_format="%d.%m.%Y %H:%M")).log
    assert [log.moment(at).isoformat() for at in log.store.at] == [
        "2026-01-03T10:00:00+00:00",
        "2026-01-04T10:00:00+00:00",
    ]


def test_without_a_journey_one_is_suggested(files, columns):
    found = read(Request(source=(files["shop.csv"],), columns=columns))
    assert [journey.stage_names for journey in found.journeys] == [["view", "buy"]]


def test_several_files_are_one_log(files, columns, tmp_path):
    more = tmp_path / "more.csv"
    more.write_text("user_id,action,ts\nc,view,2026-01-03T10:00:00\n", encoding="utf-8")
    assert read(Request(source=(files["shop.csv"], str(more)), columns=columns)).log.n_customers == 3


def test_attributes_may_call_the_customer_otherwise(files, columns, tmp_path):
    people = tmp_path / "other.csv"
    people.write_text("who,plan\na,member\n", encoding="utf-8")
    asked = Request(source=(files["shop.csv"],), columns=columns, customers=str(people))
    with pytest.raises(JourneymapError, match="user_id"):
        read(asked)
    found = read(Request(source=asked.source, columns=columns, customers=str(people), customers_key="who"))
    assert found.log.values("plan").to_dict() == {"member": 1}


def test_a_notebook_of_its_own_opens_the_sample(monkeypatch, tmp_path):
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("JOURNEYMAP_CACHE", str(tmp_path))
    sample.write(tmp_path / f"sample-{__version__}", customers=60)
    found = opened()
    assert found.title == "Sample shop"
    assert found.journeys[0].name == "Checkout"
    assert "plan" in found.log.attributes
    assert set(found.log.values("staff").index) == {False}
    assert not {"heartbeat", "email_sent"} & set(found.log.event_names)
    assert [(told.kind, told.rule) for told in found.log.filters] == [("without", sample.NOISE)]
