"""The days on which the overview of SMA was taken over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021_cashback_days"
down_revision = "0020_cashback_sheets"


def upgrade() -> None:
    op.create_table(
        "cashback_days",
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", name="cashback_days_pkey"),
    )
