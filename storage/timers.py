"""Timers: rows, so that a deadline in 14 days survives restarts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from msgspec import Struct
from sqlalchemy import Connection, text

from bot.ports import Received
from flows.engine.events import Elapsed, Event
from storage import inbox
from storage.codec import encode
from storage.moments import micros, moment

CHANNEL = "timer"
"""The channel that timers arrive by; its payload is the event itself."""

_SET = text(
    "INSERT INTO timers (conversation, timer, sender, fire_at)"
    " VALUES (:conversation, :timer, :sender, :fire_at)"
    " ON CONFLICT (conversation, timer) DO UPDATE SET fire_at = excluded.fire_at, sender = excluded.sender"
)
_OVER = text(
    "SELECT conversation, timer, sender, fire_at FROM timers"
    " WHERE fire_at <= :now ORDER BY fire_at LIMIT :limit"
)
_REMOVE = text(
    "DELETE FROM timers WHERE conversation = :conversation AND timer = :timer AND fire_at = :fire_at"
)


class Timer(Struct, frozen=True):
    """A moment to come back to a conversation, on behalf of the person who was in it."""

    conversation: str
    timer: str
    sender: str
    at: datetime.datetime


def put(connection: Connection, timers: Iterable[Timer]) -> None:
    """Set these timers; one that was set before moves."""
    rows = [
        {
            "conversation": item.conversation,
            "timer": item.timer,
            "sender": item.sender,
            "fire_at": micros(item.at),
        }
        for item in timers
    ]
    if rows:
        connection.execute(_SET, rows)


def promote(connection: Connection, now: datetime.datetime, limit: int = 100) -> int:
    """Make inputs of the timers that ran out, each exactly once; says how many."""
    over = connection.execute(_OVER, {"now": micros(now), "limit": limit}).all()
    if not over:
        return 0
    inbox.receive(
        connection,
        [_received(row.conversation, row.timer, row.sender, moment(row.fire_at), now) for row in over],
        now,
    )
    connection.execute(_REMOVE, [dict(row._mapping) for row in over])
    return len(over)


def _received(
    conversation: str, timer: str, sender: str, fire_at: datetime.datetime, now: datetime.datetime
) -> Received:
    key = f"{conversation}/{timer}/{micros(fire_at)}"
    event = Event(key, conversation, sender, now, Elapsed(timer))
    return Received(CHANNEL, key, conversation, encode(event).encode(), now)
