"""Conversations in tests: said, pressed and sent through the real engine, storage, desk and renderer."""

from __future__ import annotations

import asyncio
import datetime
import time
from collections import defaultdict
from collections.abc import Awaitable, Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from bot.app import App
from bot.channels.console.receive import Payload, receive
from bot.channels.console.render import render
from bot.ports import Outgoing, RawFile, Received
from bot.services import seed
from bot.services.invite import invite
from bot.settings import Settings
from flows.engine.conversation import Button
from flows.engine.data import Started
from flows.engine.events import Content, Event, Pressed, Said, Sent
from flows.engine.outputs import Capabilities, Prompt, Say
from flows.engine.phrases import Copy, Lines, Listed, Phrase, Text
from locales.speaker import Speaker
from storage import conversations

T = TypeVar("T")
NOW = datetime.datetime(2026, 11, 20, 9, 30, tzinfo=datetime.UTC)
PATIENCE = 60.0


class Clock:
    """A Friday morning in November, going on at its usual pace or as far as a test says."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._passed = datetime.timedelta()

    def now(self) -> datetime.datetime:
        return NOW + self._passed + datetime.timedelta(seconds=time.monotonic() - self._began)

    def pass_(self, **amount: float) -> None:
        """Let time go by: `pass_(hours=13)`."""
        self._passed += datetime.timedelta(**amount)


class Paper:
    """A chat platform that remembers what it was asked to show, per conversation."""

    name = "paper"
    capabilities = Capabilities()

    def __init__(self) -> None:
        self.shown: dict[str, list[Outgoing]] = defaultdict(list)
        self.files: dict[str, bytes] = {}

    def receive(self, received: Received) -> Event:
        return receive(received)

    async def fetch(self, ref: str) -> bytes:
        return self.files[ref]

    async def send(self, outgoing: Outgoing) -> str:
        self.shown[outgoing.conversation].append(outgoing)
        return str(outgoing.id)


class World:
    """The whole product on sample data, at a time of its own."""

    def __init__(self, folder: Path, database: str = "", settings: Settings | None = None) -> None:
        self.clock = Clock()
        self.paper = Paper()
        self.loop = asyncio.new_event_loop()
        self.settings = settings or Settings(data_dir=folder, database_url=database)
        self.app = self._start()
        self.run(self.app.uow.write(lambda connection: seed.fill(connection, self.clock.now())))
        self.people = {
            language: email
            for language, _name, _company, email in self.run(self.app.uow.read(seed.one_per_language))
        }

    def _start(self) -> App:
        app = App(self.settings, self.clock)
        # However busy this machine is, a file is looked at before anybody says that it takes long.
        app.runner._prepare._progress_after = app.runner._prepare._at_most = PATIENCE
        app.channels[self.paper.name] = self.paper
        self.run(app.start())
        return app

    def run(self, work: Awaitable[T]) -> T:
        """Wait for something of the product."""
        return self.loop.run_until_complete(work)

    def use(self, kind: type[Paper]) -> None:
        """Let another kind of platform carry the chats from now on."""
        old, self.paper = self.paper, kind()
        self.paper.shown, self.paper.files = old.shown, old.files
        self.app.channels[self.paper.name] = self.paper

    def restart(self) -> None:
        """Stop the product and start it again on the same data."""
        self.run(self.app.stop())
        self.app = self._start()

    def close(self) -> None:
        self.run(self.app.stop())
        self.loop.close()

    def stranger(self, name: str = "stranger", locale: str = "en") -> Chat:
        """A chat with somebody the desk does not know."""
        return self.open(name, locale)

    def open(self, name: str, locale: str) -> Chat:
        """A chat on the platform that is in use."""
        return Chat(self, name, locale)

    def code(self, email: str) -> str:
        """A fresh one-time code for this mailbox."""
        code = self.run(self.app.uow.write(lambda connection: invite(connection, email, self.clock.now())))
        assert code
        return code

    def chat(self, locale: str = "en", email: str = "", name: str = "") -> Chat:
        """A chat linked to the sample installer of that language, or to the one with that mailbox."""
        chat = self.open(name or f"{email or locale}", locale)
        chat.starts("link", code=self.code(email or self.people[locale]))
        chat.presses("Link")
        chat.forget()
        return chat


class Chat:
    """One person in one chat. What was answered to the last thing they did is in `answer`."""

    def __init__(self, world: World, name: str, locale: str) -> None:
        self.world = world
        self.key = f"paper:{name}"
        self.locale = locale
        self.count = 0
        self.seen = 0
        self.answer: list[Outgoing] = []
        self.everything: list[tuple[str, list[Outgoing]]] = []

    # --- what the person does ---

    def says(self, text: str) -> Chat:
        """Type something."""
        return self._does(Said(text), text)

    def presses(self, label: Text) -> Chat:
        """Press the newest button by its label or what stands beside it: a msgid, what it shows, or part."""
        token, button = self._button(label if isinstance(label, str) else self._words(label))
        return self._does(Pressed(token, button.index), f"[{self._words(button.label)}]")

    def press_at(self, token: str, index: int) -> Chat:
        """Press a button of any prompt that was ever shown, or of none."""
        return self._does(Pressed(token, index), f"[{token}.{index}]")

    def sends(self, *files: tuple[str, bytes], text: str = "", kind: str = "") -> Chat:
        """Send files: (name, bytes)."""
        raw = []
        for name, content in files:
            ref = f"{self.key}/{self.count}/{name}"
            self.world.paper.files[ref] = content
            raw.append(RawFile(ref, name, kind, len(content)))
        return self._does(Sent((), text), f"({', '.join(name for name, _ in files)}) {text}", tuple(raw))

    def starts(self, flow: str, **answers: str) -> Chat:
        """Follow a link or a menu entry that starts a flow."""
        return self._does(Started(flow, dict(answers)), f"/{flow}")

    def does(self, content: Content) -> Chat:
        """Anything else a channel can report."""
        return self._does(content, type(content).__name__)

    def receives(self, payload: bytes) -> Chat:
        """The platform hands in something of its own."""
        return self._hands_in(payload, "(payload)", ())

    def hears(self) -> Chat:
        """Wait until something has come that was not asked for."""

        async def heard() -> None:
            while len(self._all()) == self.seen:  # noqa: ASYNC110 - only the platform knows
                await asyncio.sleep(0.02)

        self.world.run(asyncio.wait_for(heard(), PATIENCE))
        return self._reads("(time passes)", self.seen)

    def forget(self) -> None:
        """The next `sees` looks only at what comes from now on."""
        self.answer = []

    def _does(self, content: Content, words: str, files: tuple[RawFile, ...] = ()) -> Chat:
        return self._hands_in(msgspec.json.encode(Payload(content, self.locale)), words, files)

    def _hands_in(self, payload: bytes, words: str, files: tuple[RawFile, ...]) -> Chat:
        self.count += 1
        key = f"{self.key}-{self.count}"
        world = self.world
        before = len(world.paper.shown[self.key])
        received = Received("paper", key, self.key, payload, world.clock.now(), files)
        world.run(world.app.runner.receive(received))
        world.run(asyncio.wait_for(self._settled(), PATIENCE))
        return self._reads(words, before)

    def _reads(self, words: str, before: int) -> Chat:
        self.answer = self._all()[before:]
        self.seen = len(self._all())
        self.everything.append((words, self.answer))
        return self

    async def _settled(self) -> None:
        uow = self.world.app.uow
        while not await uow.read(lambda connection: conversations.settled(connection, self.key)):  # noqa: ASYNC110 - only the database knows
            await asyncio.sleep(0.005)

    # --- what the person sees ---

    @property
    def prompt(self) -> Prompt:
        """The last prompt shown."""
        return next(out.output for out in reversed(self._all()) if isinstance(out.output, Prompt))

    def sees(self, *wanted: str) -> Chat:
        """The last answer says each of these: the beginning of an English msgid, or words as shown."""
        for words in wanted:
            shown = words in _plain(self.text()) or words in self.text()
            assert shown or any(msgid.startswith(words) for msgid in self.msgids()), (
                f"{words!r} is not in:\n{self.text()}"
            )
        return self

    def sees_not(self, *unwanted: str) -> Chat:
        """The last answer says none of these."""
        for words in unwanted:
            assert not any(msgid.startswith(words) for msgid in self.msgids()), f"{words!r} was said"
            assert words not in self.text(), f"{words!r} is in:\n{self.text()}"
        return self

    def labels(self) -> list[str]:
        """The buttons on screen, by msgid or data."""
        return [_key(button.label) for button in _buttons(self.prompt)]

    def facts(self) -> dict[str, str]:
        """What the review shows: title (msgid) to value, in this language."""
        return {_key(fact.title): self._words(fact.value) for fact in self.prompt.facts}

    def text(self) -> str:
        """The last answer as a person reads it."""
        return self._render(self.answer)

    def msgids(self) -> set[str]:
        """Every phrase of the last answer, untranslated."""
        return {msgid for out in self.answer for text in _texts(out) for msgid in _msgids(text)}

    def transcript(self) -> str:
        """The whole conversation as a person reads it."""
        return "\n".join(f"I: {words}\n\n{self._render(answer)}" for words, answer in self.everything)

    def number(self) -> str:
        """The first 8-digit number in the last answer."""
        words = self.text().replace("`", " ").split()
        return next(word for word in words if word.isdigit() and len(word) == 8)

    def _all(self) -> list[Outgoing]:
        return self.world.paper.shown[self.key]

    def _button(self, label: str) -> tuple[str, Button]:
        for out in reversed(self._all()):
            if isinstance(out.output, Prompt):
                for button in _buttons(out.output):
                    if label in (_key(button.label), self._words(button.label), _key(button.detail)):
                        return out.output.token, button
                for button in _buttons(out.output):
                    if label in self._words(button.label):
                        return out.output.token, button
        raise AssertionError(f"no button {label!r} in:\n{self._render(self._all()[-3:])}")

    def _words(self, text: Text) -> str:
        return self._speaker().say(text)

    def _speaker(self) -> Speaker:
        locale = self._all()[-1].locale if self._all() else self.locale
        return Speaker(locale, "Europe/Brussels", self.world.clock.now().date())

    def _render(self, answer: list[Outgoing]) -> str:
        parts = []
        for out in answer:
            speaker = Speaker(out.locale, out.time_zone, self.world.clock.now().date())
            parts.append(render(out.output, speaker))
        return "\n\n".join(part for part in parts if part) + "\n"


def _plain(text: str) -> str:
    """With the spaces that a keyboard types."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def _buttons(prompt: Prompt) -> list[Button]:
    return [button for field in prompt.fields for button in field.options] + list(prompt.buttons)


def _key(text: Text) -> str:
    if isinstance(text, Phrase):
        return text.msgid
    return text.text if isinstance(text, Copy) else str(text)


def _texts(out: Outgoing) -> Iterator[Text]:
    match out.output:
        case Say(lines):
            yield from lines
        case Prompt() as prompt:
            yield from prompt.lines
            yield from (field.text for field in prompt.fields)
            yield from (field.problem for field in prompt.fields)
            yield from (text for fact in prompt.facts for text in (fact.title, fact.value))
            yield from (text for button in _buttons(prompt) for text in (button.label, button.detail))


def _msgids(text: Text) -> Iterator[str]:
    match text:
        case Phrase(msgid, gaps):
            yield msgid
            for gap in gaps.values():
                yield from _msgids(gap)
        case Lines(items) | Listed(items):
            for item in items:
                yield from _msgids(item)
        case _:
            pass
