"""Who is at the other end: a random cookie, of which only a hash is ever stored."""

from __future__ import annotations

import re
import secrets
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from bot.channels.web.words import LANGUAGES

COOKIE: Final = "solardesk"
KEPT_FOR: Final = 60 * 24 * 3600
_SHAPE: Final = re.compile(r"[A-Za-z0-9_-]{22,64}\Z")


def cookie_of(request: Request) -> str | None:
    """The session cookie of this request, if it has one of the right shape."""
    cookie = request.cookies.get(COOKIE, "")
    return cookie if _SHAPE.match(cookie) else None


def new_cookie() -> str:
    """192 random bits."""
    return secrets.token_urlsafe(24)


def conversation_of(cookie: str) -> str:
    """The conversation behind a cookie. The cookie itself never reaches the database or a log."""
    return "web:" + sha256(cookie.encode()).hexdigest()[:40]


def keep(response: Response, request: Request, cookie: str) -> None:
    """Set the session cookie, out of reach of scripts and of other sites."""
    response.set_cookie(
        COOKIE, cookie, max_age=KEPT_FOR, httponly=True, samesite="lax", secure=request.url.scheme == "https"
    )


def from_this_site(request: Request) -> bool:
    """Whether the page that asks is ours. A browser always names its page when it sends something;
    it need not when it reads (GET), but then it may say that the page is another one."""
    origin = request.headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc == request.headers.get("host")
    return request.method == "GET" and request.headers.get("sec-fetch-site", "same-origin") == "same-origin"


def language_of(request: Request) -> str:
    """The first language of the browser that we speak."""
    for part in request.headers.get("accept-language", "").split(","):
        code = part.split(";")[0].strip()[:2].lower()
        if code in LANGUAGES:
            return code
    return "en"
