"""The tables of the cashback of SMA. Days are ISO text, moments microseconds since 1970."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    false,
    text,
)

from storage.tables import metadata

# One device. `subject` and `euros` are its product and amount as the campaign had them; no euros: not
# confirmed. `deadline` is the last day for documents; `remind_at` is null when nothing is left to remind of.
cashback_items = Table(
    "cashback_items",
    metadata,
    Column("number", Text, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("company", ForeignKey("companies.id"), nullable=False),
    Column("installer", ForeignKey("installers.id"), nullable=False),
    Column("serial", Text, nullable=False),
    Column("product", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("installed_on", Text, nullable=False),
    Column("euros", Integer),
    Column(
        "status",
        Text,
        CheckConstraint(
            "status IN ('with_us', 'accepted', 'more_info', 'paid', 'not_registrable')", name="status"
        ),
        nullable=False,
    ),
    Column("deadline", Text),
    Column("remind_at", BigInteger),
    Column("documents_at", BigInteger),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("practice", Boolean, nullable=False, server_default=false()),
    Index("cashback_items_company_created_at", "company", "created_at"),
    Index(
        "cashback_items_remind_at",
        "remind_at",
        sqlite_where=text("remind_at IS NOT NULL"),
        postgresql_where=text("remind_at IS NOT NULL"),
    ),
    # What was not registrable may have been a slip, and practice is nothing real: both stand in nobody's way.
    Index(
        "cashback_items_serial",
        "serial",
        unique=True,
        sqlite_where=text("status <> 'not_registrable' AND NOT practice"),
        postgresql_where=text("status <> 'not_registrable' AND NOT practice"),
    ),
)

cashback_files = Table(
    "cashback_files",
    metadata,
    Column("item", ForeignKey("cashback_items.number"), primary_key=True),
    Column("attachment", ForeignKey("attachments.id"), primary_key=True),
)

# The customer number that somebody found in their own profile at the portal.
cashback_numbers = Table(
    "cashback_numbers",
    metadata,
    Column("installer", ForeignKey("installers.id"), primary_key=True),
    Column("customer_number", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
)

# What came of an Excel file, for the chat in which it was sent: its devices, and what is said about it.
cashback_sheets = Table(
    "cashback_sheets",
    metadata,
    Column("id", Text, primary_key=True),
    Column("conversation", Text, nullable=False),
    Column("company", ForeignKey("companies.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("devices", Text, nullable=False),
    Column("page", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Index("cashback_sheets_conversation", "conversation"),
)

# The days on which the overview of SMA was taken over, each once.
cashback_days = Table(
    "cashback_days",
    metadata,
    Column("day", Text, primary_key=True),
    Column("at", BigInteger, nullable=False),
)
