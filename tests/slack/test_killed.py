"""kill -9 of the process while people talk to it on Slack (I1, I2)."""

from __future__ import annotations

import asyncio
import random
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.bot.channels.slack.workspace import APP, BOT, Workspace
from tests.slack.process import Process

PEOPLE, EACH, KILLS = 6, 5, 4


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
