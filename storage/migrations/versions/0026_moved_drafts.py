"""Where unfinished work is that changed hands, so that it is sent in from there only."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026_moved_drafts"
down_revision = "0025_typed_numbers"


def upgrade() -> None:
    op.create_table(
        "moved_drafts",
        sa.Column("run", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("moved_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("run", name="moved_drafts_pkey"),
    )
    op.create_index("moved_drafts_conversation", "moved_drafts", ["conversation"])
