"""Our process as `python -m bot run` puts it together, which ends itself at a named point.

Run as `python -m tests.slack.mortal [POINT NTH]`.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from typing import cast

from bot.app import quiet_logging
from bot.ports import Channel
from bot.serve import with_slack
from bot.settings import Settings
from bot.web import Server, application
from tests.kill.child import Fate
from tests.telegram.mortal import MortalApp, MortalChannel, NamedFate

POINTS: Mapping[str, tuple[int, int]] = {
    "received, not stored": (1, 9),
    "stored, not confirmed": (1, 9),
    "claimed": (5, 9),
    "before its commit": (5, 9),
    "committed, not sent": (1, 9),
    "answered, not marked": (1, 9),
    "form confirmed, not told": (1, 2),
    "file written without its row": (1, 2),
}
"""Where it ends itself, and the first and the last time to do so. Never at the first turns of a start: an
input that was there at three starts that ended is put aside."""


async def live(settings: Settings, fate: Fate) -> None:
    """Until killed."""
    app = MortalApp(settings, fate)
    slack = with_slack(app)
    assert slack
    name = slack.channel.name
    app.channels[name] = cast(Channel, MortalChannel(slack.channel, fate))
    server = Server(application(slack.routes()), settings.host, settings.port)
    await app.start()
    slack.start()
    await server.run()


def main(point: str = "", nth: str = "1") -> None:
    settings = Settings()
    quiet_logging(settings)
    asyncio.run(live(settings, NamedFate(point, int(nth))))


if __name__ == "__main__":
    main(*sys.argv[1:])
