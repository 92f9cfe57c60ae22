"""What is remembered of each conversation."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from sqlalchemy import Connection, text

from flows.engine.model import Conversation
from storage.codec import decode_state, encode_state
from storage.moments import micros

_SAVE = text(
    "INSERT INTO states (conversation, body, changed_at) VALUES (:conversation, :body, :changed_at)"
    " ON CONFLICT (conversation) DO UPDATE SET body = excluded.body, changed_at = excluded.changed_at"
)
_LOAD = text("SELECT body FROM states WHERE conversation = :conversation")
_UNSETTLED = text(
    "SELECT 1 FROM inbox WHERE done_at IS NULL AND conversation = :key"
    " UNION ALL SELECT 1 FROM outbox WHERE sent_at IS NULL AND conversation = :key LIMIT 1"
)


def save(connection: Connection, conversations: Iterable[Conversation], now: datetime.datetime) -> None:
    """Remember these conversations as they are now."""
    rows = [
        {"conversation": item.key, "body": encode_state(item), "changed_at": micros(now)}
        for item in conversations
    ]
    if rows:
        connection.execute(_SAVE, rows)


def load(connection: Connection, key: str) -> Conversation | None:
    """The conversation, or None when nobody spoke in it yet."""
    body = connection.scalar(_LOAD, {"conversation": key})
    return decode_state(body) if body else None


def settled(connection: Connection, key: str) -> bool:
    """Whether everything this person sent has been answered, and every answer was sent."""
    return connection.scalar(_UNSETTLED, {"key": key}) is None
