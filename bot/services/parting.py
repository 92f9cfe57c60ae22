"""What ends when a chat stops belonging to somebody: what was said in it, what was open, what was sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection

from bot.ports import Received
from bot.services.asking import Ask
from flows.engine.events import Event, Unlinked
from flows.engine.phrases import Text, _
from flows.engine.work import Done, Refused, Reply
from flows.requests import ForgetMe
from storage import colleagues, erasing, inbox, kept, people, timers
from storage.codec import encode
from storage.kept import Chat
from storage.moments import moment

FORGOTTEN: Final = _("You asked us to forget you. Nothing is known about you here any more.")
LAST_ADMIN: Final = Refused("last_admin")


def forget_me(connection: Connection, ask: Ask[ForgetMe]) -> Reply:
    """Erase the person at every company that has their mailbox, and what was said in all their chats."""
    if ask.by.practises:
        return Refused("practice")
    every = colleagues.at_every_company(connection, ask.by)
    people.lock_companies(connection, {each.company for each in every})
    if any(colleagues.is_last_admin(connection, each) for each in every):
        return LAST_ADMIN
    ids = [each.id for each in (*every, *colleagues.elsewhere(connection, ask.by))]
    end_chats(connection, ids, FORGOTTEN, key=ask.asked.key, now=ask.now, here=ask.asked.conversation)
    erasing.people(connection, ids)
    return Done(forget=True)


def end_chats(
    connection: Connection, installers: Sequence[int], line: Text, *, key: str, now: int, here: str = ""
) -> None:
    """Unlink every chat of these installers, erase what was said there, and say why; not in this one."""
    chats = kept.chats_of(connection, installers)
    for chat in chats:
        people.unlink(connection, chat.sender)
    erasing.what_was_said(connection, [chat.conversation for chat in chats if chat.conversation])
    others = [chat for chat in chats if chat.conversation not in ("", here)]
    if others:
        inbox.receive(connection, [_ended(chat, line, key, now) for chat in others], moment(now))


def _ended(chat: Chat, line: Text, key: str, now: int) -> Received:
    """It reaches the conversation like an input: after what the person says now, before what comes next."""
    name = f"{key}/{chat.sender}"
    event = Event(name, chat.conversation, chat.sender, moment(now), Unlinked((line,)))
    return Received(timers.CHANNEL, name, chat.conversation, encode(event).encode(), moment(now))
