"""How a database is doing, without changing anything in it."""

from __future__ import annotations

import datetime
from pathlib import Path

from msgspec import Struct
from sqlalchemy import make_url, text
from sqlalchemy.exc import SQLAlchemyError

from storage import installations, leases, listening
from storage.listening import Listening
from storage.migrate import newest, revision
from storage.unit_of_work import open_engine

UNSENT = (
    "SELECT count(*) FROM outbox WHERE sent_at IS NULL"
    " AND conversation NOT IN (SELECT conversation FROM unreachable)"
)


class Health(Struct, frozen=True):
    """`name` is the URL without its password; `fault` why it does not answer; `away` how many chats cannot be
    reached, whose messages wait and are not counted as unsent.

    `current`: it has the tables that this code needs; only then the rest is known. `telegram`: when that was
    last heard. `slack`: the workspaces that installed the app, each with its token.
    """

    name: str
    fault: str = ""
    current: bool = False
    undone: int = 0
    unsent: int = 0
    away: int = 0
    holder: str = ""
    telegram: Listening | None = None
    slack: tuple[tuple[str, str], ...] = ()


def look(url: str, lease: str, now: datetime.datetime) -> Health:
    """How the database of this URL is doing, and who holds the lease."""
    parsed = make_url(url)
    name = parsed.render_as_string(hide_password=True)
    if parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").exists():
        return Health(name)
    try:
        engine = open_engine(url, read_only=True)
        try:
            with engine.begin() as connection:
                if revision(connection) != newest():
                    return Health(name)
                undone = connection.scalar(text("SELECT count(*) FROM inbox WHERE done_at IS NULL"))
                unsent = connection.scalar(text(UNSENT))
                away = connection.scalar(text("SELECT count(*) FROM unreachable"))
                holder = leases.alive(connection, lease, now)
                heard = listening.look(connection, "telegram")
                installed = tuple((each.name, each.token) for each in installations.every(connection))
                return Health(name, "", True, undone or 0, unsent or 0, away or 0, holder, heard, installed)
        finally:
            engine.dispose()
    except (SQLAlchemyError, OSError) as error:
        return Health(name, type(error).__name__)
