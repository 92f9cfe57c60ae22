"""The web chat on a stage: the real page and engine, the flows of the scene, memory in a list."""

from __future__ import annotations

import asyncio
import datetime
import threading
from collections.abc import Sequence
from pathlib import Path

from msgspec import structs
from starlette.types import ASGIApp

from bot.channels.web.adapter import WebChannel
from bot.channels.web.demo import Demo, Letter
from bot.channels.web.history import Heard, Line, Stored, Told
from bot.channels.web.uploads import Uploads
from bot.enclosures.maker import Maker
from bot.ports import Enclosed, Outgoing, Received
from bot.turn import Incoming, take_turns
from bot.web import Server, application
from flows.engine.conversation import Conversation
from flows.engine.data import File
from flows.engine.engine import advance
from flows.engine.events import Sent
from flows.engine.outputs import Say
from locales.speaker import Speaker
from storage.attachments import Folder
from tests.bot.channels.web.scene import FLOWS, Desk
from tests.bot.channels.web.times import NOW


class StillClock:
    """A clock that shows the time it was set to."""

    def now(self) -> datetime.datetime:
        """Always the same moment."""
        return NOW


class Stage:
    """Takes each deed at once, in order; while it is `held` they wait, as on a busy server."""

    def __init__(self, folder: Path) -> None:
        self.desk = Desk()
        self.history: dict[str, list[Line]] = {}
        self.states: dict[str, Conversation] = {}
        self.keys: list[str] = []
        self.held = False
        self.memory_is_away = False
        self.letters: list[Letter] = []
        self.stored: dict[tuple[str, str], Stored] = {}
        self.people: dict[str, str] = {}
        self._number = 0
        self._line = asyncio.Lock()
        self._later: set[asyncio.Task[None]] = set()
        self._incoming = folder / "incoming"
        self.channel = WebChannel(self.take, self, Uploads(self._incoming), StillClock())

    async def take(self, received: Received) -> bool:
        """As the runner does: absorb what was seen before, answer later."""
        if received.key in self.keys:
            return False
        self.keys.append(received.key)
        task = asyncio.create_task(self._turn(received))
        self._later.add(task)
        task.add_done_callback(self._later.discard)
        return True

    async def _turn(self, received: Received) -> None:
        async with self._line:
            while self.held:  # noqa: ASYNC110  set in another thread
                await asyncio.sleep(0.01)
            event = self.channel.receive(received)
            if isinstance(event.content, Sent):
                event = structs.replace(event, content=self._prepared(received, event.content))
            before = self.states.get(event.conversation)
            self.lines_of(event.conversation).append(Heard(received.key, event.content))
            turn = take_turns(
                [Incoming(event, before, self.channel.capabilities)],
                lambda conversation, event, can: advance(FLOWS, conversation, event, can),
                lambda text, locale, conversation: None,
                self.desk.answer,
            )[0]
            self.states[event.conversation] = turn.conversation
            for output in turn.outputs:
                self._number += 1
                self.lines_of(event.conversation).append(Told(self._number, output))
                await self.channel.send(
                    Outgoing(
                        self._number,
                        event.conversation,
                        output,
                        turn.conversation.locale,
                        "Europe/Brussels",
                        NOW,
                    )
                )

    def _prepared(self, received: Received, sent: Sent) -> Sent:
        files = []
        for raw, file in zip(received.files, sent.files, strict=True):
            path = self._incoming / raw.ref
            self.stored[received.conversation, raw.ref] = Stored(path, file.name, "image/jpeg")
            files.append(File(raw.ref, file.kind, file.name, raw.size))
        return Sent(tuple(files), sent.text)

    def lines_of(self, conversation: str) -> list[Line]:
        """What was said so far."""
        return self.history.setdefault(conversation, [])

    async def lines(self, conversation: str, after: int = 0) -> Sequence[Line]:
        """Implements `history.Memory`."""
        lines = self.lines_of(conversation)
        return [line for line in lines if not after or (isinstance(line, Told) and line.id > after)]

    async def state(self, conversation: str) -> Conversation | None:
        """Implements `history.Memory`."""
        if self.memory_is_away:
            raise ConnectionError
        return self.states.get(conversation)

    async def file(self, conversation: str, id: str) -> Stored | None:
        """Implements `history.Memory`."""
        return self.stored.get((conversation, id))

    async def enclosed(self, conversation: str, number: int, speaker: Speaker) -> Enclosed | None:
        """Implements `history.Memory`."""
        for line in self.lines_of(conversation):
            if isinstance(line, Told) and line.id == number and isinstance(line.output, Say):
                made = line.output.enclosed
                return await Maker(Folder(self._incoming)).make(made, speaker) if made else None
        return None

    async def latest(self, count: int) -> Sequence[Letter]:
        """The mailbox."""
        return self.letters[:count]

    async def heard(self) -> list[object]:
        """All that people did, in order, once each deed that was taken has had its turn."""
        while self._later:
            await asyncio.wait(self._later)
        return [line.content for lines in self.history.values() for line in lines if isinstance(line, Heard)]

    def app(self, *, demo: bool = False) -> ASGIApp:
        """The web application."""
        return application(self.channel.routes(Demo(self.people, FLOWS, self.latest) if demo else None))


class Running:
    """A stage on a real port, in a thread of its own."""

    def __init__(self, folder: Path, *, demo: bool = False) -> None:
        self.stage = Stage(folder)
        self._server = Server(self.stage.app(demo=demo), "127.0.0.1", 0, self.stage.channel.streams.close)
        self.url = f"http://127.0.0.1:{self._server.port}"
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._server.run())

    @property
    def heard(self) -> list[object]:
        """All that people did: asked of the stage in its own thread, when it has come to rest."""
        return asyncio.run_coroutine_threadsafe(self.stage.heard(), self._loop).result(60)

    @property
    def newest(self) -> str:
        """The newest prompt of the only conversation."""
        assert self.heard
        [state] = self.stage.states.values()
        return state.screens[-1].token

    def close(self) -> None:
        """Stop answering."""
        self._loop.call_soon_threadsafe(self._server.stop)
        self._thread.join(60)
