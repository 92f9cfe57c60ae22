"""What a profile shows, and people who work for several companies: one row of installers for each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013_people"
down_revision = "0012_case_notes"


def upgrade() -> None:
    op.add_column(
        "installers", sa.Column("time_zone", sa.Text(), nullable=False, server_default="Europe/Brussels")
    )
    op.add_column("installers", sa.Column("enlighten_id", sa.Text(), nullable=False, server_default=""))
    if op.get_bind().dialect.name == "sqlite":
        _rebuild()
    else:
        op.drop_constraint("installers_email_key", "installers", type_="unique")
        op.create_unique_constraint("installers_company_email_key", "installers", ["company", "email"])


def _rebuild() -> None:
    """SQLite cannot change a constraint: the same table with another one takes its place.

    The rows that refer to it are looked at when the transaction ends; then all is there again.
    """
    made = (
        op.get_bind().execute(sa.text("SELECT sql FROM sqlite_master WHERE name = 'installers'")).scalar_one()
    )
    new = made.replace(
        "CONSTRAINT installers_email_key UNIQUE (email)",
        "CONSTRAINT installers_company_email_key UNIQUE (company, email)",
    )
    assert new != made
    op.execute("PRAGMA defer_foreign_keys = ON")
    op.execute("CREATE TEMPORARY TABLE installers_before AS SELECT * FROM installers")
    op.execute("DROP TABLE installers")
    op.execute(new)
    op.execute("INSERT INTO installers SELECT * FROM temp.installers_before")
    op.execute("DROP TABLE temp.installers_before")
    op.create_index("installers_company", "installers", ["company"])
