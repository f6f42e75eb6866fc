"""Contenders are opened by the benchmark alone, each in a process of its own: their libraries may not be here."""

collect_ignore_glob = ["engines/*"]
