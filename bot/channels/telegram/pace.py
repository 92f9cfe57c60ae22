"""How fast Telegram may be spoken to: one message a second per chat, 20 a minute per group, 30 a second."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from msgspec import Struct

MOST_CHATS: Final = 10_000
KEPT: Final = 5.0
"""Who does not come back for a turn within so many seconds after it has lost it."""


class Rate(Struct, frozen=True):
    """One message every `every` seconds, and `ahead` of them at once after a silence."""

    every: float
    ahead: int


CHAT: Final = Rate(1.0, 4)
GROUP: Final = Rate(60 / 17, 4)
"""Four at once and seventeen a minute: never more than 20 within a minute."""
BOT: Final = Rate(1 / 30, 100)
"""What Telegram counts is mass mailing; a hundred who asked something (one poll) are answered at once."""


class Pace:
    """Says how long the next message to a chat must wait. Turns are given out in the order they are asked."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._chats: dict[int, float] = {}
        self._bot = 0.0
        self._booked: dict[int, float] = {}

    def take(self, chat: int, patience: float) -> tuple[bool, float]:
        """A turn within `patience` seconds, or one to come back for; and how long to wait for it."""
        now = self._now()
        turn = self._booked.pop(chat, None)
        if turn is None or turn < now - KEPT:
            turn = self._next(chat, now)
        if turn - now > patience:
            self._booked[chat] = turn
            return False, turn - now
        return True, max(turn - now, 0.0)

    def spare(self, chat: int) -> bool:
        """Take a turn for something that is not worth waiting for: only one that is free now."""
        now = self._now()
        wait = max(_wait(self._chats.get(chat, 0.0), _rate(chat), now), _wait(self._bot, BOT, now))
        if wait <= 0:
            self._next(chat, now)
        return wait <= 0

    def pause(self, chat: int, seconds: float) -> None:
        """The platform wants this chat left alone for a while; the others go on."""
        rate = _rate(chat)
        self._keep(chat, self._now() + seconds + rate.every * (rate.ahead - 1))

    def _next(self, chat: int, now: float) -> float:
        """When it is the turn of this chat; it is taken with that."""
        rate, free = _rate(chat), self._chats.get(chat, 0.0)
        wait = max(_wait(free, rate, now), _wait(self._bot, BOT, now), 0.0)
        self._keep(chat, max(free, now) + rate.every)
        self._bot = max(self._bot, now) + BOT.every
        return now + wait

    def _keep(self, chat: int, free: float) -> None:
        self._chats.pop(chat, None)
        self._chats[chat] = free
        if len(self._chats) > MOST_CHATS:
            oldest = next(iter(self._chats))
            del self._chats[oldest]
            self._booked.pop(oldest, None)


def _rate(chat: int) -> Rate:
    return GROUP if chat < 0 else CHAT


def _wait(free: float, rate: Rate, now: float) -> float:
    """`free` is when everything said so far is paid for."""
    return free - now - rate.every * (rate.ahead - 1)
