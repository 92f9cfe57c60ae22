"""Lists of RMAs and cases: the province of a system, counts read from an index, the RMAs of a case."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010_lists"
down_revision = "0009_office"


def upgrade() -> None:
    op.add_column("systems", sa.Column("state", sa.Text(), nullable=False, server_default=""))
    for table in ("rmas", "cases"):
        op.drop_index(f"{table}_company_created_at", table_name=table)
        op.create_index(f"{table}_company_created_at", table, ["company", "created_at", "status"])
    op.create_index("rmas_case_number", "rmas", ["case_number"])
