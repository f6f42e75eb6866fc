"""The sample as files: a log in Parquet, its customers in CSV, and a journey to begin with."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import duckdb

from journeymap.conditions import event, where
from journeymap.events.sample.shop import Sample, shop

if TYPE_CHECKING:
    import pandas as pd

CHECKOUT = """\
journey: Checkout
stages:
  - name: Discover
    event: page_view
  - name: Consider
    any:
      - event: product_view
      - event: search
  - name: Decide
    event: add_to_cart
  - name: Check out
    event: checkout_started
  - name: Buy
    event: purchase
    lifecycle: purchase
segments:
  - name: Mobile first
    where: {device: mobile}
    pick: first
  - name: Desktop first
    where: {device: desktop}
    pick: first
  - name: Loyal
    did: {event: purchase}
    at_least: 2
    within: 60d
  - name: Came from paid search
    where: {channel: paid search}
    pick: first
"""
NOISE = event(["heartbeat", "email_sent"]) | where(staff=True)
"""What no customer did: beats of an open tab, letters that the shop sent, and all that its staff do."""


class Files(NamedTuple):
    """Where the sample was written: the log (Parquet), its customers (CSV) and a journey (YAML)."""

    events: Path
    customers: Path
    journey: Path


def write(folder: Path, *, customers: int = 20_000, seed: int = 7) -> Files:
    """Write the sample into a folder, whole or not at all.

    Files of the same names are replaced.

    Parameters
    ----------
    folder
        Where to; it is made if it is not there.
    customers, seed
        As for `shop`.

    Returns
    -------
    Files
        The paths of ``events.parquet``, ``customers.csv`` and ``checkout.yaml``.

    Raises
    ------
    DataError
        If there are no customers to write.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     [file.name for file in write(Path(folder), customers=10)]
    ['events.parquet', 'customers.csv', 'checkout.yaml']
    """
    sample = shop(customers=customers, seed=seed)
    folder.mkdir(parents=True, exist_ok=True)
    files = Files(folder / "events.parquet", folder / "customers.csv", folder / "checkout.yaml")
    with TemporaryDirectory(dir=folder, prefix=".sample-") as unfinished:
        drafts = [Path(unfinished) / file.name for file in files]
        _write(sample, *drafts)
        for draft, file in zip(drafts, files, strict=True):
            draft.replace(file)
    return files


def _write(sample: Sample, events: Path, customers: Path, journey: Path) -> None:
    _write_parquet(sample.events, events)
    sample.customers.to_csv(customers, index=False, lineterminator="\n")
    journey.write_text(CHECKOUT, encoding="utf-8", newline="\n")


def _write_parquet(frame: pd.DataFrame, path: Path) -> None:
    with duckdb.connect() as connection:
        connection.from_df(frame).write_parquet(str(path), compression="zstd")
