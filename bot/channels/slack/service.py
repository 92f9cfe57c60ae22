"""The running channel: takes payloads in, over sockets or over HTTP."""

from __future__ import annotations

import asyncio

from starlette.routing import BaseRoute

from bot.channels.slack import http
from bot.channels.slack.adapter import SlackChannel
from bot.channels.slack.home import Homes
from bot.channels.slack.intake import Intake
from bot.channels.slack.lookups import Lookups
from bot.channels.slack.people import People
from bot.channels.slack.rooms import Register, Rooms
from bot.channels.slack.sending import Gone, Refusal, understood
from bot.channels.slack.sockets import Sockets
from bot.channels.slack.wanted import Wanted
from bot.channels.slack.workspaces import Workspaces
from bot.ports import Clock, Reception, RetryLater, Unavailable, Unreachable


class Slack:
    """One app."""

    def __init__(
        self, wanted: Wanted, reception: Reception, lookups: Lookups, register: Register, clock: Clock
    ) -> None:
        self._wanted = wanted
        self._workspaces = Workspaces(wanted.base_url, wanted.bot_token)
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
        return [http.route(secret, self._intake.take)] if secret else []

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


async def look(wanted: Wanted) -> list[tuple[bool, str]]:
    """What Slack says about this app; True beside what is wrong."""
    workspaces = Workspaces(wanted.base_url, wanted.bot_token)
    try:
        me = await understood(workspaces.client(wanted.bot_token).api_call("auth.test"))
        if wanted.app_token:
            client = workspaces.client(wanted.app_token)
            await understood(client.api_call("apps.connections.open"))
    except (Unreachable, Refusal, Gone) as error:
        return [(True, f"a token is not accepted ({str(error) or 'revoked'})")]
    except (Unavailable, RetryLater) as error:
        return [(True, f"Slack does not answer ({type(error).__name__})")]
    finally:
        await workspaces.close()
    way = "Socket Mode" if wanted.app_token else "HTTP under /slack/events"
    return [(False, f"@{me.get('user')} in {me.get('team')}, over {way}")]
