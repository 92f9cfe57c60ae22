"""What the turn of an input said, whoever delivers it."""

from __future__ import annotations

from sqlalchemy import Connection, text

from bot.ports import Outgoing, Received
from storage.codec import decode_message
from storage.moments import moment

_SAID = text(
    "SELECT i.done_at, o.id, o.output, o.locale, o.time_zone, o.created_at"
    " FROM inbox i LEFT JOIN outbox o ON o.conversation = i.conversation AND o.sequence = i.sequence"
    " AND o.output IS NOT NULL"
    " WHERE i.key = :key ORDER BY o.id"
)


def said(connection: Connection, received: Received) -> list[Outgoing] | None:
    """What the turn of this input said, in order; None while it was not taken."""
    rows = connection.execute(_SAID, {"key": f"{received.channel}/{received.key}"}).all()
    if not rows or rows[0].done_at is None:
        return None
    return [
        Outgoing(
            row.id,
            received.conversation,
            decode_message(row.output),
            row.locale,
            row.time_zone,
            moment(row.created_at),
        )
        for row in rows
        if row.id is not None
    ]
