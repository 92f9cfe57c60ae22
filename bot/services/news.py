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
from flows.engine.data import Started
from flows.engine.enclosures import Enclosure
from flows.engine.events import Event, Told
from flows.engine.phrases import Lines, Text, _, n_
from storage import (
    cashback,
    conversations,
    drafts,
    followers,
    inbox,
    mails,
    news,
    office,
    people,
    questions,
    timers,
    wishes,
)
from storage.codec import encode
from storage.moments import micros, moment
from storage.news import News
from storage.wishes import Wishes

DAILY: Final = _("What happened since yesterday:")
OFFICE: Final = ("office", "admin")
AT_ONCE: Final = 10
"""Lines of the daily news in a chat."""
MORNING: Final = 7
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
    subject of the mail. `asks` starts the flow in which they answer; `enclosed` is handed to them alone:
    neither can be wished away, nor put off till the daily news. `by`: who did it needs no telling.
    """
    meant, at = bool(asks or enclosed), moment(now)
    theirs = set(installers)
    concerned = dict.fromkeys(theirs, True) if enclosed else _concerned(connection, theirs, about)
    who = concerned if meant else _who_wish(connection, concerned, about)
    hearers = people.with_ids(connection, set(who) - {by})
    wished = wishes.of(connection, [hearer.id for hearer in hearers])
    daily = {one for one, each in wished.items() if each.pace == "daily" and not meant}
    due_at = {
        hearer.id: next_hour(at, wished[hearer.id].quiet_until or MORNING, hearer.time_zone)
        if hearer.id in daily
        else _due_at(connection, hearer.id, hearer.time_zone, wished[hearer.id], about, at)
        for hearer in hearers
    }
    rows = [
        news.row(
            hearer.id,
            key,
            about,
            line,
            asks,
            now,
            micros(due_at[hearer.id]),
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
    hand_on(connection, at)


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
    connection: Connection, installer: int, zone: str, wished: Wishes, about: str, at: datetime.datetime
) -> datetime.datetime:
    """When to say it in the chat: now by day or to who is talking, else when it is no longer quiet."""
    chat = news.chat_of(connection, installer, about)
    known = conversations.load(connection, chat.conversation) if chat else None
    if known and known.at and at - known.at < TALKING:
        return at
    return decent(at, wished, zone)


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
    """Say in the chats what is due; says whether there was any.

    What could not be said in time, because nothing ran, does not come at night either.
    """
    due = news.due(connection, micros(now))
    wished = wishes.of(connection, {each.installer for each in due})
    told: set[int] = set()
    for each in due:
        at = _due_at(connection, each.installer, each.time_zone, wished[each.installer], each.about, now)
        if at > now:
            news.postpone(connection, each.id, micros(at))
        elif each.daily and each.id not in told:
            told |= _hand_on_day(connection, each, now)
        elif not each.daily:
            if not _is_over(connection, each):
                _say(connection, each, each.line, each.asks, now)
            told.add(each.id)
    news.told(connection, told, micros(now))
    return bool(due)


def _is_over(connection: Connection, each: News) -> bool:
    """Whether what it asks for needs no answer any more: somebody was first, or it was taken back."""
    match each.asks:
        case Started("answer_desk", {"question": str(number)}):
            question = questions.get(connection, int(number))
            return question is None or question.answered_at is not None
        case Started("drafts"):
            return not drafts.waits(connection, each.about.removeprefix("draft "))
        case Started("cashback_documents", {"item": str(number)}):
            device = cashback.get(connection, number)
            return device is None or device.status != "more_info" or device.documents_at is not None
    return False


def _hand_on_day(connection: Connection, each: News, now: datetime.datetime) -> set[int]:
    """All of a day in one message and one letter, what was said twice once; returns what was told.

    Of many, the chat gets the first and the overview.
    """
    day = news.of_day(connection, each.installer, micros(now))
    said = [one.line for one in day]
    lines = tuple(line for place, line in enumerate(said) if line not in said[:place])
    more = len(lines) - AT_ONCE
    if more > 0:
        shown = (DAILY, *lines[:AT_ONCE], n_("And {n} more.", "And {n} more.")(n=more))
        _say(connection, each, Lines(shown), Started("list_rmas"), now)
    else:
        _say(connection, each, Lines((DAILY, *lines)), None, now)
    key, body = f"daily {each.id}", Lines((DAILY, *lines))
    mails.post(connection, [letters.told(each.email, each.language, key, DAILY, body, micros(now))])
    return {one.id for one in day}


def _say(
    connection: Connection, each: News, line: Text, asks: Started | None, now: datetime.datetime
) -> None:
    """In the chat where they are, if any. A question gets there like an input, so that it can wait."""
    chat = news.chat_of(connection, each.installer, "" if each.daily else each.about)
    if chat and asks:
        key = f"news/{each.id}"
        event = Event(key, chat.conversation, chat.sender, now, Told((line,), asks))
        received = Received(timers.CHANNEL, key, chat.conversation, encode(event).encode(), now)
        inbox.receive(connection, [received], now)
    elif chat:
        lines = {chat.conversation: (line, each.language)}
        followers.tell(connection, lines, each.time_zone, now, each.enclosed)
