"""What goes with something that is told, such as the label of a return."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022_news_enclosed"
down_revision = "0021_cashback_days"


def upgrade() -> None:
    op.add_column("news", sa.Column("enclosed", sa.Text()))
