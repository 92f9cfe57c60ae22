"""Leases: what only one process may do at a time, and for how long it may without saying so again."""

from __future__ import annotations

import datetime

from sqlalchemy import Connection, text

from storage.moments import micros

LASTS = datetime.timedelta(seconds=30)

_TAKE = text(
    "INSERT INTO leases (name, holder, until) VALUES (:name, :holder, :until)"
    " ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until"
    " WHERE leases.holder = excluded.holder OR leases.holder = :gone OR leases.until <= :now"
)
_HOLDER = text("SELECT holder FROM leases WHERE name = :name")
_ALIVE = text("SELECT holder FROM leases WHERE name = :name AND until > :now")
_GIVE_BACK = text("DELETE FROM leases WHERE name = :name AND holder = :holder")


def take(connection: Connection, name: str, holder: str, now: datetime.datetime, gone: str = "") -> bool:
    """Take the lease, or have it for longer; False while another holds it who is not known to be `gone`."""
    values = {"name": name, "holder": holder, "gone": gone, "now": micros(now), "until": micros(now + LASTS)}
    return connection.execute(_TAKE, values).rowcount == 1


def holder(connection: Connection, name: str) -> str:
    """Who had it last."""
    return str(connection.scalar(_HOLDER, {"name": name}) or "")


def alive(connection: Connection, name: str, now: datetime.datetime) -> str:
    """Who has it now; nobody when it ran out."""
    return str(connection.scalar(_ALIVE, {"name": name, "now": micros(now)}) or "")


def give_back(connection: Connection, name: str, holder: str) -> None:
    """Let the next one in at once."""
    connection.execute(_GIVE_BACK, {"name": name, "holder": holder})
