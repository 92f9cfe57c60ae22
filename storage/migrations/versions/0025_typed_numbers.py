"""Account numbers that were typed and not confirmed yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025_typed_numbers"
down_revision = "0024_personas"


def upgrade() -> None:
    op.create_table(
        "typed_numbers",
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("company", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["company"], ["companies.id"], name="typed_numbers_company_fkey"),
        sa.PrimaryKeyConstraint("token", name="typed_numbers_pkey"),
    )
    op.create_index("typed_numbers_conversation", "typed_numbers", ["conversation"])
