"""Open pages: what the bot says reaches each of them as server-sent events."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Final

import msgspec
from msgspec import Struct

HEARTBEAT: Final = 15.0
OPEN_AT_ONCE: Final = 8
BEHIND: Final = 500


class Frame(Struct, frozen=True):
    """One server-sent event. `number` is the outbox id, 0 when it is not from there."""

    event: str
    data: dict[str, str]
    number: int = 0

    def wire(self) -> bytes:
        """The bytes on the line. JSON keeps the data on one line."""
        head = f"id: {self.number}\n" if self.number else ""
        return f"{head}event: {self.event}\ndata: ".encode() + msgspec.json.encode(self.data) + b"\n\n"


class Stream:
    """One open page and the language it is written in."""

    def __init__(self, locale: str) -> None:
        self.locale = locale
        self._frames: asyncio.Queue[Frame | None] = asyncio.Queue()

    def push(self, frame: Frame) -> None:
        """Send this when the page can take it; a page that fell far behind is let go and asks again."""
        if self._frames.qsize() < BEHIND:
            self._frames.put_nowait(frame)
        else:
            self.close()

    def close(self) -> None:
        """End after what was pushed."""
        self._frames.put_nowait(None)

    async def wire(self, after: int) -> AsyncIterator[bytes]:
        """What was pushed, without what the page has already, and a sign of life in between."""
        while True:
            try:
                frame = await asyncio.wait_for(self._frames.get(), HEARTBEAT)
            except TimeoutError:
                yield b": still here\n\n"
                continue
            if frame is None:
                return
            if not 0 < frame.number <= after:
                after = max(after, frame.number)
                yield frame.wire()


class Streams:
    """All open pages, by conversation."""

    def __init__(self) -> None:
        self._open: dict[str, list[Stream]] = defaultdict(list)

    @contextmanager
    def opened(self, conversation: str, locale: str) -> Iterator[Stream]:
        """A page for as long as it is open; the oldest one goes when there are too many."""
        stream = Stream(locale)
        pages = self._open[conversation]
        pages.append(stream)
        if len(pages) > OPEN_AT_ONCE:
            pages[0].close()
        try:
            yield stream
        finally:
            pages.remove(stream)
            if not pages:
                self._open.pop(conversation, None)

    def of(self, conversation: str) -> list[Stream]:
        """The open pages of a conversation."""
        return list(self._open.get(conversation, ()))

    def close(self) -> None:
        """End all of them; the browsers come back when there is a server again."""
        for pages in self._open.values():
            for stream in pages:
                stream.close()
