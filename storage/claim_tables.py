"""The tables of labour reimbursement: claims, until when they can be made, and where they are paid to.

Days are ISO text, moments microseconds since 1970. `key` columns: the keys of the effects that made the rows.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Table, Text, text

from storage.tables import Id, metadata

# Where a company is paid to; the latest row counts. A claim keeps the one that was confirmed with it.
bank_details = Table(
    "bank_details",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("company", ForeignKey("companies.id"), nullable=False),
    Column("installer", ForeignKey("installers.id"), nullable=False),
    Column("vat", Text, nullable=False),
    Column("iban", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Index("bank_details_company", "company", "id"),
)

# What was typed of them and not confirmed yet, for a day at most: a conversation names it by its token.
typed_numbers = Table(
    "typed_numbers",
    metadata,
    Column("token", Text, primary_key=True),
    Column("conversation", Text, nullable=False),
    Column("company", ForeignKey("companies.id"), nullable=False),
    Column("number", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Index("typed_numbers_conversation", "conversation"),
)

# `amount` is the desk's, in euros like 120.50, in older rows as it was typed; `claimant` and `address` are
# as they were sent. `bank` is null while the office of the company has entered nothing.
claims = Table(
    "claims",
    metadata,
    Column("number", Text, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("company", ForeignKey("companies.id"), nullable=False),
    Column("installer", ForeignKey("installers.id"), nullable=False),
    Column("rma", ForeignKey("rmas.number"), nullable=False, unique=True),
    Column(
        "status",
        Text,
        CheckConstraint("status IN ('submitted', 'in_review', 'approved', 'paid', 'refused')", name="status"),
        nullable=False,
    ),
    Column("replaced_on", Text, nullable=False),
    Column("claimant", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("bank", ForeignKey("bank_details.id")),
    Column("amount", Text, nullable=False, server_default=""),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Index("claims_company_created_at", "company", "created_at"),
)

claim_files = Table(
    "claim_files",
    metadata,
    Column("claim", ForeignKey("claims.number"), primary_key=True),
    Column("attachment", ForeignKey("attachments.id"), primary_key=True),
)

# `installer` is null for the desk.
claim_history = Table(
    "claim_history",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("claim", ForeignKey("claims.number"), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("status", Text, nullable=False),
    Column("installer", ForeignKey("installers.id")),
    Index("claim_history_claim_at", "claim", "at"),
)

# Until when labour for an RMA can be claimed. `replaced_on` is empty until somebody says it; `last_day` is
# empty until it is worked out, which is due when the row is made. `remind_at` is null when nobody is to be
# reminded any more.
claim_windows = Table(
    "claim_windows",
    metadata,
    Column("rma", ForeignKey("rmas.number"), primary_key=True),
    Column("company", ForeignKey("companies.id"), nullable=False),
    Column("replaced_on", Text, nullable=False, server_default=""),
    Column("last_day", Text, nullable=False, server_default=""),
    Column("remind_at", BigInteger),
    Index("claim_windows_company_last_day", "company", "last_day"),
    Index(
        "claim_windows_remind_at",
        "remind_at",
        sqlite_where=text("remind_at IS NOT NULL"),
        postgresql_where=text("remind_at IS NOT NULL"),
    ),
)
