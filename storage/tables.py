"""The tables of the spine: what was received, what is remembered, what must still be said.

Moments are microseconds since 1970 (`storage.moments`); payloads are JSON that older and newer code can read.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, Table, Text, text

metadata = MetaData(
    naming_convention={
        "ix": "%(table_name)s_%(column_0_N_name)s",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "pk": "%(table_name)s_pkey",
        "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
        "ck": "%(table_name)s_%(constraint_name)s_check",
    }
)

Id = BigInteger().with_variant(Integer(), "sqlite")
"""An automatic number; only INTEGER counts up by itself in SQLite."""


def _where(condition: str, name: str, *columns: str, unique: bool = False) -> Index:
    """An index of only some rows: those of the unfinished stay small whatever the past, and the planner
    never mistakes those of the finished for a way to find the others."""
    where = text(condition)
    return Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)


# One row per chat. `sequence` is the number given to its latest input: bumping it locks the row, so
# the order of the numbers is the order of the commits.
conversations = Table(
    "conversations",
    metadata,
    Column("key", Text, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("sequence", BigInteger, nullable=False),
)

# Apart from `conversations`, so that taking an input in does not rewrite it.
states = Table(
    "states",
    metadata,
    Column("conversation", Text, primary_key=True),
    Column("body", Text, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
)

# `key` begins with the channel. `ready_at` is null until files are prepared. `done_at` is null until the
# input is finished with, and `outcome` says how: done, parked (kept failing) or quarantined (could not be
# understood). Open rows of the same `album` are taken together. `content` is what the
# person said or pressed, kept for transcripts.
inbox = Table(
    "inbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("key", Text, nullable=False, unique=True),
    Column("conversation", Text, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("received_at", BigInteger, nullable=False),
    Column("ready_at", BigInteger),
    Column("payload", LargeBinary),
    Column("files", Text),
    Column("prepared", Text),
    Column("album", Text),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("content", Text),
    Column("outcome", Text),
    Column("reference", Text),
    Column("done_at", BigInteger),
    _where("done_at IS NULL", "inbox_open", "conversation", "sequence", unique=True),
    _where("done_at IS NULL", "inbox_ready", "ready_at", "id"),
    _where("done_at IS NOT NULL", "inbox_done_at", "done_at"),
    _where("content IS NOT NULL", "inbox_said", "conversation", "sequence"),
    sqlite_autoincrement=True,
)

# `sequence` is that of the input that led to it. `due_at` moves when a platform asks to wait.
# `outcome`: sent, parked (given up) or replaced (a later edit of the same message made it needless).
# `reply_to` is the platform's id of the message that it answers, where that is to be shown. In a conversation
# messages about one `topic` stand together: under the first of them.
outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("conversation", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("output", Text),
    Column("locale", Text, nullable=False),
    Column("time_zone", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("outcome", Text),
    Column("sent_at", BigInteger),
    Column("reply_to", Text),
    Column("topic", Text),
    Index("outbox_conversation_sequence", "conversation", "sequence"),
    _where("sent_at IS NULL", "outbox_open", "conversation", "id"),
    _where("sent_at IS NULL", "outbox_due", "due_at", "id"),
    _where("sent_at IS NOT NULL", "outbox_sent_at", "sent_at"),
    sqlite_autoincrement=True,
)

# Chats where nobody can be reached for now: what is to be said there waits in the outbox. `person` is the
# chat identity, where the platform tells; `mailed_at` is when they were written to instead.
unreachable = Table(
    "unreachable",
    metadata,
    Column("conversation", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("mailed_at", BigInteger),
)

# Which message of the platform shows which prompt, so that it can be edited after a restart.
messages = Table(
    "messages",
    metadata,
    Column("conversation", Text, primary_key=True),
    Column("token", Text, primary_key=True),
    Column("message", Text, nullable=False),
    Column("sent_at", BigInteger, nullable=False),
    Index("messages_sent_at", "sent_at"),
)

timers = Table(
    "timers",
    metadata,
    Column("conversation", Text, primary_key=True),
    Column("timer", Text, primary_key=True),
    Column("sender", Text, nullable=False),
    Column("fire_at", BigInteger, nullable=False),
    Index("timers_fire_at", "fire_at"),
)

# What was done under which key, and the reply to it: the same key never happens twice.
effects = Table(
    "effects",
    metadata,
    Column("key", Text, primary_key=True),
    Column("conversation", Text, nullable=False),
    Column("request", Text, nullable=False),
    Column("reply", Text, nullable=False),
    Column("done_at", BigInteger, nullable=False),
    Index("effects_conversation", "conversation"),
)

# The bytes are in a file of that name (the id) in the attachments folder.
attachments = Table(
    "attachments",
    metadata,
    Column("id", Text, primary_key=True),
    Column("conversation", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Index("attachments_conversation", "conversation"),
)

# Who does what only one process may do; `until` moves on as long as that process lives.
leases = Table(
    "leases",
    metadata,
    Column("name", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("until", BigInteger, nullable=False),
)

# The command menu of a chat whose person chose another language than that of the phone; `version` is
# of the commands it shows, so that a release with others brings it up to date.
menus = Table(
    "menus",
    metadata,
    Column("conversation", Text, primary_key=True),
    Column("locale", Text, nullable=False),
    Column("version", Text, nullable=False),
)

# When a channel that we ask for news last answered, and what is wrong with it now. `gap_from` and `gap_to`
# are the last silence so long that the platform may have forgotten what was said in it.
listening = Table(
    "listening",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("heard_at", BigInteger, nullable=False),
    Column("trouble", Text, nullable=False, server_default=""),
    Column("gap_from", BigInteger),
    Column("gap_to", BigInteger),
)

# Workspaces with the Slack app, or organisations as a whole (`team` is empty). `left_at`: when it was
# removed; nothing is sent there any more, and what was said there is erased later.
slack_installations = Table(
    "slack_installations",
    metadata,
    Column("enterprise", Text, primary_key=True),
    Column("team", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("bot_user", Text, nullable=False),
    Column("token", Text, nullable=False),
    Column("refresh_token", Text, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("left_at", BigInteger),
)
