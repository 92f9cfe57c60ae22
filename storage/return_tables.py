"""The tables of returns: devices of an RMA on their way back to the manufacturer.

Days are ISO text, moments microseconds since 1970. `key` columns: the keys of the effects that made the rows.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text

from storage.tables import Id, metadata

# `way`: pickup, dropoff. `day`, `part`, `boxes` and `contact` are of a pick-up. `address` is where it is
# collected or sent from, `goes_to` the return address of the RMA at that time.
returns = Table(
    "returns",
    metadata,
    Column("number", Text, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("company", ForeignKey("companies.id"), nullable=False),
    Column("installer", ForeignKey("installers.id"), nullable=False),
    Column("rma", ForeignKey("rmas.number"), nullable=False),
    Column(
        "status",
        Text,
        CheckConstraint(
            "status IN ('announced', 'collected', 'in_transit', 'received', 'problem', 'cancelled')",
            name="status",
        ),
        nullable=False,
    ),
    Column("way", Text, CheckConstraint("way IN ('pickup', 'dropoff')", name="way"), nullable=False),
    Column("address", Text, nullable=False),
    Column("goes_to", Text, nullable=False),
    Column("day", Text, nullable=False, server_default=""),
    Column("part", Text, nullable=False, server_default=""),
    Column("boxes", Integer, nullable=False, server_default="0"),
    Column("contact", Text, nullable=False, server_default=""),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Index("returns_company_created_at", "company", "created_at"),
    Index("returns_rma", "rma"),
)

# `position` is that of the line of the RMA: an unreadable label has no serial.
return_lines = Table(
    "return_lines",
    metadata,
    Column("return_number", ForeignKey("returns.number"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("serial", Text, nullable=False),
    Column("product", Text, nullable=False),
)

# `installer` is null for the desk.
return_history = Table(
    "return_history",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("return_number", ForeignKey("returns.number"), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("status", Text, nullable=False),
    Column("installer", ForeignKey("installers.id")),
    Index("return_history_return_number_at", "return_number", "at"),
)
