"""The benchmarks run, and all contenders that are here count the same. Nothing is timed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.benchmarks import results
from tests.benchmarks.__main__ import main
from tests.benchmarks.questions import FLOW, LENGTHS, OPTIONS, RAW, SPLIT, funnel, option
from tests.benchmarks.results import Run
from tests.benchmarks.rules import RULES, STAGE_OPTIONS, rule_of
from tests.benchmarks.running import Contender

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def contender(counts: list[int], *, same: bool = True) -> Contender:
    return Contender("funnel", "somebody", same, None, 0, ms=[1.0], cpu=[1.0], peaks=[1.0], counts=counts)  # type: ignore[arg-type]


def test_contenders_count_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = tmp_path / "run.json"
    assert main(["--events", "20000", "--rounds", "1", "--json", str(written)]) == 0
    assert "COUNTS DIFFER" not in capsys.readouterr().out
    (run,) = json.loads(written.read_text())
    assert run["unequal"] == []
    assert not {"this_package", "bare_scan", "duckdb_sql"} & set(run["absent"])
    asked = {*map(funnel, LENGTHS), FLOW, SPLIT, RAW, *map(option, OPTIONS)}
    assert asked <= set(run["cases"])
    assert all(one["counts"] for case in run["cases"].values() for one in case)
    for n in LENGTHS:
        compared = [one for one in run["cases"][funnel(n)] if one["same_question"]]
        assert len(compared) >= 6
        assert len(compared[0]["counts"]) == n
        assert compared[0]["counts"][-1] > 0


def test_other_counts_are_said_loudly() -> None:
    found = [contender([3, 2]), contender([3, 1])]
    assert Run(10, cases={"funnel": found}).unequal == ["funnel"]
    assert "COUNTS DIFFER" in "\n".join(results.table("funnel", found))


def test_another_question_may_count_otherwise() -> None:
    found = [contender([3, 2]), contender([9, 9], same=False)]
    assert Run(10, cases={"funnel": found}).unequal == []
    assert "other counts" in "\n".join(results.table("funnel", found))


def test_every_option_is_a_rule_of_its_own() -> None:
    likes = [name for name in OPTIONS if name.startswith("like ")]
    assert set(OPTIONS) == {*RULES, *STAGE_OPTIONS, *likes}
    asked = [repr((rule_of(name).journey.stages, *rule_of(name)[1:])) for name in OPTIONS]
    assert len(set(asked)) == len(OPTIONS)
