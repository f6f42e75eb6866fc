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
"""The rules of other products that differ from the default."""
