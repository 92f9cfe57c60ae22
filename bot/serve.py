"""The commands that serve the web chat: `demo` and `run`."""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot import demo_people
from bot.app import App, quiet_logging
from bot.channels.slack.lookups import Lookups
from bot.channels.slack.register import Register
from bot.channels.slack.wanted import wanted as wanted_of_slack
from bot.channels.telegram.wanted import wanted
from bot.channels.web.adapter import WebChannel
from bot.channels.web.demo import Demo, Letter
from bot.channels.web.memory import StoredMemory
from bot.channels.web.notices import notice
from bot.channels.web.uploads import Uploads
from bot.desk.pages import Desk
from bot.lease import Lease
from bot.services.glance import Glance, glance
from bot.services.suggest import suggest
from bot.settings import Settings
from bot.web import Server, application
from flows.catalog import FLOWS
from flows.engine.work import Row
from storage import mails, outbox, rooms

if TYPE_CHECKING:
    from bot.channels.slack.service import Slack
    from bot.channels.telegram.service import Telegram


def run() -> int:
    """Start every channel that is configured, until told to stop."""
    settings = Settings()
    quiet_logging(settings)
    if settings.telegram_token and (problem := wanted(settings).problem()):
        print(problem, file=sys.stderr)
        return 2
    if wanted_of_slack(settings).anything and (problem := wanted_of_slack(settings).problem()):
        print(problem, file=sys.stderr)
        return 2
    asyncio.run(_run(settings))
    return 0


def demo() -> int:
    """Start the web chat with sample data of its own, and print where to look."""
    settings = Settings()
    quiet_logging(settings)
    asyncio.run(_demo(settings.on_sample_data("demo")))
    return 0


def with_web(app: App) -> WebChannel:
    """Add the web chat to the channels."""
    web = WebChannel(
        app.runner.receive,
        StoredMemory(app.uow, app.folder),
        Uploads(app.settings.data_dir / "incoming"),
        app.clock,
        app.settings.time_zone,
    )
    app.channels[web.name] = web
    return web


def desk_of(app: App) -> Desk:
    """The pages of the desk."""
    return Desk(app.uow, app.folder, app.clock, app.settings.time_zone)


def with_telegram(app: App) -> Telegram | None:
    """Add Telegram to the channels, when it is configured."""
    if not app.settings.telegram_token:
        return None
    # The library is only there, and only loaded, where it is used.
    from bot.channels.telegram.service import Telegram

    telegram = Telegram(wanted(app.settings), app.runner.receive, app.uow, app.mind.desk, app.clock)
    app.channels[telegram.channel.name] = telegram.channel
    return telegram


def with_slack(app: App) -> Slack | None:
    """Add Slack to the channels, when it is configured."""
    if not wanted_of_slack(app.settings).anything:
        return None
    from bot.channels.slack.service import Slack

    slack = Slack(
        wanted_of_slack(app.settings),
        app.runner,
        lookups_of(app),
        register_of(app),
        app.clock,
        app.uow,
        app.settings.data_dir / "slack-installing",
        notice,
    )
    app.channels[slack.channel.name] = slack.channel
    return slack


def lookups_of(app: App) -> Lookups:
    """What Slack reads beside the conversations."""
    desk = app.mind.desk

    async def seen(people: Sequence[str]) -> list[Glance]:
        return await app.uow.read(lambda connection: [glance(connection, who, who) for who in people])

    async def search(person: str, question: str, text: str) -> tuple[Sequence[Row], bool]:
        return await app.uow.read(
            lambda connection: suggest(connection, desk, person, question, text, app.clock.now())
        )

    return Lookups(seen, search)


def register_of(app: App) -> Register:
    """What Slack keeps of channels."""

    async def met(key: str, name: str, member: bool, shared: bool) -> str:
        return await app.uow.write(
            lambda connection: rooms.met(connection, key, name, member=member, shared=shared)
        )

    async def topic(room: str, message: str) -> str:
        return await app.uow.read(lambda connection: outbox.topic_of(connection, room, message))

    return Register(met, topic)


async def _run(settings: Settings) -> None:
    app = App(settings)
    lease = Lease(app.uow, app.clock)
    await lease.wait(lambda: print("Another process answers; this one waits to take over.", flush=True))
    web = with_web(app)
    others = [channel for channel in (with_telegram(app), with_slack(app)) if channel]
    routes = [
        *(route for channel in others for route in channel.routes()),
        *desk_of(app).routes(),
        *web.routes(),
    ]
    server = Server(application(routes), settings.host, settings.port, web.streams.close)
    keeping = asyncio.create_task(lease.keep(server.stop))
    await app.start()
    for channel in others:
        channel.start()
    where = " and ".join((settings.url, *(type(channel).__name__ for channel in others)))
    print(f"Solardesk answers on {where}", flush=True)
    await _until_told(server)
    for channel in others:
        await channel.stop()
    keeping.cancel()
    await app.finish()
    await lease.give_back()
    await app.close()
    for channel in others:
        await channel.close()


async def _demo(settings: Settings) -> None:
    started = time.monotonic()
    app = App(settings)
    web = with_web(app)
    await app.start()
    people = await demo_people.prepare(app)

    async def letters(count: int) -> Sequence[Letter]:
        latest = await app.uow.read(lambda connection: mails.latest(connection, count))
        return [Letter(mail.id, mail.recipient, mail.locale, mail.subject, mail.body) for mail in latest]

    shown = Demo({person.link: person.cookie for person in people}, FLOWS, letters)
    password = await app.uow.write(demo_people.agent)
    routes = [*desk_of(app).routes(), *web.routes(shown)]
    server = Server(application(routes), settings.host, settings.port, web.streams.close)
    base = f"http://{settings.host}:{server.port}"
    print(f"\nSolardesk is ready after {time.monotonic() - started:.1f} s. Open one of these:\n")
    for person in people:
        print(f"  {base}/demo/{person.link:<9} {person.about}")
    print(f"  {base}/desk           the support desk: sign in as {demo_people.AGENT}, {password}")
    print("\nEach is a chat of its own; a private window keeps two apart. Ctrl-C stops; make demo goes on.")
    print("In this terminal, on sample data of its own: .venv/bin/python -m bot chat", flush=True)
    await _until_told(server)
    await app.stop()


async def _until_told(server: Server) -> None:
    """Serve until ctrl-C or a polite kill."""
    loop = asyncio.get_running_loop()
    for told in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(told, server.stop)
    await server.run()
