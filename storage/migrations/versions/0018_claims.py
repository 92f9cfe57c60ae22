"""Labour reimbursement: claims, until when they can be made, where they are paid to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018_claims"
down_revision = "0017_reports"


def _id(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=nullable)


def _text(name: str, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default=default)


def _at(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=f"{table}_{column}_fkey")


def upgrade() -> None:
    _banks()
    _claims()
    _files()
    _history()
    _windows()


def _banks() -> None:
    name = "bank_details"
    op.create_table(
        name,
        _id("id"),
        _text("key"),
        *map(_id, ("company", "installer")),
        *map(_text, ("vat", "iban")),
        _at("at"),
        sa.PrimaryKeyConstraint("id", name=f"{name}_pkey"),
        sa.UniqueConstraint("key", name=f"{name}_key_key"),
        _refers(name, "company", "companies.id"),
        _refers(name, "installer", "installers.id"),
    )
    op.create_index(f"{name}_company", name, ["company", "id"])


def _claims() -> None:
    name = "claims"
    op.create_table(
        name,
        *map(_text, ("number", "key")),
        *map(_id, ("company", "installer")),
        *map(_text, ("rma", "status", "replaced_on", "claimant", "address")),
        _id("bank", nullable=True),
        _text("amount", ""),
        _at("created_at"),
        _at("updated_at"),
        sa.PrimaryKeyConstraint("number", name=f"{name}_pkey"),
        sa.UniqueConstraint("key", name=f"{name}_key_key"),
        sa.UniqueConstraint("rma", name=f"{name}_rma_key"),
        _refers(name, "company", "companies.id"),
        _refers(name, "installer", "installers.id"),
        _refers(name, "rma", "rmas.number"),
        _refers(name, "bank", "bank_details.id"),
        sa.CheckConstraint(
            "status IN ('submitted', 'in_review', 'approved', 'paid', 'refused')",
            name=op.f(f"{name}_status_check"),
        ),
    )
    op.create_index(f"{name}_company_created_at", name, ["company", "created_at"])


def _files() -> None:
    name = "claim_files"
    op.create_table(
        name,
        *map(_text, ("claim", "attachment")),
        sa.PrimaryKeyConstraint("claim", "attachment", name=f"{name}_pkey"),
        _refers(name, "claim", "claims.number"),
        _refers(name, "attachment", "attachments.id"),
    )


def _history() -> None:
    name = "claim_history"
    op.create_table(
        name,
        _id("id"),
        *map(_text, ("key", "claim")),
        _at("at"),
        _text("status"),
        _id("installer", nullable=True),
        sa.PrimaryKeyConstraint("id", name=f"{name}_pkey"),
        sa.UniqueConstraint("key", name=f"{name}_key_key"),
        _refers(name, "claim", "claims.number"),
        _refers(name, "installer", "installers.id"),
    )
    op.create_index(f"{name}_claim_at", name, ["claim", "at"])


def _windows() -> None:
    """Of RMAs that were approved before, too; until when is worked out once the program runs."""
    name = "claim_windows"
    op.create_table(
        name,
        _text("rma"),
        _id("company"),
        _text("replaced_on", ""),
        _text("last_day", ""),
        sa.Column("remind_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("rma", name=f"{name}_pkey"),
        _refers(name, "rma", "rmas.number"),
        _refers(name, "company", "companies.id"),
    )
    op.create_index(f"{name}_company_last_day", name, ["company", "last_day"])
    waiting = sa.text("remind_at IS NOT NULL")
    op.create_index(f"{name}_remind_at", name, ["remind_at"], sqlite_where=waiting, postgresql_where=waiting)
    op.execute(
        "INSERT INTO claim_windows (rma, company, remind_at)"
        " SELECT number, company, 0 FROM rmas WHERE status IN ('approved', 'shipped')"
    )
