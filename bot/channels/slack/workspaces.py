"""Which workspaces the app is installed in, and how each is spoken to."""

from __future__ import annotations

import logging

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.installations import Installations
from bot.channels.slack.places import Place
from bot.channels.slack.sending import Sending
from bot.ports import Unreachable

log = logging.getLogger("slack_sdk")


class Workspaces:
    """One workspace, whose bot token an operator gave; or all that installed the app."""

    def __init__(self, base_url: str, bot_token: str = "", installs: Installations | None = None) -> None:
        self._base_url = base_url
        self._bot_token = bot_token
        self._installs = installs
        self._session: aiohttp.ClientSession | None = None
        self._left: set[tuple[str, str]] | None = None
        self._sendings: dict[tuple[str, str], Sending] = {}

    async def sending(self, place: Place) -> Sending:
        """How this workspace is spoken to. Raises Unreachable, RetryLater, Unavailable."""
        if (place.enterprise, place.team) in await self._gone():
            raise Unreachable
        token = self._bot_token
        if not token:
            if self._installs is None:
                raise Unreachable
            token = await self._installs.token(place)
        whose = ("", "") if self._bot_token else (place.enterprise, place.team)
        if whose not in self._sendings:
            self._sendings[whose] = Sending(self.client(token))
        sending = self._sendings[whose]
        sending.client.token = token
        sending.client.session = self._connections()
        return sending

    async def left(self, place: Place) -> None:
        """The app was removed there: nothing is said any more, and what waits is held."""
        if self._bot_token:
            (await self._gone()).add((place.enterprise, place.team))
        self._sendings.pop((place.enterprise, place.team), None)
        if self._installs:
            await self._installs.left(place)

    async def heard(self, place: Place) -> None:
        """Somebody speaks there: the app is installed."""
        gone = await self._gone()
        if (place.enterprise, place.team) in gone:
            gone.discard((place.enterprise, place.team))
            if self._installs:
                await self._installs.heard(place)

    def client(self, token: str = "") -> AsyncWebClient:
        """The library's client. It never tries again by itself: that could post twice."""
        return AsyncWebClient(token, self._base_url, timeout=15, retry_handlers=[], logger=log)

    async def close(self) -> None:
        """Let go of the connections."""
        if self._session:
            await self._session.close()

    async def _gone(self) -> set[tuple[str, str]]:
        """The workspaces that removed the app. With tokens of their own, those say it."""
        if self._left is None:
            known = await self._installs.all_left() if self._installs and self._bot_token else []
            self._left = set(known)
        return self._left

    def _connections(self) -> aiohttp.ClientSession:
        """Kept open, because the library would open one for every call."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=15))
        return self._session
