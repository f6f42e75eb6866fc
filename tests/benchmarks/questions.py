"""What is asked of everybody: the stages, the window, the steps, and each rule of the contract alone."""

from __future__ import annotations

STAGES = [("e01",), ("e02", "e03"), ("e05",), ("e07",), ("e09",), ("e04",), ("e06",), ("e08",)]
"""The events of each stage; a funnel of K stages takes the first K. No two stages share an event."""
LENGTHS = (3, 5, 8)
WINDOW_DAYS = 7
WINDOW_MS = WINDOW_DAYS * 86_400_000
STEPS = 6
PLANS = ("free", "basic", "team", "business", "partner")

OPTIONS = (
    "window none",
    "window session",
    "attempts first",
    "attempts every",
    "attempts session",
    "represent latest",
    "order strict",
    "order any",
    "order any, anchored",
    "entry any stage",
    "ties either",
    "tolerance 2s",
    "reuse",
    "exclude",
    "excluded removed",
    "same channel",
    "unit session",
    "unit company",
    "unit channel",
    "bounds all",
    "open left",
    "stage gaps",
    "optional stage",
    "like posthog",
    "like mixpanel",
    "like mixpanel-optimized",
    "like amplitude",
    "like clickhouse",
)
"""Each rule of the contract that differs from the default, alone; then the rules of other products."""


def funnel(n_stages: int) -> str:
    return f"funnel of {n_stages} stages"


FLOW = f"flow of {STEPS} steps"
RETENTION = "weekly retention"
SPLIT = "split by a customer attribute"
RAW = "raw Parquet to the first funnel"
RAW_AGAIN = "the second funnel after raw Parquet"
FRESH = "first funnel in a fresh process"


def option(name: str) -> str:
    return f"rule: {name}"
