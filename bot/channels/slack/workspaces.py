"""Which workspaces the app is installed in, and how each is spoken to."""

from __future__ import annotations

import logging

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.places import Place
from bot.channels.slack.sending import Sending
from bot.ports import Unreachable

log = logging.getLogger("slack_sdk")


class Workspaces:
    """One workspace, whose bot token an operator gave."""

    def __init__(self, base_url: str, bot_token: str) -> None:
        self._base_url = base_url
        self._session: aiohttp.ClientSession | None = None
        self._left: set[tuple[str, str]] = set()
        self._one = Sending(self.client(bot_token))

    async def sending(self, place: Place) -> Sending:
        """How this workspace is spoken to. Raises Unreachable."""
        if (place.enterprise, place.team) in self._left:
            raise Unreachable
        self._one.client.session = self._connections()
        return self._one

    def left(self, place: Place) -> None:
        """The app was removed there: nothing is said any more, and what waits is held.

        Not stored, because Slack refuses the token from now on.
        """
        self._left.add((place.enterprise, place.team))

    def heard(self, place: Place) -> None:
        """Somebody speaks there: the app is installed."""
        self._left.discard((place.enterprise, place.team))

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
