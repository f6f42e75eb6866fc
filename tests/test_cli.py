import signal

import pytest

import journeymap as jm
from journeymap import __version__, cli
from journeymap.events import sample
from journeymap.events.filters import Filter
from journeymap.events.reading import cache
from journeymap.workbook import starting
from tests.workbook.served import running
from tests.workbook.test_opened import EVENTS, JOURNEY


@pytest.fixture
def shop(tmp_path, monkeypatch):
    (tmp_path / "shop.csv").write_text(EVENTS, encoding="utf-8")
    (tmp_path / "shop.yaml").write_text(JOURNEY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JOURNEYMAP_CACHE", str(tmp_path / "cache"))
    return tmp_path


@pytest.fixture
def started(monkeypatch):
    found = {}
    monkeypatch.setattr(
        starting, "start", lambda request, **settings: found.update(settings, request=request)
    )
    return found


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["demo", "--help"], ["open", "--help"], ["cache", "--help"], ["check", "--help"]],
)
def test_help_is_there_and_fits(arguments, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    with pytest.raises(SystemExit) as end:
        cli.main(arguments)
    assert end.value.code == 0
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 100


def test_the_version_is_said(capsys):
    with pytest.raises(SystemExit):
        cli.main(["--version"])
    assert capsys.readouterr().out == f"journeymap {__version__}\n"


def test_open_hands_over_what_was_asked(shop, started):
    words = (
        "open shop.csv --journey shop.yaml --customer user_id --event action --at ts --timezone Europe/Berlin"
    )
    assert cli.main([*words.split(), "--port", "8123", "--no-browser", "--lab"]) == 0
    request = started["request"]
    assert request.source == (str(shop / "shop.csv"),)
    assert request.columns == {"customer": "user_id", "event": "action", "at": "ts"}
    assert (request.timezone, request.journey) == ("Europe/Berlin", str(shop / "shop.yaml"))
    del started["request"]
    assert started == {"place": "lab", "notebook": "app.ipynb", "port": 8123, "browser": "none"}


def test_open_leaves_to_guess_what_was_not_said(shop, started):
    cli.main(["open", "shop.csv"])
    assert started["request"].columns == {}
    assert (started["place"], started["port"], started["browser"]) == ("page", 0, "open")


def test_open_hands_over_how_to_read(shop, started):
    words = "open shop.csv --encoding cp1252 --complete-to 2026-03-31 --sequence n --duplicates drop"
    assert cli.main(words.split()) == 0
    request = started["request"]
    assert request.columns == {"sequence": "n"}
    assert (request.encoding, request.complete_to, request.duplicates) == ("cp1252", "2026-03-31", "drop")


def test_check_ends_as_its_findings_do(shop, capsys):
    (shop / "map.yaml").write_text("title: Shop\nstages: [See]\nsteps:\n- {title: I look, stage: sea}\n")
    assert cli.main(["check", "map.yaml"]) == 1
    assert "error    JM19 broken reference: I look (i-look)" in capsys.readouterr().out
    (shop / "map.yaml").write_text("title: [Shop")
    assert cli.main(["check", "map.yaml"]) == 2
    assert capsys.readouterr().err.startswith("journeymap: map.yaml, line 1: this is not YAML")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--complete-to", "soon"], '--complete-to "2026-03-31"'),
        (["--encoding", "klingon"], '--encoding "cp1252"'),
        (["--sequence", "us_id"], '--sequence "user_id"'),
        (["--customer", "user_id", "--event", "action", "--at", "action"], "--event COLUMN --at COLUMN\n"),
    ],
)
def test_what_to_type_is_an_option(shop, capsys, arguments, said):
    assert cli.main(["open", "shop.csv", *arguments, "--no-browser"]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert "complete_to" not in error


def test_an_empty_name_is_refused(shop, capsys):
    assert cli.main(["open", "", "--no-browser"]) == 2
    assert "An empty name is no file" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["open", "none.csv"], "none.csv"),
        (["open", "shop.csv", "--customer", "user"], "user_id"),
        (
            [
                "open",
                "shop.csv",
                "--customer",
                "user_id",
                "--event",
                "action",
                "--at",
                "ts",
                "--journey",
                "no.yaml",
            ],
            "no.yaml",
        ),
        (
            [
                "open",
                "shop.csv",
                "--customer",
                "user_id",
                "--event",
                "action",
                "--at",
                "ts",
                "--timezone",
                "Berlin",
            ],
            "Berlin",
        ),
    ],
)
def test_an_error_is_one_message(shop, capsys, arguments, said):
    assert cli.main([*arguments, "--no-browser"]) == 2
    error = capsys.readouterr().err
    assert error.startswith("journeymap: ")
    assert said in error
    assert error.count("\n") == 1


def test_cache_lists_and_clears(shop, capsys):
    assert cli.main(["cache"]) == 0
    assert capsys.readouterr().out == f"Nothing is kept in {shop / 'cache'}.\n"
    for name in ("shop.csv", "other.csv"):
        (shop / name).write_text(EVENTS, encoding="utf-8")
        log = jm.read_events(name, customer="user_id", event="action", at="ts")
    assert cli.main(["cache"]) == 0
    heading, first, second, folder = capsys.readouterr().out.splitlines()
    assert heading.split() == ["source", "events", "size", "last", "opened"]
    assert {first.split()[0], second.split()[0]} == {"shop.csv", "other.csv"}
    assert first.split()[1:4:2] == [f"{log.n_events:,}", "kB"]
    assert folder == f"in {shop / 'cache'}"
    assert cli.main(["cache", "--clear", "shopp.csv"]) == 2
    assert 'journeymap cache --clear "shop.csv"' in capsys.readouterr().err
    assert cli.main(["cache", "--clear", "shop.csv"]) == 0
    assert capsys.readouterr().out.startswith("Removed 1 prepared log, ")
    assert [entry.source for entry in cache.entries()] == ["other.csv"]
    (shop / "cache" / "mine.txt").write_text("stays")
    assert cli.main(["cache", "--clear"]) == 0
    assert [path.name for path in (shop / "cache").iterdir()] == ["mine.txt"]
    assert cli.main(["cache", "--clear"]) == 0
    assert capsys.readouterr().out.endswith("Removed 0 prepared logs, 0 kB.\n")


@pytest.mark.parametrize("port", ["http", "-1", "65536"])
def test_a_port_that_is_none_is_refused(port, capsys):
    with pytest.raises(SystemExit) as end:
        cli.main(["demo", f"--port={port}"])
    assert end.value.code == 2
    assert f"{port!r} is not a port" in capsys.readouterr().err


def test_stopping_it_while_it_reads_says_nothing(shop, capsys, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(starting, "start", interrupted)
    assert cli.main(["open", "shop.csv"]) == 130
    assert capsys.readouterr().err == ""


@pytest.mark.browser
def test_demo_shows_the_app_and_ends_without_a_word(shop, page):
    sample.write(shop / "cache" / f"sample-{__version__}", customers=60)
    with running("-m", "journeymap.cli", "demo", "--no-browser", folder=shop) as served:
        page.goto(served.url, wait_until="commit")
        page.get_by_role("tab", name="Funnel").wait_for(timeout=120_000)  # numba may have to compile first
        assert "Sample shop" in served.said
        left_out = str(Filter("without", sample.NOISE))
        assert left_out in served.said
        assert page.get_by_text(f"Filtered: {left_out}").first.is_visible()
        assert page.get_by_text("A workbook of your own").count() == 0
        assert page.locator(".jm-app").bounding_box()["y"] == 0
        assert served.process.stdout.readline() == "Ctrl-C ends it.\n"
        page.goto("about:blank")
        assert served.end(signal.SIGINT) == ""
        assert served.process.returncode == 0
