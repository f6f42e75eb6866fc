"""Where a warehouse is: addresses such as ``spark://host:port``, read here and opened through Ibis."""

from __future__ import annotations

import socket
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from journeymap.errors import DataError, JourneymapError, listing, nearest

ENGINES = {
    "duckdb": "duckdb",
    "postgres": "postgres",
    "postgresql": "postgres",
    "clickhouse": "clickhouse",
    "spark": "pyspark",
    "databricks": "databricks",
    "bigquery": "bigquery",
    "snowflake": "snowflake",
    "trino": "trino",
}
"""The Ibis backend of each kind of address."""
EXTRAS = {"pyspark": "spark", "clickhouse": "clickhouse", "postgres": "postgres", "duckdb": "warehouse"}
"""The extra of this package that installs what a backend needs."""

SPARK_PORT = 7077


def opened(address: str) -> Any:
    """Open the engine at an address and return its Ibis connection.

    Raises
    ------
    DataError
        For an address of no known kind, a package that is not installed, or an engine that does not answer.
    """
    kind = urlsplit(address).scheme
    if kind not in ENGINES:
        near = nearest(kind, ENGINES) or "duckdb"
        raise DataError(
            f"{address!r} is no address of an engine.",
            right=f"It begins with {listing([f'{name}://' for name in ENGINES], most=9, last='or')}.",
            fix=f"{near}://…",
        )
    engine = ENGINES[kind]
    try:
        backend = getattr(import_module("ibis"), engine)
        return _connect(backend, engine, address)
    except ImportError as error:
        raise missing(engine) from error
    except JourneymapError:
        raise
    except Exception as error:
        place = urlsplit(address)
        first = str(error).strip().partition("\n")[0][:200]
        raise DataError(
            f"{engine} does not answer at {place.netloc.rpartition('@')[2] or place.path}: {first.rstrip('.')}.",
            right="Check the address, the user and the password, and that the engine runs.",
        ) from error


def missing(engine: str) -> DataError:
    """Say what must be installed before an engine can be asked."""
    wanted = f"journeymap[{EXTRAS[engine]}]" if engine in EXTRAS else f"ibis-framework[{engine}]"
    return DataError(
        f"What {engine} needs is not installed.",
        right="Ibis and the engine's own client.",
        fix=f"pip install '{wanted}'",
    )


def _connect(backend: Any, engine: str, address: str) -> Any:
    parts = urlsplit(address)
    options = dict(parse_qsl(parts.query))
    match engine:
        case "duckdb":
            path = unquote(parts.netloc + parts.path)
            if path and path != ":memory:" and not Path(path).is_file():
                raise DataError(
                    f"There is no file {path}.", right="The path of a DuckDB database, after duckdb://."
                )
            return backend.connect(path or ":memory:", **options)
        case "pyspark":
            return backend.connect(_spark_session(f"spark://{parts.netloc}", options))
        case "postgres" | "clickhouse":
            return backend.connect(**_place(parts, database=engine == "clickhouse"), **options)
        case _:
            return import_module("ibis").connect(address)


def _place(parts: Any, *, database: bool) -> dict[str, Any]:
    """Return host, port, user, password and database, as far as an address names them."""
    known = {
        "host": parts.hostname,
        "port": parts.port,
        "user": unquote(parts.username) if parts.username else None,
        "password": unquote(parts.password) if parts.password else None,
        "database": parts.path.strip("/") or ("default" if database else None),
    }
    return {name: value for name, value in known.items() if value is not None}


def _spark_session(master: str, options: dict[str, str]) -> Any:
    from pyspark.sql import SparkSession

    _check_answers(master)
    builder = SparkSession.builder.master(master).appName("journeymap")
    defaults = {
        "spark.ui.enabled": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.log.level": "ERROR",
    }
    for name, value in (defaults | options).items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def _check_answers(master: str) -> None:
    """Knock at each master of a Spark cluster until one opens; Spark itself would try for more than a minute."""
    *others, last = (urlsplit(f"//{place}") for place in urlsplit(master).netloc.split(","))
    for place in (*others, last):
        try:
            socket.create_connection((place.hostname, place.port or SPARK_PORT), timeout=5).close()
        except OSError:
            if place is last:
                raise
        else:
            return
