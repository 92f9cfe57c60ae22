"""How fast a platform may be spoken to: per chat, and altogether."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import Final, Generic, TypeVar

from msgspec import Struct

MOST_CHATS: Final = 10_000
KEPT: Final = 5.0
"""Who does not come back for a turn within so many seconds after it has lost it."""


Chat = TypeVar("Chat", bound=Hashable)


class Rate(Struct, frozen=True):
    """One message every `every` seconds, and `ahead` of them at once after a silence."""

    every: float
    ahead: int


class Pace(Generic[Chat]):
    """Says how long the next message to a chat must wait. Turns are given out in the order they are asked."""

    def __init__(
        self, rate_of: Callable[[Chat], Rate], altogether: Rate, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._rate_of = rate_of
        self._altogether = altogether
        self._now = now
        self._chats: dict[Chat, float] = {}
        self._all = 0.0
        self._booked: dict[Chat, float] = {}

    def take(self, chat: Chat, patience: float) -> tuple[bool, float]:
        """A turn within `patience` seconds, or one to come back for; and how long to wait for it."""
        now = self._now()
        turn = self._booked.pop(chat, None)
        if turn is None or turn < now - KEPT:
            turn = self._next(chat, now)
        if turn - now > patience:
            self._booked[chat] = turn
            return False, turn - now
        return True, max(turn - now, 0.0)

    def spare(self, chat: Chat) -> bool:
        """Take a turn for something that is not worth waiting for: only one that is free now."""
        now = self._now()
        rate = self._rate_of(chat)
        wait = max(_wait(self._chats.get(chat, 0.0), rate, now), _wait(self._all, self._altogether, now))
        if wait <= 0:
            self._next(chat, now)
        return wait <= 0

    def pause(self, chat: Chat, seconds: float) -> None:
        """The platform wants this chat left alone for a while; the others go on."""
        rate = self._rate_of(chat)
        free = self._now() + seconds + rate.every * (rate.ahead - 1)
        self._keep(chat, max(free, self._chats.get(chat, 0.0)))

    def _next(self, chat: Chat, now: float) -> float:
        """When it is the turn of this chat; it is taken with that."""
        rate, free = self._rate_of(chat), self._chats.get(chat, 0.0)
        wait = max(_wait(free, rate, now), _wait(self._all, self._altogether, now), 0.0)
        self._keep(chat, max(free, now) + rate.every)
        self._all = max(self._all, now) + self._altogether.every
        return now + wait

    def _keep(self, chat: Chat, free: float) -> None:
        self._chats.pop(chat, None)
        self._chats[chat] = free
        if len(self._chats) > MOST_CHATS:
            oldest = next(iter(self._chats))
            del self._chats[oldest]
            self._booked.pop(oldest, None)


def _wait(free: float, rate: Rate, now: float) -> float:
    """`free` is when everything said so far is paid for."""
    return free - now - rate.every * (rate.ahead - 1)
