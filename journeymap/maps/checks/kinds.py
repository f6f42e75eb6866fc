"""JM12 to JM14: what a map of the future, a day in the life and a service blueprint need beyond other maps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from journeymap.errors import listing
from journeymap.maps.checks.findings import Finding
from journeymap.maps.fields import part_to_plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from journeymap.maps.checks.case import Case
    from journeymap.maps.plans import BlueprintItem

SETTINGS = (
    "id",
    "title",
    "kind",
    "status",
    "version",
    "reviewed_at",
    "baseline_map",
    "parent",
    "children",
    "measurements",
    "waivers",
    "changelog",
)
"""Fields by which a future map may differ from today's without saying anything else of customers."""


def told(case: Case) -> Iterator[Finding]:
    """Check what the kind of the map asks for."""
    checks = {"future_state": _future, "day_in_life": _brand_only, "service_blueprint": _blueprint}
    check = checks.get(case.journey_map.kind)
    if check is not None:
        yield from check(case)


def measured(case: Case) -> Iterator[Finding]:
    """Find nothing: the kind is of the document alone."""
    del case
    return iter(())


def _future(case: Case) -> Iterator[Finding]:
    journey_map, today = case.journey_map, case.baseline
    if not journey_map.baseline_map and today is None:
        yield Finding(
            "JM12",
            "warn",
            "",
            "The map of the future has no map of today beside it.",
            {},
            "Name the map it starts from in baseline_map.",
        )
    if today is not None and _content(today) == _content(journey_map):
        yield Finding(
            "JM12",
            "warn",
            "",
            "The map of the future says the same as that of today.",
            {},
            "Draw what will be different.",
        )


def _content(journey_map: Any) -> dict[str, Any]:
    return {name: value for name, value in part_to_plain(journey_map).items() if name not in SETTINGS}


def _brand_only(case: Case) -> Iterator[Finding]:
    journey_map = case.journey_map
    foreign = {one.id for one in journey_map.touchpoints if one.ownership in ("none", "earned", "partner")}
    if journey_map.steps and all(
        step.touchpoints and not foreign & set(step.touchpoints) for step in journey_map.steps
    ):
        yield Finding(
            "JM13",
            "warn",
            "",
            "The day in the life shows only moments with the brand.",
            {"steps": len(journey_map.steps)},
            "Add what else the customer does that day: steps without touchpoints, or with those of others.",
        )


LINES = {
    "line of interaction": ("actions", "frontstage"),
    "line of visibility": ("frontstage", "backstage"),
    "line of internal interaction": ("backstage", "support"),
}


def _blueprint(case: Case) -> Iterator[Finding]:
    journey_map = case.journey_map
    held = {item.lane for item in journey_map.blueprint}
    held |= {"actions"} if journey_map.steps else set()
    held |= {"evidence"} if any(one.physical_evidence for one in journey_map.touchpoints) else set()
    missing = [
        lane for lane in ("evidence", "actions", "frontstage", "backstage", "support") if lane not in held
    ]
    if missing:
        lines = [line for line, sides in LINES.items() if set(sides) & set(missing)]
        without = f", and so without the {listing(lines)}" if lines else ""
        yield Finding(
            "JM14",
            "warn",
            "",
            f"The service blueprint has nothing in {listing(missing)}{without}.",
            {"missing": missing, "lines": lines},
            "Fill the lanes.",
        )
    for item in journey_map.blueprint:
        if item.fail_point and not _has_cause(item, journey_map.blueprint):
            yield Finding(
                "JM14",
                "warn",
                item.id,
                f"{case.name(item.id)} fails, and nothing behind the stage says why.",
                {"lane": item.lane},
                "Link the backstage or support card that causes it.",
            )


def _has_cause(item: BlueprintItem, items: tuple[BlueprintItem, ...]) -> bool:
    behind = {one.id: one for one in items if one.lane in ("backstage", "support")}
    return (
        item.id in behind
        or any(one in behind for one in item.links)
        or any(item.id in one.links for one in behind.values())
    )
