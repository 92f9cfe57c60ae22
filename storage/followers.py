"""Who hears of the changes of an RMA, and where they are told."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from flows.engine.enclosures import Enclosure
from flows.engine.outputs import Say
from flows.engine.phrases import Text
from storage import outbox
from storage.desk_tables import installers
from storage.request_tables import rma_followers
from storage.tables import conversations


class Follower(NamedTuple):
    """Who hears of every change."""

    installer: int
    email: str
    language: str
    conversation: str


_FOLLOWERS = (
    select(installers.c.id, installers.c.email, installers.c.language, rma_followers.c.conversation)
    .join_from(rma_followers, installers, rma_followers.c.installer == installers.c.id)
    .where(rma_followers.c.rma == bindparam("rma"))
    .where(installers.c.active)
    .order_by(installers.c.id)
)
_TELL = select(conversations.c.key, conversations.c.channel, conversations.c.sequence).where(
    conversations.c.key.in_(bindparam("chats", expanding=True))
)


def followers_of(connection: Connection, rma: str) -> list[Follower]:
    """Who hears of every change of an RMA."""
    return [Follower._make(row) for row in connection.execute(_FOLLOWERS, {"rma": rma})]


def tell(
    connection: Connection,
    lines: Mapping[str, tuple[Text, str]],
    time_zone: str,
    now: datetime.datetime,
    enclosed: Enclosure | None = None,
) -> None:
    """Say something in chats, unasked: by conversation, what and in which language."""
    chats = connection.execute(_TELL, {"chats": list(lines)}).all()
    outbox.add(
        connection,
        [
            outbox.New(
                key, channel, sequence, Say((lines[key][0],), enclosed=enclosed), lines[key][1], time_zone
            )
            for key, channel, sequence in chats
        ],
        now,
    )
