"""Forgetting chats: what was said in them, who spoke, what was sent and belongs to no request."""

from __future__ import annotations

from sqlalchemy import Connection, text

_CHATS = (
    "inbox", "outbox", "messages", "timers", "unreachable", "menus", "effects", "states"
)  # fmt: skip
_ERASE = (
    *(text(f"DELETE FROM {table} WHERE conversation LIKE :start") for table in _CHATS),  # noqa: S608 (ours)
    text("UPDATE rma_followers SET conversation = '' WHERE conversation LIKE :start"),
    text("DELETE FROM chat_identities WHERE sender LIKE :start"),
    text("DELETE FROM link_tries WHERE sender LIKE :start"),
    text(
        "DELETE FROM attachments WHERE conversation LIKE :start"
        " AND id NOT IN (SELECT attachment FROM rma_files)"
        " AND id NOT IN (SELECT attachment FROM case_files)"
    ),
    text("DELETE FROM room_follows WHERE room LIKE :start OR conversation LIKE :start"),
    text("DELETE FROM rooms WHERE conversation LIKE :start"),
    text("DELETE FROM conversations WHERE key LIKE :start"),
)


def chats_that_begin_with(connection: Connection, start: str) -> None:
    """Erase all chats whose name begins like this. Requests that were filed, with their photos, stay."""
    assert start.count(":") >= 2, "never all chats of a channel"
    for statement in _ERASE:
        connection.execute(statement, {"start": f"{start}%"})
