"""A map, a log and answers in which no check finds anything: the ground on which each mistake is made alone."""

from __future__ import annotations

import datetime as dt

import pandas as pd

import journeymap as jm

TODAY = dt.date(2026, 3, 20)
FIRST = pd.Timestamp("2026-01-05 08:00", tz="UTC")
CUSTOMERS = 240
SCORES = {
    "look": (5, 4, 4, 5),
    "compare": (4, 3, 4, 3),
    "pay": (2, 3, 2, 1),
    "open_mail": (4, 4, 5, 4),
    "reorder": (5, 5, 4, 5),
}
COMMENTS = {
    "compare": "The table is fine, a little long",
    "pay": "The form is slow",
    "reorder": "Lovely again",
}
HOURS = {"look": 0, "compare": 2, "pay": 4, "open_mail": 6, "reorder": 120}


def happened(customer: int) -> list[str]:
    """List what a customer did, in order: three in four pay, and three in five of these come back."""
    pays, returns = (customer // 4) % 4 != 0, (customer // 16) % 5 < 3
    done = ["look", "compare"]
    done += ["pay", "open_mail"] if pays else []
    return done + (["reorder"] if pays and returns else [])


def clean_events() -> pd.DataFrame:
    rows = []
    for customer in range(CUSTOMERS):
        begin = FIRST + pd.Timedelta(hours=6 * customer % 720)
        for event in happened(customer):
            channel = "email" if event == "open_mail" else "web"
            rows.append((f"c{customer:03}", event, begin + pd.Timedelta(hours=HOURS[event]), channel))
    return pd.DataFrame(rows, columns=["customer", "event", "at", "channel"])


def clean_customers() -> pd.DataFrame:
    plans, devices = ("guest", "plus"), ("desktop", "mobile")
    rows = [(f"c{one:03}", plans[one % 2], devices[one // 2 % 2]) for one in range(CUSTOMERS)]
    return pd.DataFrame(rows, columns=["customer", "plan", "device"])


def clean_log() -> jm.EventLog:
    log = jm.read_events(
        clean_events(), customer="customer", event="event", at="at", complete_to="2026-03-19"
    )
    return log.with_customers(clean_customers())


def clean_answers() -> pd.DataFrame:
    """Make the answers: customers are asked an hour after each thing they do, and every other one answers."""
    rows = []
    for place, (customer, event, at) in enumerate(
        clean_events()[["customer", "event", "at"]].itertuples(index=False)
    ):
        number = int(customer[1:])
        if number // 8 % 2:
            score, comment = (
                SCORES[event][(number + number // 16) % 4],
                COMMENTS.get(event) if place % 2 else None,
            )
            rows.append((customer, at + pd.Timedelta(hours=1), score, comment))
    return pd.DataFrame(rows, columns=["customer", "at", "score", "comment"])


def clean_feedback():
    from journeymap.maps.feedback.reading import read_feedback

    return read_feedback(
        clean_answers(), customer="customer", at="at", score="score", scale="csat", comment="comment"
    )


def clean_map() -> jm.JourneyMap:
    """Make the map, without measurements."""
    return jm.JourneyMap(
        "Order something",
        status="validated",
        owner="Mia",
        contributors=[
            {"name": "Mia", "team": "CX"},
            {"name": "Ole", "team": "Support"},
            {"name": "Pia", "team": "Shop"},
        ],
        reviewed_at=dt.date(2026, 3, 10),
        review_every_days=90,
        goals=[jm.Goal("Grow", kpi="paid")],
        personas=[
            jm.Persona(
                "Guest", segment_rule=jm.where(plan="guest"), traits=["in a hurry"], evidence=["talks"]
            ),
            jm.Persona(
                "Regular", segment_rule=jm.where(plan="plus"), needs=["no surprises"], evidence=["talks"]
            ),
        ],
        stages=[
            jm.MapStage("Discover", lifecycle="awareness", milestone=jm.event("look"), kpis=["paid"]),
            jm.MapStage("Buy", lifecycle="purchase", milestone=jm.event("pay"), kpis=["returned"]),
            jm.MapStage("Return", lifecycle="retention", milestone=jm.event("reorder"), kpis=["joy"]),
        ],
        channels=[
            jm.Channel("Web", kind="web", match=jm.event(channel="web")),
            jm.Channel("E-mail", id="mail", kind="email", match=jm.event(channel="email")),
        ],
        touchpoints=[
            jm.Touchpoint("Shop", channel="web", ownership="owned"),
            jm.Touchpoint("Confirmation", channel="mail", ownership="owned"),
        ],
        steps=[
            _step("I look around", "discover", "look", "shop", 1.5),
            _step("I compare", "discover", "compare", "shop", 0.5),
            _step("I pay", "buy", "pay", "shop", -1, moment_of_truth="Here the money is."),
            _step("I get a confirmation", "buy", "open_mail", "confirmation", 1.25),
            _step("I come back", "return", "reorder", "shop", 1.75),
        ],
        pains=[
            jm.Pain(
                "The table is too long",
                id="long",
                steps=["i-compare"],
                theme="long",
                severity=2,
                evidence=["survey"],
            ),
            jm.Pain(
                "The form is slow", id="slow", steps=["i-pay"], theme="slow", severity=4, evidence=["survey"]
            ),
            jm.Pain(
                "I forget to come back", id="forget", steps=["i-come-back"], severity=1, evidence=["talks"]
            ),
        ],
        gains=[jm.Gain("It is all there", steps=["i-look-around"], evidence=["survey"])],
        opportunities=[
            _opportunity(
                "Shorten the table", "long", "paid", status="shipped", shipped_at=dt.date(2026, 1, 25)
            ),
            _opportunity("Speed up the form", "slow", "returned", status="doing"),
            _opportunity("Send a letter", "forget", "joy", status="idea"),
        ],
        kpis=[
            _kpi("Paid", "discover", "moved_on_share", 0.75, target=0.8),
            _kpi("Returned", "buy", "moved_on_share", 0.6, target=0.7),
            _kpi("Joy", "return", "emotion", 1.75, target=2),
        ],
        evidence=[
            _evidence("talks", "interview", 12, quote="I only want it to work."),
            _evidence("survey", "survey", 300),
            _evidence("shop log", "events", CUSTOMERS, id="log"),
        ],
    )


def _step(title, stage, event, touchpoint, emotion, **more):
    said = {"match": jm.event(event), "claims": {"emotion": emotion}, "evidence": ["log", "survey"]}
    return jm.Step(title, stage=stage, touchpoints=[touchpoint], **said, **more)


def _opportunity(title, pain, kpi, **more):
    return jm.Opportunity(
        title, pains=[pain], owner="Ole", effort=2, kpi=kpi, due=dt.date(2026, 6, 1), **more
    )


def _kpi(name, of, metric, baseline, *, target):
    return jm.Kpi(
        name,
        of=of,
        metric=metric,
        baseline=baseline,
        target=target,
        owner="Pia",
        goal="grow",
        evidence=["log"],
    )


def _evidence(source, kind, n, **more):
    when = {"window": "5 Jan to 15 Mar 2026", "collected_at": dt.date(2026, 3, 1)}
    return jm.Evidence(source, kind=kind, n=n, **when, **more)


def found_in(journey_map, rule, **data):
    """Check a map as on the day of the clean one, and return what one rule finds."""
    return [finding for finding in journey_map.check(**{"today": TODAY, **data}) if finding.rule == rule]


def with_number(journey_map, target, metric, **changed):
    """Return a measured map in which one number is another."""
    from dataclasses import replace

    old = journey_map.measurements
    new = [
        replace(one, **changed) if (one.target, one.metric, one.persona) == (target, metric, "") else one
        for one in old.observations
    ]
    return journey_map.change(measurements=replace(old, observations=new))
