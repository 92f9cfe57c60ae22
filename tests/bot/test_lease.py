"""One process answers at a time, and another takes over when it is gone."""

from __future__ import annotations

import asyncio
import datetime
import os
import subprocess
import sys

from sqlalchemy import Connection

from bot.lease import NAME, Lease
from storage import leases
from storage.unit_of_work import UnitOfWork
from tests.bot.fakes import StoppedClock

NOW = datetime.datetime(2026, 11, 20, 9, 30, tzinfo=datetime.UTC)
SECOND = datetime.timedelta(seconds=1)


def test_a_lease_is_held_by_one_and_for_half_a_minute(connection: Connection) -> None:
    """Who has it may have it for longer; who waits gets it when it ran out or was given back."""
    assert leases.take(connection, "x", "one", NOW)
    assert not leases.take(connection, "x", "two", NOW + 29 * SECOND)
    assert leases.alive(connection, "x", NOW + 29 * SECOND) == "one"
    assert leases.take(connection, "x", "one", NOW + 29 * SECOND)
    assert not leases.take(connection, "x", "two", NOW + 58 * SECOND)
    assert leases.take(connection, "x", "two", NOW + 59 * SECOND)
    assert not leases.take(connection, "x", "one", NOW + 60 * SECOND)
    leases.give_back(connection, "x", "one")
    assert leases.holder(connection, "x") == "two"
    leases.give_back(connection, "x", "two")
    assert leases.take(connection, "x", "one", NOW + 61 * SECOND)


def test_a_process_that_was_killed_on_this_machine_is_not_waited_for(uow: UnitOfWork) -> None:
    """One that lives is, and so is one on another machine, until its time is over."""
    clock = StoppedClock(NOW)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()

    async def must_wait(had: Lease) -> bool:
        told: list[bool] = []
        await had.wait()
        mine = Lease(uow, clock, machine="roof")
        waiting = asyncio.create_task(mine.wait(lambda: told.append(True)))
        while not told and not waiting.done():  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        await had.give_back()
        await waiting
        await mine.give_back()
        return bool(told)

    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as alive:
        assert not asyncio.run(must_wait(Lease(uow, clock, machine="roof", process=gone.pid)))
        assert asyncio.run(must_wait(Lease(uow, clock, machine="roof", process=alive.pid)))
        assert asyncio.run(must_wait(Lease(uow, clock, machine="cellar", process=gone.pid)))
        alive.kill()


def test_who_waits_is_told_once_and_begins_when_the_other_is_gone(uow: UnitOfWork) -> None:
    """After half a minute without a sign of life."""
    clock = StoppedClock(NOW)
    told: list[bool] = []

    async def story() -> str:
        await Lease(uow, clock, machine="cellar", process=1).wait()
        waiting = asyncio.create_task(Lease(uow, clock, machine="roof").wait(lambda: told.append(True)))
        while not told:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        assert not waiting.done()
        clock.at += 30 * SECOND
        await waiting
        return await uow.read(lambda connection: leases.holder(connection, NAME))

    assert asyncio.run(story()) == f"roof/{os.getpid()}"
    assert told == [True]
