"""The tables of what is asked of the desk: RMAs and cases with all that belongs to them, and mail.

Days, moments and keys are written as in `desk_tables`.
"""

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
)

from storage.tables import Id, metadata

# The next number of each kind ("rma", "case"), given out under its row lock.
numbers = Table(
    "numbers",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("next", BigInteger, nullable=False),
)

# A case of somebody we do not know has no company, only the chat it came from.
cases = Table(
    "cases",
    metadata,
    Column("number", Text, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("company", ForeignKey("companies.id")),
    Column("installer", ForeignKey("installers.id")),
    Column("system", ForeignKey("systems.id")),
    Column("conversation", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("summary", Text, nullable=False, server_default=""),
    Column("reach", Text, nullable=False, server_default=""),
    Column(
        "status",
        Text,
        CheckConstraint("status IN ('new', 'in_progress', 'resolved')", name="status"),
        nullable=False,
    ),
    Column("assigned_to", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    # The third column lets counts per status be read from the index alone.
    Index("cases_company_created_at", "company", "created_at", "status"),
    Index("cases_system", "system"),
)

# `manufacturer_number` is empty until the desk has entered the RMA at the manufacturer.
rmas = Table(
    "rmas",
    metadata,
    Column("number", Text, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("company", ForeignKey("companies.id"), nullable=False),
    Column("installer", ForeignKey("installers.id"), nullable=False),
    Column("system", ForeignKey("systems.id")),
    Column("case_number", ForeignKey("cases.number"), nullable=False),
    Column(
        "status",
        Text,
        CheckConstraint(
            "status IN ('in_progress', 'pending_approval', 'approved', 'shipped', 'cancelled')", name="status"
        ),
        nullable=False,
    ),
    Column("subject", Text, nullable=False),
    Column("fault", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("shipping_address", Text, nullable=False),
    Column("return_address", Text, nullable=False, server_default=""),
    Column("contact", Text, nullable=False),
    Column("assigned_to", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("manufacturer_number", Text, nullable=False, server_default=""),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    # The third column lets counts per status be read from the index alone.
    Index("rmas_company_created_at", "company", "created_at", "status"),
    Index("rmas_case_number", "case_number"),
    Index("rmas_installer_created_at", "installer", "created_at"),
    Index("rmas_system", "system"),
)

# One warranty claim line per device; an unreadable label has no serial.
rma_lines = Table(
    "rma_lines",
    metadata,
    Column("rma", ForeignKey("rmas.number"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("serial", Text, nullable=False),
    Column("product", Text, nullable=False),
    Index("rma_lines_serial", "serial"),
)

rma_files = Table(
    "rma_files",
    metadata,
    Column("rma", ForeignKey("rmas.number"), primary_key=True),
    Column("attachment", ForeignKey("attachments.id"), primary_key=True),
    Column("label", Boolean, nullable=False),
)

case_files = Table(
    "case_files",
    metadata,
    Column("case_number", ForeignKey("cases.number"), primary_key=True),
    Column("attachment", ForeignKey("attachments.id"), primary_key=True),
)

# `conversation` is the chat in which they asked to follow it: that is where they hear of changes.
rma_followers = Table(
    "rma_followers",
    metadata,
    Column("rma", ForeignKey("rmas.number"), primary_key=True),
    Column("installer", ForeignKey("installers.id"), primary_key=True),
    Column("conversation", Text, nullable=False, server_default=""),
    Index("rma_followers_conversation", "conversation"),
)

notes = Table(
    "notes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("rma", ForeignKey("rmas.number"), nullable=False),
    Column("installer", ForeignKey("installers.id"), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    Index("notes_rma_at", "rma", "at"),
)

case_notes = Table(
    "case_notes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("case_number", ForeignKey("cases.number"), nullable=False),
    Column("installer", ForeignKey("installers.id"), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    Index("case_notes_case_number_at", "case_number", "at"),
)

# What happened to an RMA, in order. `event`: created, status, address, added.
# `installer` is null for the desk.
rma_history = Table(
    "rma_history",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("rma", ForeignKey("rmas.number"), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("event", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("installer", ForeignKey("installers.id")),
    Index("rma_history_rma_at", "rma", "at"),
)

# Letters on their way: texts as JSON, said in the reader's language when they are sent.
# `secret`: the text is cleared once sent. `outcome` is null while it waits, then sent or parked. `enclosed`
# is what goes with it, as JSON.
mails = Table(
    "mails",
    metadata,
    Column("id", Id, primary_key=True),
    Column("message_id", Text, nullable=False, unique=True),
    Column("recipient", Text, nullable=False),
    Column("locale", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("secret", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("outcome", Text),
    Column("enclosed", Text),
    Index("mails_outcome_due_at", "outcome", "due_at"),
)
