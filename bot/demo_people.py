"""The people of the demo: sample installers linked through a normal one-time link, and a stranger."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path

from msgspec import Struct

from bot.app import App
from bot.channels.web import receive, sessions
from bot.channels.web.receive import Payload
from bot.ports import Received
from bot.services import seed
from bot.services.hire import hire
from bot.services.invite import invite
from flows.engine.data import Started
from flows.engine.events import Pressed
from storage import conversations
from storage.unit_of_work import Connection

PATIENCE_SECONDS = 60.0
AGENT = "mia"


class Person(Struct, frozen=True):
    """A link of the demo: whose chat it opens, and the session behind it."""

    link: str
    about: str
    cookie: str
    email: str = ""
    locale: str = "en"


async def prepare(app: App) -> list[Person]:
    """The sample data and the linked chats, made once; the same chats at every later start."""
    file = app.settings.data_dir / "people.json"
    known = await asyncio.to_thread(_read, file)
    if known:
        return known
    now = app.clock.now()
    await app.uow.write(lambda connection: seed.fill_all(connection, now))
    chosen = await app.uow.read(seed.one_per_language)
    people = [
        Person(language, f"{name}, {company}", sessions.new_cookie(), email, language)
        for language, name, company, email in chosen
    ]
    for person in people:
        await _link(app, person)
    people.append(Person("stranger", "somebody the desk does not know yet", sessions.new_cookie()))
    await asyncio.to_thread(_write, file, people)
    return people


def agent(connection: Connection) -> str:
    """Somebody at the desk, who leads it; the password is new at every start."""
    return hire(connection, AGENT, "Mia Peeters", "lead", "en")


async def _link(app: App, person: Person) -> None:
    """Link a chat the way a person does: open the one-time link, and confirm."""
    now = app.clock.now()
    code = await app.uow.write(lambda connection: invite(connection, person.email, now))
    conversation = sessions.conversation_of(person.cookie)
    await _send(app, person, "opened", Started("link", {"code": code or ""}))
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            state = await app.uow.read(lambda connection: conversations.load(connection, conversation))
            buttons = state.screens[-1].buttons if state and state.screens else ()
            confirm = next((button for button in buttons if button.press.kind == "done"), None)
            if state and confirm:
                break
            await asyncio.sleep(0.02)
    await _send(app, person, "confirmed", Pressed(state.open, confirm.index))


async def _send(app: App, person: Person, key: str, content: Started | Pressed) -> None:
    conversation = sessions.conversation_of(person.cookie)
    payload = receive.write(Payload(content, person.locale))
    await app.runner.receive(Received("web", f"{conversation}:{key}", conversation, payload, app.clock.now()))


def _read(file: Path) -> list[Person]:
    return [Person(**item) for item in json.loads(file.read_text())] if file.exists() else []


def _write(file: Path, people: list[Person]) -> None:
    """The cookies are keys to the chats: for the owner's eyes only."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as out:
        json.dump(
            [{name: getattr(person, name) for name in person.__struct_fields__} for person in people], out
        )
