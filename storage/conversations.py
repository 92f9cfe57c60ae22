"""What is remembered of each conversation."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from msgspec import structs
from sqlalchemy import Connection, bindparam, text

from flows.engine.conversation import Conversation
from storage.codec import decode_state, encode_state
from storage.moments import micros

_SAVE = text(
    "INSERT INTO states (conversation, body, changed_at) VALUES (:conversation, :body, :changed_at)"
    " ON CONFLICT (conversation) DO UPDATE SET body = excluded.body, changed_at = excluded.changed_at"
)
_LOAD = text("SELECT body FROM states WHERE conversation = :conversation")
_MOVE = (
    text(
        "INSERT INTO conversations (key, channel, sequence)"
        " SELECT :new, channel, sequence FROM conversations WHERE key = :old"
        " ON CONFLICT (key) DO UPDATE SET sequence = excluded.sequence"
        " WHERE conversations.sequence < excluded.sequence"
    ),
    text(
        "UPDATE timers SET conversation = :new WHERE conversation = :old"
        " AND NOT EXISTS (SELECT 1 FROM timers t WHERE t.conversation = :new AND t.timer = timers.timer)"
    ),
    text(
        "UPDATE outbox SET conversation = :new, reply_to = NULL WHERE conversation = :old AND sent_at IS NULL"
    ),
    text("DELETE FROM states WHERE conversation = :old"),
    text("DELETE FROM unreachable WHERE conversation = :old"),
)
_LOCK = text("SELECT key FROM conversations WHERE key IN :keys ORDER BY key FOR UPDATE").bindparams(
    bindparam("keys", expanding=True)
)
_UNSETTLED = text(
    "SELECT 1 FROM inbox WHERE done_at IS NULL AND conversation = :key"
    " UNION ALL SELECT 1 FROM outbox WHERE sent_at IS NULL AND conversation = :key LIMIT 1"
)


def lock(connection: Connection, keys: Iterable[str]) -> None:
    """From here to the commit nobody else takes a turn in these conversations."""
    if connection.dialect.name == "postgresql":  # SQLite has one writer: us
        connection.execute(_LOCK, {"keys": sorted(keys)})


def save(connection: Connection, conversations: Iterable[Conversation], now: datetime.datetime) -> list[str]:
    """Remember these conversations as they are now; returns what is stored of each."""
    kept = [(item.key, encode_state(item)) for item in conversations]
    rows = [{"conversation": key, "body": body, "changed_at": micros(now)} for key, body in kept]
    if rows:
        connection.execute(_SAVE, rows)
    return [body for _key, body in kept]


def load(connection: Connection, key: str) -> Conversation | None:
    """The conversation, or None when nobody spoke in it yet."""
    body = connection.scalar(_LOAD, {"conversation": key})
    return decode_state(body) if body else None


def move(connection: Connection, old: str, new: str, now: datetime.datetime) -> None:
    """The chat has another name from now on; what is remembered, and what waits to be said, goes along.

    Not the messages that were sent: where a chat gets another name, they get other numbers.
    """
    known = load(connection, old)
    if known and not load(connection, new):
        save(connection, [structs.replace(known, key=new)], now)
    for statement in _MOVE:
        connection.execute(statement, {"old": old, "new": new})


def settled(connection: Connection, key: str) -> bool:
    """Whether everything this person sent has been answered, and every answer was sent."""
    return connection.scalar(_UNSETTLED, {"key": key}) is None
