"""Reports, and files that go with a mail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017_reports"
down_revision = "0016_drafts"


def upgrade() -> None:
    op.add_column("mails", sa.Column("enclosed", sa.Text()))
    op.create_table(
        "reports",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("company", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("installer", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
        sa.Column("systems", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("outcome", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="reports_pkey"),
        sa.UniqueConstraint("key", name="reports_key_key"),
        sa.ForeignKeyConstraint(["company"], ["companies.id"], name="reports_company_fkey"),
        sa.ForeignKeyConstraint(["installer"], ["installers.id"], name="reports_installer_fkey"),
    )
    op.create_index("reports_outcome_due_at", "reports", ["outcome", "due_at"])
