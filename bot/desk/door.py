"""Who is at the desk: sessions, and forms that only our own pages can send."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

COOKIE: Final = "solardesk_desk"
LONGEST_FORM: Final = 64 * 1024
_SHAPE: Final = re.compile(r"[A-Za-z0-9_-]{43}\Z")


def new_cookie() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def cookie_of(request: Request) -> str:
    """The cookie of this request, "" without one of the right shape."""
    cookie = request.cookies.get(COOKIE, "")
    return cookie if _SHAPE.match(cookie) else ""


def keep(response: Response, request: Request, cookie: str) -> None:
    """Set the cookie, out of reach of scripts and of other sites; it ends with the browser."""
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, cookie, path="/desk", httponly=True, samesite="lax", secure=secure)


def drop(response: Response) -> None:
    """Take the cookie back."""
    response.delete_cookie(COOKIE, path="/desk")


def token_of(cookie: str) -> str:
    """What a form of ours carries: nobody can make it who cannot read the cookie."""
    return hashlib.sha256(f"form:{cookie}".encode()).hexdigest()


def from_our_form(request: Request, form: Mapping[str, str], cookie: str) -> bool:
    """Whether a page of ours sent this."""
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return False
    return bool(cookie) and hmac.compare_digest(form.get("token", "").encode(), token_of(cookie).encode())


async def form_of(request: Request) -> dict[str, str] | None:
    """The fields of a form; None when it is no form, or longer than any of ours."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_FORM:
            return None
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=20))
    except ValueError:
        return None
