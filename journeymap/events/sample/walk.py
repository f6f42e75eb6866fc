"""What customers do in a visit: all visits walk through the shop at once, one step at a time."""

from __future__ import annotations

import numpy as np
import pandas as pd

from journeymap.events.sample.clock import SECOND
from journeymap.events.sample.places import ARRIVALS, GONE, ONWARDS, PLACES, at
from journeymap.events.sample.visits import choose
from journeymap.events.sample.words import ERRORS, EVENTS, PAGES, PRODUCTS, slug

CART, PAY, ERROR, BUY, ADD, REMOVE, CHECKOUT, PRODUCT, CATEGORY = at(
    "cart", "pay", "error", "buy", "add", "remove", "checkout", "product", "category"
)
KEEN_STEPS = at("add", "checkout", "delivery", "pay")
LISTS = at("category", "sale", "search")
WITH_PRODUCT = at("product", "reviews", "wish", "add", "remove", "buy")
SECONDS = np.array([median for _, _, median in PLACES.values()])
PRICES = np.array([price for _, _, price in PRODUCTS])
MOST_STEPS = 120


def walk(visits: pd.DataFrame, *, rng: np.random.Generator) -> pd.DataFrame:
    """Let every visit run its course.

    Parameters
    ----------
    visits
        The frame of ``visits.described``. Where it has a ``start`` (the number of a place), a ``product`` and
        a ``basket`` (EUR), the visit goes on with them.
    rng
        The source of chance.

    Returns
    -------
    pandas.DataFrame
        One row for each step, by visit and time: ``visit`` (the label of its row), ``customer, at, place,
        product`` and ``basket``, in EUR and after the step.
    """
    now, steps = _beginnings(visits, rng=rng), []
    keen, haste, fails = (visits[name].to_numpy() for name in ("keen", "haste", "fails"))
    for _ in range(MOST_STEPS):
        steps.append(now)
        row = now["row"].to_numpy()
        onward = _onward(now, keen=keen[row], haste=haste[row], fails=fails[row], rng=rng)
        now = _moved(now, onward=onward, rng=rng)[onward != GONE]
        if now.empty:
            break
    walked = pd.concat(steps).sort_values(["row", "at"], kind="stable", ignore_index=True)
    row = walked.pop("row").to_numpy()
    return walked.assign(visit=visits.index.to_numpy()[row], customer=visits["customer"].to_numpy()[row])


def _beginnings(visits: pd.DataFrame, *, rng: np.random.Generator) -> pd.DataFrame:
    arrival = choose(ARRIVALS[visits["channel"].to_numpy()], rng=rng)
    product = _products(len(visits), rng=rng)
    drawn = pd.DataFrame({"start": arrival, "product": product, "basket": 0.0}, index=visits.index)
    given = visits.reindex(columns=list(drawn)).fillna(drawn).astype(drawn.dtypes)
    return given.rename(columns={"start": "place"}).assign(at=visits["at"], row=np.arange(len(visits)))


def _onward(
    now: pd.DataFrame, *, keen: np.ndarray, haste: np.ndarray, fails: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Choose everybody's next place: the keen go on towards a purchase, the hasty go away."""
    here = now["place"].to_numpy()
    weights = ONWARDS[here]
    looking, paying = here < CART, here == PAY
    weights[:, KEEN_STEPS] *= np.where(here == ERROR, 1, keen ** np.where(looking, 1, 0.45))[:, None]
    weights[:, GONE] *= np.where(looking, haste, 1)
    weights[now["basket"].to_numpy() < 1, CHECKOUT] = 0
    weights[paying, ERROR], weights[paying, BUY], weights[paying, GONE] = fails[paying], 1 - fails[paying], 0
    return choose(weights, rng=rng)


def _moved(now: pd.DataFrame, *, onward: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    """Move everybody on: time passes, another product comes into view, the basket changes."""
    here, product = now["place"].to_numpy(), now["product"].to_numpy()
    another = np.isin(onward, LISTS) | ((onward == PRODUCT) & ~np.isin(here, LISTS))
    product = np.where(another, _products(len(now), rng=rng), product)
    change = PRICES[product] * np.select([onward == ADD, onward == REMOVE], [1, -1])
    basket = np.where(here == BUY, 0, now["basket"]) + change
    spent = SECOND * (1 + SECONDS[here] * rng.lognormal(0, 0.8, len(now)))
    return now.assign(
        place=onward,
        at=now["at"] + spent.astype(np.int64),
        product=product,
        basket=np.maximum(basket, 0).round(2),
    )


def _products(size: int, *, rng: np.random.Generator) -> np.ndarray:
    """Draw products: a few are popular, dear ones a little less."""
    popular = 1 / (2 + np.arange(len(PRODUCTS)) * 7 % len(PRODUCTS)) ** 0.7 / PRICES**0.1
    return rng.choice(len(PRODUCTS), size, p=popular / popular.sum())


def as_events(steps: pd.DataFrame, *, visits: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Write steps as events: names, pages, prices, order values and error texts, as places in ``words``."""
    place, product = steps["place"].to_numpy(), steps["product"].to_numpy()
    shown = np.where(np.isin(place, WITH_PRODUCT), product, -1)
    visit = visits.loc[steps["visit"]]
    fee = np.where((steps["basket"] < 50) & ~visit["free_delivery"].to_numpy(), 4.9, 0)
    declined, timeout, token = range(len(ERRORS))
    error = np.where(visit["broken"], token, np.where(rng.random(len(steps)) < 0.7, declined, timeout))
    events = steps[["customer", "at", "visit"]].assign(
        event=np.array([EVENTS.index(event) for event, _, _ in PLACES.values()])[place],
        product=shown,
        page=_pages(place, product=product),
        price=np.where((shown >= 0) & (place != BUY), PRICES[product], np.nan),
        value=np.where(place == BUY, (steps["basket"] + fee).round(2), np.nan),
        error=np.where(place == ERROR, error, -1),
    )
    events["order"] = events["at"].where(place == BUY).rank(method="first") - 1
    return events


def _pages(place: np.ndarray, *, product: np.ndarray) -> np.ndarray:
    fixed = np.array([PAGES.index(page) if page else -1 for _, page, _ in PLACES.values()])[place]
    sections = np.array([PAGES.index(f"/{slug(section)}") for _, section, _ in PRODUCTS])[product]
    details = len(PAGES) - len(PRODUCTS) + product
    return np.where(fixed >= 0, fixed, np.where(place == CATEGORY, sections, details))
