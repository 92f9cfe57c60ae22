"""The process that is killed while it makes a report and checks an Excel file.

Run as `python -m tests.kill.jobs URL FOLDER [POINT NTH]`; it ends by itself when both have come.
"""

from __future__ import annotations

import asyncio
import datetime
import sys
from pathlib import Path

from sqlalchemy import Connection, text

from bot.app import SystemClock
from bot.drain import Mind
from bot.ports import RawFile, Received
from bot.runner import Runner
from bot.understanding import Understanding
from flows.catalog import FLOWS
from flows.engine.data import File
from flows.engine.engine import advance
from flows.engine.events import Event, Sent
from storage import conversations
from storage.codec import decode_content, encode
from storage.unit_of_work import T, Transaction
from tests.conversations.sample import excel
from tests.kill.child import Fate, MortalChannel, MortalDesk, MortalFolder, MortalUnitOfWork
from tests.kill.platform import Platform

WHO = "p0"
FILE = Sent((File("sheet", "document", "devices.xlsx", 0),))
STATES = {
    "report begun": text("SELECT 1 FROM reports WHERE attempts > 0 AND outcome IS NULL"),
    "report made, not sent": text("SELECT 1 FROM reports WHERE outcome IS NOT NULL"),
    "sheet checked, not ready": text("SELECT 1 FROM cashback_sheets"),
}
POINTS = (
    *((state, 1) for state in STATES),
    # The Excel file, its remarks and the report, in the order in which they happen to come.
    *(("file written without its row", nth) for nth in (1, 2, 3)),
    *(("sent but not marked", nth) for nth in (1, 2)),
)


class MortalWork(MortalUnitOfWork):
    """May also die when the database has come into one of these states."""

    async def write(self, work: Transaction[T]) -> T:
        new: set[str] = set()

        def watched(connection: Connection) -> T:
            before = self._states(connection)
            result = work(connection)
            new.update(self._states(connection) - before)
            return result

        result = await super().write(watched)
        for state in new:
            self._fate.reach(state)
        return result

    def _states(self, connection: Connection) -> set[str]:
        return {state for state, query in STATES.items() if connection.scalar(query)}


class SheetChannel(MortalChannel):
    """A platform on which people send Excel files."""

    def receive(self, received: Received) -> Event:
        content = decode_content(received.payload.decode())
        return Event(received.key, received.conversation, received.conversation, received.at, content, "en")

    async def fetch(self, _ref: str) -> bytes:
        return excel(("Serial number", "Model"), ("3012345678", "STP 10.0 SE"), ("3.0E+09", "STP 10.0 SE"))


async def live(url: str, folder: Path, fate: Fate) -> None:
    """Send the Excel file, if that was not done yet, and wait for all that was asked for."""
    platform = Platform(folder / "platform.jsonl")
    uow = MortalWork(url, fate)
    mind = Mind(
        lambda conversation, event, can: advance(FLOWS, conversation, event, can),
        Understanding(FLOWS).understand,
        MortalDesk(uow),
    )
    channels = {"test": SheetChannel(platform, fate)}
    runner = Runner(uow, SystemClock(), channels, mind, MortalFolder(folder / "attachments", fate))
    await runner.start()
    if not platform.deeds(WHO):
        platform.add("did", WHO, 0, FILE)
    now = datetime.datetime.now(datetime.UTC)
    raw = (RawFile("sheet", "devices.xlsx", "document"),)
    await runner.receive(Received("test", f"{WHO}/0", WHO, encode(FILE).encode(), now, raw))

    def over(connection: Connection) -> bool:
        waiting = connection.scalar(text("SELECT 1 FROM reports WHERE outcome IS NULL"))
        return not waiting and conversations.settled(connection, WHO)

    async with asyncio.timeout(240):
        while not await uow.read(over):  # noqa: ASYNC110 - only the database knows
            await asyncio.sleep(0.01)
    await runner.stop()
    uow.close()
    platform.close()


def main(url: str, folder: str, point: str = "", nth: str = "1") -> None:
    asyncio.run(live(url, Path(folder), Fate(point, int(nth))))


if __name__ == "__main__":
    main(*sys.argv[1:])
