"""Maps with measurements typed by hand, one of each kind and size, to be drawn by the tests."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from journeymap.maps.document import JourneyMap
from journeymap.maps.measurements import Measurements

TODAY = dt.date(2026, 6, 3)
STAGES = [
    (
        "discover",
        "Discover",
        "Is this for me?",
        "Know at a glance whether I pay too much",
        "Shop team · Ines",
        ["survey"],
    ),
    (
        "weigh",
        "Weigh up",
        "What does it cost me?",
        "Be sure that there is no fee and no subscription",
        "Brand · Tomasz",
        ["survey"],
    ),
    ("sign", "Sign up", "Let me get this done", "Be done before my basket is gone", "Growth · Aylin", []),
    (
        "confirm",
        "Confirm",
        "Did it work?",
        "Carry on shopping right away",
        "CRM · nobody since April",
        ["tickets"],
    ),
    (
        "use",
        "Start using",
        "Was it worth it?",
        "See the saving on my first bill",
        "Loyalty · Marc",
        ["survey"],
    ),
]
STEPS = [
    (
        "see",
        "discover",
        "I see the member price next to mine",
        ["Taps the price flag on a product page"],
        ["Four euros less? Why not for me?"],
        1,
        ["product", "banner"],
        ["interviews"],
        "",
    ),
    (
        "read",
        "weigh",
        "I read what members get",
        ["Scrolls the benefits page to the end"],
        ["Free now, and then they charge me in a year?"],
        0.5,
        ["benefits", "search"],
        ["old"],
        "",
    ),
    (
        "catch",
        "weigh",
        "I look for the catch",
        ["Searches for “membership cancel”"],
        [],
        None,
        ["chat"],
        ["survey"],
        "",
    ),
    (
        "form",
        "sign",
        "I fill in the form",
        ["Types name, address, birthday"],
        ["Why do they need my birthday for shoes?"],
        1,
        ["form", "app-form"],
        ["survey"],
        "",
    ),
    (
        "password",
        "sign",
        "I think up a password",
        ["Tries 2.4 passwords on average"],
        [],
        None,
        ["form"],
        ["survey"],
        "",
    ),
    (
        "wait",
        "confirm",
        "I wait for the e-mail",
        ["Leaves the shop, looks in the spam folder"],
        ["Nothing came. I pressed “send again” three times and gave up."],
        1,
        ["mail", "app"],
        ["tickets"],
        "Without the link there is no membership",
    ),
    (
        "click",
        "confirm",
        "I click the link",
        ["Opens the link on another device"],
        [],
        0,
        ["mail"],
        ["survey"],
        "",
    ),
    (
        "voucher",
        "use",
        "I redeem my welcome voucher",
        ["Applies the voucher to a waiting basket"],
        ["Voucher worked at once, nice surprise."],
        1,
        ["area", "checkout"],
        ["survey"],
        "The first saving proves the promise",
    ),
    (
        "parcel",
        "use",
        "My parcel arrives",
        ["Compares the bill with the old price"],
        [],
        1,
        ["parcel"],
        [],
        "",
    ),
]
CHANNELS = [
    ("web", "Web shop"),
    ("app", "App"),
    ("email", "E-mail"),
    ("search", "Search"),
    ("chat", "Chat"),
    ("ad", "Banners"),
    ("payment", "Till"),
    ("post", "Parcel"),
]
TOUCHPOINTS = [
    ("product", "Product page", "web"),
    ("banner", "Banner", "ad"),
    ("benefits", "Benefits page", "web"),
    ("search", "Site search", "search"),
    ("chat", "Chat", "chat"),
    ("form", "Sign-up form", "web"),
    ("app-form", "App form", "app"),
    ("mail", "Confirmation e-mail", "email"),
    ("app", "App", "app"),
    ("area", "Member area", "app"),
    ("checkout", "Checkout", "payment"),
    ("parcel", "Parcel", "post"),
]
PAINS = [
    ("hidden", "Member price shows only after log-in on the app", ["see"], 2, 14),
    ("free", "Nowhere does it say that membership is free for good", ["catch"], 4, 41),
    ("birthday", "Birthday is compulsory, the reason is hidden", ["form"], 3, 63),
    ("rules", "Password rules show only after an error", ["password"], 3, 37),
    ("slow-mail", "E-mail takes 19 min at the median and lands in spam for 1 in 6", ["wait"], 5, 88),
    ("again", "“Send again” makes the first link invalid", ["wait"], 4, 29),
    ("sale", "Voucher not valid on sale items", ["voucher"], 2, None),
]
OPPORTUNITIES = [
    ("Show the member price to everybody in the app", "hidden", "App", "doing", (4100, 2900, 5600)),
    ("Say “free, no renewal” beside every button", "free", "Brand", "next", (18700, 13200, 24900)),
    ("Ask for the birthday after the first order", "birthday", "Growth", "next", (12400, 8800, 16300)),
    ("Let members in at once, confirm within 7 days", "slow-mail", "CRM", "next", (31900, 26000, 38200)),
    ("List voucher exclusions in the basket", "sale", "Shop", "idea", (2200, 900, 3800)),
]
KPIS = [
    ("Offer opened", "discover", 0.42, 0.451),
    ("Form started", "weigh", 0.65, 0.614),
    ("Form sent", "sign", 0.70, 0.642),
    ("Confirmed within 24 h", "confirm", 0.90, 0.713),
    ("Ordered within 30 days", "use", 0.65, 0.696),
]
FUNNEL = [
    ("discover", 48210, 21340, 25988, 882, 0.07),
    ("weigh", 21340, 12905, 8102, 333, 0.18),
    ("sign", 12905, 8180, 4571, 154, 0.053),
    ("confirm", 8180, 5726, 2310, 144, 0.68),
    ("use", 5726, None, None, None, None),
]
EMOTION = [
    ("see", 0.9, 0.12, 412),
    ("read", 0.5, 0.2, 188),
    ("form", -0.3, 0.22, 301),
    ("password", -0.7, 0.5, 24),
    ("wait", -1.3, 0.16, 263),
    ("click", 0.2, 0.2, 176),
    ("voucher", 1.2, 0.15, 351),
    ("parcel", 0.8, 0.2, 199),
]
EVIDENCE = [
    {"source": "Survey, May", "id": "survey", "kind": "survey", "n": 1914, "collected_at": "2026-05-31"},
    {
        "source": "Help desk",
        "id": "tickets",
        "kind": "ticket",
        "n": 212,
        "collected_at": "2026-05-31",
        "quote": "Nothing came.",
    },
    {
        "source": "Interview 3",
        "id": "interviews",
        "kind": "interview",
        "n": 9,
        "collected_at": "2026-05-20",
        "quote": "Four euros less?",
    },
    {"source": "Web panel 2024", "id": "old", "kind": "analytics", "n": 400, "expires": "2025-12-31"},
]


def membership(**changed) -> JourneyMap:
    """Return the registration of members in five stages and nine steps, measured."""
    told = {
        "title": "Membership registration",
        "status": "live",
        "version": 7,
        "scenario": "Sees a member price while filling a basket",
        "scope": {"start": "the first look", "end": "the first member order"},
        "customer_goal": "Save money without another chore",
        "owner": "CX, Hanna",
        "currency": "EUR",
        "reviewed_at": "2026-06-03",
        "review_every_days": 90,
        "personas": [
            {
                "name": "Lena, 34, plans her orders",
                "id": "lena",
                "summary": "3 or more orders a year, no account",
            }
        ],
        "stages": [
            {
                "id": key,
                "name": name,
                "question": asks,
                "customer_goal": goal,
                "owner": owner,
                "evidence": evidence,
            }
            for key, name, asks, goal, owner, evidence in STAGES
        ],
        "channels": [{"name": name, "id": f"by-{kind}", "kind": kind} for kind, name in CHANNELS],
        "touchpoints": [
            {"name": name, "id": f"at-{key}", "channel": f"by-{kind}"} for key, name, kind in TOUCHPOINTS
        ],
        "steps": [_step(*step) for step in STEPS],
        "pains": [
            {
                "text": text,
                "id": key,
                "steps": steps,
                "severity": severity,
                "evidence": ["old"] if times is None else [],
            }
            for key, text, steps, severity, times in PAINS
        ],
        "opportunities": [
            {"title": title, "pains": [pain], "owner": owner, "status": status}
            for title, pain, owner, status, _ in OPPORTUNITIES
        ],
        "kpis": [
            {"name": name, "of": stage, "metric": "moved_on_share", "target": target}
            for name, stage, target, _ in KPIS
        ],
        "evidence": EVIDENCE,
        "measurements": measurements(),
    }
    return JourneyMap(**told | changed)


def _step(key, stage, title, actions, thoughts, emotion, met, evidence, decides):
    return {
        "id": key,
        "title": title,
        "stage": stage,
        "actions": actions,
        "thoughts": thoughts,
        "touchpoints": [f"at-{one}" for one in met],
        "claims": {"emotion": emotion} if emotion is not None else None,
        "evidence": evidence,
        "moment_of_truth": decides,
    }


def seen(target, metric, value, **about):
    """Return one observation."""
    about.setdefault("window", "2026-05-01 to 2026-05-31 Europe/Berlin")
    return {"target": target, "metric": metric, "value": value} | about


def measurements() -> Measurements:
    """Return what was measured of the membership map."""
    found = []
    for stage, customers, on, left, still, hours in FUNNEL:
        found += [seen(stage, "customers", customers, n=customers)]
        if on is None:
            continue
        settled = on + left
        share, half = on / settled, 1.96 * (on * left / settled**3) ** 0.5
        about = {"n": settled, "den": settled, "low": share - half, "high": share + half}
        found += [seen(stage, "moved_on", on), seen(stage, "left", left), seen(stage, "still_open", still)]
        found += [seen(stage, "moved_on_share", share, num=on, **about)]
        found += [
            seen(
                stage,
                "left_share",
                1 - share,
                n=settled,
                num=left,
                den=settled,
                low=1 - share - half,
                high=1 - share + half,
            )
        ]
        found += [seen(stage, "median_hours", hours, n=on)]
    for step, value, half, n in EMOTION:
        method = "scores, drawn 10% to the mean +0.20"
        found.append(seen(step, "emotion", value, low=value - half, high=value + half, n=n, method=method))
    found += [
        seen(key, "mentions", times, num=times, den=1914) for key, *_, times in PAINS if times is not None
    ]
    for name, _, _, value in KPIS:
        found.append(seen(_slug(name), "kpi", value, n=4000, low=value - 0.012, high=value + 0.012))
    for title, *_, (value, low, high) in OPPORTUNITIES:
        found.append(seen(_slug(title), "value_at_stake", value, low=low, high=high, n=4000))
    run = {"id": "r1", "at": "2026-06-02T04:00:00+00:00"}
    return Measurements(run=run, observations=found)


def _slug(said):
    from journeymap.maps.parts import slug

    return slug(said)


def three_stages() -> JourneyMap:
    """Return the last three stages of it."""
    told = membership()
    kept = {"sign", "confirm", "use"}
    return replace(
        told,
        stages=tuple(stage for stage in told.stages if stage.id in kept),
        steps=tuple(step for step in told.steps if step.stage in kept),
    )


MORE_STAGES = [
    ("first", "First order", "Do I save?"),
    ("benefits", "Use benefits", "What else?"),
    ("help", "Get help", "Who answers?"),
    ("stay", "Stay and tell", "Is it still good?"),
]
MORE_STEPS = [
    ("redeem", "first", "I redeem my voucher", 1, 1.2),
    ("box", "first", "My parcel arrives", 1, 0.8),
    ("points", "benefits", "I collect points", 0.5, 0.4),
    ("early", "benefits", "I get early access", 1, 1.3),
    ("ask", "help", "I ask about my points", 0.5, -0.9),
    ("answer", "help", "I get an answer", 0.5, 0.3),
    ("year", "stay", "I see my year in numbers", 1, 0.9),
    ("invite", "stay", "I invite a friend", 1.5, 1.1),
]


def eight_stages() -> JourneyMap:
    """Return it with eight stages and sixteen steps, which leaves them no room side by side."""
    told = membership()
    stages = [
        *told.stages[:4],
        *(
            {
                "id": key,
                "name": name,
                "question": asks,
                "customer_goal": f"Goal of {name.lower()}",
                "owner": "Loyalty · Marc",
            }
            for key, name, asks in MORE_STAGES
        ),
    ]
    steps = [
        *(step for step in told.steps if step.stage != "use"),
        *(
            {
                "id": key,
                "stage": stage,
                "title": title,
                "claims": {"emotion": said},
                "actions": [f"Does {title[2:]}"],
                "thoughts": ["I saved 61 euros, told my sister."]
                if key in ("year", "redeem", "points", "ask")
                else [],
                "touchpoints": ["at-app", "at-chat"],
                "moment_of_truth": "It decides" if key in ("redeem", "ask") else "",
            }
            for key, stage, title, said, _ in MORE_STEPS
        ),
    ]
    found = [one for one in measurements().observations if one.target != "use"]
    customers = [5726, 3894, 1507, 1219]
    for (stage, *_), here, after in zip(MORE_STAGES, customers, [*customers[1:], None], strict=True):
        found.append(seen(stage, "customers", here, n=here))
        if after:
            found += [
                seen(stage, "moved_on", after),
                seen(stage, "left", here - after),
                seen(stage, "median_hours", 170),
            ]
            found += [
                seen(stage, "moved_on_share", after / here, n=here, num=after, den=here),
                seen(stage, "left_share", 1 - after / here, n=here, num=here - after, den=here),
            ]
    found += [
        seen(key, "emotion", value, low=value - 0.25, high=value + 0.25, n=200)
        for key, _, _, _, value in MORE_STEPS
    ]
    pains = [
        *told.pains[:6],
        {"text": "History lost between chat and phone", "steps": ["ask"], "severity": 4},
        {"text": "Value of points is unclear", "steps": ["points"], "severity": 3},
    ]
    return replace(
        told,
        title="Membership, from first look to recommendation",
        stages=tuple(stages),
        steps=tuple(steps),
        pains=tuple(pains),
        measurements=Measurements(run={"id": "r2", "at": "2026-06-02"}, observations=found),
    )


CARDS = {
    "evidence": [
        "Sign-up form, progress bar",
        "Password rules, strength meter",
        "Page “check your inbox”, spam folder",
        "Confirmation e-mail with one button",
        "Voucher card in the basket",
        "Parcel, bill with the saving",
    ],
    "frontstage": [
        "Form checks each field as it is typed",
        "Form refuses weak passwords after sending",
        "“Send again” offered after 60 s; cancels the first link",
        "Log-in page, no way back to the basket",
        "Basket shows the price before and after",
        "Courier hands over, chat answers questions",
    ],
    "backstage": [
        "Address check against the register",
        "Password hash and breach check",
        "Mail waits behind the newsletter queue",
        "Account set to active",
        "Voucher issued and tied to the account",
        "Member orders picked first",
    ],
    "support": [
        "Address register (partner)",
        "Identity service",
        "Mail provider, one queue for all mail",
        "Customer data platform",
        "Promotion engine",
        "Courier tracking (partner)",
    ],
}


def blueprint() -> JourneyMap:
    """Return the service blueprint of its last three stages."""
    told = three_stages()
    steps = [step.id for step in told.steps]
    cards = [
        {
            "text": text,
            "lane": lane,
            "step": step,
            "owner": "" if lane == "evidence" else "CRM",
            "system": "mail tool" if lane == "frontstage" else "",
            "duration": "17 min" if lane == "backstage" else "",
            "fail_point": step == "wait" and lane in ("frontstage", "backstage"),
            "wait_point": step == "wait" and lane == "support",
        }
        for lane, texts in CARDS.items()
        for step, text in zip(steps, texts, strict=True)
    ]
    return replace(told, kind="service_blueprint", status="validated", version=3, blueprint=tuple(cards))


def future() -> JourneyMap:
    """Return what is planned for it; its baseline is `membership`."""
    planned = {"wait": 0.5, "form": 0.8, "password": 0.3, "catch": 0.8, "click": 1}
    told = membership(
        kind="future_state", baseline_map="membership-registration", measurements=None, status="draft"
    )
    steps = [
        replace(step, claims={"emotion": planned.get(step.id, step.claims.emotion if step.claims else 1)})
        for step in told.steps
    ]
    return replace(told, steps=tuple(steps))


def day() -> JourneyMap:
    """Return a day of the persona, also without the shop; nothing is measured."""
    stages = ["Morning", "At work", "On the way home", "Evening"]
    steps = [
        ("I get the children ready", "morning", -0.5, "No time to look at anything"),
        ("I see an offer on the tram", "morning", 0.5, ""),
        ("I compare prices in my break", "at-work", 1, "At last five minutes for myself"),
        ("A colleague tells me of her voucher", "at-work", 1.5, ""),
        ("I forget what I put into the basket", "on-the-way-home", -1, "Where was that tab?"),
        ("I order on the sofa", "evening", 1, ""),
        ("I look for the confirmation", "evening", -1.5, "Did it work?"),
    ]
    return JourneyMap(
        "A day of Lena",
        kind="day_in_life",
        personas=[{"name": "Lena, 34", "summary": "Two children, works full time"}],
        scenario="An ordinary Tuesday",
        customer_goal="Get through the day, and save a little",
        stages=stages,
        steps=[
            {
                "title": title,
                "stage": stage,
                "claims": {"emotion": emotion},
                "thoughts": [thought] if thought else [],
                "moment_of_truth": "x" if emotion == -1.5 else "",
            }
            for title, stage, emotion, thought in steps
        ],
        channels=[{"name": "App", "kind": "app"}, {"name": "People", "kind": "social"}],
        touchpoints=[],
        pains=[
            {
                "text": "The basket is gone on another device",
                "steps": ["i-forget-what-i-put-into-the-basket"],
                "severity": 3,
            }
        ],
    )


MAPS = {
    "membership": membership,
    "three": three_stages,
    "eight": eight_stages,
    "blueprint": blueprint,
    "future": future,
    "day": day,
}
