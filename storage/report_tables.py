"""The table of reports: ordered in a chat, made outside any turn."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, Text

from storage.tables import Id, metadata

# `since` and `until` are ISO days; `systems` their ids with spaces between them, empty for all. `due_at` is
# when to make it, or to see to it that whoever began it ended. `outcome` is null until it is made, given_up,
# or nobodys: who ordered it is not known any more.
reports = Table(
    "reports",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("company", ForeignKey("companies.id"), nullable=False),
    Column("installer", ForeignKey("installers.id"), nullable=False),
    Column("conversation", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("until", Text, nullable=False),
    Column("systems", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("outcome", Text),
    Index("reports_outcome_due_at", "outcome", "due_at"),
)
