"""Telegram forgets what nobody asks for within 24 hours: long silences are noticed and told."""

from __future__ import annotations

import asyncio
import datetime
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from bot import doctor
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.watch import Watch
from bot.settings import Settings
from storage import listening
from storage.migrate import upgrade
from storage.unit_of_work import UnitOfWork
from tests.bot.fakes import StoppedClock
from tests.telegram.server import Server
from tests.telegram.service import Service

NOW = datetime.datetime(2026, 11, 20, 9, 30, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


def settings_in(folder: Path) -> Settings:
    """A bot of which everything is kept here."""
    return Settings(data_dir=folder, telegram_token="123:abcdefghijkl")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[tuple[Settings, UnitOfWork]]:
    """Settings, and the database they name."""
    settings = settings_in(tmp_path)
    upgrade(settings.database)
    uow = UnitOfWork(settings.database)
    yield settings, uow
    uow.close()


def said(settings: Settings, at: datetime.datetime) -> list[tuple[str, str]]:
    """What the operator is told at this time."""
    return [(found.state, found.says) for found in doctor.silence(settings, at)]


def test_a_silence_of_20_hours_is_an_alarm(
    desk: tuple[Settings, UnitOfWork], caplog: pytest.LogCaptureFixture
) -> None:
    """At the next start, while it lasts, and when polls come back; then it is remembered for a week."""
    settings, uow = desk
    clock = StoppedClock(NOW)
    asyncio.run(Watch(uow, clock).heard())
    assert said(settings, NOW + HOUR / 30) == []
    [(state, says)] = said(settings, NOW + HOUR)
    assert (state, "24 hours" in says) == ("warning", True)
    clock.at = NOW + 19 * HOUR
    asyncio.run(Watch(uow, clock).failed())
    assert caplog.records == []
    clock.at = NOW + 20 * HOUR
    asyncio.run(Watch(uow, clock).failed())
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert said(settings, clock.at)[0][0] == "problem"
    asyncio.run(Watch(uow, clock).heard())
    assert [record.levelno for record in caplog.records] == [logging.ERROR] * 2
    [(state, says)] = said(settings, clock.at)
    assert (state, "20 Nov 09:30 to 21 Nov 05:30" in says) == ("warning", True)
    clock.at += 8 * 24 * HOUR
    asyncio.run(uow.write(lambda connection: listening.heard(connection, "telegram", clock.at)))
    assert len(said(settings, clock.at)) == 1  # these eight days are a silence of their own


def test_a_short_silence_is_none(desk: tuple[Settings, UnitOfWork], caplog: pytest.LogCaptureFixture) -> None:
    """Polls that come back after a night say nothing."""
    settings, uow = desk
    clock = StoppedClock(NOW)
    for hours in (0, 8, 27):
        clock.at = NOW + hours * HOUR
        asyncio.run(Watch(uow, clock).heard())
    assert caplog.records == []
    assert said(settings, clock.at) == []


def test_without_telegram_nothing_is_said_about_it(tmp_path: Path) -> None:
    """Nor before the first start."""
    assert said(Settings(data_dir=tmp_path), NOW) == []
    assert said(settings_in(tmp_path), NOW) == []


@asynccontextmanager
async def polling(server: Server, watch: Watch) -> AsyncIterator[None]:
    """Polls go on meanwhile."""

    async def take(_raws: object) -> None:
        pass

    task = asyncio.create_task(Polling(f"{server.url}{server.service.token}", take, watch).run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until(truth: Callable[[], bool]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(30):
        while not truth():  # noqa: ASYNC110  it becomes so in another thread
            await asyncio.sleep(0.05)


def test_another_program_that_polls_is_seen_by_the_doctor(desk: tuple[Settings, UnitOfWork]) -> None:
    """After three conflicts it is a problem; when the other stops there is none."""
    settings, uow = desk
    server = Server(Service())
    rival = f"{server.url}{server.service.token}/getUpdates"

    async def story() -> list[tuple[str, str]]:
        async with (
            polling(server, Watch(uow, StoppedClock(NOW))),
            httpx.AsyncClient(trust_env=False) as other,
        ):
            await until(lambda: server.service.polls > 0)
            while not (told := said(settings, NOW)):
                await other.get(rival)
                await asyncio.sleep(0.05)
            await until(lambda: not said(settings, NOW))
        return told

    try:
        [(state, says)] = asyncio.run(story())
    finally:
        server.stop()
    assert (state, "another program" in says) == ("problem", True)
