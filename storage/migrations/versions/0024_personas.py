"""Who somebody is when they practise, by their number and no longer by a mailbox."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024_personas"
down_revision = "0023_cashback_practice"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "personas",
        sa.Column("installer", _ID, nullable=False),
        sa.Column("persona", _ID, nullable=False),
        sa.PrimaryKeyConstraint("installer", name="personas_pkey"),
        sa.ForeignKeyConstraint(["installer"], ["installers.id"], name="personas_installer_fkey"),
        sa.ForeignKeyConstraint(["persona"], ["installers.id"], name="personas_persona_fkey"),
    )
    op.execute(
        "INSERT INTO personas (installer, persona) SELECT i.id, p.id FROM installers p"
        " JOIN companies c ON c.id = p.company AND c.practice"
        " JOIN installers i ON p.email = 'practice.' || i.id || '@practice.invalid'"
    )
