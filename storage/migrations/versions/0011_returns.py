"""Returns of devices."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011_returns"
down_revision = "0010_lists"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "returns",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("company", _ID, nullable=False),
        sa.Column("installer", _ID, nullable=False),
        sa.Column("rma", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("goes_to", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False, server_default=""),
        sa.Column("part", sa.Text(), nullable=False, server_default=""),
        sa.Column("boxes", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("contact", sa.Text(), nullable=False, server_default=""),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="returns_pkey"),
        sa.UniqueConstraint("key", name="returns_key_key"),
        sa.ForeignKeyConstraint(["company"], ["companies.id"], name="returns_company_fkey"),
        sa.ForeignKeyConstraint(["installer"], ["installers.id"], name="returns_installer_fkey"),
        sa.ForeignKeyConstraint(["rma"], ["rmas.number"], name="returns_rma_fkey"),
        sa.CheckConstraint(
            "status IN ('announced', 'collected', 'in_transit', 'received', 'problem', 'cancelled')",
            name="returns_status_check",
        ),
        sa.CheckConstraint("way IN ('pickup', 'dropoff')", name="returns_way_check"),
    )
    op.create_index("returns_company_created_at", "returns", ["company", "created_at"])
    op.create_index("returns_rma", "returns", ["rma"])
    op.create_table(
        "return_lines",
        sa.Column("return_number", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Text(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("return_number", "position", name="return_lines_pkey"),
        sa.ForeignKeyConstraint(
            ["return_number"], ["returns.number"], name="return_lines_return_number_fkey"
        ),
    )
    op.create_table(
        "return_history",
        sa.Column("id", _ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("return_number", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("installer", _ID),
        sa.PrimaryKeyConstraint("id", name="return_history_pkey"),
        sa.UniqueConstraint("key", name="return_history_key_key"),
        sa.ForeignKeyConstraint(
            ["return_number"], ["returns.number"], name="return_history_return_number_fkey"
        ),
        sa.ForeignKeyConstraint(["installer"], ["installers.id"], name="return_history_installer_fkey"),
    )
    op.create_index("return_history_return_number_at", "return_history", ["return_number", "at"])
