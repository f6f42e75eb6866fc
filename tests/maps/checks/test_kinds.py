import journeymap as jm
from tests.maps.clean_map import TODAY, found_in


def test_a_future_without_a_present(clean):
    future = clean.change(kind="future_state")
    assert len(found_in(future, "JM12")) == 1
    assert not found_in(future.change(baseline_map="today"), "JM12")


def test_a_future_that_is_the_present(clean):
    future = clean.change(kind="future_state", title="Tomorrow", version=2)
    (found,) = found_in(future, "JM12", baseline=clean)
    assert "says the same" in found.sentence
    assert not found_in(future.change("paid", target=0.9), "JM12", baseline=clean)


def test_a_future_is_not_held_against_today(clean, log, feedback):
    future = clean.change(kind="future_state", baseline_map="today").change("i-pay", claims={"emotion": 2})
    found = future.check(log=log, feedback=feedback, today=TODAY)
    assert list(found) == []
    assert "not held against" in found.notes[0]


def test_a_day_with_the_brand_only(clean):
    day = clean.change(kind="day_in_life")
    assert len(found_in(day, "JM13")) == 1
    assert not found_in(day.add(jm.Step("I cook", stage="discover")), "JM13")
    assert not found_in(day.change("shop", ownership="earned"), "JM13")


def blueprint(clean, *lanes):
    drawn = clean.change(kind="service_blueprint").change("shop", physical_evidence="the page")
    for lane in lanes:
        drawn = drawn.add(jm.BlueprintItem(f"{lane} card", id=lane, lane=lane, step="i-pay"))
    return drawn


def test_a_blueprint_with_everything(clean):
    assert list(blueprint(clean, "frontstage", "backstage", "support").check(today=TODAY)) == []


def test_a_blueprint_without_a_lane(clean):
    (found,) = found_in(blueprint(clean, "frontstage", "support"), "JM14")
    assert found.numbers == {
        "missing": ["backstage"],
        "lines": ["line of visibility", "line of internal interaction"],
    }


def test_a_fail_point_without_a_cause(clean):
    drawn = blueprint(clean, "frontstage", "backstage", "support").change("frontstage", fail_point=True)
    (found,) = found_in(drawn, "JM14")
    assert found.at == "frontstage"
    assert not found_in(drawn.change("backstage", links=["frontstage"]), "JM14")
