"""Transactions as plain functions: `(connection) -> result`, run whole on a thread of their own."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import QueuePool

log = logging.getLogger(__name__)

Connection = sqlalchemy.Connection
"""The transaction that work runs in; who only hands it on need not know what it is."""

T = TypeVar("T")
Transaction = Callable[[Connection], T]

TRIES = 5
BUSY_MILLISECONDS = 5_000
SERIALIZATION_FAILURES = {"40001", "40P01"}


class UnitOfWork:
    """One thread with one connection that writes, and one that only reads."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._writer = _Line(open_engine(url), "write")
        self._reader = _Line(open_engine(url, read_only=True), "read")

    async def write(self, work: Transaction[T]) -> T:
        """Run `work` in one transaction, committed when it returns, undone when it raises.

        It is run again from the start when the database says that another writer came in between.
        """
        return await self._writer.run(work)

    async def read(self, work: Transaction[T]) -> T:
        """Run `work` on one consistent view of the database; it cannot change anything."""
        return await self._reader.run(work)

    def close(self) -> None:
        """Finish what is running, then let go of the database."""
        self._writer.close()
        self._reader.close()


class _Line:
    """A thread with its connection, which stays open: opening one per transaction is a round trip more."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._connection: Connection | None = None

    async def run(self, work: Transaction[T]) -> T:
        return await asyncio.wrap_future(self._thread.submit(self._run, work))

    def close(self) -> None:
        self._thread.submit(self._hang_up).result()
        self._thread.shutdown()
        self._engine.dispose()

    def _run(self, work: Transaction[T]) -> T:
        for tried in range(1, TRIES):
            try:
                return self._once(work)
            except DBAPIError as error:
                if not _worth_another_try(error):
                    raise
                log.warning("transaction run again (%d of %d)", tried, TRIES)
                time.sleep(random.uniform(0.01, 0.05) * tried)  # noqa: S311  nothing secret
        return self._once(work)

    def _once(self, work: Transaction[T]) -> T:
        if self._connection is None:
            self._connection = self._engine.connect()
        try:
            with self._connection.begin():
                return work(self._connection)
        except DBAPIError as error:
            if error.connection_invalidated:
                self._hang_up()
            raise

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def open_engine(url: str, read_only: bool = False) -> Engine:
    """An engine with one connection, whose transactions behave the same on SQLite and PostgreSQL."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(url, parsed.database or "", read_only)
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    return create_engine(
        parsed,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        hide_parameters=True,
        execution_options={"postgresql_readonly": read_only},
        isolation_level="REPEATABLE READ" if read_only else "READ COMMITTED",
    )


def _sqlite(url: str, path: str, read_only: bool) -> Engine:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, poolclass=QueuePool, pool_size=1, max_overflow=0, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        if read_only:
            connection.execute("PRAGMA query_only = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A plain BEGIN that reads, then writes, fails at once when another connection wrote in between.
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine


def _worth_another_try(error: DBAPIError) -> bool:
    """True when nothing is wrong with the work itself: locked, a deadlock, a lost connection."""
    if error.connection_invalidated or getattr(error.orig, "sqlstate", None) in SERIALIZATION_FAILURES:
        return True
    return isinstance(error, OperationalError) and "database is locked" in str(error.orig)
