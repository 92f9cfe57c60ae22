"""Links to systems that say nothing. Menus of single chats. When a platform last answered."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0005_telegram_edge"
down_revision = "0004_delivery"


def upgrade() -> None:
    op.add_column("systems", sa.Column("link", sa.Text()))
    connection = op.get_bind()
    ids = connection.scalars(sa.text("SELECT id FROM systems")).all()
    if ids:
        links = [{"id": id, "link": secrets.token_hex(16)} for id in ids]
        connection.execute(sa.text("UPDATE systems SET link = :link WHERE id = :id"), links)
    op.create_index("systems_link", "systems", ["link"], unique=True)
    op.create_table(
        "menus",
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("conversation", name="menus_pkey"),
    )
    op.create_table(
        "listening",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("heard_at", sa.BigInteger(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False, server_default=""),
        sa.Column("gap_from", sa.BigInteger()),
        sa.Column("gap_to", sa.BigInteger()),
        sa.PrimaryKeyConstraint("channel", name="listening_pkey"),
    )
