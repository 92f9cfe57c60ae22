"""What goes wrong on the way: connections renewed and cut, events twice and late, a database away."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import connect
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import make_url

from tests.slack.process import World
from tests.slack.regulars import Talker, tokens
from tests.slack.test_kills import LANGUAGES, check_order, database_of, posted, until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.slack.people import Person


async def storm(world: World, dice: random.Random, times: int) -> None:
    """Connections end in every way in which Slack ends them, one after the other."""
    for _ in range(times):
        await world.slack.until(lambda: world.slack.sockets)
        socket = dice.choice(world.slack.sockets)
        match dice.randrange(12):
            case 0:
                world.slack.cuts(socket)
            case 1:
                await world.slack.refreshes(socket, reason="too_many_websockets")
            case 2:
                await world.slack.refreshes(socket, reason="warning", after=0.2)
            case _:
                await world.slack.refreshes(socket, after=dice.uniform(0, 0.03))


async def stormy(world: World, times: int, people: int) -> None:
    """People talk while connections come and go; each word is taken once, in order, and answered."""
    enough = asyncio.Event()
    talkers = [Talker(world, LANGUAGES[n % 3], until(enough)) for n in range(people)]
    deeds = [asyncio.create_task(each.acts()) for each in talkers]
    await storm(world, random.Random(times), times)
    enough.set()
    await asyncio.gather(*deeds)
    await world.settled()
    for each in talkers:
        check_order(world, each)
    check_taken_once(world)


def check_taken_once(world: World) -> None:
    """Every event is in the inbox once, taken, and what it says was said."""
    sent = {f"slack/E:{each.payload['event_id']}" for each in world.slack.parcels.values() if each.is_event}
    kept = world.rows("SELECT key, outcome FROM inbox WHERE key LIKE ?", "slack/E:%")
    assert sorted(key for key, _outcome in kept) == sorted(sent)
    assert {outcome for _key, outcome in kept} == {"done"}
    assert {outcome for (outcome,) in world.rows("SELECT outcome FROM outbox")} <= {"sent", "replaced"}


def test_connections_that_are_renewed_again_and_again_lose_nothing(tmp_path: Path, sample: Path) -> None:
    """Refreshed, warned, refused as one too many, cut; `make soak` does a thousand."""

    async def all_of_it() -> None:
        async with World(tmp_path, sample) as world:
            await world.start()
            await stormy(world, 60, 4)
        assert world.slack.violations == []

    asyncio.run(all_of_it())


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("kind", ["SQLite", "PostgreSQL"])
def test_a_thousand_renewals_lose_nothing(
    kind: str, tmp_path: Path, sample: Path, request: pytest.FixtureRequest
) -> None:
    """Twelve people talk meanwhile."""
    database, sample = database_of(kind, sample, tmp_path, request)

    async def all_of_it() -> None:
        async with World(tmp_path / "world", sample, database=database) as world:
            await world.start()
            await stormy(world, 1_000, 12)
            counts = {"database": kind, "opened": world.slack.opened, "events": len(world.slack.parcels)}
            print("storm", json.dumps(counts))
        assert world.slack.violations == []

    asyncio.run(all_of_it())


def test_events_that_come_twice_late_and_in_disorder_are_taken_once(
    way: str, tmp_path: Path, sample: Path
) -> None:
    """Answered in the order in which they came in, each once."""

    async def story(world: World, people: Sequence[Person]) -> None:
        world.slack.twice, world.slack.late = 0.5, 0.5
        for _ in range(4):
            for person in people:
                await person.says("menu")
        await world.settled()
        check_taken_once(world)
        for person in people:
            shown = tokens([call for call in posted(world.slack.log) if call.channel == person.room.id])
            assert shown == sorted(set(shown))
            assert len(world.rows("SELECT key FROM inbox WHERE conversation LIKE ?", f"%{person.user}")) == 4

    async def all_of_it() -> None:
        async with World(tmp_path, sample, way) as world:
            await world.start()
            await story(world, [world.linked("en") for _ in range(4)])
        assert world.slack.violations == []

    asyncio.run(all_of_it())


@contextmanager
def locked(world: World) -> Iterator[None]:
    """Somebody else writes to the SQLite file, and does not stop."""
    other = connect(world.data / "solardesk.db", isolation_level=None, timeout=30)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@contextmanager
def refused(world: World) -> Iterator[None]:
    """PostgreSQL lets nobody in."""
    url = make_url(world.database)
    with psycopg.connect(url.set(database="postgres").render_as_string(False), autocommit=True) as admin:
        admin.execute(f"ALTER DATABASE {url.database} ALLOW_CONNECTIONS false")
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [url.database]
        )
        try:
            yield
        finally:
            admin.execute(f"ALTER DATABASE {url.database} ALLOW_CONNECTIONS true")


@pytest.mark.parametrize(("way", "kind"), [("sockets", "SQLite"), ("http", "PostgreSQL")])
def test_nothing_is_confirmed_while_the_database_is_away(
    way: str, kind: str, tmp_path: Path, sample: Path, request: pytest.FixtureRequest
) -> None:
    """An event, a command and a modal; what comes again is taken once (over HTTP with a retry header)."""
    database, sample = database_of(kind, sample, tmp_path, request)

    async def story(world: World) -> None:
        person, other = world.linked("en"), world.linked("en")
        await person.says("menu")
        await person.hears()
        with refused(world) if kind == "PostgreSQL" else locked(world):
            await person.says("help")
            event = list(world.slack.parcels.values())[-1]
            command = asyncio.create_task(other.commands_in("menu"))
            await world.slack.until(lambda: event.tries > 1)
            assert not any(each.confirmed > event.at for each in world.slack.parcels.values())
        await person.hears()
        await command
        await other.hears()
        await world.settled()
        check_taken_once(world)
        assert event.tries > 1

    async def all_of_it() -> None:
        async with World(tmp_path / "world", sample, way, database=database) as world:
            world.slack.patience = 1.0
            await world.start()
            await story(world)
        assert world.slack.violations == []

    asyncio.run(all_of_it())
