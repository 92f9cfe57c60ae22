"""Socket Mode: acknowledged when stored, renewed without a gap, and never given up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from bot.channels.slack.sockets import Sockets
from tests.bot.channels.slack.workspace import Workspace


class Desk:
    """What was taken in; it fails or waits where it is told to."""

    def __init__(self) -> None:
        self.taken: list[Any] = []
        self.faults: list[Exception] = []
        self.gates: dict[str, asyncio.Event] = {}

    async def take(self, payload: dict[str, Any], _after: AsyncExitStack) -> dict[str, Any] | None:
        if self.faults:
            raise self.faults.pop(0)
        if gate := self.gates.get(str(payload.get("n"))):
            await gate.wait()
        self.taken.append(payload.get("n"))
        return payload.get("answer")


@asynccontextmanager
async def listening(workspace: Workspace, desk: Desk, sockets: int = 1) -> AsyncIterator[None]:
    """Listen until so many connections are open."""

    async def address() -> str:
        return workspace.url.replace("http", "ws") + "/socket"

    task = asyncio.create_task(Sockets(address, desk.take).run())
    try:
        await workspace.until(lambda: len(workspace.sockets) >= sockets)
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def play(story: Callable[[Workspace, Desk], Awaitable[None]]) -> None:
    """A story with a workspace and a desk."""

    async def run() -> None:
        async with Workspace() as workspace:
            await story(workspace, Desk())

    asyncio.run(run())


def test_what_is_stored_is_acknowledged_with_what_is_said() -> None:
    """An event needs no answer, and gets none."""

    async def story(workspace: Workspace, desk: Desk) -> None:
        async with listening(workspace, desk):
            event = await workspace.deliver({"n": 1, "answer": {"x": 1}})
            command = await workspace.deliver({"n": 2, "answer": {"text": "hi"}}, "slash_commands")
            assert await workspace.acked(event) == {"envelope_id": event}
            assert await workspace.acked(command) == {"envelope_id": command, "payload": {"text": "hi"}}
        assert desk.taken == [1, 2]

    play(story)


def test_what_could_not_be_stored_is_not_acknowledged() -> None:
    """Slack sends it again; the connection goes on."""

    async def story(workspace: Workspace, desk: Desk) -> None:
        async with listening(workspace, desk):
            desk.faults.append(OSError("the disk is full"))
            lost = await workspace.deliver({"n": 1})
            again = await workspace.deliver({"n": 1})
            await workspace.acked(again)
            assert lost not in workspace.acks
        assert desk.taken == [1]

    play(story)


def test_one_that_takes_long_does_not_hold_up_the_others() -> None:
    """Each is acknowledged when it is stored."""

    async def story(workspace: Workspace, desk: Desk) -> None:
        desk.gates["slow"] = asyncio.Event()
        async with listening(workspace, desk):
            slow = await workspace.deliver({"n": "slow"})
            await workspace.acked(await workspace.deliver({"n": 2}))
            desk.gates["slow"].set()
            await workspace.acked(slow)
        assert desk.taken == [2, "slow"]

    play(story)


def test_two_connections_are_open() -> None:
    """Slack may use either."""

    async def story(workspace: Workspace, desk: Desk) -> None:
        async with listening(workspace, desk, sockets=2):
            for number, socket in enumerate(list(workspace.sockets)):
                await workspace.acked(await workspace.deliver({"n": number}, socket=socket))
        assert desk.taken == [0, 1]

    play(story)


def test_a_connection_is_renewed_before_it_is_let_go() -> None:
    """What is still on its way over the old one is taken and acknowledged there."""

    async def story(workspace: Workspace, desk: Desk) -> None:
        desk.gates["late"] = asyncio.Event()
        async with listening(workspace, desk):
            [old] = workspace.sockets
            late = await workspace.deliver({"n": "late"}, socket=old)
            await old.send_json({"type": "disconnect", "reason": "refresh_requested"})
            await workspace.until(lambda: workspace.opened == 2)
            assert old in workspace.sockets
            await workspace.acked(await workspace.deliver({"n": "on the old one"}, socket=old))
            desk.gates["late"].set()
            await workspace.acked(late)
            await workspace.acked(await workspace.deliver({"n": "on the new one"}))
        assert desk.taken == ["on the old one", "late", "on the new one"]

    play(story)


def test_a_connection_that_breaks_is_opened_again() -> None:
    """Also when Slack says no hello at first, or sends nonsense."""

    async def story(workspace: Workspace, desk: Desk) -> None:
        async with listening(workspace, desk):
            workspace.greeting = {"type": "busy"}
            await workspace.sockets[0].close()
            await workspace.until(lambda: workspace.opened >= 2)
            workspace.greeting = {"type": "hello"}
            await workspace.until(lambda: workspace.opened >= 3 and workspace.sockets)
            await workspace.sockets[-1].send_str("{no json")
            await workspace.sockets[-1].send_str("[1]")
            await workspace.acked(await workspace.deliver({"n": 1}))

    play(story)


def test_a_storm_of_renewals_loses_nothing() -> None:
    """Every connection is renewed again and again while envelopes come."""

    async def story(workspace: Workspace, desk: Desk) -> None:
        async with listening(workspace, desk, sockets=2):
            sent = []
            for number in range(60):
                sent.append(await workspace.deliver({"n": number}))
                if number % 5 == 4:
                    opened = workspace.opened
                    await workspace.sockets[-1].send_json({"type": "disconnect", "reason": "warning"})
                    await workspace.until(lambda opened=opened: workspace.opened > opened)  # type: ignore[misc]
            for id in sent:
                await workspace.acked(id)
        assert desk.taken == list(range(60))

    play(story)
