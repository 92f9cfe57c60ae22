"""Any workspace can install the app: Bolt's own flow, our pages and our store."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.state_store import FileOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.slack import words
from bot.channels.slack.installations import Installations
from bot.channels.slack.manifest import CALLBACK, SCOPES
from bot.channels.slack.wanted import Wanted
from flows.engine.phrases import Phrase

INSTALL: Final = "/slack/install"
STATE_SECONDS: Final = 600
SLACK: Final = "https://slack.com/"

log = logging.getLogger(__name__)

_QUIET: Final = logging.getLogger("slack_bolt.oauth")
"""Bolt logs the code of an installation that failed."""
_QUIET.setLevel(logging.ERROR)

Notice = Callable[[Request, int, Phrase], Response]
"""A page that says something."""


class Door:
    """The two addresses that a workspace is installed through."""

    def __init__(
        self, wanted: Wanted, client: AsyncWebClient, installs: Installations, folder: Path, notice: Notice
    ) -> None:
        self._notice = notice
        pages = AsyncCallbackOptions(success=_said("installed"), failure=_said("failed"))
        settings = AsyncOAuthSettings(
            client_id=wanted.client_id,
            client_secret=wanted.client_secret,
            scopes=SCOPES,
            redirect_uri=f"{wanted.public_url.rstrip('/')}{CALLBACK}",
            install_path=INSTALL,
            redirect_uri_path=CALLBACK,
            install_page_rendering_enabled=False,
            authorization_url=_authorize_url(wanted.base_url),
            installation_store=installs,
            installation_store_bot_only=True,
            state_store=FileOAuthStateStore(
                expiration_seconds=STATE_SECONDS, base_dir=str(folder), logger=_QUIET
            ),
            callback_options=pages,
        )
        self._flow = AsyncOAuthFlow(client=client, logger=_QUIET, settings=settings)

    def routes(self) -> list[Route]:
        """What the web server answers for it."""
        return [Route(INSTALL, self._install), Route(CALLBACK, self._come_back)]

    async def _install(self, request: Request) -> Response:
        return _answer(await self._flow.handle_installation(_asked(request)))

    async def _come_back(self, request: Request) -> Response:
        done = await self._flow.handle_callback(_asked(request))
        if done.body == "installed":
            return self._notice(request, 200, words.INSTALLED)
        return self._notice(request, done.status, words.NOT_INSTALLED)


def _said(what: str) -> Callable[[Any], Awaitable[BoltResponse]]:
    """What came of it; the page is ours."""

    async def said(args: Any) -> BoltResponse:
        if reason := getattr(args, "reason", ""):
            log.warning(
                "the app was not installed: %s", "".join(c for c in reason if c.isalnum() or c == "_")[:40]
            )
        return BoltResponse(status=getattr(args, "suggested_status_code", 200), body=what)

    return said


def _asked(request: Request) -> AsyncBoltRequest:
    return AsyncBoltRequest(body="", query=request.url.query, headers=dict(request.headers))


def _answer(answer: BoltResponse) -> Response:
    response = Response(answer.body, answer.status)
    for name, values in answer.headers.items():
        for value in values:
            response.headers.append(name, value)
    return response


def _authorize_url(base_url: str) -> str | None:
    """Where people agree: at Slack, or at the local API that stands for it."""
    return None if base_url.startswith(SLACK) else f"{base_url.removesuffix('api/')}oauth/v2/authorize"
