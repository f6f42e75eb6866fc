"""Results to be saved, with texts that would be markup or a formula if they were not kept as text."""

from __future__ import annotations

import journeymap as jm
from tests.charts.some_flows import flow_of

SCRIPT = "<script>document.title = 'ran'</script>"
FORMULA = "=cmd()|' /C calc'!A0"
PATHS = [(["see", SCRIPT, FORMULA], 40), (["see", FORMULA], 30), (["see"], 20), ([SCRIPT, "see"], 12)]
JOURNEY = jm.Journey("Shop", stages=[jm.Stage("See", jm.event("see")), jm.Stage(FORMULA, jm.event(FORMULA))])


def flow_result():
    return flow_of(PATHS, steps=3)


def segmented_flow():
    return flow_of(PATHS, steps=3, apart=range(20))


def funnel_result():
    return jm.funnel(flow_result().log, JOURNEY)
