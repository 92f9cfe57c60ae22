"""A small world to run the spine in: a channel, an engine and a desk that do just what a test says."""

from __future__ import annotations

import asyncio
import datetime
import json
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from msgspec import structs
from sqlalchemy import Column, Connection, Integer, MetaData, Table, Text, insert

from bot.drain import Mind
from bot.ports import Asked, Malformed, Moved, Outgoing, RawFile, Received, Unreachable
from bot.runner import Runner
from flows.engine.conversation import Conversation
from flows.engine.data import File
from flows.engine.events import Content, Elapsed, Event, Pressed, Returned, Said, Sent
from flows.engine.outputs import Call, Capabilities, Closed, Finished, Output, Prompt, Remind, Say
from flows.engine.phrases import Lines, _
from flows.engine.phrases import Text as Words
from flows.engine.work import Done, Reply
from flows.requests import AddNote
from storage.attachments import Folder
from storage.unit_of_work import UnitOfWork

AT = datetime.datetime(2026, 11, 20, 9, 30, tzinfo=datetime.UTC)
LOOKING = _("Looking at your file…")
PATIENCE = 120
"""For a machine that has a lot to do."""

# Every effect of the fake desk leaves a row here, with nothing that would absorb a second one.
ledger_metadata = MetaData()
ledger = Table(
    "ledger",
    ledger_metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation", Text),
    Column("note", Text),
)


class RealClock:
    """The time as it is."""

    def now(self) -> datetime.datetime:
        return datetime.datetime.now(datetime.UTC)


class StoppedClock:
    """The time a test says it is."""

    def __init__(self, at: datetime.datetime = AT) -> None:
        self.at = at

    def now(self) -> datetime.datetime:
        return self.at


class FakeChannel:
    """Understands {"text": …}, {"token": …, "index": …} and {"files": …}; remembers what it sent.

    {"left": …} says that a person cannot be reached, {"moved": …} that the chat has another name.
    """

    name = "test"
    capabilities = Capabilities()

    def __init__(self) -> None:
        self.sent: list[Outgoing] = []
        self.faults: dict[str, list[Exception]] = defaultdict(list)
        self.bytes: dict[str, bytes] = {}
        self.stopped: set[str] = set()
        self.held: dict[str, asyncio.Event] = {}

    def receive(self, received: Received) -> Event:
        try:
            said = json.loads(received.payload)
        except ValueError as error:
            raise Malformed from error
        if "left" in said:
            raise Unreachable(said["left"])
        if "moved" in said:
            raise Moved(said["moved"])
        content: Content
        if received.files:
            content = Sent(tuple(File(raw.ref, "image", raw.name, raw.size) for raw in received.files))
        elif "token" in said:
            content = Pressed(said["token"], said["index"])
        else:
            content = Said(said["text"])
        return Event(
            received.key,
            received.conversation,
            received.conversation,
            received.at,
            content,
            said.get("locale", ""),
        )

    def hold(self, name: str) -> asyncio.Event:
        """Let this file, or what is said to this conversation, wait until the event is set."""
        return self.held.setdefault(name, asyncio.Event())

    async def fetch(self, ref: str) -> bytes:
        await self._pass(ref)
        return self.bytes[ref]

    async def send(self, outgoing: Outgoing) -> str:
        await self._pass(outgoing.conversation)
        self.sent.append(outgoing)
        return f"m{outgoing.id}"

    async def _pass(self, name: str) -> None:
        if self.faults[name]:
            raise self.faults[name].pop(0)
        if name in self.held:
            self.stopped.add(name)
            await self.held[name].wait()

    def heard(self, conversation: str) -> list[Words]:
        """What a conversation got to hear, as words."""
        return [words(each.output) for each in self.sent if each.conversation == conversation]

    def answers(self, conversation: str) -> list[Words]:
        """The same without the sign of life that comes when a file takes a while."""
        return [heard for heard in self.heard(conversation) if heard != LOOKING]


def words(output: Output) -> Words:
    """An output in short."""
    match output:
        case Say(lines) | Prompt(lines=lines):
            return lines[0] if len(lines) == 1 else Lines(lines)
        case Closed(token):
            return f"closed {token}"
        case Finished(flow):
            return f"finished {flow}"
        case _:
            raise AssertionError(output)


class FakeDesk:
    """Writes every note down in the ledger."""

    def __init__(self) -> None:
        self.rounds: list[int] = []

    def answer(self, work: Connection, asked: Sequence[Asked]) -> list[Reply]:
        self.rounds.append(len(asked))
        for item in asked:
            assert isinstance(item.request, AddNote)
            work.execute(insert(ledger).values(conversation=item.conversation, note=item.request.note))
        return [Done({"number": item.request.note}) for item in asked if isinstance(item.request, AddNote)]


def echo(
    conversation: Conversation, event: Event, _can: Capabilities
) -> tuple[Conversation, tuple[Output, ...]]:
    """Says everything back with its number; "note x" asks the desk, "boom" raises, "wait" sets a timer."""
    number = conversation.revision + 1
    after = structs.replace(conversation, revision=number)
    outputs: tuple[Output, ...]
    match event.content:
        case Said("boom"):
            raise ValueError("boom, said by a person")
        case Said("wait"):
            outputs = (Remind("later", event.at + datetime.timedelta(days=1)),)
        case Said(text) if text.startswith("note "):
            outputs = (Call(f"{event.id}/{number}", AddNote("00000001", text.removeprefix("note "))),)
        case Said(text):
            outputs = (Say((f"{number}: {text}",)),)
        case Returned(_, Done(values)):
            after = conversation
            outputs = (Say((f"{number - 1}: noted {values['number']}",)),)
        case Sent(files):
            outputs = (Say((f"{number}: {[(file.kind, file.problem) for file in files]}",)),)
        case Elapsed(timer):
            outputs = (Say((f"{number}: {timer}",)),)
        case Pressed(token, index):
            outputs = (Say((f"{number}: pressed {token}.{index}",)),)
        case _:
            outputs = ()
    return after, outputs


def understand_nothing(_text: str, _locale: str, _conversation: Conversation) -> Content | None:
    """Leaves all words to the engine."""
    return None


def said(key: str, text: str, conversation: str = "a") -> Received:
    """Typed words, as the fake channel hands them in."""
    return Received("test", key, conversation, json.dumps({"text": text}).encode(), AT)


def told(key: str, conversation: str = "a", **what: str) -> Received:
    """A payload in which nobody says anything."""
    return Received("test", key, conversation, json.dumps(what).encode(), AT)


def sent(key: str, *files: RawFile, conversation: str = "a") -> Received:
    """Files, as the fake channel hands them in."""
    return Received("test", key, conversation, b"{}", AT, files)


class World:
    """The real runner with fakes around it."""

    def __init__(self, url: str, folder: Path, **parts: Any) -> None:
        self.channel = parts.get("channel") or FakeChannel()
        self.desk = parts.get("desk") or FakeDesk()
        self.clock = parts.get("clock") or StoppedClock()
        self.folder = Folder(folder / "attachments")
        self.uow = UnitOfWork(url)
        mind = Mind(parts.get("advance") or echo, parts.get("understand") or understand_nothing, self.desk)
        self.runner = Runner(self.uow, self.clock, {"test": self.channel}, mind, self.folder)
        self.runner._prepare._at_most = PATIENCE

    def play(self, story: Callable[[], Awaitable[Any]]) -> Any:
        """Run a story while the loops go."""

        async def run() -> Any:
            await self.uow.write(ledger_metadata.create_all)
            await self.runner.start()
            try:
                return await asyncio.wait_for(story(), PATIENCE)
            finally:
                await self.runner.stop()
                self.uow.close()

        return asyncio.run(run())

    async def said_all(self) -> None:
        """Wait until nothing is being said any more, and what was said is marked as sent."""
        await self.until(lambda: not self.runner._sender._busy)

    async def until(self, true: Callable[[], object]) -> None:
        """Wait for something to become true."""
        while not true():  # noqa: ASYNC110  what is waited for has no event of its own
            await asyncio.sleep(0.005)
