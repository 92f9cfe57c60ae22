"""A process that starts, answers one message and says so; `bench_turn` runs it."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from bot.app import App
from bot.ports import Outgoing, Received
from bot.settings import Settings
from flows.engine.data import Started
from storage.codec import encode
from tests.benchmarks.ours import StubChannel


class FirstReply(StubChannel):
    """Tells when the first reply is sent."""

    def __init__(self) -> None:
        self.sent = asyncio.Event()

    async def send(self, outgoing: Outgoing) -> str:
        self.sent.set()
        return str(outgoing.id)


async def main(folder: str, key: str) -> None:
    app = App(Settings(data_dir=Path(folder)))
    channel = FirstReply()
    app.channels["bench"] = channel
    await app.start()
    payload = encode(Started("menu")).encode()
    await app.runner.receive(Received("bench", key, f"first/{key}", payload, app.clock.now()))
    await channel.sent.wait()
    print("replied", flush=True)
    await app.stop()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
