"""Unfinished work that was passed to a colleague."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016_drafts"
down_revision = "0015_practice"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("owner", _ID, nullable=False),
        sa.Column("giver", _ID, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("passed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="drafts_pkey"),
        sa.ForeignKeyConstraint(["owner"], ["installers.id"], name="drafts_owner_fkey"),
        sa.ForeignKeyConstraint(["giver"], ["installers.id"], name="drafts_giver_fkey"),
    )
    op.create_index("drafts_owner", "drafts", ["owner"])
    op.create_index("drafts_giver", "drafts", ["giver"])
