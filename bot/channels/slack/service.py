"""The running channel: takes payloads in, over sockets or over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient
from starlette.routing import BaseRoute

from bot.channels.slack import http, oauth
from bot.channels.slack.adapter import SlackChannel
from bot.channels.slack.home import Homes
from bot.channels.slack.installations import Installations
from bot.channels.slack.intake import Intake
from bot.channels.slack.lookups import Lookups
from bot.channels.slack.oauth import Notice
from bot.channels.slack.people import People
from bot.channels.slack.register import Register
from bot.channels.slack.rooms import Rooms
from bot.channels.slack.sending import Gone, Refusal, understood
from bot.channels.slack.sockets import Sockets
from bot.channels.slack.wanted import Wanted
from bot.channels.slack.workspaces import Workspaces
from bot.ports import Clock, Reception, RetryLater, Unavailable, Unreachable
from storage.unit_of_work import UnitOfWork


class Slack:
    """One app."""

    def __init__(
        self,
        wanted: Wanted,
        reception: Reception,
        lookups: Lookups,
        register: Register,
        clock: Clock,
        work: UnitOfWork,
        folder: Path,
        notice: Notice,
    ) -> None:
        self._wanted = wanted
        installs = Installations(work, clock, rotator(wanted))
        self._workspaces = Workspaces(wanted.base_url, wanted.bot_token, installs)
        client = self._workspaces.client()
        self._install = oauth.Door(wanted, client, installs, folder, notice) if wanted.client_id else None
        people = People(self._workspaces)
        self.channel = SlackChannel(self._workspaces, people, clock)
        self._homes = Homes(self._workspaces, people, lookups, clock)
        rooms = Rooms(self._workspaces, register)
        self._intake = Intake(
            self.channel, self._workspaces, people, self._homes, reception, lookups, rooms, clock
        )
        self._tasks: list[asyncio.Task[None]] = []

    def routes(self) -> list[BaseRoute]:
        """What the web server answers for this channel."""
        secret = self._wanted.signing_secret
        events = [http.route(secret, self._intake.take)] if secret else []
        return [*events, *(self._install.routes() if self._install else ())]

    def start(self) -> None:
        """Begin to take payloads in."""
        self._tasks.append(asyncio.create_task(self._homes.run()))
        if self._wanted.app_token:
            sockets = Sockets(self._address, self._intake.take)
            self._tasks.append(asyncio.create_task(sockets.run()))

    async def stop(self) -> None:
        """Take nothing more in; what is not stored stays with Slack."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._intake.close()

    async def close(self) -> None:
        """Let go of the connections, when nothing more is to be sent."""
        await self._workspaces.close()

    async def _address(self) -> str:
        """Where to open the next socket; good for one connection."""
        client = self._workspaces.client(self._wanted.app_token)
        return str((await understood(client.api_call("apps.connections.open"))).get("url", ""))


def rotator(wanted: Wanted) -> AsyncTokenRotator | None:
    """What renews tokens that end; a token that an operator gave does not."""
    if not wanted.client_id:
        return None
    client = AsyncWebClient(base_url=wanted.base_url, timeout=15, retry_handlers=[])
    return AsyncTokenRotator(client_id=wanted.client_id, client_secret=wanted.client_secret, client=client)


Finding = tuple[bool, str]
"""True beside what is wrong."""


async def look(wanted: Wanted, installed: Sequence[tuple[str, str]] = ()) -> list[Finding]:
    """What Slack says about this app; `installed`: the workspaces by name, each with its token."""
    workspaces = Workspaces(wanted.base_url)
    tokens = installed or [("the bot token", wanted.bot_token)] * bool(wanted.bot_token)
    way = "Socket Mode" if wanted.app_token else "HTTP under /slack/events"
    found: list[Finding] = []
    if wanted.app_token:
        opened = await _accepted(workspaces.client(wanted.app_token), "apps.connections.open")
        found += [(True, f"the app-level token: {opened}")] if isinstance(opened, str) else []
    for name, token in tokens:
        me = await _accepted(workspaces.client(token), "auth.test")
        if isinstance(me, str):
            found.append((True, f"{name}: {me}"))
        else:
            found.append((False, f"@{me.get('user')} in {me.get('team')}, over {way}"))
    if not tokens:
        found.append(
            (False, f"no workspace has installed the app yet; see {wanted.public_url}{oauth.INSTALL}")
        )
    return found


async def _accepted(client: AsyncWebClient, method: str) -> dict[str, Any] | str:
    """The answer, or why there is none."""
    try:
        return await understood(client.api_call(method))
    except (Unreachable, Refusal, Gone) as error:
        return f"a token is not accepted ({str(error) or 'revoked'})"
    except (Unavailable, RetryLater) as error:
        return f"Slack does not answer ({type(error).__name__})"
