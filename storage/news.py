"""What the desk tells installers, each once per key; some of it waits for a decent hour."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, bindparam, exists, func, or_, select, update

from flows.engine.data import Started
from flows.engine.enclosures import Enclosure
from flows.engine.phrases import Text
from storage.desk_tables import chat_identities, installers
from storage.office_tables import news
from storage.people_tables import practising
from storage.request_tables import rma_followers
from storage.tables import conversations, states


class News(NamedTuple):
    """Something to tell one person in their chat. `asks`: the flow in which they answer it."""

    id: int
    key: str
    installer: int
    language: str
    about: str
    line: Text
    asks: Started | None
    email: str
    daily: bool
    time_zone: str
    enclosed: Enclosure | None


class Chat(NamedTuple):
    """Where somebody is told, and as whom they are known there."""

    conversation: str
    sender: str


_encode = msgspec.json.Encoder().encode
_decode_line: msgspec.json.Decoder[Text] = msgspec.json.Decoder(Text)
_decode_asks: msgspec.json.Decoder[Started | None] = msgspec.json.Decoder(Started | None)
_decode_enclosed: msgspec.json.Decoder[Enclosure | None] = msgspec.json.Decoder(Enclosure | None)

_TOLD_BEFORE = select(news.c.installer).where(news.c.key == bindparam("key"))
_THEIRS = chat_identities.c.installer == news.c.installer
_REAL = ~exists().where(practising.c.conversation == chat_identities.c.conversation)
_WAITING = (
    select(
        news.c.id,
        news.c.key,
        news.c.installer,
        installers.c.language,
        news.c.about,
        news.c.line,
        news.c.asks,
        installers.c.email,
        news.c.daily,
        installers.c.time_zone,
        news.c.enclosed,
    )
    .join_from(news, installers, news.c.installer == installers.c.id)
    .where(news.c.told_at.is_(None))
    .where(news.c.due_at <= bindparam("now"))
    .where(installers.c.active)
    # Who only practises is told what is real when they stop: there all that is said is marked as invented.
    .where(or_(news.c.daily, ~exists().where(_THEIRS, ~_REAL), exists().where(_THEIRS, _REAL)))
    .order_by(news.c.due_at, news.c.id)
)
_DUE = _WAITING.limit(bindparam("count"))
_DAY = _WAITING.where(news.c.installer == bindparam("installer"), news.c.daily)
_FOLLOWED_IN = (
    select(rma_followers.c.conversation, chat_identities.c.sender)
    .join_from(chat_identities, rma_followers, rma_followers.c.installer == chat_identities.c.installer)
    .join(conversations, conversations.c.key == rma_followers.c.conversation)
    .where(rma_followers.c.rma == bindparam("rma"))
    .where(rma_followers.c.installer == bindparam("installer"))
    .where(~exists().where(practising.c.conversation == rma_followers.c.conversation))
    .order_by(chat_identities.c.conversation != rma_followers.c.conversation)
    .limit(1)
)
_TALKED_IN = (
    select(chat_identities.c.conversation, chat_identities.c.sender)
    .join_from(chat_identities, states, states.c.conversation == chat_identities.c.conversation)
    .where(chat_identities.c.installer == bindparam("installer"))
    .where(_REAL)
    .order_by(states.c.changed_at.desc())
    .limit(1)
)


def keep(connection: Connection, rows: Iterable[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    """Keep what is to be told under this key; returns the rows of those who were not told it before."""
    before = set(connection.execute(_TOLD_BEFORE, {"key": key}).scalars())
    fresh = [row for row in rows if row["installer"] not in before]
    if fresh:
        connection.execute(news.insert(), fresh)
    return fresh


def row(
    installer: int,
    key: str,
    about: str,
    line: Text,
    asks: Started | None,
    now: int,
    due_at: int,
    daily: bool = False,
    enclosed: Enclosure | None = None,
) -> dict[str, Any]:
    """One row for `keep`. `daily`: it is told with all else of that day."""
    return {
        "key": key,
        "installer": installer,
        "about": about,
        "line": _encode(line).decode(),
        "asks": _encode(asks).decode(),
        "created_at": now,
        "due_at": due_at,
        "daily": daily,
        "enclosed": _encode(enclosed).decode(),
    }


def due(connection: Connection, now: int, count: int = 100) -> list[News]:
    """What is to be told now, oldest first."""
    return _read(connection.execute(_DUE, {"now": now, "count": count}))


def of_day(connection: Connection, installer: int, now: int) -> list[News]:
    """All that is to be told this person now of what is told together, oldest first."""
    return _read(connection.execute(_DAY, {"now": now, "installer": installer}))


def _read(rows: Iterable[Any]) -> list[News]:
    return [
        News._make(
            (
                *found[:5],
                _decode_line.decode(found[5]),
                _decode_asks.decode(found[6]),
                *found[7:-1],
                _decode_enclosed.decode(found[-1] or "null"),
            )
        )
        for found in rows
    ]


def postpone(connection: Connection, id: int, due_at: int) -> None:
    """It is to be told then."""
    connection.execute(update(news).where(news.c.id == id).values(due_at=due_at))


def told(connection: Connection, ids: Iterable[int], now: int) -> None:
    """These were handed on; nobody is told them again."""
    wanted = list(ids)
    if wanted:
        connection.execute(update(news).where(news.c.id.in_(wanted)).values(told_at=now))


def count(connection: Connection, key: str) -> int:
    """How many people are told what has this key."""
    found = select(func.count()).select_from(news).where(news.c.key == key)
    return connection.execute(found).scalar_one()


def chat_of(connection: Connection, installer: int, about: str) -> Chat | None:
    """Where they asked to hear of it, else where they last talked; not where they practise, None when there
    is no other."""
    kind, _space, number = about.partition(" ")
    asked = {"rma": number if kind == "rma" else "", "installer": installer}
    found = connection.execute(_FOLLOWED_IN, asked).first() or connection.execute(_TALKED_IN, asked).first()
    return Chat._make(found) if found else None
