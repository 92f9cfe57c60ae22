"""A transaction is all or nothing, alone, and the same on both databases."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select, text
from sqlalchemy.exc import DBAPIError

from storage.tables import conversations
from storage.unit_of_work import Transaction, UnitOfWork, open_engine
from tests.conftest import create_tables


def add(key: str) -> Transaction[None]:
    def work(connection: Connection) -> None:
        connection.execute(insert(conversations).values(key=key, channel="test", sequence=1))

    return work


def keys(connection: Connection) -> list[str]:
    return list(connection.scalars(select(conversations.c.key).order_by(conversations.c.key)))


def test_what_was_written_can_be_read(uow: UnitOfWork) -> None:
    """A reader sees a transaction as soon as it has returned."""

    async def story() -> list[str]:
        await uow.write(add("a"))
        return await uow.read(keys)

    assert asyncio.run(story()) == ["a"]


def test_a_transaction_that_raises_leaves_nothing(uow: UnitOfWork) -> None:
    """All of it is undone, and the error reaches who asked."""

    def half(connection: Connection) -> None:
        add("a")(connection)
        raise ValueError("on purpose")

    async def story() -> list[str]:
        with pytest.raises(ValueError, match="on purpose"):
            await uow.write(half)
        await uow.write(add("b"))
        return await uow.read(keys)

    assert asyncio.run(story()) == ["b"]


def test_a_reader_cannot_write(uow: UnitOfWork) -> None:
    """Pages, reports and option requests never change anything, even by mistake."""
    with pytest.raises(DBAPIError):
        asyncio.run(uow.read(add("a")))


def test_a_busy_database_is_waited_for(database: str, uow: UnitOfWork) -> None:
    """Somebody else's transaction delays ours; it does not fail it."""

    async def story() -> list[str]:
        other = open_engine(database)
        with other.begin() as connection:
            add("a")(connection)
            ours = asyncio.create_task(uow.write(add("b")))
            await asyncio.sleep(0.05)
        await ours
        other.dispose()
        return await uow.read(keys)

    assert asyncio.run(story()) == ["a", "b"]


@pytest.mark.parametrize("kind", ["postgresql"])
def test_a_lost_connection_is_replaced(database: str, uow: UnitOfWork) -> None:
    """A restart of the server costs nothing but time."""

    async def story() -> list[str]:
        await uow.write(add("a"))
        await uow.read(keys)
        other = open_engine(database)
        with other.begin() as connection:
            connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
        other.dispose()
        await uow.write(add("b"))
        return await uow.read(keys)

    assert asyncio.run(story()) == ["a", "b"]


def test_sqlite_survives_a_power_cut(tmp_path: object) -> None:
    """The write-ahead log is flushed at every commit and foreign keys are checked."""
    engine = open_engine(f"sqlite:///{tmp_path}/test.db")
    with engine.begin() as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys")
        assert [connection.scalar(text(f"PRAGMA {name}")) for name in asked] == ["wal", 2, 1]
    engine.dispose()


def test_a_full_disk_refuses_and_recovers(tmp_path: Path) -> None:
    """What does not fit is not half written; when there is room again all goes on by itself."""
    url = f"sqlite:///{tmp_path}/full.db"
    create_tables(url)
    uow = UnitOfWork(url)

    def room(pages: int) -> Transaction[None]:
        return lambda connection: connection.execute(text(f"PRAGMA max_page_count = {pages}")).close()

    def much(connection: Connection) -> None:
        rows = [{"key": f"{n}" * 500, "channel": "test", "sequence": 1} for n in range(2_000)]
        connection.execute(insert(conversations), rows)

    async def story() -> tuple[int, int]:
        await uow.write(room(150))
        with pytest.raises(DBAPIError):
            await uow.write(much)
        refused = len(await uow.read(keys))
        await uow.write(room(1_000_000))
        await uow.write(much)
        return refused, len(await uow.read(keys))

    assert asyncio.run(story()) == (0, 2_000)
    uow.close()
