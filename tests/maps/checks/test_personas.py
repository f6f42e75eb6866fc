from dataclasses import replace

import numpy as np
import pandas as pd

import journeymap as jm
from tests.maps.clean_map import clean_customers, clean_events, found_in


def test_one_persona(clean):
    (found,) = found_in(clean.remove("guest"), "JM03")
    assert found.sentence == "The map has 1 persona, as if all customers were alike."


def test_a_persona_that_nobody_can_count(clean):
    (found,) = found_in(clean.change("guest", segment_rule=None), "JM03")
    assert found.at == "guest"


def test_customers_of_no_persona(clean, log):
    (found,) = found_in(
        clean.change("guest", segment_rule=jm.where(plan="guest", device="mobile")), "JM03", log=log
    )
    assert (found.numbers["customers"], found.numbers["of"]) == (60, 240)


def test_a_property_that_no_persona_speaks_of(clean):
    payers = clean_events().query("event == 'reorder'")["customer"]
    customers = clean_customers()
    customers["device"] = ["mobile" if one in set(payers) else "desktop" for one in customers["customer"]]
    log = jm.read_events(
        clean_events(), customer="customer", event="event", at="at", complete_to="2026-03-19"
    )
    (found,) = found_in(clean, "JM03", log=log.with_customers(customers))
    assert found.sentence.endswith("100% of mobile reach the last stage, 0% of desktop.")
    split = clean.change("guest", segment_rule=jm.where(plan="guest") & ~jm.where(device="tv"))
    assert not found_in(split, "JM03", log=log.with_customers(customers))


def test_chance_among_many_properties_is_no_difference(clean, log):
    rng = np.random.default_rng(18)
    noise = pd.DataFrame({f"p{n}": rng.choice(["a", "b"], 240) for n in range(20)})
    noisy = log.with_customers(noise.assign(customer=clean_customers()["customer"]))
    assert not found_in(clean, "JM03", log=noisy)


def test_personas_of_the_same_customers(clean, log):
    both = clean.change("guest", segment_rule=jm.where(plan=["guest", "plus"]))
    wide = both.change("regular", segment_rule=~jm.where(plan="none"))
    (found,) = found_in(wide, "JM03", log=log)
    assert (found.level, found.numbers["shared"]) == ("info", 1)


def test_personas_who_move_alike(measured):
    many = [
        one for one in measured.measurements.observations if one.metric == "moved_on_share" and one.persona
    ]
    more = [
        replace(one, num=one.num * 100, den=one.den * 100) if one in many else one
        for one in measured.measurements.observations
    ]
    alike = measured.change(measurements=replace(measured.measurements, observations=more))
    (found,) = found_in(alike, "JM03")
    assert (
        found.sentence
        == '"Guest" and "Regular" may be one persona: in no stage do they differ by 5% or more.'
    )
