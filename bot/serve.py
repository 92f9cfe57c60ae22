"""The commands that serve the web chat: `demo` and `run`."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Sequence

from bot import demo_people
from bot.app import App, quiet_logging
from bot.channels.web.adapter import WebChannel
from bot.channels.web.demo import Demo, Letter
from bot.channels.web.memory import StoredMemory
from bot.channels.web.uploads import Uploads
from bot.settings import Settings
from bot.web import Server, application
from flows.catalog import FLOWS
from storage import mails


def run() -> int:
    """Start every channel that is configured, until told to stop."""
    quiet_logging()
    asyncio.run(_run(Settings()))
    return 0


def demo() -> int:
    """Start the web chat with sample data of its own, and print where to look."""
    quiet_logging()
    asyncio.run(_demo(Settings().on_sample_data("demo")))
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


async def _run(settings: Settings) -> None:
    app = App(settings)
    web = with_web(app)
    server = Server(application(web.routes()), settings.host, settings.port, web.streams.close)
    await app.start()
    print(f"Solardesk answers on {settings.url}", flush=True)
    await _until_told(server)
    await app.stop()


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
    server = Server(application(web.routes(shown)), settings.host, settings.port, web.streams.close)
    base = f"http://{settings.host}:{server.port}"
    print(f"\nSolardesk is ready after {time.monotonic() - started:.1f} s. Open one of these:\n")
    for person in people:
        print(f"  {base}/demo/{person.link:<9} {person.about}")
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
