"""Rooms in which the changes of RMAs are posted, in the language of the room."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, and_, bindparam, delete, insert, or_, select, text, update

from storage.desk_tables import chat_identities, installers
from storage.room_tables import room_follows, rooms


class Room(NamedTuple):
    """A room as it was seen last; `locale` is "" until one was chosen."""

    conversation: str
    link: str
    name: str
    member: bool
    shared: bool
    locale: str


class Follow(NamedTuple):
    """That a person wants an RMA ("": all of their company) posted in a room. `stands`: they still may."""

    room: str
    name: str
    rma: str
    installer: int
    conversation: str
    language: str
    stands: bool


_ROOM = select(
    rooms.c.conversation, rooms.c.link, rooms.c.name, rooms.c.member, rooms.c.shared, rooms.c.locale
)
_BY_KEY = _ROOM.where(rooms.c.conversation == bindparam("key"))
_BY_LINK = _ROOM.where(rooms.c.link == bindparam("asked"))
_STANDS = (
    select(chat_identities.c.sender)
    .join_from(chat_identities, installers, chat_identities.c.installer == installers.c.id)
    .where(chat_identities.c.sender == room_follows.c.sender)
    .where(installers.c.id == room_follows.c.installer)
    .where(installers.c.company == room_follows.c.company)
    .where(installers.c.active)
    .exists()
)
"""Whether who wants it is still who they were, in the same company."""
_OPEN = and_(rooms.c.member, ~rooms.c.shared)
_READING = (
    select(room_follows.c.room, room_follows.c.company, room_follows.c.rma, rooms.c.locale)
    .join_from(room_follows, rooms)
    .where(room_follows.c.company.in_(bindparam("companies", expanding=True)))
    .where(_STANDS, _OPEN)
    .order_by(room_follows.c.room)
)
_LAPSED = (
    select(
        room_follows.c.room,
        rooms.c.name,
        room_follows.c.rma,
        room_follows.c.installer,
        room_follows.c.conversation,
        installers.c.language,
        _STANDS,
    )
    .join_from(room_follows, rooms)
    .join(installers, room_follows.c.installer == installers.c.id)
    .where(
        or_(
            ~_STANDS,
            ~_OPEN,
            text("EXISTS (SELECT 1 FROM unreachable u WHERE u.conversation = room_follows.room)"),
        )
    )
    .order_by(room_follows.c.room, room_follows.c.installer)
)


def met(connection: Connection, key: str, name: str, *, member: bool, shared: bool) -> str:
    """A room as it is now; returns how it is named in answers."""
    known = connection.execute(_BY_KEY, {"key": key}).first()
    now = {"name": name, "member": member, "shared": shared}
    if known is None:
        link = secrets.token_hex(16)
        connection.execute(insert(rooms), {"conversation": key, "link": link, **now})
        return link
    connection.execute(update(rooms).where(rooms.c.conversation == key).values(**now))
    return str(known.link)


def linked(connection: Connection, link: str) -> Room | None:
    """The room of that name."""
    row = connection.execute(_BY_LINK, {"asked": link}).first()
    return Room._make(row) if row else None


def speak(connection: Connection, room: str, locale: str) -> None:
    """What is posted there is in this language from now on."""
    connection.execute(update(rooms).where(rooms.c.conversation == room).values(locale=locale))


def follow(
    connection: Connection, room: str, rma: str, *, installer: int, company: int, sender: str, where: str
) -> None:
    """Post the changes there from now on; `where` the person is told when that ends."""
    row = {"room": room, "rma": rma, "installer": installer}
    connection.execute(delete(room_follows).filter_by(**row))
    more = {"company": company, "sender": sender, "conversation": where}
    connection.execute(insert(room_follows), {**row, **more})


def stop(connection: Connection, room: str, company: int) -> None:
    """Post nothing of this company there any more."""
    connection.execute(delete(room_follows).filter_by(room=room, company=company))


def is_followed(connection: Connection, room: str) -> bool:
    """Whether anything is posted there."""
    asked = select(room_follows.c.room).where(room_follows.c.room == room).limit(1)
    return connection.execute(asked).first() is not None


def reading(connection: Connection, companies: Iterable[int]) -> dict[int, list[tuple[str, str, str]]]:
    """By company: in which rooms which RMAs ("": all) are posted, and the language there."""
    found: dict[int, list[tuple[str, str, str]]] = {}
    for room, company, rma, locale in connection.execute(_READING, {"companies": list(companies)}):
        found.setdefault(company, []).append((room, rma, locale))
    return found


def take_lapsed(connection: Connection) -> list[Follow]:
    """What cannot go on is gone: its person left, or we are not in the room any more, or others are too."""
    lapsed = [Follow._make(row) for row in connection.execute(_LAPSED)]
    for each in lapsed:
        row = {"room": each.room, "rma": each.rma, "installer": each.installer}
        connection.execute(delete(room_follows).filter_by(**row))
    return lapsed
