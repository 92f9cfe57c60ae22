"""The service desk: companies and their people, systems, RMAs, cases, mail."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002_desk"
down_revision = "0001_spine"

RMA_STATUSES = "status IN ('in_progress', 'pending_approval', 'approved', 'shipped', 'cancelled')"


def _text(name: str, **more: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), **{"nullable": False, **more})


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [_text(name) for name in names]


def _blank(name: str) -> sa.Column[Any]:
    return _text(name, server_default="")


def _number(name: str, **more: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), **{"nullable": False, **more})


def _yes_no(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _counted(name: str = "id", **more: Any) -> sa.Column[Any]:
    whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, whole, **{"nullable": False, **more})


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"{table}_pkey")


def _once(table: str, column: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(column, name=f"{table}_{column}_key")


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=f"{table}_{column}_fkey")


def upgrade() -> None:
    _people()
    _links()
    _systems()
    _cases()
    _rmas()
    _rma_parts()
    _mails()


def _people() -> None:
    op.create_table(
        "companies", _counted(), _text("name"), _key("companies", "id"), _once("companies", "name")
    )
    op.create_table(
        "addresses",
        _counted(),
        _counted("company"),
        _text("text"),
        _yes_no("main"),
        _key("addresses", "id"),
        _refers("addresses", "company", "companies.id"),
    )
    op.create_index("addresses_company", "addresses", ["company"])
    op.create_table(
        "contacts",
        _counted(),
        _counted("company"),
        _text("text"),
        _key("contacts", "id"),
        _refers("contacts", "company", "companies.id"),
    )
    op.create_index("contacts_company", "contacts", ["company"])
    op.create_table(
        "installers",
        _counted(),
        _counted("company"),
        *_texts("name", "email", "phone", "role", "language"),
        _yes_no("active"),
        _blank("last_systems"),
        _blank("last_address"),
        _blank("last_contact"),
        _key("installers", "id"),
        _refers("installers", "company", "companies.id"),
        _once("installers", "email"),
        sa.CheckConstraint("role IN ('technician', 'office', 'admin')", name="installers_role_check"),
    )
    op.create_index("installers_company", "installers", ["company"])


def _links() -> None:
    op.create_table(
        "chat_identities",
        _text("sender"),
        _counted("installer"),
        _number("linked_at"),
        _key("chat_identities", "sender"),
        _refers("chat_identities", "installer", "installers.id"),
    )
    op.create_index("chat_identities_installer", "chat_identities", ["installer"])
    op.create_table(
        "link_codes",
        _text("hash"),
        _counted("installer"),
        _number("created_at"),
        _number("expires_at"),
        _number("used_at", nullable=True),
        _key("link_codes", "hash"),
        _refers("link_codes", "installer", "installers.id"),
    )
    op.create_index("link_codes_installer_created_at", "link_codes", ["installer", "created_at"])
    op.create_table(
        "link_tries", _counted(), *_texts("sender", "kind"), _number("at"), _key("link_tries", "id")
    )
    op.create_index("link_tries_sender_kind_at", "link_tries", ["sender", "kind", "at"])


def _systems() -> None:
    op.create_table(
        "systems",
        _text("id"),
        _counted("company"),
        *_texts("name", "folded", "words", "owner", "maintainer", "street", "postcode", "town", "country"),
        sa.Column("latitude", sa.Float(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=False),
        _text("reference"),
        sa.Column("stage", sa.Integer(), nullable=False),
        _text("status"),
        _text("installed_on", nullable=True),
        _text("created_on"),
        _key("systems", "id"),
        _refers("systems", "company", "companies.id"),
    )
    op.create_index("systems_company_folded", "systems", ["company", "folded"])
    op.create_index("systems_company_name", "systems", ["company", "name", "id"])
    op.create_table(
        "devices",
        *_texts("serial", "system", "kind", "product", "status"),
        _text("installed_on", nullable=True),
        _text("warranty_until", nullable=True),
        _key("devices", "serial"),
        _refers("devices", "system", "systems.id"),
    )
    op.create_index("devices_system", "devices", ["system"])


def _cases() -> None:
    op.create_table("numbers", _text("kind"), _number("next"), _key("numbers", "kind"))
    op.create_table(
        "cases",
        *_texts("number", "key"),
        _counted("company", nullable=True),
        _counted("installer", nullable=True),
        _text("system", nullable=True),
        *_texts("conversation", "sender", "subject", "description"),
        _blank("summary"),
        _blank("reach"),
        *_texts("status", "assigned_to"),
        _number("created_at"),
        _number("updated_at"),
        _key("cases", "number"),
        _once("cases", "key"),
        _refers("cases", "company", "companies.id"),
        _refers("cases", "installer", "installers.id"),
        _refers("cases", "system", "systems.id"),
        sa.CheckConstraint("status IN ('new', 'in_progress', 'resolved')", name="cases_status_check"),
    )
    op.create_index("cases_company_created_at", "cases", ["company", "created_at"])
    op.create_index("cases_system", "cases", ["system"])
    op.create_table(
        "case_files",
        *_texts("case_number", "attachment"),
        _key("case_files", "case_number", "attachment"),
        _refers("case_files", "case_number", "cases.number"),
        _refers("case_files", "attachment", "attachments.id"),
    )


def _rmas() -> None:
    op.create_table(
        "rmas",
        *_texts("number", "key"),
        _counted("company"),
        _counted("installer"),
        _text("system", nullable=True),
        *_texts("case_number", "status", "subject", "fault", "description", "shipping_address"),
        _blank("return_address"),
        *_texts("contact", "assigned_to", "origin"),
        _blank("manufacturer_number"),
        _number("created_at"),
        _number("updated_at"),
        _key("rmas", "number"),
        _once("rmas", "key"),
        _refers("rmas", "company", "companies.id"),
        _refers("rmas", "installer", "installers.id"),
        _refers("rmas", "system", "systems.id"),
        _refers("rmas", "case_number", "cases.number"),
        sa.CheckConstraint(RMA_STATUSES, name="rmas_status_check"),
    )
    op.create_index("rmas_company_created_at", "rmas", ["company", "created_at"])
    op.create_index("rmas_installer_created_at", "rmas", ["installer", "created_at"])
    op.create_index("rmas_system", "rmas", ["system"])


def _rma_parts() -> None:
    op.create_table(
        "rma_lines",
        _text("rma"),
        sa.Column("position", sa.Integer(), nullable=False),
        *_texts("serial", "product"),
        _key("rma_lines", "rma", "position"),
        _refers("rma_lines", "rma", "rmas.number"),
    )
    op.create_index("rma_lines_serial", "rma_lines", ["serial"])
    op.create_table(
        "rma_files",
        *_texts("rma", "attachment"),
        _yes_no("label"),
        _key("rma_files", "rma", "attachment"),
        _refers("rma_files", "rma", "rmas.number"),
        _refers("rma_files", "attachment", "attachments.id"),
    )
    op.create_table(
        "rma_followers",
        _text("rma"),
        _counted("installer"),
        _blank("conversation"),
        _key("rma_followers", "rma", "installer"),
        _refers("rma_followers", "rma", "rmas.number"),
        _refers("rma_followers", "installer", "installers.id"),
    )
    op.create_index("rma_followers_conversation", "rma_followers", ["conversation"])
    op.create_table(
        "notes",
        _counted(),
        *_texts("key", "rma"),
        _counted("installer"),
        _number("at"),
        _text("text"),
        _key("notes", "id"),
        _once("notes", "key"),
        _refers("notes", "rma", "rmas.number"),
        _refers("notes", "installer", "installers.id"),
    )
    op.create_index("notes_rma_at", "notes", ["rma", "at"])
    op.create_table(
        "rma_history",
        _counted(),
        *_texts("key", "rma"),
        _number("at"),
        *_texts("event", "status"),
        _counted("installer", nullable=True),
        _key("rma_history", "id"),
        _once("rma_history", "key"),
        _refers("rma_history", "rma", "rmas.number"),
        _refers("rma_history", "installer", "installers.id"),
    )
    op.create_index("rma_history_rma_at", "rma_history", ["rma", "at"])


def _mails() -> None:
    op.create_table(
        "mails",
        _counted(),
        *_texts("message_id", "recipient", "locale", "subject", "body"),
        _yes_no("secret"),
        _number("created_at"),
        _number("due_at"),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        _text("outcome", nullable=True),
        _key("mails", "id"),
        _once("mails", "message_id"),
    )
    op.create_index("mails_outcome_due_at", "mails", ["outcome", "due_at"])
