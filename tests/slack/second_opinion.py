"""A second opinion on every call: the Slack of the npm package `emulate`, asked beside our own."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from bot.channels.slack.manifest import SCOPES
from tests.bot.channels.slack.workspace import BOT
from tests.ports import free_port
from tests.slack.modals import FormFiller
from tests.slack.node import HERE, node
from tests.slack.process import World
from tests.slack.rooms import Room
from tests.slack.service import Slack

PERSON = "U000000001"
"""The one person whom it knows."""
_stamp: ContextVar[str] = ContextVar("stamp", default="")


@asynccontextmanager
async def emulate() -> AsyncIterator[str]:
    """The address of its Web API, while it runs. Its bot may do what our manifest asks for, and no more."""
    port = free_port()
    command = [node() or "node", str(HERE / "second_opinion.mjs"), str(port), BOT, ",".join(SCOPES)]
    process = await asyncio.create_subprocess_exec(*command)
    try:
        async with asyncio.timeout(60):
            while not await _listens(port):
                assert process.returncode is None
                await asyncio.sleep(0.05)
        yield f"http://127.0.0.1:{port}/api/"
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _listens(port: int) -> bool:
    try:
        _reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True


class Judged(Slack):
    """Ours, which asks the other about each call. `opinions`: the method, what each of them answered."""

    def __init__(self, other: str) -> None:
        super().__init__()
        self.other = other
        self.opinions: list[tuple[str, dict[str, Any], dict[str, Any]]] = []
        self._direct = Room("", {PERSON})

    async def meet(self) -> None:
        """Both call the room of the person by the same name."""
        opened = await self._asked("conversations.open", {"users": PERSON})
        self._direct = Room(opened["channel"]["id"], {PERSON})
        self.rooms[self._direct.id] = self._direct

    def direct(self, user: str) -> Room:
        """The direct messages of the one person."""
        assert user == PERSON
        return self._direct

    def moment(self) -> str:
        """A message that the other has taken is called what the other called it."""
        return _stamp.get() or super().moment()

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method, body = request.match_info["method"], await request.read()
        if method == "views.open":  # it takes only triggers of its own
            fresh = await self._asked("views.generateTriggerId", {"user_id": PERSON})
            body = json.dumps({**json.loads(body), "trigger_id": fresh["trigger_id"]}).encode()
        headers = {name: request.headers[name] for name in ("Authorization", "Content-Type")}
        async with self._session.post(f"{self.other}{method}", data=body, headers=headers) as answer:
            theirs = await answer.json()
        _stamp.set(str(theirs.get("ts", "")))
        ours = await super()._call(request)
        assert isinstance(ours, web.Response)
        self.opinions.append((method, json.loads(ours.text or ""), theirs))
        return ours

    async def _asked(self, method: str, values: dict[str, Any]) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {BOT}"}
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{self.other}{method}", json=values, headers=headers) as answer,
        ):
            found: dict[str, Any] = await answer.json()
            assert found["ok"], found
            return found


class JudgedWorld(World):
    """The process beside both."""

    slack: Judged

    def __init__(self, folder: Path, sample: Path, other: str) -> None:
        super().__init__(folder, sample, "http")
        self.slack = Judged(other)

    def person(self, language: str = "en", name: str = "") -> FormFiller:
        """The one person."""
        return FormFiller(self.slack, PERSON, language, name)
