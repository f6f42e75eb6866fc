"""The rows of a warehouse log as expressions: found in the engine, named alike, their times in microseconds of UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis

from journeymap.errors import DataError, listing
from journeymap.events.warehouse.addresses import opened
from journeymap.events.warehouse.asking import answer, quietly
from journeymap.events.warehouse.instants import in_utc, microseconds
from journeymap.events.warehouse.log import Extent
from journeymap.events.warehouse.refusing import absent
from journeymap.events.warehouse.selecting import AT, CUSTOMER, EVENT, one_if
from journeymap.events.warehouse.zones import DAY, SECOND, changes_of

if TYPE_CHECKING:
    from journeymap.events.warehouse.log import WarehouseLog


def source_table(source: Any, table: Any) -> tuple[Any, str, str]:
    """Return the Ibis table of an address, a connection or a table, the name of its engine and its own name."""
    if isinstance(source, ibis.Table):
        table = source
    if isinstance(table, ibis.Table):
        return table, engine_of(table), table.get_name() if _has_name(table) else "events"
    connection = opened(source) if isinstance(source, str) else source
    if not hasattr(connection, "list_tables"):
        raise DataError(
            f"A {type(source).__name__} is no engine.",
            right="An address, an Ibis connection or an Ibis table.",
            fix='jm.connect("duckdb://shop.db", table="events", …)',
        )
    if not isinstance(table, str):
        raise DataError(
            "The table of events is not named.",
            right=f"There is {listing(table_names(connection))}.",
            fix='table="events"',
        )
    return named_table(connection, table), connection.name, table


def _has_name(table: Any) -> bool:
    return isinstance(table.op(), ibis.expr.operations.PhysicalTable)


def named_table(connection: Any, name: str) -> Any:
    """Return a table by name, which may begin with its schema; an unknown one is an error with the nearest."""
    schema, _, short = name.rpartition(".")
    try:
        with quietly():
            return connection.table(short, database=schema) if schema else connection.table(short)
    except ibis.common.exceptions.TableNotFound as error:
        raise absent("table", name, table_names(connection), owner=connection.name) from error


def table_names(connection: Any) -> list[str]:
    """List the tables of an engine; DuckDB is asked for them itself, as Ibis speaks to an older one here."""
    if connection.name != "duckdb":
        return list(connection.list_tables())
    found = connection.con.execute("SELECT table_name FROM information_schema.tables ORDER BY table_name")
    return [name for (name,) in found.fetchall()]


def engine_of(table: Any) -> str:
    """Return the name of the Ibis backend of a table; DuckDB for one that is bound to none."""
    backends, _ = table._find_backends()  # noqa: SLF001 - Ibis names the backend of a table nowhere else
    return backends[0].name if backends else "duckdb"


def prepared_rows(log: WarehouseLog) -> Any:
    """Return the rows that have a customer, an event and a time, with the attributes of customers beside."""
    source = log.source
    kinds = source.schema()
    columns = {
        name: source[name].nullif("") if kinds[name].is_string() else source[name]
        for name in source.columns
        if name in log.properties
    }
    customer = source[log.customer]
    customer = _trimmed(customer) if kinds[log.customer].is_string() else customer
    rows = source.select(
        **{CUSTOMER: customer, EVENT: _trimmed(source[log.event].cast("string")), AT: _at(log)}, **columns
    )
    rows = rows.filter(rows[CUSTOMER].notnull() & rows[EVENT].notnull() & rows[AT].notnull())
    return rows if log.attributes is None else _with_attributes(log, rows)


def _trimmed(texts: Any) -> Any:
    """Cut blanks off around texts, as reading does; an empty one is missing."""
    return texts.strip().nullif("")


def _with_attributes(log: WarehouseLog, rows: Any) -> Any:
    attributes = log.attributes
    if attributes[log.attribute_key].type().is_string() != rows[CUSTOMER].type().is_string():
        attributes = attributes.mutate(
            **{log.attribute_key: attributes[log.attribute_key].cast(rows[CUSTOMER].type())}
        )
    kept = attributes.select(
        jm_known=attributes[log.attribute_key],
        **{
            name: attributes[name].nullif("") if attributes[name].type().is_string() else attributes[name]
            for name in log.attribute_names
        },
    )
    return rows.left_join(kept, rows[CUSTOMER] == kept.jm_known).drop("jm_known")


def _at(log: WarehouseLog) -> Any:
    time = log.source[log.at]
    if time.type().is_date():
        time = time.cast("timestamp")
    at = microseconds(time, log.engine)
    if time.type().timezone is not None or log.timezone == "UTC":
        return at
    shown = log.source.select(at=at).aggregate(first=lambda t: t.at.min(), last=lambda t: t.at.max())
    first, last = answer(shown).iloc[0]
    if first != first or first is None:  # noqa: PLR0124 - a table of no rows has no first moment
        return at
    return in_utc(at, changes_of(log.zone, int(first) - 2 * DAY, int(last) + 2 * DAY))


def extent_of(rows: Any, *, until: int | None = None) -> Extent:
    """Measure rows, by default all of them, in one pass."""
    if until is not None:
        rows = rows.filter(rows[AT] <= until)
    by_customer = rows.group_by(CUSTOMER).aggregate(
        events=rows.count(), first=rows[AT].min(), last=rows[AT].max()
    )
    found = by_customer.aggregate(
        events=by_customer.events.sum(),
        customers=by_customer.count(),
        first=by_customer["first"].min(),
        last=by_customer["last"].max(),
    )
    row = answer(found).iloc[0]
    if not row["customers"]:
        return Extent(0, 0, 0, 0)
    return Extent(*(int(row[name]) for name in ("events", "customers", "first", "last")))


def tick_of(rows: Any) -> int:
    """Return the microseconds of the coarsest unit of time that every row is a whole number of."""
    ticks = (SECOND, 1_000)
    finer = rows.aggregate(
        **{f"finer{i}": one_if(rows[AT] % tick != 0).max() for i, tick in enumerate(ticks)}
    )
    found = answer(finer).iloc[0]
    return next((tick for i, tick in enumerate(ticks) if not found.iloc[i]), 1)


def checked_customers(log: WarehouseLog, profiles: Any, customer: str) -> Any:
    """Return the table of customers, if it has one row for each and no name that events have."""
    table = profiles
    if not isinstance(table, ibis.Table):
        backends, _ = log.source._find_backends()  # noqa: SLF001
        table = named_table(backends[0], str(profiles))
    if customer not in table.columns:
        raise absent("column", customer, list(table.columns), owner="the table of customers")
    taken = [name for name in table.columns if name != customer and name in log.properties]
    if taken:
        raise DataError(f"The log already has {listing(taken)}.", right="Rename the attribute.")
    often = table.group_by(customer).aggregate(jm_rows=table.count())
    if int(answer(often.aggregate(most=often.jm_rows.max().fill_null(0))).iloc[0, 0]) > 1:
        raise DataError(f"Some {customer} stands twice in the table of customers.", right="One row for each.")
    return table
