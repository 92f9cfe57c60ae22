"""The spine: conversations, inbox, outbox, timers, effects, attachments."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001_spine"
down_revision = None


def _text(name: str, **more: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), **{"nullable": False, **more})


def _number(name: str, **more: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), **{"nullable": False, **more})


def _counted() -> sa.Column[Any]:
    return sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"{table}_pkey")


def _where(condition: str, name: str, table: str, *columns: str, unique: bool = False) -> None:
    where = sa.text(condition)
    op.create_index(name, table, list(columns), unique=unique, sqlite_where=where, postgresql_where=where)


def upgrade() -> None:
    op.create_table(
        "conversations", _text("key"), _text("channel"), _number("sequence"), _key("conversations", "key")
    )
    op.create_table(
        "states", _text("conversation"), _text("body"), _number("changed_at"), _key("states", "conversation")
    )
    _inbox()
    _outbox()
    op.create_table(
        "timers",
        _text("conversation"),
        _text("timer"),
        _text("sender"),
        _number("fire_at"),
        _key("timers", "conversation", "timer"),
    )
    op.create_index("timers_fire_at", "timers", ["fire_at"])
    op.create_table(
        "effects",
        _text("key"),
        _text("conversation"),
        _text("request"),
        _text("reply"),
        _number("done_at"),
        _key("effects", "key"),
    )
    op.create_index("effects_conversation", "effects", ["conversation"])
    op.create_table(
        "attachments",
        _text("id"),
        _text("conversation"),
        _text("name"),
        _text("kind"),
        _text("media_type"),
        _number("size"),
        _text("sha256"),
        _number("created_at"),
        _key("attachments", "id"),
    )
    op.create_index("attachments_conversation", "attachments", ["conversation"])


def _inbox() -> None:
    op.create_table(
        "inbox",
        _counted(),
        _text("channel"),
        _text("key"),
        _text("conversation"),
        _number("sequence"),
        _number("received_at"),
        _number("ready_at", nullable=True),
        sa.Column("payload", sa.LargeBinary()),
        _text("files", nullable=True),
        _text("prepared", nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        _text("content", nullable=True),
        _text("outcome", nullable=True),
        _text("reference", nullable=True),
        _number("done_at", nullable=True),
        _key("inbox", "id"),
        sa.UniqueConstraint("key", name="inbox_key_key"),
        sqlite_autoincrement=True,
    )
    _where("done_at IS NOT NULL", "inbox_done_at", "inbox", "done_at")
    _where("content IS NOT NULL", "inbox_said", "inbox", "conversation", "sequence")
    _where("done_at IS NULL", "inbox_open", "inbox", "conversation", "sequence", unique=True)
    _where("done_at IS NULL", "inbox_ready", "inbox", "ready_at", "id")


def _outbox() -> None:
    op.create_table(
        "outbox",
        _counted(),
        _text("conversation"),
        _text("channel"),
        _number("sequence"),
        _text("output", nullable=True),
        _text("locale"),
        _text("time_zone"),
        _number("created_at"),
        _number("due_at"),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        _text("outcome", nullable=True),
        _number("sent_at", nullable=True),
        _key("outbox", "id"),
        sqlite_autoincrement=True,
    )
    op.create_index("outbox_conversation_sequence", "outbox", ["conversation", "sequence"])
    _where("sent_at IS NOT NULL", "outbox_sent_at", "outbox", "sent_at")
    _where("sent_at IS NULL", "outbox_open", "outbox", "conversation", "id")
    _where("sent_at IS NULL", "outbox_due", "outbox", "due_at", "id")
    op.create_table(
        "messages",
        _text("conversation"),
        _text("token"),
        _text("message"),
        _number("sent_at"),
        _key("messages", "conversation", "token"),
    )
    op.create_index("messages_sent_at", "messages", ["sent_at"])
