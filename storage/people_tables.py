"""The tables of what people wish: of what they hear, when, and what they keep for later."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text

from storage.tables import metadata

# Who has no row hears of what they filed or follow, at once, but at a decent hour. `quiet_from` and
# `quiet_until` are hours of the day where they are; both the same: never quiet.
wishes = Table(
    "wishes",
    metadata,
    Column("installer", ForeignKey("installers.id"), primary_key=True, autoincrement=False),
    Column(
        "hears",
        Text,
        CheckConstraint("hears IN ('own', 'followed', 'all')", name="hears"),
        nullable=False,
        server_default="followed",
    ),
    Column(
        "pace",
        Text,
        CheckConstraint("pace IN ('now', 'daily')", name="pace"),
        nullable=False,
        server_default="now",
    ),
    Column("quiet_from", Integer, nullable=False, server_default="20"),
    Column("quiet_until", Integer, nullable=False, server_default="7"),
)

# Of which requests (`about`: kind and number) somebody wants to hear nothing but questions.
mutes = Table(
    "mutes",
    metadata,
    Column("installer", ForeignKey("installers.id"), primary_key=True, autoincrement=False),
    Column("about", Text, primary_key=True),
)

# Chats in which somebody (`sender`) practises: there they are `installer`, of an invented company.
practising = Table(
    "practising",
    metadata,
    Column("conversation", Text, primary_key=True),
    Column("sender", Text, nullable=False),
    Column("installer", ForeignKey("installers.id"), nullable=False),
    Index("practising_sender", "sender"),
)

# Who somebody (`installer`) is when they practise: `persona`, of a company invented for them alone.
personas = Table(
    "personas",
    metadata,
    Column("installer", ForeignKey("installers.id"), primary_key=True, autoincrement=False),
    Column("persona", ForeignKey("installers.id"), nullable=False),
)

# Unfinished work on its way from one colleague to another: nobody has it in a chat until it is taken up.
# `body` is the run as JSON; its files belong to the conversation "draft:" with the id.
drafts = Table(
    "drafts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("owner", ForeignKey("installers.id"), nullable=False),
    Column("giver", ForeignKey("installers.id"), nullable=False),
    Column("body", Text, nullable=False),
    Column("passed_at", BigInteger, nullable=False),
    Index("drafts_owner", "owner"),
    Index("drafts_giver", "giver"),
)

# Where unfinished work is that changed hands (`run`): the chat that it left hears of it only in its next
# turn, and may not send it in before.
moved_drafts = Table(
    "moved_drafts",
    metadata,
    Column("run", Text, primary_key=True),
    Column("conversation", Text, nullable=False),
    Column("moved_at", BigInteger, nullable=False),
    Index("moved_drafts_conversation", "conversation"),
)
