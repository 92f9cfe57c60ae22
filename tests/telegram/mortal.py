"""Our process as `python -m bot run` puts it together, which ends itself at a named point.

Run as `python -m tests.telegram.mortal [POINT NTH]`.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping, Sequence
from typing import cast

from msgspec import structs

from bot.app import App, mind, quiet_logging
from bot.drain import Mind
from bot.ports import Channel, Outgoing, Received, Told
from bot.runner import Runner
from bot.serve import with_telegram
from bot.settings import Settings
from bot.web import Server, application
from flows.engine.conversation import Conversation
from flows.engine.events import Event
from flows.engine.outputs import Capabilities, Output
from storage.attachments import Folder
from tests.kill.child import Fate, MortalDesk, MortalFolder, MortalUnitOfWork

POINTS: Mapping[str, tuple[int, int]] = {
    "received, not stored": (1, 9),
    "stored, not confirmed": (1, 9),
    "part of an album stored": (1, 2),
    "claimed": (5, 9),
    "before its commit": (5, 9),
    "committed, not sent": (1, 9),
    "answered, not marked": (1, 9),
    "file written without its row": (1, 2),
}
"""Where it ends itself, and the first and the last time to do so. Never at the first turns of a start: an
input that was there at three starts that ended is put aside."""

_NAMES = {"committed but not sent": "committed, not sent"}


class NamedFate(Fate):
    """The points of the other kill suite under the names they have here."""

    def reach(self, point: str) -> None:
        super().reach(_NAMES.get(point, point))


class MortalRunner(Runner):
    """May die before and after an input is stored, and when a form was confirmed."""

    fate: Fate

    async def receive(self, received: Received) -> bool:
        self.fate.reach("received, not stored")
        is_new = await super().receive(received)
        self.fate.reach("stored, not confirmed")
        if b"media_group_id" in received.payload:
            self.fate.reach("part of an album stored")
        return is_new

    async def told(self, told: Sequence[Told]) -> None:
        self.fate.reach("form confirmed, not told")
        await super().told(told)


class MortalChannel:
    """Sends, and may die when the service has answered."""

    def __init__(self, channel: Channel, fate: Fate) -> None:
        self._channel = channel
        self._fate = fate

    def __getattr__(self, name: str) -> object:
        return getattr(self._channel, name)

    async def send(self, outgoing: Outgoing) -> str:
        shown = await self._channel.send(outgoing)
        self._fate.reach("answered, not marked")
        return shown


class MortalApp(App):
    """The product with ports that end it."""

    def __init__(self, settings: Settings, fate: Fate) -> None:
        super().__init__(settings)
        self.uow = MortalUnitOfWork(settings.database, fate)
        self.folder = MortalFolder(settings.data_dir / "attachments", fate)
        self.runner = self._runner(self.uow, self.folder, fate)

    def _runner(self, uow: MortalUnitOfWork, folder: Folder, fate: Fate) -> MortalRunner:
        whole = mind(self.settings)

        def advance(
            conversation: Conversation, event: Event, can: Capabilities
        ) -> tuple[Conversation, tuple[Output, ...]]:
            uow.in_turn = True
            fate.reach("claimed")
            return whole.advance(conversation, event, can)

        mortal: Mind = structs.replace(whole, advance=advance, desk=MortalDesk(uow))
        zone = self.settings.time_zone
        runner = MortalRunner(uow, self.clock, self.channels, mortal, folder, time_zone=zone)
        runner.fate = fate
        return runner


async def live(settings: Settings, fate: Fate) -> None:
    """Until killed."""
    app = MortalApp(settings, fate)
    telegram = with_telegram(app)
    assert telegram
    name = telegram.channel.name
    app.channels[name] = cast(Channel, MortalChannel(telegram.channel, fate))
    server = Server(application(telegram.routes()), settings.host, settings.port)
    await app.start()
    telegram.start()
    await server.run()


def main(point: str = "", nth: str = "1") -> None:
    settings = Settings()
    quiet_logging(settings)
    asyncio.run(live(settings, NamedFate(point, int(nth))))


if __name__ == "__main__":
    main(*sys.argv[1:])
