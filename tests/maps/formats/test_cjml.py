"""A map as CJML 2.0, and back; planned and actual journeys."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings

import journeymap as jm
from journeymap.maps.formats import cjml_reading, read, write
from journeymap.maps.formats.cjml import dumps
from tests.maps.making import CONTROLLED, HOSTILE, hostile_map, linked_maps

ACTUAL = """<?xml version="1.0" encoding="UTF-8"?>
<CJML version="2.0" xmlns="urn:somewhere">
  <actualJourney>
    <journeyID>J7</journeyID>
    <journeyTitle>
      Buying shoes
    </journeyTitle>
    <plannedReference>J1</plannedReference>
    <journeyPhases><journeyPhase phaseID="P1"><phaseName>Buy</phaseName></journeyPhase></journeyPhases>
    <actors>
      <endUser actorID="A1"><actorName>Ada</actorName></endUser>
      <serviceProvider actorID="A2"><companyName>The shop</companyName></serviceProvider>
    </actors>
    <touchpoints>
      <actualCommunicationPoint>
        <touchpointID>T1</touchpointID>
        <belongsTo phaseIDref="P1"/>
        <initiator><refersTo actorIDref="A2"/><initiatorLabel>Send the receipt</initiatorLabel></initiator>
        <receiver><refersTo actorIDref="A1"/><receiverLabel>Read the receipt</receiverLabel></receiver>
        <channel><channelName>E-mail</channelName></channel>
        <timestamps><timeOriginated>2026-01-05T09:00:00</timeOriginated></timestamps>
        <touchpointExperience>
          <experienceDescription>It came late</experienceDescription><experienceRating>2</experienceRating>
        </touchpointExperience>
      </actualCommunicationPoint>
      <actualAction>
        <touchpointID>D2</touchpointID>
        <belongsTo phaseIDref="P1"/>
        <compliance>adhoc</compliance>
        <initiator><refersTo actorIDref="A1"/><initiatorLabel>Ask for it again</initiatorLabel></initiator>
      </actualAction>
    </touchpoints>
  </actualJourney>
</CJML>
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("cjml") / "map.xml"


def held(journey_map):
    """Return what CJML holds of a map."""
    stages = [(one.id, one.name, one.customer_goal) for one in journey_map.stages]
    personas = [(one.id, one.name) for one in journey_map.personas]
    steps = [
        (one.id, one.title, one.stage, one.actor, one.actions, () if one.actor else one.personas[:1])
        for one in journey_map.steps
    ]
    return journey_map.title, journey_map.id, journey_map.scenario, stages, personas, steps


@settings(deadline=None, max_examples=50)
@given(journey_map=linked_maps())
def test_what_it_holds_comes_back(path, journey_map):
    actual = jm.maps.fields.part_from_plain(
        jm.JourneyMap, jm.maps.fields.part_to_plain(journey_map) | {"cjml": {"journey": "actual"}}
    )
    for told in (journey_map, actual):
        write(told, path)
        assert held(read(path)) == held(told)
    for step, found in zip(actual.steps, read(path).steps, strict=True):
        claims, again = (one.claims or jm.maps.parts.Claims() for one in (step, found))
        assert again.label == claims.label
        assert again.emotion == (
            claims.emotion if claims.emotion is None else pytest.approx(claims.emotion, abs=1e-8)
        )


def test_hostile_words_are_text():
    for said in (HOSTILE, CONTROLLED):
        root = ET.fromstring(dumps(hostile_map(said)).encode())
        points = root.find("plannedJourney/touchpoints")
        assert len(points) == len(said)
        assert {one.tag for one in root.iter()} <= KNOWN


KNOWN = {
    *("CJML", "plannedJourney", "journeyID", "journeyTitle", "journeyShortSummary", "journeyLongSummary"),
    *("journeyStatus", "journeyPhases", "journeyPhase", "phaseName", "phaseDescription", "actors", "endUser"),
    *("actorName", "serviceProvider", "companyName", "touchpoints", "plannedCommunicationPoint"),
    *("plannedAction", "touchpointID", "belongsTo", "initiator", "refersTo", "initiatorLabel", "receiver"),
    *("channel", "channelName", "comment"),
}


def test_hostile_words_come_back(path):
    told = hostile_map(HOSTILE)
    write(told, path)
    found = read(path)
    assert [step.title for step in found.steps] == [step.title for step in told.steps]
    assert [stage.name for stage in found.stages] == [stage.name for stage in told.stages]
    assert [step.actions for step in found.steps] == [step.actions for step in told.steps]


def test_an_actual_journey_has_its_experience_and_keeps_what_has_no_field(path):
    path.write_text(ACTUAL, encoding="utf-8")
    found = read(path)
    first, second = found.steps
    assert (found.title, found.id, found.extra) == (
        "Buying shoes",
        "J7",
        {"cjml": {"journey": "actual", "planned_reference": "J1"}},
    )
    assert (first.title, first.actor, first.personas, first.stage) == (
        "Send the receipt",
        "The shop",
        ("A1",),
        "P1",
    )
    assert (first.claims.emotion, first.claims.label) == (-1, "It came late")
    assert first.extra == {
        "cjml": {"timeOriginated": "2026-01-05T09:00:00", "receiver_label": "Read the receipt"}
    }
    assert (second.kind, second.extra) == ("action", {"cjml": {"compliance": "adhoc", "deviation": "yes"}})
    assert found.channels[0].name == "E-mail"
    told = write(found, path)
    assert told == [
        "Validate the file against the schema of CJML 2.0 before you claim that it conforms.",
    ]
    assert read(path).steps[0].claims == first.claims


def test_a_planned_journey_has_no_experience(path):
    shop = jm.JourneyMap("Shop", stages=["Buy"]).add(jm.Step("I pay", stage="buy", claims={"emotion": 1}))
    told = write(shop, path)
    assert "A planned journey of CJML has no experience: claimed emotions are not in it." in told
    assert "xperience" not in path.read_text(encoding="utf-8")
    assert "plannedAction" in path.read_text(encoding="utf-8")


LAUGHS = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "ha">{}]>
<CJML version="2.0"><plannedJourney><journeyTitle>&j;</journeyTitle></plannedJourney></CJML>"""
ENTITIES = "".join(
    f'<!ENTITY {two} "{f"&{one};" * 10}">' for one, two in zip("abcdefghi", "bcdefghij", strict=True)
)


@pytest.mark.parametrize(
    "text",
    [
        LAUGHS.format(ENTITIES),
        '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/hostname">]><plannedJourney>&j;</plannedJourney>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><CJML/>',
    ],
    ids=["billion laughs", "external entity", "external document type"],
)
def test_document_types_and_their_entities_are_refused(path, text):
    for encoding in ("utf-8", "utf-16"):
        path.write_text(text.replace('<?xml version="1.0"?>\n', ""), encoding=encoding)
        with pytest.raises(jm.JourneymapError, match="document type"):
            read(path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<CJML/>", "no journey of CJML"),
        ("<CJML>", "is not XML"),
        ("no", "is not XML"),
        ("<CJML><plannedJourney>&later;</plannedJourney></CJML>", "is not XML"),
        ("<a>" * 200, "deeper than 100"),
        (ACTUAL.replace(">2</experienceRating", ">good</experienceRating"), "experienceRating of 'good'"),
        (ACTUAL.replace(">2</experienceRating", ">9</experienceRating"), "emotion: 6"),
    ],
)
def test_what_is_wrong_is_said(path, text, said):
    path.write_text(text, encoding="utf-8")
    with pytest.raises(jm.JourneymapError, match=said):
        read(path)
    with pytest.raises(jm.JourneymapError, match="cannot be read"):
        read(path.with_name("gone.xml"))


def test_every_journey_of_a_file_can_be_read(path):
    journey = ACTUAL[ACTUAL.index("<actualJourney>") : ACTUAL.index("</CJML>")]
    path.write_text(f"<CJML>{journey}{journey}</CJML>", encoding="utf-8")
    assert [one.title for one in cjml_reading.journeys(path)] == ["Buying shoes", "Buying shoes"]
