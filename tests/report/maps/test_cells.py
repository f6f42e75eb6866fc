from dataclasses import fields

import journeymap as jm
from journeymap.charts.maps.facts import Facts
from journeymap.report.maps.cells import cells
from tests.report.some_maps import TODAY, measured_map, plainly


def table(journey_map):
    return cells(Facts(journey_map, today=TODAY))


def test_a_cell_has_its_claim_and_its_number():
    found = table(measured_map())
    row = found[(found["lane"] == "Emotion") & (found["step"] == "I wait")].iloc[0]
    assert plainly(row["measured"]) == "-1.3 (-1.5 to -1.1)"
    assert (row["stage"], row["text"], row["status"], row["n"]) == ("Confirm", "+1.5", "contradicted", 263)
    row = found[(found["text"] == "share who left") & (found["stage"] == "Confirm")].iloc[0]
    assert plainly(row["measured"]) == "49.2 % (45.1 to 53.2)"


def test_every_text_of_the_lanes_stands_in_the_table():
    for kind in ("current_state", "day_in_life", "service_blueprint"):
        told = jm.sample_map(kind)
        shown = "\n".join(table(told)["text"].dropna())
        for part in (
            *told.stages,
            *told.steps,
            *told.pains,
            *told.gains,
            *told.opportunities,
            *told.blueprint,
        ):
            first = next(one.name for one in fields(part) if one.name != "extra")
            assert getattr(part, first) in shown
        for step in told.steps:
            assert all(text in shown for text in (*step.actions, *step.thoughts))


def test_what_belongs_to_no_stage_is_there_too():
    told = jm.JourneyMap("Shop", stages=["Buy"], pains=["Slow"], kpis=["Score"], opportunities=["Hurry"])
    found = table(told).set_index("lane")["text"]
    assert (found["Pain"], found["KPI"], found["Opportunity"]) == ("Slow", "Score", "Hurry")
