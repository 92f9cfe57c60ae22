"""kill -9 of the process while people talk to it on Slack (I1, I2)."""

from __future__ import annotations

import asyncio
import random
import signal
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import connect
from typing import Any

import pytest

from tests.bot.channels.slack.workspace import APP, BOT, Workspace
from tests.telegram.process import environment

PEOPLE, EACH, KILLS = 6, 5, 4


class Process:
    """The product beside a workspace of paper, on data that outlives it."""

    def __init__(self, folder: Path, workspace: Workspace) -> None:
        self.folder = folder
        self.workspace = workspace
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it, and wait until it listens."""
        env = {
            "SOLARDESK_SLACK_BOT_TOKEN": BOT,
            "SOLARDESK_SLACK_APP_TOKEN": APP,
            "SOLARDESK_SLACK_BASE_URL": self.workspace.api,
            "SOLARDESK_DATA_DIR": str(self.folder),
            "SOLARDESK_PORT": "0",
            "SOLARDESK_LOG_LEVEL": "DEBUG",
        }
        opened = self.workspace.opened
        with (self.folder / "log.txt").open("ab") as log:
            command = (sys.executable, "-m", "bot", "run")
            self._process = await asyncio.create_subprocess_exec(
                *command, env=environment(env), stdout=log, stderr=log
            )
        await self.workspace.until(lambda: self.workspace.opened > opened and self.workspace.sockets)

    async def end(self, how: signal.Signals) -> int:
        """End it, and wait until its connections are gone."""
        assert self._process
        self._process.send_signal(how)
        code = await self._process.wait()
        await self.workspace.until(lambda: not self.workspace.sockets)
        return code

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the database says."""
        with closing(connect(self.folder / "solardesk.db")) as connection:
            return list(connection.execute(query))


def events() -> Iterator[dict[str, Any]]:
    """What the people say, each in their own direct messages."""
    for number in range(EACH):
        for person in range(PEOPLE):
            said = {
                "type": "message",
                "channel_type": "im",
                "channel": f"D{person}",
                "user": f"U{person}",
                "ts": f"{number}.{person}",
                "text": ("menu", "help", "new rma", "cancel")[number % 4],
            }
            yield {
                "type": "event_callback",
                "team_id": "T1",
                "event_id": f"Ev{person}.{number}",
                "event": said,
            }


@pytest.mark.timeout(240)
def test_nothing_that_was_acknowledged_is_lost_when_the_process_is_killed(tmp_path: Path) -> None:
    """What was not acknowledged comes again, as Slack would send it; every event is taken once."""
    dice = random.Random(20261121)

    async def story() -> None:
        async with Workspace() as workspace:
            process = Process(tmp_path, workspace)
            await process.start()
            open_: dict[str, dict[str, Any]] = {}
            kills = set(dice.sample(range(PEOPLE * EACH), KILLS))
            for number, event in enumerate(events()):
                id = await workspace.deliver(event, socket=dice.choice(workspace.sockets))
                open_[id] = event
                if number in kills:
                    await asyncio.sleep(dice.uniform(0, 0.05))  # somewhere between the wire and the commit
                    await process.end(signal.SIGKILL)
                    stored = {key for (key,) in process.rows("SELECT key FROM inbox")}
                    acked = {open_[ack]["event_id"] for ack in workspace.acks if ack in open_}
                    assert {f"slack/E:{name}" for name in acked} <= stored
                    await process.start()
                    for again in [event for id, event in open_.items() if id not in workspace.acks]:
                        open_[await workspace.deliver(again)] = again
            done = "SELECT count(*) FROM inbox WHERE done_at IS NULL UNION ALL"
            done += " SELECT count(*) FROM outbox WHERE sent_at IS NULL"
            every = {event["event_id"] for event in events()}
            await workspace.until(
                lambda: {open_[id]["event_id"] for id in workspace.acks if id in open_} == every
            )
            await workspace.until(lambda: process.rows(done) == [(0,), (0,)])
            assert await process.end(signal.SIGTERM) == 0
            kept = process.rows("SELECT key, outcome FROM inbox ORDER BY id")
            assert sorted(key for key, _ in kept) == sorted(f"slack/E:{name}" for name in every)
            assert {outcome for _, outcome in kept} == {"done"}
            assert workspace.called("chat.postMessage")
            assert {outcome for (outcome,) in process.rows("SELECT outcome FROM outbox")} <= {
                "sent",
                "replaced",
            }
            log = (tmp_path / "log.txt").read_text()
            assert BOT not in log
            assert APP not in log

    asyncio.run(story())
