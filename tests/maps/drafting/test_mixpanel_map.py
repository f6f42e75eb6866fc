"""A map of the Mixpanel log in a few lines, with the NPS of its profiles: held against plain pandas."""

from __future__ import annotations

import pandas as pd
import pytest

import journeymap as jm
from journeymap.maps.claims import claims
from tests.test_real_logs import DATA, mixpanel

SAID = DATA / "sim_mixpanel" / "SCD.json.gz"
pytestmark = pytest.mark.skipif(
    not SAID.exists(), reason="needs the example data, which the project does not ship"
)


@pytest.fixture(scope="module")
def drawn():
    log, journey, window, events, _ = mixpanel()
    answers = pd.read_json(SAID, lines=True, dtype=False).dropna(subset=["NPS"])
    nps = jm.read_feedback(answers, customer="distinct_id", at="startTime", score="NPS", scale="nps")
    counting = jm.Counting(window=window)
    told = jm.JourneyMap.from_log(log, journey, title="The shop, as Mixpanel saw it", counting=counting)
    told = told.add(jm.Kpi(name="NPS", metric="nps", definition="Promoters less detractors, of all answers"))
    known = answers["distinct_id"].isin(events["customer"])
    return told.measure(log, nps, counting=counting), answers["NPS"].astype(int), known


def test_nps_is_what_pandas_counts(drawn):
    told, scores, known = drawn
    found = told.measurements.of("nps", "kpi")
    assert 0 < known.sum() < len(scores)
    scores = scores[known]
    promoters, detractors = scores.ge(9).sum(), scores.le(6).sum()
    assert (found.num, found.den) == (promoters - detractors, len(scores))
    assert found.value == pytest.approx(100 * (promoters - detractors) / len(scores))
    assert found.low < found.value < found.high


def test_nps_is_no_emotion_of_any_stage(drawn):
    told, scores, known = drawn
    metrics = {one.metric for one in told.measurements.observations if one.value is not None}
    assert "emotion" not in metrics
    placed = [told.measurements.of(stage.id, "answers").value for stage in told.stages]
    assert sum(placed) + told.measurements.of("", "unassigned").value == len(scores)
    assert told.measurements.of("", "answers").value == known.sum()
    assert f"{(~known).sum():,} of customers not in the log" in told.measurements.of("", "unassigned").method


def test_the_map_has_the_log_s_stages_and_claims_nothing(drawn):
    told, *_ = drawn
    assert [told.measurements.of(stage.id, "customers").value for stage in told.stages] == [479, 378, 127, 15]
    assert not claims(told)
