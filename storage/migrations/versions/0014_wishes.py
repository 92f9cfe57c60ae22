"""What people wish to hear and when; their mailbox is looked for at every turn."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014_wishes"
down_revision = "0013_people"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_index("installers_email", "installers", ["email"])
    op.add_column("news", sa.Column("daily", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "wishes",
        sa.Column("installer", _ID, nullable=False, autoincrement=False),
        sa.Column("hears", sa.Text(), nullable=False, server_default="followed"),
        sa.Column("pace", sa.Text(), nullable=False, server_default="now"),
        sa.Column("quiet_from", sa.Integer(), nullable=False, server_default="20"),
        sa.Column("quiet_until", sa.Integer(), nullable=False, server_default="7"),
        sa.PrimaryKeyConstraint("installer", name="wishes_pkey"),
        sa.ForeignKeyConstraint(["installer"], ["installers.id"], name="wishes_installer_fkey"),
        sa.CheckConstraint("hears IN ('own', 'followed', 'all')", name="wishes_hears_check"),
        sa.CheckConstraint("pace IN ('now', 'daily')", name="wishes_pace_check"),
    )
    op.create_table(
        "mutes",
        sa.Column("installer", _ID, nullable=False, autoincrement=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("installer", "about", name="mutes_pkey"),
        sa.ForeignKeyConstraint(["installer"], ["installers.id"], name="mutes_installer_fkey"),
    )
