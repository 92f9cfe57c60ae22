"""The command `chat`: a conversation in this terminal, on the sample data."""

from __future__ import annotations

import asyncio
import sys

from bot.app import App, quiet_logging
from bot.channels.console.adapter import ConsoleChannel
from bot.ports import Outgoing
from bot.services import seed
from bot.services.invite import invite
from bot.settings import Settings
from flows.engine.data import Started
from flows.engine.outputs import Prompt
from storage import conversations, people, transcripts


def chat(name: str, locale: str) -> int:
    """Talk until the end of the input; the next start goes on where this one stopped."""
    settings = Settings()
    quiet_logging(settings)
    asyncio.run(_chat(settings.on_sample_data("chat"), name, locale))
    return 0


async def _chat(settings: Settings, name: str, locale: str) -> None:
    app = App(settings)
    console = ConsoleChannel(name, locale, app.clock, sys.stdout)
    app.channels[console.name] = console
    code = await _invitation(app, console, locale)
    await app.start()
    if not await _show_open(app, console):
        begin = Started("link", {"code": code}) if code else Started("menu")
        await console.take(begin, app.runner.receive)
    await _settle(app, console)
    while line := await asyncio.to_thread(sys.stdin.readline):
        await console.line(line, app.runner.receive)
        await _settle(app, console)
    await app.stop()


async def _settle(app: App, console: ConsoleChannel) -> None:
    """Read the next line only when this one is answered: a number means a button that is on screen."""
    while not await app.uow.read(lambda connection: conversations.settled(connection, console.conversation)):  # noqa: ASYNC110
        await asyncio.sleep(0.02)


async def _invitation(app: App, console: ConsoleChannel, locale: str) -> str:
    """Sample data, and a code for somebody who speaks this language, when nobody is linked here yet."""
    now = app.clock.now()
    await app.uow.write(lambda connection: seed.fill_all(connection, now))
    linked = await app.uow.read(lambda connection: people.known(connection, {console.conversation}))
    if linked:
        return ""
    chosen = await app.uow.read(seed.one_per_language)
    email = next(email for language, _name, _company, email in chosen if language == locale)
    return await app.uow.write(lambda connection: invite(connection, email, now)) or ""


async def _show_open(app: App, console: ConsoleChannel) -> bool:
    """Print the question that is still open; says whether there is one."""
    state = await app.uow.read(lambda connection: conversations.load(connection, console.conversation))
    if state is None or not state.open:
        return False
    entries = await app.uow.read(lambda connection: transcripts.history(connection, state.key))
    for entry in reversed(entries):
        if isinstance(entry.what, Prompt) and entry.what.token == state.open:
            settings = app.settings
            console.show(
                Outgoing(entry.id, state.key, entry.what, state.locale, settings.time_zone, entry.at)
            )
            return True
    return False
