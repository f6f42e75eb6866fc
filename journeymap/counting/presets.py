"""How other products count, as far as it is known: the rules that differ from the default.

From the products' documentation, PostHog's published algorithm and ClickHouse run for real.
"""

from __future__ import annotations

from typing import Any

PRESETS: dict[str, dict[str, Any]] = {
    "posthog": {
        "window": "14d",
        "represent": "latest",
        "ties": "either",
        "excluded": "removed",
        "bounds": "all",
        "open": "left",
    },
    "mixpanel": {"window": "7d", "attempts": "first", "tolerance": "2s", "breakdown": "first"},
    "mixpanel-optimized": {"window": "7d", "represent": "latest", "tolerance": "2s", "breakdown": "first"},
    "amplitude": {"window": "1d", "tolerance": "1s"},
    "clickhouse": {"ties": "either", "reuse": True, "bounds": "all", "open": "left"},
}
"""The rules of other products that differ from the default. ClickHouse has no window of its own; it must be given one."""

DOCUMENTED: dict[str, tuple[str, ...]] = {
    "posthog": (
        *("window", "attempts", "represent", "order", "ties", "reuse"),
        *("excluded", "bounds", "open", "breakdown"),
    ),
    "mixpanel": ("window", "attempts", "represent", "order", "tolerance", "excluded", "breakdown"),
    "mixpanel-optimized": ("window", "attempts", "represent", "order", "tolerance", "excluded", "breakdown"),
    "amplitude": ("window", "attempts", "represent", "order", "tolerance", "reuse", "bounds", "breakdown"),
    "clickhouse": ("attempts", "order", "ties", "reuse", "bounds", "open"),
}
"""The rules that each product documents, or that follow from what it documents; many are as the default."""

UNDOCUMENTED: dict[str, tuple[str, ...]] = {
    "posthog": (),
    "mixpanel": ("reuse", "bounds", "open"),
    "mixpanel-optimized": ("reuse", "bounds", "open"),
    "amplitude": ("excluded", "open"),
    "clickhouse": ("represent", "excluded", "breakdown"),
}
"""The rules on which a product documents nothing, or which it has none of; there the default stands."""
