"""The requests of the page: open it, do something, send a file, listen."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import msgspec
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.channels.web import history, notices, receive, render, sessions, words
from bot.channels.web.history import Told
from bot.channels.web.streams import Frame
from bot.channels.web.uploads import TooBig, ref_of
from bot.ports import Malformed, RawFile, Received
from flows.engine.data import File, Started
from flows.engine.events import Said, Sent

if TYPE_CHECKING:
    from bot.channels.web.adapter import WebChannel
    from bot.channels.web.demo import Demo

LONGEST_DEED: Final = 1_000_000
_ID: Final = re.compile(r"[A-Za-z0-9-]{4,64}\Z")
_FLOW: Final = re.compile(r"[a-z_]{1,40}\Z")

Handler = Callable[[Request, str], Awaitable[Response]]


def routes(channel: WebChannel, demonstration: Demo | None) -> list[BaseRoute]:
    """Everything a person's browser may ask for."""
    page = Page(channel, demonstration)
    return [
        Route("/", notices.shown(page.show)),
        Route("/l/{code}", notices.shown(page.show)),
        Route("/chat/say/{id}", _known(page.say), methods=["POST"]),
        Route("/chat/files/{id}", _known(page.upload), methods=["PUT"]),
        Route("/chat/files/{id}", _known(page.photo), methods=["GET"]),
        Route("/chat/enclosed/{number:int}", _known(page.enclosed), methods=["GET"]),
        Route("/chat/events", _known(page.listen), methods=["GET"]),
        Mount("/static", StaticFiles(directory=render.STATIC)),
        Route("/{anything:path}", notices.nothing_here, methods=["GET", "POST", "PUT"]),
    ]


def _known(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """Only for our own page, and only with a session: the handler gets its conversation."""

    async def answer(request: Request) -> Response:
        if not sessions.from_this_site(request):
            return Response(status_code=403)
        cookie = sessions.cookie_of(request)
        if cookie is None:
            return Response(status_code=401)
        if not _ID.match(request.path_params.get("id", "none")):
            return Response(status_code=404)
        try:
            return await handler(request, sessions.conversation_of(cookie))
        except ClientDisconnect:  # nobody hears the answer
            return Response(status_code=400)

    return answer


class Page:
    """The handlers. Each gets the conversation of the session that asks."""

    def __init__(self, channel: WebChannel, demonstration: Demo | None) -> None:
        self.channel = channel
        self.demonstration = demonstration

    async def show(self, request: Request) -> Response:
        """The page with the conversation so far; a first visit gets a session."""
        cookie = sessions.cookie_of(request) or sessions.new_cookie()
        conversation = sessions.conversation_of(cookie)
        state = await self.channel.memory.state(conversation)
        lines = await self.channel.memory.lines(conversation)
        locale = (state and state.locale) or sessions.language_of(request)
        pen = self.channel.pen(locale)
        response = Response(
            render.page(
                "chat.html",
                locale=pen.speaker.language,
                words=pen.words,
                script_words=words.spoken(pen.speaker),
                languages=words.LANGUAGES,
                items=history.html(lines, state, pen),
                last=max((line.id for line in lines if isinstance(line, Told)), default=0),
                chat=conversation[-12:],
                start=msgspec.to_builtins(self._start(request, known=bool(lines))),
                demo=self.demonstration is not None,
            ),
            media_type="text/html",
        )
        sessions.keep(response, request, cookie)
        return response

    def _start(self, request: Request, known: bool) -> dict[str, object]:
        """What the page does by itself when it opens: follow the link it was opened by, or say hello.

        Hello has an id of the day, so that a page opened twice greets once.
        """
        code = request.path_params.get("code", "")
        flow = request.query_params.get("start", "")
        if code:
            return {"deed": Started("link", {"code": code[:100]}), "id": ""}
        if _FLOW.match(flow):
            return {"deed": Started(flow), "id": ""}
        if known:
            return {}
        return {"deed": Started("menu"), "id": f"hello-{self.channel.today():%Y%m%d}"}

    async def say(self, request: Request, conversation: str) -> Response:
        """Take in what the person did; sent again, it is only confirmed again."""
        body = await _limited(request, LONGEST_DEED)
        if body is None:
            return Response(status_code=413)
        try:
            payload = receive.read(body)
        except Malformed:
            return Response(status_code=400)
        content = payload.content
        announced = content.files if isinstance(content, Sent) else ()
        files = [self._raw(conversation, file) for file in announced]
        if any(file.size < 0 for file in files):
            return Response(status_code=409)
        key = f"{conversation}:{request.path_params['id']}"
        received = Received(
            self.channel.name,
            key,
            conversation,
            receive.write(payload),
            self.channel.clock.now(),
            tuple(files),
        )
        new = await self.channel.take(received)
        if new and isinstance(content, Said):
            self._echo(conversation, key, content)
        return JSONResponse({"new": new}, 202)

    def _echo(self, conversation: str, key: str, said: Said) -> None:
        """Show typed words on the other open pages of the same person."""
        for stream in self.channel.streams.of(conversation):
            item = render.own(
                history.short(key), history.own_label(said), (), self.channel.pen(stream.locale)
            )
            stream.push(Frame("own", {"key": history.short(key), "html": item}))

    def _raw(self, conversation: str, file: File) -> RawFile:
        """A file as the runner fetches it; its size is -1 when it has not arrived."""
        ref = ref_of(conversation, file.id)
        size = self.channel.uploads.size(ref)
        return RawFile(ref, file.name, file.kind, -1 if size is None else size)

    async def upload(self, request: Request, conversation: str) -> Response:
        """Take in one file; it belongs to nothing until it is announced."""
        try:
            await self.channel.uploads.take(ref_of(conversation, request.path_params["id"]), request.stream())
        except TooBig:
            return Response(status_code=413)
        await asyncio.to_thread(self.channel.uploads.sweep)
        return Response(status_code=201)

    async def photo(self, request: Request, conversation: str) -> Response:
        """A stored file of this conversation; everything else does not exist."""
        found = await self.channel.memory.file(conversation, request.path_params["id"])
        if found is None:
            return Response(status_code=404)
        inline = found.media_type.startswith("image/")
        return FileResponse(
            found.path,
            media_type=found.media_type,
            filename=found.name,
            content_disposition_type="inline" if inline else "attachment",
            headers={"Cache-Control": "private, max-age=3600"},
        )

    async def enclosed(self, request: Request, conversation: str) -> Response:
        """What was handed out with something said in this conversation, in the language it is spoken in."""
        state = await self.channel.memory.state(conversation)
        locale = (state and state.locale) or sessions.language_of(request)
        number = request.path_params["number"]
        speaker = self.channel.pen(locale).speaker
        found = await self.channel.memory.enclosed(conversation, number, speaker) if number < 2**63 else None
        if found is None:
            return Response(status_code=404)
        how = "inline" if found.is_image else "attachment"
        return Response(
            found.content,
            media_type=found.media_type,
            headers={
                "Content-Disposition": f"{how}; filename*=utf-8''{quote(found.name, safe='')}",
                "Cache-Control": "private, no-store",
            },
        )

    async def listen(self, request: Request, conversation: str) -> Response:
        """What the bot says from now on, after what this page missed."""
        locale = request.query_params.get("locale", "")
        after = _number(request.headers.get("last-event-id") or request.query_params.get("after", ""))
        return StreamingResponse(
            self._events(conversation, locale, after),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    async def _events(self, conversation: str, locale: str, after: int) -> AsyncIterator[bytes]:
        with self.channel.streams.opened(conversation, locale) as stream:
            yield b"retry: 2000\n\n"
            missed = await self.channel.memory.lines(conversation, after)
            state = await self.channel.memory.state(conversation)
            spoken = state.locale if state and state.locale else locale
            for line in missed:
                if isinstance(line, Told) and line.id > after:
                    after = line.id
                    yield self.channel.frame(line.id, line.output, spoken, locale).wire()
            async for part in stream.wire(after):
                yield part


async def _limited(request: Request, most: int) -> bytes | None:
    """The body, or None when it is longer than allowed; the rest is read and thrown away."""
    body = bytearray()
    size = 0
    async for part in request.stream():
        size += len(part)
        if size <= most:
            body += part
        elif size > 20 * most:
            break
    return bytes(body) if size <= most else None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
