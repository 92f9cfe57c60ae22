"""When a platform that we ask for news last answered, and the last silence so long that it may forget."""

from __future__ import annotations

import datetime

from msgspec import Struct
from sqlalchemy import Connection, text

from storage.moments import micros, moment

LONG = datetime.timedelta(hours=20)
"""Telegram forgets what nobody asked for within 24 hours."""

_LOOK = text("SELECT heard_at, trouble, gap_from, gap_to FROM listening WHERE channel = :channel")
_HEARD = text(
    "INSERT INTO listening (channel, heard_at) VALUES (:channel, :now)"
    " ON CONFLICT (channel) DO UPDATE SET heard_at = excluded.heard_at, trouble = ''"
)
_GAP = text("UPDATE listening SET gap_from = :since, gap_to = :now WHERE channel = :channel")
_TROUBLE = text(
    "INSERT INTO listening (channel, heard_at, trouble) VALUES (:channel, :now, :trouble)"
    " ON CONFLICT (channel) DO UPDATE SET trouble = excluded.trouble"
)


class Listening(Struct, frozen=True):
    """`heard_at` is the latest answer; `trouble` is what is wrong since; `gap` the last long silence."""

    heard_at: datetime.datetime
    trouble: str = ""
    gap: tuple[datetime.datetime, datetime.datetime] | None = None


def look(connection: Connection, channel: str) -> Listening | None:
    """How it is with this channel; None when it was never heard."""
    row = connection.execute(_LOOK, {"channel": channel}).first()
    if row is None:
        return None
    gap = (moment(row.gap_from), moment(row.gap_to)) if row.gap_from and row.gap_to else None
    return Listening(moment(row.heard_at), row.trouble, gap)


def heard(connection: Connection, channel: str, now: datetime.datetime) -> datetime.timedelta:
    """The platform answered. Returns how long it had been silent, and remembers that when it was long."""
    before = look(connection, channel)
    silence = now - before.heard_at if before else datetime.timedelta()
    connection.execute(_HEARD, {"channel": channel, "now": micros(now)})
    if before and silence >= LONG:
        values = {"channel": channel, "since": micros(before.heard_at), "now": micros(now)}
        connection.execute(_GAP, values)
    return silence


def troubled(connection: Connection, channel: str, trouble: str, now: datetime.datetime) -> None:
    """Something is wrong until it is heard again."""
    connection.execute(_TROUBLE, {"channel": channel, "trouble": trouble, "now": micros(now)})
