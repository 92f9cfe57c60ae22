"""Pages that only say something, and lead to the conversation."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from bot.channels.web import render, sessions, words
from bot.faults import trace
from flows.engine.phrases import Phrase
from locales.speaker import Speaker

log = logging.getLogger(__name__)

Handler = Callable[[Request], Awaitable[Response]]


def shown(handler: Handler) -> Handler:
    """A person looks at what this answers, so that a failure is said in words too."""

    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except Exception as error:  # the edge of a page
            log.error("a page failed: %s", trace(error))
            return notice(request, 503, words.NO_PAGE_NOW, words.TRY_AGAIN)

    return answer


async def nothing_here(request: Request) -> Response:
    """An address that leads nowhere."""
    return notice(request, 404, words.NO_PAGE)


def notice(request: Request, status: int, says: Phrase, onward: Phrase = words.TO_THE_CHAT) -> Response:
    """One sentence, in the language of the browser, and the way to the conversation."""
    speaker = Speaker(sessions.language_of(request), "UTC", datetime.date.min)
    page = render.page(
        "notice.html", locale=speaker.language, says=speaker.say(says), onward=speaker.say(onward)
    )
    return Response(page, status, media_type="text/html")
