"""Chats in which somebody practises, as an installer of an invented company."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from storage.desk_tables import companies, installers
from storage.people import INSTALLER, Installer
from storage.people_tables import personas as invented
from storage.people_tables import practising
from storage.tables import states

_PERSONAS = (
    INSTALLER.add_columns(practising.c.conversation, practising.c.sender)
    .join(practising, practising.c.installer == installers.c.id)
    .where(practising.c.conversation.in_(bindparam("chats", expanding=True)))
)
_CHATS = select(practising.c.conversation).where(
    practising.c.conversation.in_(bindparam("chats", expanding=True))
)


def personas(connection: Connection, chats: Iterable[str]) -> dict[tuple[str, str], Installer]:
    """By chat and chat identity: who they are there while they practise."""
    rows = connection.execute(_PERSONAS, {"chats": list(chats)})
    return {(row[-2], row[-1]): Installer._make(row[:-2]) for row in rows}


def among(connection: Connection, chats: Iterable[str]) -> set[str]:
    """Those of these chats in which somebody practises."""
    return set(connection.execute(_CHATS, {"chats": list(chats)}).scalars())


def persona_of(connection: Connection, installer: int) -> int | None:
    """Who this installer is when they practise; None when they never did."""
    known = select(invented.c.persona).where(invented.c.installer == installer)
    return connection.execute(known).scalar_one_or_none()


def add_persona(connection: Connection, installer: int, persona: int) -> None:
    """From now on that is who they are when they practise."""
    connection.execute(insert(invented), {"installer": installer, "persona": persona})


def silent_since(connection: Connection, before: int) -> list[tuple[str, str]]:
    """Chats in which somebody practises and nothing happened since, with the chat identity."""
    wanted = (
        select(practising.c.conversation, practising.c.sender)
        .join(states, states.c.conversation == practising.c.conversation)
        .where(states.c.changed_at < before)
    )
    return [(row.conversation, row.sender) for row in connection.execute(wanted)]


def begin(connection: Connection, conversation: str, sender: str, persona: int) -> None:
    """From now on this is practice."""
    end(connection, conversation)
    row = {"conversation": conversation, "sender": sender, "installer": persona}
    connection.execute(insert(practising), row)


def end(connection: Connection, conversation: str) -> None:
    """From now on this is real again."""
    connection.execute(delete(practising).where(practising.c.conversation == conversation))


def add_company(connection: Connection, name: str) -> int:
    """An invented company."""
    made = insert(companies).returning(companies.c.id)
    return int(connection.execute(made, {"name": name, "practice": True}).scalar_one())


def names_taken(connection: Connection, beginning: str) -> set[str]:
    """The names of invented companies that begin like this."""
    named = select(companies.c.name).where(companies.c.practice, companies.c.name.startswith(beginning))
    return set(connection.execute(named).scalars())


def add(connection: Connection, rows: Mapping[Any, list[dict[str, Any]]]) -> None:
    """Fill it, table by table."""
    for table, wanted in rows.items():
        connection.execute(insert(table), wanted)
