"""Which workspaces the app is installed in, and how each is spoken to."""

from __future__ import annotations

import logging

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.places import Place
from bot.channels.slack.sending import Sending

log = logging.getLogger("slack_sdk")


class Workspaces:
    """One workspace, whose bot token an operator gave."""

    def __init__(self, base_url: str, bot_token: str) -> None:
        self._base_url = base_url
        self._session: aiohttp.ClientSession | None = None
        self._one = Sending(self.client(bot_token))

    async def sending(self, place: Place) -> Sending:
        """How this workspace is spoken to. Raises Unreachable."""
        self._one.client.session = self._connections()
        return self._one

    def client(self, token: str) -> AsyncWebClient:
        """The library's client. It never tries again by itself: that could post twice."""
        return AsyncWebClient(token, self._base_url, timeout=15, retry_handlers=[], logger=log)

    async def close(self) -> None:
        """Let go of the connections."""
        if self._session:
            await self._session.close()

    def _connections(self) -> aiohttp.ClientSession:
        """Kept open, because the library would open one for every call."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=15))
        return self._session
