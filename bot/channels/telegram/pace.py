"""How fast Telegram may be spoken to: one message a second per chat, 20 a minute per group, 30 a second."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from msgspec import Struct

MOST_CHATS: Final = 10_000


class Rate(Struct, frozen=True):
    """One message every `every` seconds, and `ahead` of them at once after a silence."""

    every: float
    ahead: int


CHAT: Final = Rate(1.0, 4)
GROUP: Final = Rate(3.0, 4)
BOT: Final = Rate(1 / 30, 30)


class Pace:
    """Says how long the next message to a chat must wait."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._chats: dict[int, float] = {}
        self._bot = 0.0

    def take(self, chat: int, patience: float) -> tuple[bool, float]:
        """A turn within `patience` seconds, or none; and how long to wait for it."""
        now = self._now()
        rate = GROUP if chat < 0 else CHAT
        free = self._chats.get(chat, 0.0)
        wait = max(_wait(free, rate, now), _wait(self._bot, BOT, now), 0.0)
        if wait > patience:
            return False, wait
        self._chats.pop(chat, None)
        self._chats[chat] = max(free, now) + rate.every
        self._bot = max(self._bot, now) + BOT.every
        if len(self._chats) > MOST_CHATS:
            del self._chats[next(iter(self._chats))]
        return True, wait


def _wait(free: float, rate: Rate, now: float) -> float:
    """`free` is when everything said so far is paid for."""
    return free - now - rate.every * (rate.ahead - 1)
