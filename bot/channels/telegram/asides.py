"""What goes straight to the platform, beside the outbox: when it does not arrive, nobody misses it later."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from telegram.error import TelegramError

from bot.faults import trace

log = logging.getLogger(__name__)


class Asides:
    """Says things without anybody waiting for it."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def say(self, call: Coroutine[Any, Any, Any]) -> None:
        """Begin with it, and go on."""
        task = asyncio.create_task(_quietly(call))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def close(self) -> None:
        """Forget what is on its way."""
        for task in self._tasks:
            task.cancel()


async def _quietly(call: Coroutine[Any, Any, Any]) -> None:
    try:
        await call
    except TelegramError as error:
        log.info("not said aside: %s", type(error).__name__)
    except Exception as error:  # nobody waits for it who could be told
        log.error("not said aside: %s", trace(error))
