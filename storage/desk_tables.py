"""The tables of the service desk: companies and their people, systems and devices.

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
