"""The tables of rooms: channels and groups in which many read what is posted."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Table, Text

from storage.tables import metadata

# `link` names the room in answers: nobody can guess it, so only who asked in a room can mean that room.
# `member`: we are in it; `shared`: people of other organisations are too. `locale` is "" until it was chosen.
rooms = Table(
    "rooms",
    metadata,
    Column("conversation", Text, primary_key=True),
    Column("link", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("member", Boolean, nullable=False),
    Column("shared", Boolean, nullable=False),
    Column("locale", Text, nullable=False, server_default=""),
)

# Which RMAs are posted there, "" for all of the company, and who wants that: it holds as long as `sender` is
# that installer, of that company. `conversation` is where they are told when it ends.
room_follows = Table(
    "room_follows",
    metadata,
    Column("room", ForeignKey("rooms.conversation"), primary_key=True),
    Column("rma", Text, primary_key=True),
    Column("installer", ForeignKey("installers.id"), primary_key=True),
    Column("company", ForeignKey("companies.id"), nullable=False),
    Column("sender", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Index("room_follows_company", "company"),
)
