"""What the README shows works: its journey, its code, its options and its picture."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import journeymap as jm
from journeymap import cli
from journeymap.events import sample
from journeymap.notation import loads

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    (found,) = re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)
    return found


def test_the_code_and_the_journey_work(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shop = sample.shop(customers=400)
    (tmp_path / "events").mkdir()
    shop.events.to_parquet("events/shop.parquet")
    shop.customers.rename(columns={"customer": "id"}).to_csv("profiles.csv", index=False)
    Path("checkout.yaml").write_text(block("yaml"), encoding="utf-8")
    shown = {}
    exec(block("python"), shown)
    journey, segments = shown["jm"].load("checkout.yaml")
    assert journey == shown["journey"]
    assert segments == [shown["mobile"], shown["loyal"]]
    assert Path("funnel.png").read_bytes().startswith(b"\x89PNG")


def test_the_code_of_the_map_works(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shop = sample.shop(customers=400)
    log = jm.read_events(shop.events, timezone="Europe/Berlin")
    said = shop.events.query("event == 'survey_answered' and score >= 2")
    said = said.assign(score=(said["score"] // 2).astype(int), id=said["customer"], answered=said["at"])
    said[["id", "answered", "score", "comment"]].to_csv("survey.csv", index=False)
    journey, (mobile, _) = loads(block("yaml"))
    shown = {"jm": jm, "log": log, "journey": journey, "mobile": mobile}
    exec(block("py"), shown)
    assert shown["told"].measurements.of("", "answers").value == len(said)
    assert Path("map.pptx").read_bytes().startswith(b"PK")


def test_every_option_is_named_and_no_other(capsys):
    with pytest.raises(SystemExit):
        cli.main(["open", "--help"])
    known = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help"}
    table = README.partition("| option |")[2].partition("\n\n")[0]
    assert set(re.findall(r"`(--[a-z-]+)", table)) == known


def test_what_it_points_to_is_there():
    targets = re.findall(r"\]\(([^)]+)\)", README)
    assert targets
    assert not [target for target in targets if not (ROOT / target).is_file()]
