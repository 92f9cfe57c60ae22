"""The process that is killed: the real runner, engine and desk, with ports that end it at a named point.

Run as `python -m tests.kill.child URL FOLDER PEOPLE RMAS [POINT NTH]`; it ends by itself when everybody has
filed their RMAs.
"""

from __future__ import annotations

import asyncio
import datetime
import io
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from PIL import Image
from sqlalchemy import Connection

from bot.app import SystemClock
from bot.drain import Mind
from bot.ports import Asked, Malformed, Outgoing, RawFile, Received
from bot.runner import Runner
from bot.services.desk import EmbeddedDesk
from bot.understanding import Understanding
from flows.catalog import FLOWS
from flows.engine.conversation import Conversation
from flows.engine.engine import advance
from flows.engine.events import Event, Sent
from flows.engine.outputs import Capabilities, Output, Prompt
from flows.engine.work import Reply
from storage.attachments import Folder
from storage.codec import decode_content, encode
from storage.unit_of_work import T, Transaction, UnitOfWork
from tests.kill.people import FIRST, answer_to
from tests.kill.platform import Platform

POINTS = (
    "received",
    "stored",
    "taken by the drain",
    "before its commit",
    "committed but not sent",
    "sent but not marked",
    "file written without its row",
)


class Fate:
    """Ends the process when a point is reached for the nth time."""

    def __init__(self, point: str = "", nth: int = 1) -> None:
        self._point = point
        self._left = nth

    def reach(self, point: str) -> None:
        if point == self._point:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


class MortalUnitOfWork(UnitOfWork):
    """May die around the commit of a turn."""

    def __init__(self, url: str, fate: Fate) -> None:
        super().__init__(url)
        self._fate = fate
        self.in_turn = False

    async def write(self, work: Transaction[T]) -> T:
        turn = False

        def mortal(connection: Connection) -> T:
            nonlocal turn
            self.in_turn = False
            result = work(connection)
            turn = self.in_turn
            if turn:
                self._fate.reach("before its commit")
            return result

        result = await super().write(mortal)
        if turn:
            self._fate.reach("committed but not sent")
        return result


class MortalFolder(Folder):
    """May die when a file is there and its row is not."""

    def __init__(self, path: Path, fate: Fate) -> None:
        super().__init__(path)
        self._fate = fate

    def keep(self, content: bytes) -> tuple[str, str]:
        kept = super().keep(content)
        self._fate.reach("file written without its row")
        return kept


class MortalChannel:
    """Delivers to the platform, and may die before saying so."""

    name = "test"
    capabilities = Capabilities()

    def __init__(self, platform: Platform, fate: Fate) -> None:
        self._platform = platform
        self._fate = fate
        out = io.BytesIO()
        Image.new("RGB", (40, 30), "red").save(out, "JPEG")
        self._photo = out.getvalue()

    def receive(self, received: Received) -> Event:
        content = decode_content(received.payload.decode())
        if isinstance(content, Sent) != bool(received.files):
            raise Malformed
        return Event(received.key, received.conversation, received.conversation, received.at, content, "en")

    async def fetch(self, _ref: str) -> bytes:
        return self._photo

    async def send(self, outgoing: Outgoing) -> str:
        output = outgoing.output
        self._platform.add("shown", outgoing.conversation, outgoing.id, output)  # type: ignore[arg-type]
        self._fate.reach("sent but not marked")
        return f"m{outgoing.id}" if isinstance(output, Prompt) else ""


class MortalDesk(EmbeddedDesk):
    """The real desk; when it is asked, a turn is being taken."""

    def __init__(self, uow: MortalUnitOfWork) -> None:
        super().__init__()
        self._uow = uow

    def answer(self, work: Connection, asked: Sequence[Asked]) -> list[Reply]:
        self._uow.in_turn = True
        return super().answer(work, asked)


class Life:
    """One life of the process."""

    def __init__(self, url: str, folder: Path, fate: Fate) -> None:
        self._fate = fate
        self._clock = SystemClock()
        self._platform = Platform(folder / "platform.jsonl")
        self._uow = MortalUnitOfWork(url, fate)
        mind = Mind(self._advance, Understanding(FLOWS).understand, MortalDesk(self._uow))
        channel = MortalChannel(self._platform, fate)
        files = MortalFolder(folder / "attachments", fate)
        self._runner = Runner(self._uow, self._clock, {"test": channel}, mind, files)

    async def live(self, people: int, rmas: int) -> None:
        await self._runner.start()
        async with asyncio.timeout(240):
            await asyncio.gather(*(self._person(f"p{n}", n, rmas) for n in range(people)))
        await self._runner.stop()
        self._uow.close()
        self._platform.close()

    def _advance(
        self, conversation: Conversation, event: Event, can: Capabilities
    ) -> tuple[Conversation, tuple[Output, ...]]:
        self._uow.in_turn = True
        self._fate.reach("taken by the drain")
        return advance(FLOWS, conversation, event, can)

    async def _person(self, who: str, choice: int, rmas: int) -> None:
        for id, _content in self._platform.unconfirmed(who):
            await self._deliver(who, id)
        if not self._platform.deeds(who):
            await self._do(who, FIRST)
        while True:
            prompt = self._platform.open_prompt(who)
            if prompt is None:
                await asyncio.sleep(0.003)
                continue
            begun = sum(deed == FIRST for _, deed in self._platform.deeds(who))
            content = answer_to(prompt, choice + begun)
            if content is None and begun == rmas:
                return
            await self._do(who, content or FIRST)

    async def _do(self, who: str, content: object) -> None:
        id = len(self._platform.deeds(who))
        self._platform.add("did", who, id, content)  # type: ignore[arg-type]
        await self._deliver(who, id)

    async def _deliver(self, who: str, id: int) -> None:
        content = dict(self._platform.deeds(who))[id]
        self._fate.reach("received")
        files = (RawFile("photo", "photo.jpg", "image"),) if isinstance(content, Sent) else ()
        payload = encode(content).encode()
        now = datetime.datetime.now(datetime.UTC)
        await self._runner.receive(Received("test", f"{who}/{id}", who, payload, now, files))
        self._fate.reach("stored")
        self._platform.add("confirmed", who, id)


def main(url: str, folder: str, people: str, rmas: str, point: str = "", nth: str = "1") -> None:
    life = Life(url, Path(folder), Fate(point, int(nth)))
    asyncio.run(life.live(int(people), int(rmas)))


if __name__ == "__main__":
    main(*sys.argv[1:])
