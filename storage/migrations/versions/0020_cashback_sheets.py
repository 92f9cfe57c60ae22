"""What came of Excel files with devices for the cashback."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020_cashback_sheets"
down_revision = "0019_cashback"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    name = "cashback_sheets"
    op.create_table(
        name,
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("company", _ID, nullable=False),
        *(sa.Column(column, sa.Text(), nullable=False) for column in ("name", "devices", "page")),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"{name}_pkey"),
        sa.ForeignKeyConstraint(["company"], ["companies.id"], name=f"{name}_company_fkey"),
    )
    op.create_index(f"{name}_conversation", name, ["conversation"])
