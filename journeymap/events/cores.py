"""How many cores are worked on at once."""

from __future__ import annotations

import os


def cores() -> int:
    """Return the number of cores of the machine, or what ``JOURNEYMAP_THREADS`` says."""
    return int(os.environ.get("JOURNEYMAP_THREADS", "0")) or os.cpu_count() or 1
