"""Devices that are registered for practice, whose serials are in no real one's way."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023_cashback_practice"
down_revision = "0022_news_enclosed"


def upgrade() -> None:
    items = "cashback_items"
    op.add_column(items, sa.Column("practice", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.drop_index(f"{items}_serial", items)
    real = sa.text("status <> 'not_registrable' AND NOT practice")
    op.create_index(
        f"{items}_serial", items, ["serial"], unique=True, sqlite_where=real, postgresql_where=real
    )
