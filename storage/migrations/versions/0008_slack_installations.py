"""Workspaces in which the Slack app is installed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008_slack_installations"
down_revision = "0007_rooms"


def upgrade() -> None:
    op.create_table(
        "slack_installations",
        sa.Column("enterprise", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("bot_user", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("refresh_token", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("left_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("enterprise", "team", name="slack_installations_pkey"),
    )
