"""The golden cases of the counting contract, row by row and product by product."""

from __future__ import annotations

import re

import pytest

import journeymap as jm
from journeymap.counting.attempts import attempts
from tests.small_logs import small_log

DAY = 86_400
PRODUCTS = {
    "ours": jm.Counting,
    "either": lambda **rules: jm.Counting(ties="either", **rules),
    "PH": lambda **rules: jm.Counting.like("posthog", **rules),
    "MX": lambda **rules: jm.Counting.like("mixpanel", **rules),
    "MO": lambda **rules: jm.Counting.like("mixpanel-optimized", **rules),
    "AM": lambda **rules: jm.Counting.like("amplitude", **rules),
    "CH": lambda **rules: jm.Counting.like("clickhouse", **rules),
}
NO_RULE = {"-": "the product has no such rule", "?": "not documented"}
# number | events (name, then second) | stages | window in seconds | what else | furthest stage, product by product
SECONDS = """
 1 | A1 B2 C3          | ABC |  10 |          | 3 3 3 3 3 3 3
 2 | A1 A31 B46 C76    | ABC |  60 |          | 3 3 3 2 3 3 3
 3 | A1 A20 B22        | AB  |  10 |          | 2 2 2 1 2 2 2
 4 | A1 A8 B15         | AB  |  10 |          | 2 2 2 1 2 2 2
 5 | A1 B2 A50 B51 C52 | ABC |  10 |          | 3 3 3 2 3 3 3
 6 | A1 B2 A3 C4       | ABC |  10 |          | 3 3 3 3 3 3 3
 7 | A1 B2 A8 C12      | ABC |  10 |          | 2 2 2 2 2 2 2
 8 | A1 B2 A3 B4 C12   | ABC |  10 |          | 3 3 3 2 3 3 3
 9 | A1 B11            | AB  |  10 |          | 2 2 2 ? ? ? 2
10 | A1 A5 B8          | AB  |  10 |          | 2 2 2 2 2 2 2
11 | B5 A5             | AB  |  10 |          | 1 2 2 2 2 2 2
12 | A5 A10 B10        | AB  | 100 |          | 2 2 2 2 2 2 2
13 | A1 A5 B5 C8       | ABC |   6 |          | 2 3 3 2 ? 3 3
14 | B1 A1.4           | AB  |  10 |          | 1 1 1 2 2 2 1
15 | B1 A2.5           | AB  |  10 |          | 1 1 1 2 2 1 1
16 | M2                | AB  |  10 |          | 1 1 1 1 1 1 2
17 | A1                | AA  |  10 |          | 1 1 1 1 1 1 2
18 | A1 A4             | AA  |  10 |          | 2 2 2 ? ? 2 2
19 | A1 X2 B3          | AB  |  10 | strict   | 1 1 1 - - 1 1
20 | A1 A2 B3          | AB  |  10 | strict   | 2 2 2 - - ? 2
21 | A1 E2 B3          | AB  |  10 | exclude  | 1 1 0 1 1 ? -
22 | A1 E2 A3 B4       | AB  |  10 | exclude  | 2 2 2 1 2 ? -
23 | A1 C3             | ABC |  10 | optional | 3 3 3 - - 3 -
24 | C1 A3 B5          | ABC |  10 | any      | 3 3 3 3 3 3 -
"""
RULES = {
    "": {},
    "optional": {},
    "strict": {"order": "strict"},
    "any": {"order": "any"},
    "exclude": {"exclude": jm.event("E")},
}
# number | events (name, then day) | data end in days | furthest stage, product by product; entries in days 0 to 30
DAYS = """
25 | A29 B33     | 60 | 2 1 ? ? 2
26 | A25         | 30 | 1 1 ? ? ?
27 | A25 B27     | 30 | 2 2 2 2 2
28 | A12 A27 B28 | 30 | 2 2 1 2 2
"""
OF_DAYS = ("ours", "PH", "MX", "MO", "AM")


def lines(table):
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


SECOND_CASES = {int(line[0]): line[1:] for line in lines(SECONDS)}
DAY_CASES = {int(line[0]): line[1:] for line in lines(DAYS)}


def expected(cases, products):
    """Return a parameter for each case and product; where there is nothing to hold against, it says why."""
    found = []
    for number, (*_, results) in cases.items():
        for product, depth in zip(products, results.split(), strict=True):
            marks = [pytest.mark.skip(reason=f"not defined: {NO_RULE[depth]}")] if depth in NO_RULE else []
            wanted = None if depth in NO_RULE else int(depth)
            found.append(pytest.param(number, product, wanted, marks=marks, id=f"{number}-{product}"))
    return found


def log_of(events, *, each=1_000, keys=None, data_end=None):
    """Build the log of one customer, its numbers `each` milliseconds long."""
    rows = [("c", one[0], round(float(one[1:]) * each)) for one in events.split()]
    return small_log(rows, unit="ms", keys=keys, data_end=data_end)


def journey_of(names, *, optional=()):
    events = {name: [name, "M"] if name in "AB" else [name] for name in names}
    stages = [
        jm.Stage(f"{name}{place}", jm.event(events[name]), optional=name in optional)
        for place, name in enumerate(names, start=1)
    ]
    return jm.Journey("J", stages=stages)


def searched(number, product, *, keys=None, slower=1, **rules):
    """Return what was found in a case, and at which place of the journey the customer got furthest."""
    events, names, window, more, _ = SECOND_CASES[number]
    counting = PRODUCTS[product](window=f"{int(window) * slower}s", **RULES[more] | rules)
    journey = journey_of(names, optional="B" if more == "optional" else "")
    found = attempts(log_of(events, keys=keys, each=1_000 * slower), journey, counting=counting)
    reached = [k for k in range(len(names)) if found.entered(found.overall, k)[0]]
    return found, max(reached, default=-1) + 1


@pytest.mark.parametrize(("number", "product", "depth"), expected(SECOND_CASES, PRODUCTS))
def test_furthest_stage(number, product, depth):
    assert searched(number, product)[1] == depth


def test_every_case_is_here():
    assert [*SECOND_CASES, *DAY_CASES] == list(range(1, 29))


ENTRIES = [
    (6, "ours", 1),
    (8, "ours", 3),
    (10, "ours", 1),
    (10, "PH", 5),
    (10, "MX", 1),
    (10, "MO", 5),
    (10, "AM", 1),
    (12, "ours", 5),
    (22, "ours", 3),
]


@pytest.mark.parametrize(("number", "product", "second"), ENTRIES)
def test_entry_of_the_attempt(number, product, second):
    found, _ = searched(number, product)
    assert found.rows.at[found.overall.entry].tolist() == [second * 1_000]


@pytest.mark.parametrize(("keys", "depth"), [({"A": 1, "B": 2}, 2), ({"A": 2, "B": 1}, 1)])
def test_case_11_with_sequence_keys(keys, depth):
    events = SECOND_CASES[11][0].split()
    assert searched(11, "ours", keys=[keys[one[0]] for one in events])[1] == depth


@pytest.mark.parametrize(("number", "tolerance", "depth"), [(14, "1s", 2), (15, "1s", 1), (15, "2s", 2)])
def test_cases_14_and_15_with_a_tolerance(number, tolerance, depth):
    assert searched(number, "ours", tolerance=tolerance)[1] == depth


def test_case_21_is_excluded_or_removed():
    ours, posthog = searched(21, "ours")[0], searched(21, "PH")[0]
    assert (ours.overall.excluded.tolist(), ours.removed) == ([True], 0)
    assert (posthog.overall.depth.tolist(), posthog.removed) == ([0], 1)


def test_case_22_is_neither_excluded_nor_removed():
    for product in ("ours", "PH"):
        found, _ = searched(22, product)
        assert (found.overall.excluded.tolist(), found.removed) == ([False], 0)


def test_case_23_says_that_the_optional_stage_was_skipped():
    found, _ = searched(23, "ours")
    assert [bool(found.entered(found.overall, k)[0]) for k in range(3)] == [True, False, True]


def funnel_of(number, product):
    events, end, _ = DAY_CASES[number]
    log = log_of(events, each=DAY * 1_000, data_end=int(end) * DAY * 1_000)
    counting = PRODUCTS[product](window="10d")
    return jm.funnel(log, journey_of("AB"), counting=counting, period=("1970-01-01", "1970-01-31")).table


@pytest.mark.parametrize(("number", "product", "depth"), expected(DAY_CASES, OF_DAYS))
def test_furthest_stage_where_the_period_ends(number, product, depth):
    assert funnel_of(number, product)["customers"].sum() == depth


SAID = [  # what the contract says of the first stage, in its words
    (25, "ours", {"moved_on": 1, "settled": 1, "settled_moved_on": 1}),
    (26, "ours", {"still_open": 1, "left": 0, "settled": 0}),
    (26, "PH", {"still_open": 0, "left": 1, "settled": 1, "settled_moved_on": 0}),
    (27, "ours", {"moved_on": 1, "still_open": 0, "settled": 0, "settled_moved_on": 0}),
    (28, "ours", {"moved_on": 1, "settled": 1, "settled_moved_on": 0}),
]


@pytest.mark.parametrize(("number", "product", "counts"), SAID)
def test_settled_and_still_open(number, product, counts):
    first = funnel_of(number, product).iloc[0]
    assert {name: first[name] for name in counts} == counts


def test_the_numbers_of_the_worked_example_of_settled_rates():
    """100 customers enter daily on days 1 to 30, 10 % convert 5 days later, the window is 10 days."""
    rows = [(f"{day}-{n}", "A", day * DAY) for day in range(1, 31) for n in range(100)]
    rows += [(f"{day}-{n}", "B", (day + 5) * DAY) for day in range(1, 26) for n in range(10)]
    table = jm.funnel(
        small_log(rows, data_end=30 * DAY), journey_of("AB"), counting=jm.Counting(window="10d")
    ).table
    first = table.iloc[0]
    assert (first["customers"], first["moved_on"]) == (3_000, 250)
    assert (first["settled"], first["settled_moved_on"], first["settled_share"]) == (2_000, 200, 0.1)


def test_columns_of_a_case_are_as_many_as_products():
    assert all(len(re.findall(r"\S+", case[-1])) == len(PRODUCTS) for case in SECOND_CASES.values())
