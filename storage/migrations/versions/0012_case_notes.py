"""Notes on cases."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012_case_notes"
down_revision = "0011_returns"


def upgrade() -> None:
    op.create_table(
        "case_notes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("case_number", sa.Text(), nullable=False),
        sa.Column("installer", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="case_notes_pkey"),
        sa.UniqueConstraint("key", name="case_notes_key_key"),
        sa.ForeignKeyConstraint(["case_number"], ["cases.number"], name="case_notes_case_number_fkey"),
        sa.ForeignKeyConstraint(["installer"], ["installers.id"], name="case_notes_installer_fkey"),
    )
    op.create_index("case_notes_case_number_at", "case_notes", ["case_number", "at"])
