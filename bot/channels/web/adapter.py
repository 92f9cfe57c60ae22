"""The web chat as a channel: what the bot says goes to the pages that are open."""

from __future__ import annotations

import datetime
from collections.abc import Awaitable, Callable
from zoneinfo import ZoneInfo

from starlette.routing import BaseRoute

from bot.channels.web import demo, pages, receive, render
from bot.channels.web.history import Memory
from bot.channels.web.render import Pen
from bot.channels.web.streams import Frame, Streams
from bot.channels.web.uploads import Uploads
from bot.ports import Clock, Outgoing, Received
from flows.engine.events import Event
from flows.engine.outputs import Capabilities, Closed, Output


class WebChannel:
    """Implements `ports.Channel`. When no page is open, an answer simply waits in the history."""

    name = "web"
    capabilities = Capabilities(max_fields=1)

    def __init__(
        self,
        take: Callable[[Received], Awaitable[bool]],
        memory: Memory,
        uploads: Uploads,
        clock: Clock,
        time_zone: str = "Europe/Brussels",
    ) -> None:
        self.take = take
        self.memory = memory
        self.uploads = uploads
        self.clock = clock
        self.time_zone = time_zone
        self.streams = Streams()

    def receive(self, received: Received) -> Event:
        """The event in a stored payload. Raises Malformed."""
        return receive.event(received)

    async def fetch(self, ref: str) -> bytes:
        """The bytes of an upload. Raises Nowhere."""
        return await self.uploads.fetch(ref)

    async def send(self, outgoing: Outgoing) -> str:
        """Show it on the open pages."""
        for stream in self.streams.of(outgoing.conversation):
            stream.push(self.frame(outgoing.id, outgoing.output, outgoing.locale, stream.locale))
        return str(outgoing.id)

    def frame(self, number: int, output: Output, locale: str, shown: str) -> Frame:
        """What an open page has to do. One written in another language renews itself."""
        if locale != shown:
            return Frame("locale", {"locale": locale}, number)
        pen = self.pen(locale)
        if isinstance(output, Closed):
            return Frame("closed", {"token": output.token, "html": render.closing(output, pen)}, number)
        return Frame("item", {"html": render.output(number, output, pen)}, number)

    def pen(self, locale: str) -> Pen:
        """Writes in this language, as of today."""
        return render.pen_for(locale, self.time_zone, self.today())

    def today(self) -> datetime.date:
        """The date where the people are."""
        return self.clock.now().astimezone(ZoneInfo(self.time_zone)).date()

    def routes(self, demonstration: demo.Demo | None = None) -> list[BaseRoute]:
        """What the web server answers for this channel; the mailbox and the panel only in the demo."""
        return [
            *(demo.routes(self, demonstration) if demonstration else ()),
            *pages.routes(self, demonstration),
        ]
