"""What the desk tells people, each once, at a decent hour; and the chat in which they are told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006_news"
down_revision = "0005_telegram_edge"


def upgrade() -> None:
    op.add_column("chat_identities", sa.Column("conversation", sa.Text(), nullable=False, server_default=""))
    # Where a conversation has the name of its person, that is the chat they were linked in.
    op.execute("UPDATE chat_identities SET conversation = sender WHERE sender NOT LIKE 'telegram:%'")
    op.create_table(
        "news",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("installer", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("asks", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("told_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="news_pkey"),
        sa.ForeignKeyConstraint(["installer"], ["installers.id"], name="news_installer_fkey"),
    )
    op.create_index("news_key_installer", "news", ["key", "installer"], unique=True)
    op.create_index("news_told_at_due_at", "news", ["told_at", "due_at"])
