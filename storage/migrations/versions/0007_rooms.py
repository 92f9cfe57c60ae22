"""Rooms that hear of RMAs, and the language spoken there. What is said about one thing stands together."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007_rooms"
down_revision = "0006_news"


def upgrade() -> None:
    op.add_column("outbox", sa.Column("topic", sa.Text()))
    op.create_table(
        "rooms",
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("member", sa.Boolean(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("conversation", name="rooms_pkey"),
        sa.UniqueConstraint("link", name="rooms_link_key"),
    )
    op.create_table(
        "room_follows",
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("rma", sa.Text(), nullable=False),
        sa.Column("installer", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("company", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("room", "rma", "installer", name="room_follows_pkey"),
        sa.ForeignKeyConstraint(["room"], ["rooms.conversation"], name="room_follows_room_fkey"),
        sa.ForeignKeyConstraint(["installer"], ["installers.id"], name="room_follows_installer_fkey"),
        sa.ForeignKeyConstraint(["company"], ["companies.id"], name="room_follows_company_fkey"),
    )
    op.create_index("room_follows_company", "room_follows", ["company"])
