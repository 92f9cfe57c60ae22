"""Chats that cannot be reached for now, whose messages wait. Answers that point at what they answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004_delivery"
down_revision = "0003_telegram"


def upgrade() -> None:
    op.add_column("outbox", sa.Column("reply_to", sa.Text()))
    op.create_table(
        "unreachable",
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("mailed_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("conversation", name="unreachable_pkey"),
    )
