"""Maps to be saved: one that was measured, whose numbers can be checked by eye, and one whose every text is hostile."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace
from typing import TYPE_CHECKING

import journeymap as jm
from journeymap.charts.numbers import MINUS, MISSING
from journeymap.maps.measurements import Measurements, Observation, Run
from journeymap.report.maps.files import MapLook, map_file

if TYPE_CHECKING:
    from journeymap.maps.fields import Part

TODAY = dt.date(2026, 4, 3)
WINDOW = "30 days after the entry, January 2026"
HOSTILE = (
    "=cmd()|x <script>alert(1)</script> &amp; ]]> {{title}} \x00\x07\ud800\ufffe 'q\" https://x.test ;:#"
)


def measured_map() -> jm.JourneyMap:
    """Return a map of 3 stages: 1,000 customers enter, 600 move on to Confirm, 300 to Use; the wait for the e-mail is hated."""
    told = jm.JourneyMap(
        "Sign up",
        owner="Team growth",
        scenario="Somebody wants an account",
        scope={"start": "The landing page", "end": "The first note"},
        stages=[
            jm.MapStage("Discover", customer_goal="See whether it fits", milestone=jm.event("see")),
            jm.MapStage("Confirm", owner="Team mail", milestone=jm.event("confirm")),
            jm.MapStage("Use", milestone=jm.event("use")),
        ],
        personas=[jm.Persona("Newcomer", segment_rule=jm.where(plan="free"), goals=["An account"])],
        channels=[jm.Channel("E-mail", kind="email")],
        touchpoints=[jm.Touchpoint("Confirmation letter", channel="e-mail")],
        steps=[
            jm.Step("I look round", stage="discover", claims={"emotion": 1}),
            jm.Step("I wait", stage="confirm", claims={"emotion": 1.5}, touchpoints=["confirmation-letter"]),
            jm.Step("I write", stage="use", thoughts=["At last"], moment_of_truth="They come back or not"),
        ],
        pains=[jm.Pain("The e-mail takes ten minutes", steps=["i-wait"], severity=4)],
        opportunities=[jm.Opportunity("Send it at once", pains=["the-e-mail-takes-ten-minutes"], effort=2)],
        kpis=[jm.Kpi("Confirmed", of="confirm", metric="moved_on_share", target=0.7, owner="Team mail")],
        evidence=[jm.Evidence("Survey of January", kind="survey", n=400)],
    )
    return replace(told, measurements=Measurements(run=_run(), observations=tuple(_observations())))


def _run() -> Run:
    return Run(id="r1", at="2026-04-01T08:00:00+00:00", data_hash="3fa9c0de77aa")


def _observations() -> list[Observation]:
    found = [Observation(target="", metric="customers", value=1000, n=1000, window=WINDOW)]
    flows = {"discover": (1000, 600, 390, 10), "confirm": (600, 300, 290, 10), "use": (300, None, None, None)}
    for stage, numbers in flows.items():
        for metric, value in zip(("customers", "moved_on", "left", "still_open"), numbers, strict=True):
            if value is not None:
                found.append(Observation(target=stage, metric=metric, value=value, n=value))
    shares = [("discover", 390, 990, 0.364, 0.425), ("confirm", 290, 590, 0.451, 0.532)]
    for stage, left, settled, low, high in shares:
        numbers = {"num": left, "den": settled, "n": settled, "method": "Wilson"}
        ends = {"low": low, "high": high}
        found.append(Observation(target=stage, metric="left_share", value=left / settled, **ends, **numbers))
        moved = {"value": 1 - left / settled, "low": 1 - high, "high": 1 - low}
        found.append(
            Observation(target=stage, metric="moved_on_share", **(numbers | {"num": settled - left}), **moved)
        )
    for part, value, n in [("discover", 0.8, 120), ("confirm", -1.3, 263), ("i-wait", -1.3, 263)]:
        found.append(
            Observation(target=part, metric="emotion", value=value, low=value - 0.2, high=value + 0.2, n=n)
        )
    found.append(Observation(target="confirmed", metric="kpi", value=0.508, low=0.468, high=0.549, n=590))
    return found


def hostile_map() -> jm.JourneyMap:
    """Return the measured map with a hostile text in every field that holds words."""
    told = measured_map()
    changed = {
        name: tuple(_hostile(part) for part in getattr(told, name))
        for name in (
            "stages",
            "personas",
            "channels",
            "touchpoints",
            "steps",
            "pains",
            "opportunities",
            "kpis",
            "evidence",
        )
    }
    texts = {"title": HOSTILE, "scenario": HOSTILE, "customer_goal": HOSTILE, "owner": HOSTILE}
    return replace(told, **changed, **texts)


def _hostile(part: Part) -> Part:
    """Change the words of a part; what refers to others, and what is one of some words, stays."""
    kept = {
        "id",
        "stage",
        "of",
        "channel",
        "kpi",
        "stages",
        "steps",
        "pains",
        "touchpoints",
        "personas",
        "evidence",
        "kpis",
    }
    changes = {}
    for one in fields(part):
        form = one.metadata
        if one.name in kept or "form" not in form or "options" in form or "of" in form:
            continue
        if isinstance(getattr(part, one.name), str):
            changes[one.name] = HOSTILE
        elif one.default == () and one.name in ("goals", "needs", "actions", "thoughts", "frustrations"):
            changes[one.name] = (HOSTILE,)
    return replace(part, **changes)


def file_of(journey_map: jm.JourneyMap, suffix: str, **look: object) -> bytes:
    """Save a map as it is on a day."""
    return map_file(journey_map, f"map.{suffix}", MapLook(**{"today": TODAY, **look}))[0]


def plainly(text: str) -> str:
    """Write a text with the signs of a keyboard."""
    for sign, plain in ((MINUS, "-"), (MISSING, "-"), ("\u202f", " "), ("\xa0", " ")):
        text = text.replace(sign, plain)
    return text
