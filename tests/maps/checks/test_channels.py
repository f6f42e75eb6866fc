import journeymap as jm
from tests.maps.clean_map import clean_events, found_in


def read(events):
    return jm.read_events(events, customer="customer", event="event", at="at", complete_to="2026-03-19")


def test_one_channel(clean):
    (found,) = found_in(clean.remove("mail"), "JM05")
    assert found.sentence == "The map names 1 channel."


def test_every_step_on_one_channel(clean):
    (found,) = found_in(clean.change("confirmation", channel="web"), "JM05")
    assert found.sentence == 'Every step happens on "Web".'


def test_no_step_says_its_channel(clean):
    (found,) = found_in(clean.remove("shop").remove("confirmation"), "JM05")
    assert found.sentence == "No step says on which channel it happens."


def test_a_channel_of_the_data_that_is_missing(clean):
    events = clean_events()
    events.loc[events["event"] == "look", "channel"] = [
        "affiliate" if n % 10 == 0 else "web" for n in range(240)
    ]
    (found,) = found_in(clean, "JM05", log=read(events))
    assert found.numbers["customers"] == {"affiliate": 24}
    assert found.sentence == "Many customers come by affiliate (10%), of which the map has no channel."
    assert not found_in(clean.add(jm.Channel("Affiliate")), "JM05", log=read(events))
    named = clean.add(jm.Channel("Partners", match=jm.event(channel="aff*")))
    assert not found_in(named, "JM05", log=read(events))


def test_a_hand_off_that_no_step_shows(clean, log):
    apart = clean.change("i-get-a-confirmation", touchpoints=["shop"]).change(
        "i-look-around", touchpoints=["letter"]
    )
    apart = apart.add(jm.Touchpoint("Letter", channel="post")).add(jm.Channel("Post", kind="post"))
    (found,) = found_in(apart, "JM05", log=log)
    assert (found.at, found.numbers["customers"]) == ("mail", 180)
    on_both = apart.change("i-pay", touchpoints=["shop", "confirmation"])
    assert not found_in(on_both, "JM05", log=log)
