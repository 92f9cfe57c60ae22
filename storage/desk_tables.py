"""The tables of the service desk: companies and their people, systems, RMAs, cases, mail.

Days are ISO text ("2021-04-03"), moments microseconds since 1970. Numbers with leading zeros are text.
`key` columns are the keys of the effects that made the rows: the same key never makes a second one.
"""

from __future__ import annotations

import secrets

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from storage.tables import Id, metadata

# `practice`: invented for somebody to try things with; the desk never sees it.
companies = Table(
    "companies",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("practice", Boolean, nullable=False, server_default=false()),
)

# What a company delivers to and whom to call, as the person chooses them.
addresses = Table(
    "addresses",
    metadata,
    Column("id", Id, primary_key=True),
    Column("company", ForeignKey("companies.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("main", Boolean, nullable=False),
    Index("addresses_company", "company"),
)

contacts = Table(
    "contacts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("company", ForeignKey("companies.id"), nullable=False),
    Column("text", Text, nullable=False),
    Index("contacts_company", "company"),
)

# A person at a company: who works for several has a row for each, with the same mailbox. `time_zone` is when
# it is a decent hour for them; `enlighten_id` names their account at the manufacturer.
# The `last_…` columns are what the person chose in their latest requests, offered again in the next one;
# of systems the latest five, the last one first.
installers = Table(
    "installers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("company", ForeignKey("companies.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column(
        "role",
        Text,
        CheckConstraint("role IN ('technician', 'office', 'admin')", name="role"),
        nullable=False,
    ),
    Column("language", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("last_systems", Text, nullable=False, server_default=""),
    Column("last_address", Text, nullable=False, server_default=""),
    Column("last_contact", Text, nullable=False, server_default=""),
    Column("time_zone", Text, nullable=False, server_default="Europe/Brussels"),
    Column("enlighten_id", Text, nullable=False, server_default=""),
    UniqueConstraint("company", "email", name="installers_company_email_key"),
    Index("installers_company", "company"),
    Index("installers_email", "email"),
)

# `conversation` is the chat in which the person was linked, where they are told what they did not ask for.
chat_identities = Table(
    "chat_identities",
    metadata,
    Column("sender", Text, primary_key=True),
    Column("installer", ForeignKey("installers.id"), nullable=False),
    Column("linked_at", BigInteger, nullable=False),
    Column("conversation", Text, nullable=False, server_default=""),
    Index("chat_identities_installer", "installer"),
)

# Only a hash of the code is kept. `used_at` is null while it can still be used.
link_codes = Table(
    "link_codes",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("installer", ForeignKey("installers.id"), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("used_at", BigInteger),
    Index("link_codes_installer_created_at", "installer", "created_at"),
)

# Wrong codes and requests for a code, counted per chat identity. `kind`: code, mail.
link_tries = Table(
    "link_tries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("sender", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Index("link_tries_sender_kind_at", "sender", "kind", "at"),
)

# `folded` is the name without accents and signs, so that typed words find it exactly; `words` has, line by
# line, everything else that typed words are compared with (`storage.systems.folded_words`). `link` names the
# system in links that others may see: it says nothing, and opens only for people of the company.
systems = Table(
    "systems",
    metadata,
    Column("id", Text, primary_key=True),
    Column("company", ForeignKey("companies.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("maintainer", Text, nullable=False),
    Column("street", Text, nullable=False),
    Column("postcode", Text, nullable=False),
    Column("town", Text, nullable=False),
    Column("country", Text, nullable=False),
    Column("latitude", Float, nullable=False),
    Column("longitude", Float, nullable=False),
    Column("reference", Text, nullable=False),
    Column("stage", Integer, nullable=False),
    Column("status", Text, nullable=False),
    Column("installed_on", Text),
    Column("created_on", Text, nullable=False),
    Column("link", Text, default=lambda: secrets.token_hex(16)),
    Column("state", Text, nullable=False, server_default=""),
    Index("systems_company_folded", "company", "folded"),
    Index("systems_company_name", "company", "name", "id"),
    Index("systems_link", "link", unique=True),
)

# `status`: normal, not_reporting, fault. `warranty_until` is what the desk was told, never computed.
devices = Table(
    "devices",
    metadata,
    Column("serial", Text, primary_key=True),
    Column("system", ForeignKey("systems.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("product", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("installed_on", Text),
    Column("warranty_until", Text),
    Index("devices_system", "system"),
)

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
# is a kept file as JSON.
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
