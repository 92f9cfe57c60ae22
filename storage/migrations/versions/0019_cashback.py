"""The cashback of SMA: devices, their documents, and customer numbers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019_cashback"
down_revision = "0018_claims"


def _id(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=f"{table}_{column}_fkey")


def upgrade() -> None:
    _items()
    op.create_table(
        "cashback_files",
        _text("item"),
        _text("attachment"),
        sa.PrimaryKeyConstraint("item", "attachment", name="cashback_files_pkey"),
        _refers("cashback_files", "item", "cashback_items.number"),
        _refers("cashback_files", "attachment", "attachments.id"),
    )
    op.create_table(
        "cashback_numbers",
        _id("installer"),
        _text("customer_number"),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("installer", name="cashback_numbers_pkey"),
        _refers("cashback_numbers", "installer", "installers.id"),
    )


def _items() -> None:
    name = "cashback_items"
    op.create_table(
        name,
        *map(_text, ("number", "key")),
        *map(_id, ("company", "installer")),
        *map(_text, ("serial", "product", "subject", "installed_on")),
        sa.Column("euros", sa.Integer()),
        _text("status"),
        sa.Column("deadline", sa.Text()),
        sa.Column("remind_at", sa.BigInteger()),
        sa.Column("documents_at", sa.BigInteger()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=f"{name}_pkey"),
        sa.UniqueConstraint("key", name=f"{name}_key_key"),
        _refers(name, "company", "companies.id"),
        _refers(name, "installer", "installers.id"),
        sa.CheckConstraint(
            "status IN ('with_us', 'accepted', 'more_info', 'paid', 'not_registrable')",
            name=op.f(f"{name}_status_check"),
        ),
    )
    op.create_index(f"{name}_company_created_at", name, ["company", "created_at"])
    waiting, real = sa.text("remind_at IS NOT NULL"), sa.text("status <> 'not_registrable'")
    op.create_index(f"{name}_remind_at", name, ["remind_at"], sqlite_where=waiting, postgresql_where=waiting)
    op.create_index(f"{name}_serial", name, ["serial"], unique=True, sqlite_where=real, postgresql_where=real)
