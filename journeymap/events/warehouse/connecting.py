"""Connecting to a log where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from journeymap.durations import canonical
from journeymap.errors import DataError
from journeymap.events.reading.times import checked_zone
from journeymap.events.warehouse.log import WarehouseLog
from journeymap.events.warehouse.refusing import absent, only_read

if TYPE_CHECKING:
    import datetime as dt


def connect(
    source: Any,
    /,
    *,
    table: Any = None,
    customer: str,
    event: str,
    at: str,
    sequence: str | None = None,
    timezone: str = "UTC",
    complete_to: str | dt.date | None = None,
    session_gap: str = "30min",
) -> WarehouseLog:
    """Ask a log where it is: funnels, flows and retention are counted by the engine that holds it.

    Parameters
    ----------
    source
        An address such as ``"duckdb://shop.db"``, ``"postgres://user@host/db"``, ``"clickhouse://host"`` or
        ``"spark://host:7077"``; an Ibis connection; or an Ibis table.
    table
        The name of the table of events, or an Ibis table; ``"schema.name"`` names one in a schema.
    customer, event, at
        Its columns: who, what, when. `at` holds timestamps or dates.
    sequence
        Refused: a column that orders events of one instant is read by :func:`journeymap.read_events` alone. Without it they
        are in order of their names.
    timezone
        The zone of times that name none, and of reports.
    complete_to
        The day or moment up to which the data is complete; without it the newest event that is not in the future.
    session_gap
        The pause after which a customer's next event begins another session.

    Returns
    -------
    WarehouseLog
        What `jm.funnel`, `jm.flow` and `jm.retention` take in place of a log that was read. What an engine cannot count
        exactly is refused, and so is what needs the rows here. `refresh()` lets rows count that came since.

    Raises
    ------
    DataError
        For an unknown address, table or column, with the nearest that exists, and for what is not installed.
    DefinitionError
        For a `sequence`.

    Notes
    -----
    What can be counted where; the table is made by the tests.

    .. options

    ========================  ======  ==========  ==========  =====
    option                    DuckDB  PostgreSQL  ClickHouse  Spark
    ========================  ======  ==========  ==========  =====
    funnel                    yes     yes         yes         yes
    window=None               yes     yes         yes         yes
    window="session"          no      no          no          no
    period                    yes     yes         yes         yes
    an event in two stages    yes     yes         yes         yes
    by a property             yes     yes         yes         yes
    segments                  yes     yes         yes         yes
    filters                   yes     yes         yes         yes
    attempts="first"          yes     yes         yes         yes
    attempts="every"          no      no          no          no
    attempts="session"        no      no          no          no
    represent="latest"        yes     yes         yes         yes
    order="strict"            no      no          no          no
    order="any"               no      no          no          no
    entry="any stage"         no      no          no          no
    ties="either"             yes     yes         yes         yes
    tolerance                 no      no          no          no
    reuse with ties="either"  yes     yes         yes         yes
    exclude                   yes     yes         yes         yes
    excluded="removed"        yes     yes         yes         yes
    same                      yes     yes         yes         yes
    unit of a column          yes     yes         yes         yes
    unit="session"            no      no          no          no
    bounds="all"              yes     yes         yes         yes
    open="left"               yes     yes         yes         yes
    breakdown="first"         no      no          no          no
    optional stages           no      no          no          no
    least and most gaps       no      no          no          no
    flow over stages          yes     yes         yes         yes
    flow over events          yes     yes         yes         yes
    flow over a property      yes     yes         yes         yes
    retention on              yes     yes         yes         yes
    retention on or after     yes     yes         yes         yes
    lists of customers        no      no          no          no
    timelines                 no      no          no          no
    quality of the reading    no      no          no          no
    refresh                   yes     yes         yes         yes
    reconcile                 no      no          no          no
    sensitivity               no      no          no          no
    suggested journeys        no      no          no          no
    suggested segments        no      no          no          no
    ========================  ======  ==========  ==========  =====

    .. end of options
    """
    from journeymap.events.warehouse.preparing import source_table

    found, engine, name = source_table(source, table)
    if sequence is not None:
        raise only_read(
            f"sequence={sequence!r}",
            engine,
            right="Leave it out, or export the events and read them here.",
        )
    for wanted in (customer, event, at):
        if wanted not in found.columns:
            raise absent("column", wanted, list(found.columns), owner=f"table {name}")
    kind = found[at].type()
    if not (kind.is_timestamp() or kind.is_date()):
        raise DataError(
            f"{at} holds {kind}, not times.",
            right="A column of timestamps or dates, which Ibis can make of it.",
            fix=f'table=events.mutate({at}=events["{at}"].cast("timestamp"))',
        )
    if (getattr(kind, "scale", None) or 0) > 6:
        raise DataError(
            f"{at} is finer than a microsecond, which would be lost.",
            right="Whole microseconds.",
            fix=f'table=events.mutate({at}=events["{at}"].cast("timestamp(6)"))',
        )
    return WarehouseLog(
        source=found,
        engine=engine,
        customer=customer,
        event=event,
        at=at,
        timezone=checked_zone(timezone),
        complete_to=complete_to,
        session_gap=canonical(session_gap),
        name=name,
    )
