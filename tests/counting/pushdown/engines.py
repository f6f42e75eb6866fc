"""Engines that run for a test and end with it: DuckDB, PostgreSQL, ClickHouse inside Python, a Spark cluster of three processes."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb

from journeymap.events.warehouse.addresses import opened
from journeymap.events.warehouse.asking import quietly

RUN = ("duckdb", "postgres", "clickhouse", "pyspark")


@dataclass
class Engine:
    """A running engine."""

    name: str
    connection: Any
    folder: Path
    client: Any = None

    def put(self, name, frame):
        """Make a table of a frame and return it."""
        path = self.folder / f"{name}.parquet"
        frame.to_parquet(path, index=False, coerce_timestamps="us")
        path.chmod(0o644)
        with quietly():
            getattr(self, f"_put_{self.name}")(name, path, frame)
            return self.connection.table(name)

    def _put_duckdb(self, name, path, frame):
        self.connection.con.execute(f"CREATE OR REPLACE TABLE \"{name}\" AS SELECT * FROM '{path}'")

    def _put_clickhouse(self, name, path, frame):
        self.client.command(f"DROP TABLE IF EXISTS {name}")
        self.client.command(
            f"CREATE TABLE {name} ENGINE = MergeTree ORDER BY tuple() AS SELECT * FROM file('{path}', Parquet)"
        )

    def _put_pyspark(self, name, path, frame):
        self.connection._session.read.parquet(str(path)).createOrReplaceTempView(name)

    def _put_postgres(self, name, path, frame):
        kinds = {
            "datetime64[us]": "timestamp",
            "datetime64[us, UTC]": "timestamptz",
            "int64": "bigint",
            "Int64": "bigint",
        }
        columns = ", ".join(
            f'"{column}" {kinds.get(str(kind), "text")}' for column, kind in frame.dtypes.items()
        )
        connection = self.connection.con
        with connection.cursor() as cursor:
            cursor.execute(f'DROP TABLE IF EXISTS "{name}"; CREATE TABLE "{name}" ({columns})')
            with cursor.copy(f'COPY "{name}" FROM STDIN (FORMAT csv)') as copy:
                copy.write(frame.to_csv(index=False, header=False))
            cursor.execute(f'ANALYZE "{name}"')
        connection.commit()


@contextmanager
def running(name):
    """Run an engine; what it lacks is told by `lacking`."""
    folder = Path(tempfile.mkdtemp(prefix="journeymap-engine-"))
    folder.chmod(0o755)
    try:
        with quietly(), globals()[f"_{name}"](folder) as engine:
            yield engine
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def lacking(name):
    """Say what is missing to run an engine, or nothing."""
    wanted = {"postgres": ["psycopg"], "clickhouse": ["chdb", "clickhouse_connect"], "pyspark": ["pyspark"]}
    missing = [module for module in wanted.get(name, []) if find_spec(module) is None]
    if name == "postgres" and not _postgres_programs():
        missing.append("PostgreSQL")
    if name == "pyspark" and not shutil.which("java"):
        missing.append("Java")
    return ", ".join(missing)


@contextmanager
def _duckdb(folder):
    duckdb.connect(str(folder / "test.duckdb")).close()
    connection = opened(f"duckdb://{folder}/test.duckdb?threads=2")
    yield Engine("duckdb", connection, folder)
    connection.disconnect()


@contextmanager
def _clickhouse(folder):
    import clickhouse_connect
    import ibis

    client = clickhouse_connect.get_client(interface="chdb", path=str(folder / "data"))
    yield Engine("clickhouse", ibis.clickhouse.from_connection(client), folder, client)
    client.close()


def _postgres_programs():
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin")) if Path("/usr/lib/postgresql").exists() else []
    on_path = shutil.which("initdb")
    return found[-1] if found else Path(on_path).parent if on_path else None


@contextmanager
def _postgres(folder):
    programs, data = _postgres_programs(), folder / "data"
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    else:
        as_user = []
    subprocess.run(
        [
            *as_user,
            programs / "initdb",
            "-D",
            data,
            "-U",
            "tester",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        ],
        check=True,
        capture_output=True,
        cwd=folder,
    )
    settings = ["listen_addresses=", "fsync=off", "work_mem=128MB", "max_parallel_workers_per_gather=1"]
    options = [part for setting in settings for part in ("-c", setting)]
    server = subprocess.Popen(
        [*as_user, programs / "postgres", "-D", data, "-k", folder, *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
    )
    try:
        connection = _patiently(lambda: opened(f"postgres://tester@/postgres?host={folder}"))
        yield Engine("postgres", connection, folder)
        connection.disconnect()
    finally:
        stop = [*as_user, programs / "pg_ctl", "stop", "-D", data, "-m", "immediate"]
        subprocess.run(stop, check=False, capture_output=True, cwd=folder)
        server.wait(30)


@contextmanager
def _pyspark(folder):
    import pyspark

    program = Path(pyspark.__file__).parent / "bin" / "spark-class"
    port, page = _free_port(), _free_port()
    environment = os.environ | {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOG_DIR": str(folder)}
    master = f"spark://127.0.0.1:{port}"
    deploy = "org.apache.spark.deploy"
    commands = [
        [
            program,
            f"{deploy}.master.Master",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            "--webui-port",
            str(page),
        ]
    ] + [
        [
            program,
            f"{deploy}.worker.Worker",
            "--host",
            "127.0.0.1",
            "--cores",
            "1",
            "--memory",
            "1200m",
            "--webui-port",
            "0",
            "--work-dir",
            str(folder / f"worker{number}"),
            master,
        ]
        for number in (1, 2)
    ]
    started = [
        subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for command in commands
    ]
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    options = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.shuffle.partitions": "4",
        "spark.executor.memory": "1g",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
    }
    try:
        address = master + "?" + "&".join(f"{name}={value}" for name, value in options.items())
        connection = _patiently(lambda: opened(address))
        yield Engine("pyspark", connection, folder)
        connection._session.stop()
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait(30)


def _free_port():
    with socket.socket() as some:
        some.bind(("127.0.0.1", 0))
        return some.getsockname()[1]


def _patiently(attempt):
    for _ in range(60):
        try:
            return attempt()
        except Exception:  # noqa: BLE001 - whatever a client says of a server that is not up yet
            time.sleep(0.5)
    return attempt()
