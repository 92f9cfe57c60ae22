"""What the desk tells installers: each person once, in their language, where they follow or last talked.

By mail at once; in the chat when it is not quiet there, or now when they are talking now. Who wishes so hears
all of a day at once, in the morning.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.ports import Received
from bot.services import letters
from bot.services.days import TIME_ZONE
from flows.engine.data import Started
from flows.engine.enclosures import Enclosure
from flows.engine.events import Event, Told
from flows.engine.phrases import Lines, Text, _
from storage import conversations, followers, inbox, mails, news, office, people, timers, wishes
from storage.codec import encode
from storage.moments import micros, moment
from storage.news import Chat, News
from storage.people import Installer
from storage.wishes import Wishes

DAILY: Final = _("What happened since yesterday:")
OFFICE: Final = ("office", "admin")
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
    by: int | None = None,
    enclosed: Enclosure | None = None,
) -> None:
    """Tell one thing to whom it is for, and to who follows or wishes to hear all, each once per `key`.

    By mail and in chat. `installers` filed what it is about, or it is meant for them. `about` is the kind
    and number of a request ("rma 00517624"): who follows it in some chat hears it there. `title` is the
    subject of the mail. `asks` starts the flow in which they answer; `enclosed` is handed to them: neither
    can be wished away, nor put off till the daily news. `by`: who did it needs no telling.
    """
    meant = bool(asks or enclosed)
    concerned = _concerned(connection, set(installers), about)
    who = concerned if meant else _who_wish(connection, concerned, about)
    hearers = people.with_ids(connection, set(who) - {by})
    wished = wishes.of(connection, [hearer.id for hearer in hearers])
    daily = {one for one, each in wished.items() if each.pace == "daily" and not meant}
    rows = [
        news.row(
            hearer.id,
            key,
            about,
            line,
            asks,
            now,
            _due_at(connection, hearer, wished[hearer.id], about, now, daily=hearer.id in daily),
            hearer.id in daily,
            enclosed,
        )
        for hearer in hearers
    ]
    fresh = {row["installer"] for row in news.keep(connection, rows, key)} - daily
    mails.post(
        connection,
        [
            letters.told(hearer.email, hearer.language, key, title, line, now, enclosed)
            for hearer in hearers
            if hearer.id in fresh
        ],
    )
    hand_on(connection, moment(now))


def _concerned(connection: Connection, installers: set[int], about: str) -> dict[int, bool]:
    """Who hears of it, and whether it is theirs: who filed it and who follows it.

    When all of them have left it is for the office of the company: nothing is said to nobody.
    """
    kind, _space, number = about.partition(" ")
    following = followers.followers_of(connection, number) if kind == "rma" else []
    theirs = {each.id for each in people.with_ids(connection, installers)}
    concerned = {each.installer: False for each in following} | dict.fromkeys(theirs, True)
    item = None if concerned else office.find(connection, about)
    if item and item.company:
        stand_in = people.with_roles(connection, item.company, OFFICE)
        return dict.fromkeys([each.id for each in stand_in], True)
    return concerned


def _who_wish(connection: Connection, concerned: dict[int, bool], about: str) -> set[int]:
    """Of these, those who wish to hear of it; and who wishes to hear of everything."""
    item = office.find(connection, about)
    all_of_it = wishes.who_hear_all(connection, item.company) if item and item.company else ()
    wished = wishes.of(connection, concerned)
    hear = {one for one, theirs in concerned.items() if theirs or wished[one].hears != "own"}
    return hear.union(all_of_it) - wishes.muted(connection, about)


def _due_at(
    connection: Connection, hearer: Installer, wished: Wishes, about: str, now: int, *, daily: bool
) -> int:
    """When to say it in the chat: now by day or to who is talking, else when it is no longer quiet."""
    at = moment(now)
    if daily:
        return micros(next_hour(at, wished.quiet_until, hearer.time_zone))
    chat = news.chat_of(connection, hearer.id, about)
    known = conversations.load(connection, chat.conversation) if chat else None
    if known and known.at and at - known.at < TALKING:
        return now
    return micros(decent(at, wished, hearer.time_zone))


def decent(at: datetime.datetime, wished: Wishes, time_zone: str) -> datetime.datetime:
    """This moment when it is not quiet there, else the end of the quiet hours."""
    hour, start, end = at.astimezone(ZoneInfo(time_zone)).hour, wished.quiet_from, wished.quiet_until
    quiet = start <= hour < end if start <= end else hour >= start or hour < end
    return next_hour(at, end, time_zone) if quiet else at


def next_hour(at: datetime.datetime, hour: int, time_zone: str) -> datetime.datetime:
    """When the clock there strikes this hour next."""
    there = at.astimezone(ZoneInfo(time_zone))
    day = there.date() + datetime.timedelta(days=there.hour >= hour)
    return datetime.datetime.combine(day, datetime.time(hour), there.tzinfo).astimezone(datetime.UTC)


def hand_on(connection: Connection, now: datetime.datetime) -> bool:
    """Say in the chats what is due; says whether there was any."""
    due = news.due(connection, micros(now))
    days: dict[int, list[News]] = {}
    for each in due:
        chat = news.chat_of(connection, each.installer, each.about)
        if each.daily:
            days.setdefault(each.installer, []).append(each)
        elif chat and each.asks:
            inbox.receive(connection, [_question(each, each.asks, chat, now)], now)
        elif chat:
            lines = {chat.conversation: (each.line, each.language)}
            followers.tell(connection, lines, TIME_ZONE, now, each.enclosed)
    for day in days.values():
        _hand_on_day(connection, day, now)
    news.told(connection, [each.id for each in due], micros(now))
    return bool(due)


def _hand_on_day(connection: Connection, day: list[News], now: datetime.datetime) -> None:
    """All of a day in one message and one letter; what was said twice is said once."""
    first = day[0]
    told = [each.line for place, each in enumerate(day) if each.line not in [one.line for one in day[:place]]]
    line = Lines((DAILY, *told))
    chat = news.chat_of(connection, first.installer, "")
    if chat:
        followers.tell(connection, {chat.conversation: (line, first.language)}, TIME_ZONE, now)
    key = f"daily {first.id}"
    mails.post(connection, [letters.told(first.email, first.language, key, DAILY, line, micros(now))])


def _question(each: News, asks: Started, chat: Chat, now: datetime.datetime) -> Received:
    """A question of the desk reaches the conversation like an input, so that it can wait for the answer."""
    key = f"news/{each.id}"
    event = Event(key, chat.conversation, chat.sender, now, Told((each.line,), asks))
    return Received(timers.CHANNEL, key, chat.conversation, encode(event).encode(), now)
