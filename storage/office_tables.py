"""The tables of the back office: what the desk tells people.

Moments are microseconds since 1970. `key` columns are the keys of the effects that made the rows.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, Text

from storage.tables import Id, metadata

# What the desk tells people, each once per key. `line` and `asks` (the flow in which they answer) are JSON.
# `told_at` is null while it waits for a decent hour.
news = Table(
    "news",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Text, nullable=False),
    Column("installer", ForeignKey("installers.id"), nullable=False),
    Column("about", Text, nullable=False),
    Column("line", Text, nullable=False),
    Column("asks", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Column("told_at", BigInteger),
    Index("news_key_installer", "key", "installer", unique=True),
    Index("news_told_at_due_at", "told_at", "due_at"),
)
