"""The console's only I/O: lines in, lines out."""

from __future__ import annotations

import asyncio
import mimetypes
import secrets
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TextIO

import msgspec

from bot.channels.console.receive import Payload, receive
from bot.channels.console.render import Numbered, numbered, render
from bot.ports import Clock, Enclosed, Nowhere, Outgoing, RawFile, Received
from flows.engine.events import Content, Event, Pressed, Said, Sent
from flows.engine.outputs import Capabilities, Prompt
from flows.engine.phrases import _
from locales.speaker import Speaker

Receive = Callable[[Received], Awaitable[bool]]

NO_FILE = _("There is no file of that name here. Check the path; nothing else was changed.")


class ConsoleChannel:
    """One person at one terminal. `/file PATH` sends a file, a number presses a button ("#2" where a number
    may be the answer), ctrl-D leaves.
    """

    name = "console"
    capabilities = Capabilities(max_fields=1)

    def __init__(self, person: str, locale: str, clock: Clock, out: TextIO) -> None:
        self.conversation = f"console:{person}"
        self._locale = locale
        self._clock = clock
        self._out = out
        self._presses: Numbered = {}
        self._folder: Path | None = None

    def receive(self, received: Received) -> Event:
        """The event in a stored line."""
        return receive(received)

    async def fetch(self, ref: str) -> bytes:
        """The bytes of a file the person named."""
        try:
            return await asyncio.to_thread(Path(ref).read_bytes)
        except OSError as error:
            raise Nowhere from error

    async def send(self, outgoing: Outgoing) -> str:
        """Print it."""
        self.show(outgoing)
        return str(outgoing.id)

    def show(self, outgoing: Outgoing) -> None:
        """Print an output, and remember what presses its buttons."""
        speaker = Speaker(outgoing.locale, outgoing.time_zone, self._clock.now().date())
        text = render(outgoing.output, speaker)
        if outgoing.enclosed:
            text += f"\n{self._kept(outgoing.enclosed)}"
        if isinstance(outgoing.output, Prompt):
            self._presses = numbered(outgoing.output)
        if text:
            print(text, end="\n\n", file=self._out, flush=True)

    def _kept(self, enclosed: Enclosed) -> str:
        """A terminal shows no pictures: they are put in a folder, whose name is said."""
        self._folder = self._folder or Path(tempfile.mkdtemp(prefix="solardesk-"))
        path = self._folder / enclosed.name
        path.write_bytes(enclosed.content)
        return str(path)

    async def take(self, content: Content, receive: Receive, files: tuple[RawFile, ...] = ()) -> None:
        """Hand one input in."""
        now = self._clock.now()
        payload = msgspec.json.encode(Payload(content, self._locale))
        await receive(Received(self.name, secrets.token_hex(8), self.conversation, payload, now, files))

    async def line(self, line: str, receive: Receive) -> None:
        """Hand in one typed line."""
        words = line.strip()
        if words.startswith("/file "):
            await self._file(_named(words.removeprefix("/file ").strip()), receive)
        elif words in self._presses:
            token, index = self._presses[words]
            await self.take(Pressed(token, index), receive)
        elif words:
            await self.take(Said(line), receive)

    async def _file(self, file: RawFile | None, receive: Receive) -> None:
        if file is None:
            speaker = Speaker(self._locale, "UTC", self._clock.now().date())
            print(speaker.say(NO_FILE), file=self._out, flush=True)
            return
        await self.take(Sent(()), receive, (file,))


def _named(words: str) -> RawFile | None:
    """The file of that name, if there is one."""
    path = Path(words).expanduser()
    if not path.is_file():
        return None
    kind = mimetypes.guess_type(path.name)[0] or ""
    return RawFile(str(path), path.name, kind, path.stat().st_size)
