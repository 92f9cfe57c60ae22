"""What the desk tells installers: each person once, in their language, where they follow or last talked.

By mail at once; in the chat at a decent hour, or now when they are talking now.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.ports import Received
from bot.services import letters
from flows.engine.model import Event, Started, Told
from flows.engine.phrases import Text
from storage import conversations, followers, inbox, mails, news, people, timers
from storage.codec import encode
from storage.moments import micros, moment
from storage.news import Chat, News

TIME_ZONE: Final = "Europe/Brussels"
FIRST_HOUR: Final = 7
LAST_HOUR: Final = 20
TALKING: Final = datetime.timedelta(minutes=15)
"""Who said something within it is there now."""


def tell(
    connection: Connection,
    installers: Iterable[int],
    line: Text,
    *,
    about: str,
    key: str,
    title: Text,
    now: int,
    asks: Started | None = None,
) -> None:
    """Tell these people one thing, each once per `key`, by mail and in their chat.

    `about` is the kind and number of the request it is about ("rma 00517624"): who follows it in some chat
    hears it there. `title` is the subject of the mail. `asks` starts the flow in which they answer.
    """
    hearers = people.with_ids(connection, set(installers))
    rows = [
        news.row(hearer.id, key, about, line, asks, now, due_at(connection, hearer.id, about, now))
        for hearer in hearers
    ]
    fresh = {row["installer"] for row in news.keep(connection, rows, key)}
    mails.post(
        connection,
        [
            letters.told(hearer.email, hearer.language, key, title, line, now)
            for hearer in hearers
            if hearer.id in fresh
        ],
    )
    hand_on(connection, moment(now))


def due_at(connection: Connection, installer: int, about: str, now: int) -> int:
    """When to say it in the chat: now by day or to who is talking, else in the morning."""
    at = moment(now)
    chat = news.chat_of(connection, installer, about)
    known = conversations.load(connection, chat.conversation) if chat else None
    if known and known.at and at - known.at < TALKING:
        return now
    return micros(decent(at))


def decent(at: datetime.datetime) -> datetime.datetime:
    """This moment by day, else the next morning."""
    there = at.astimezone(ZoneInfo(TIME_ZONE))
    if FIRST_HOUR <= there.hour < LAST_HOUR:
        return at
    day = there.date() + datetime.timedelta(days=there.hour >= LAST_HOUR)
    return datetime.datetime.combine(day, datetime.time(FIRST_HOUR), there.tzinfo).astimezone(datetime.UTC)


def hand_on(connection: Connection, now: datetime.datetime) -> bool:
    """Say in the chats what is due; says whether there was any."""
    due = news.due(connection, micros(now))
    for each in due:
        chat = news.chat_of(connection, each.installer, each.about)
        if chat and each.asks:
            inbox.receive(connection, [_question(each, each.asks, chat, now)], now)
        elif chat:
            lines = {chat.conversation: (each.line, each.language)}
            followers.tell(connection, lines, TIME_ZONE, now)
    news.told(connection, [each.id for each in due], micros(now))
    return bool(due)


def _question(each: News, asks: Started, chat: Chat, now: datetime.datetime) -> Received:
    """A question of the desk reaches the conversation like an input, so that it can wait for the answer."""
    key = f"news/{each.id}"
    event = Event(key, chat.conversation, chat.sender, now, Told((each.line,), asks))
    return Received(timers.CHANNEL, key, chat.conversation, encode(event).encode(), now)
