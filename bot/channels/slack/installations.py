"""The installation store behind Bolt's OAuth, on our own tables, and the tokens it keeps fresh."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Callable
from typing import Any, Final

from slack_sdk.errors import SlackClientError
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator

from bot.channels.slack.places import Place
from bot.ports import Clock, RetryLater, Unavailable, Unreachable
from storage import installations, leases
from storage.installations import Installation as Installed
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

BELIEVED: Final = 30.0
"""Seconds: another process may have seen the app removed."""
EARLY: Final = 120
"""Minutes before a token ends it is renewed."""


class Installations(AsyncInstallationStore):
    """Who can be spoken to, with which token."""

    def __init__(
        self,
        work: UnitOfWork,
        clock: Clock,
        rotator: AsyncTokenRotator | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._work = work
        self._clock = clock
        self._rotator = rotator
        self._now = now
        self._believed: dict[tuple[str, str], tuple[float, Installed]] = {}
        self._renewing: dict[tuple[str, str], asyncio.Lock] = {}
        self._holder = secrets.token_hex(8)

    async def token(self, place: Place) -> str:
        """The token of the bot there. Raises Unreachable, RetryLater, Unavailable."""
        key = (place.enterprise, place.team)
        until, found = self._believed.get(key, (0.0, None))
        if found is None or until < time.monotonic():
            found = await self._found(*key)
            if found is None:
                raise Unreachable
        if self._ends_soon(found):
            async with self._renewing.setdefault((found.enterprise, found.team), asyncio.Lock()):
                found = await self._renewed(*key)
        self._believed[key] = (time.monotonic() + BELIEVED, found)
        return found.token

    async def left(self, place: Place) -> None:
        """The app was removed there; kept before Slack hears that we know."""
        now = self._clock.now()
        await self._work.write(
            lambda connection: installations.leave(connection, place.enterprise, place.team, now)
        )
        self._believed.clear()

    async def heard(self, place: Place) -> None:
        """Somebody speaks in a workspace that we thought had left."""
        await self._work.write(
            lambda connection: installations.back(connection, place.enterprise, place.team)
        )

    async def all_left(self) -> list[tuple[str, str]]:
        """The workspaces that removed the app."""
        return await self._work.read(installations.left)

    async def every(self) -> list[Installed]:
        """All that can be spoken to."""
        return await self._work.read(installations.every)

    # --- what Bolt asks of a store ---

    async def async_save(self, installation: Installation) -> None:
        """Somebody installed the app."""
        await self.async_save_bot(installation.to_bot())

    async def async_save_bot(self, bot: Bot) -> None:
        """The same, as far as the bot goes: of people we keep no tokens."""
        await self._work.write(lambda connection: installations.save(connection, _installed(bot)))
        self._believed.clear()

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """The bot of a workspace or organisation."""
        found = await self._found(enterprise_id or "", "" if is_enterprise_install else team_id or "")
        return _bot(found) if found else None

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """The app was removed."""
        await self.left(Place(enterprise_id or "", team_id or "", ""))

    async def async_delete_installation(self, **_who: Any) -> None:
        """One person took their own token back; we never had it."""

    # --- tokens that end ---

    async def _found(self, enterprise: str, team: str) -> Installed | None:
        return await self._work.read(lambda connection: installations.find(connection, enterprise, team))

    def _ends_soon(self, found: Installed) -> bool:
        return bool(found.expires_at) and found.expires_at <= self._now() + EARLY * 60

    async def _renewed(self, enterprise: str, team: str) -> Installed:
        """With a token for the next hours. One process at a time: a refresh token is good once."""
        found = await self._found(enterprise, team)
        if found is None:
            raise Unreachable
        if not self._ends_soon(found) or self._rotator is None:
            return found
        name = f"slack-token:{found.enterprise}:{found.team}"
        now = self._clock.now()
        if not await self._work.write(lambda connection: leases.take(connection, name, self._holder, now)):
            if found.expires_at > self._now():
                return found
            raise RetryLater(1.0)
        try:
            return await self._rotated(found, self._rotator)
        finally:
            await self._work.write(lambda connection: leases.give_back(connection, name, self._holder))

    async def _rotated(self, found: Installed, rotator: AsyncTokenRotator) -> Installed:
        try:
            bot = await rotator.perform_bot_token_rotation(bot=_bot(found), minutes_before_expiration=EARLY)
        except (SlackClientError, OSError, TimeoutError) as error:
            log.warning("a token was not renewed: %s", type(error).__name__)
            if found.expires_at > self._now():
                return found
            raise Unavailable from None
        if bot is None:
            return found
        new = _installed(bot)
        await self._work.write(lambda connection: installations.renew(connection, new))
        return new


def _installed(bot: Bot) -> Installed:
    return Installed(
        bot.enterprise_id or "",
        "" if bot.is_enterprise_install else bot.team_id or "",
        (bot.enterprise_name if bot.is_enterprise_install else bot.team_name) or "",
        bot.bot_user_id or "",
        bot.bot_token or "",
        bot.bot_refresh_token or "",
        int(bot.bot_token_expires_at or 0),
    )


def _bot(found: Installed) -> Bot:
    return Bot(
        enterprise_id=found.enterprise or None,
        team_id=found.team or None,
        team_name=found.name,
        bot_token=found.token,
        bot_id="",
        bot_user_id=found.bot_user,
        bot_refresh_token=found.refresh_token or None,
        bot_token_expires_at=found.expires_at or None,
        is_enterprise_install=not found.team,
        installed_at=1.0,  # the library wants one
    )
