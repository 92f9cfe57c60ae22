"""Our bot beside a service that takes any number of messages a second: only the benchmark has one."""

from __future__ import annotations

import asyncio

from bot.app import App, quiet_logging
from bot.channels.telegram.sending import BOT, Sending, rate_of
from bot.serve import with_telegram
from bot.settings import Settings
from tests.telegram.carried import AtOnce


async def _run(settings: Settings) -> None:
    """Until killed."""
    app = App(settings)
    telegram = with_telegram(app)
    assert telegram
    telegram.channel._sending = Sending(telegram.channel.bot, AtOnce(rate_of, BOT))
    await app.start()
    telegram.start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    settings = Settings()
    quiet_logging(settings)
    asyncio.run(_run(settings))
