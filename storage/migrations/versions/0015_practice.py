"""Practising: invented companies, and the chats in which somebody acts for one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015_practice"
down_revision = "0014_wishes"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("companies", sa.Column("practice", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "practising",
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("installer", _ID, nullable=False),
        sa.PrimaryKeyConstraint("conversation", name="practising_pkey"),
        sa.ForeignKeyConstraint(["installer"], ["installers.id"], name="practising_installer_fkey"),
    )
    op.create_index("practising_sender", "practising", ["sender"])
