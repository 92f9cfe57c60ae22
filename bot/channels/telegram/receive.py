"""From a raw update to what is stored of it, and from that to an event: pure, and never surprised."""

from __future__ import annotations

import re
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from msgspec import Struct

from bot.channels.telegram import updates, words
from bot.channels.telegram.files import files_of, has_file
from bot.channels.telegram.places import NAME, conversation_of, moved, person_of
from bot.channels.telegram.updates import (
    CallbackQuery,
    Contact,
    Location,
    Membership,
    Message,
    Update,
    User,
)
from bot.ports import Aside, Malformed, Moved, Received, Unreachable
from bot.understanding.shortcuts import COMMANDS, start
from flows.engine.data import Started, Wants
from flows.engine.events import Content, Event, Pressed, Said, Sent
from flows.engine.phrases import Phrase

_CODE: Final = re.compile(r"(?=.*[A-Za-z])(?=.*[0-9-])[0-9A-Za-z]{5}-?[0-9A-Za-z]{5}")
"""A one-time code as the desk writes it."""
_PICKED: Final = re.compile(r"\d{5,}")
_PRESS: Final = re.compile(r"(?P<token>[^.]+)\.(?P<index>[0-9]{1,4})")
_COMMAND: Final = re.compile(r"/(?P<name>\w+)(?:@(?P<bot>\w+))?(?:\s+(?P<rest>.*))?", re.DOTALL)
_NOTICES: Final = {
    "chat_background_set", "checklist_tasks_added", "checklist_tasks_done", "connected_website",
    "forum_topic_closed", "forum_topic_created", "forum_topic_edited", "forum_topic_reopened", "gift",
    "gift_upgrade_sent", "giveaway_completed", "giveaway_created", "managed_bot_created",
    "message_auto_delete_timer_changed", "pinned_message", "poll_option_added", "poll_option_deleted",
    "proximity_alert_triggered", "refunded_payment", "successful_payment", "unique_gift",
    "write_access_allowed",
}  # fmt: skip
"""What the service itself reports in a private chat. Whatever else comes was sent by a person: no silence."""


class Me(Struct, frozen=True):
    """The bot itself."""

    id: int
    username: str = ""


def stored(raw: bytes, me: Me, now: datetime) -> Received | None:
    """What to keep of an update. None: talk in a group that is not meant for us, and reads.

    One that nobody can read is kept too: it is put in quarantine when its turn comes.
    """
    try:
        data = updates.loaded(raw)
        update = updates.parsed(data)
    except Malformed:
        return _unreadable(raw, me, now)
    message = _message(update)
    if update.inline_query:
        return None
    if message and _in_group(message) and not _for_us(update, message, me):
        return None
    files = tuple(files_of(update.message)) if update.message and not _in_group(update.message) else ()
    place = conversation_of(me.id, message) if message else conversation_of(me.id, None)
    album = update.message.media_group_id if update.message and files else ""
    return Received(NAME, _key(data, raw, me), place, raw, now, files, album)


def event(received: Received) -> Event:
    """The event in a stored payload. Raises Malformed, Unreachable, Moved, and Aside when there is none."""
    data = updates.loaded(received.payload)
    update = updates.parsed(data)
    content: Content
    if update.callback_query:
        person, content = update.callback_query.from_, _press(update.callback_query)
    elif update.message and (new := update.message.migrate_to_chat_id):
        raise Moved(moved(received.conversation, new))
    elif (message := update.message or update.edited_message) and (author := message.from_):
        if author.is_bot:
            raise Aside
        if _in_group(message):
            raise Aside((words.IN_A_GROUP,), author.language_code, str(message.message_id))
        if update.edited_message:
            words_or_file = message.text or message.caption or has_file(message)
            raise Aside((words.EDITED,) if words_or_file else (), author.language_code)
        person = author
        content = _picked(message, received) or _said(message, author, data)
    elif update.my_chat_member and _shut_out(update.my_chat_member):
        raise Unreachable(person_of(update.my_chat_member.chat.id))
    else:
        raise Aside
    return Event(
        id=received.key,
        conversation=received.conversation,
        sender=f"{NAME}:{person.id}",
        at=received.at,
        content=content,
        locale=person.language_code,
        message=str(update.message.message_id) if update.message else "",
    )


def _unreadable(raw: bytes, me: Me, now: datetime) -> Received:
    try:
        data = updates.loaded(raw)
    except Malformed:
        data = {}
    place = conversation_of(me.id, None)
    for kind in ("message", "edited_message"):
        chat = _dig(data, kind, "chat", "id")
        if (id := updates.number(chat)) is not None and id > 0:  # its person hears that it was not understood
            place = conversation_of(me.id, Message(0, updates.Chat(id)))
    return Received(NAME, _key(data, raw, me), place, raw, now)


def _dig(data: Any, *names: str) -> Any:
    for name in names:
        data = data.get(name) if isinstance(data, dict) else None
    return data


def _key(data: dict[str, Any], raw: bytes, me: Me) -> str:
    """The same when the update is delivered again."""
    id = updates.number(data.get("update_id"))
    return f"{me.id}:{sha256(raw).hexdigest()[:32] if id is None else id}"


def _message(update: Update) -> Message | None:
    """The message that it is about."""
    if update.my_chat_member:
        return Message(0, update.my_chat_member.chat)
    press = update.callback_query
    return update.message or update.edited_message or (press.message if press else None)


def _in_group(message: Message) -> bool:
    return message.chat.type != "private"


def _for_us(update: Update, message: Message, me: Me) -> bool:
    """Whether a message in a group is meant for the bot: it is named, replied to, or told a command."""
    if update.message is None:
        return update.callback_query is not None or update.my_chat_member is not None
    if message.migrate_to_chat_id:
        return True
    replied = message.reply_to_message and message.reply_to_message.from_
    if replied and replied.id == me.id:
        return True
    text = message.text or message.caption
    command = _COMMAND.fullmatch(text)
    if command and command["bot"] is None:
        return command["name"].lower() in COMMANDS or command["name"] == "start"
    named = rf"(?<!\w)@{re.escape(me.username)}(?!\w)"
    return bool(me.username) and re.search(named, text, re.IGNORECASE) is not None


def _shut_out(membership: Membership) -> bool:
    """Whether the bot can say nothing there any more: blocked, removed, or made silent."""
    now = membership.new_chat_member
    return now.status in ("left", "kicked") or not now.can_send_messages


def _press(query: CallbackQuery) -> Pressed:
    """A button; one that is not ours is answered like one that is too old."""
    if query.message is None or _in_group(query.message):
        raise Aside
    if wants := _shares(query):
        raise Aside((words.SHARES[wants].line,), query.from_.language_code, wants=wants)
    found = _PRESS.fullmatch(query.data)
    return Pressed(found["token"], int(found["index"])) if found else Pressed("", 0)


def remark(query: CallbackQuery) -> Phrase | None:
    """What the answer to a press says by itself, where nothing is said in the chat or nothing will work."""
    if query.message and _in_group(query.message):
        return words.IN_A_GROUP
    ours = query.message and (_shares(query) or _PRESS.fullmatch(query.data))
    return None if ours else words.NO_BUTTON


def _shares(query: CallbackQuery) -> Wants:
    """What is to be shared after this press, if so."""
    match query.data:
        case "share.phone":
            return "phone"
        case "share.place":
            return "place"
        case _:
            return ""


def _picked(message: Message, received: Received) -> Said | None:
    """A system that was picked with the bot's own inline list, in its own chat."""
    ours = message.via_bot and received.key.startswith(f"{message.via_bot.id}:")
    found = _PICKED.search(message.text) if ours else None
    return Said(f"system:{found[0]}") if found else None


def _said(message: Message, author: User, data: dict[str, Any]) -> Content:
    """What a message in a private chat says."""
    if message.text:
        return _command(message.text) or Said(message.text)
    if has_file(message):
        return Sent((), message.caption)
    if message.location:
        return Said(_geo(message.location))
    if message.venue:
        return Said(_geo(message.venue.location))
    if message.contact:
        return _contact(message.contact, author)
    unread = () if _NOTICES & data["message"].keys() else (words.UNREADABLE,)
    raise Aside(unread, author.language_code)


def _contact(contact: Contact, author: User) -> Said:
    """The name and the number of whoever shares them; of nobody else (UX 12)."""
    if contact.user_id != author.id:
        raise Aside((words.NOT_YOURS,), author.language_code)
    name = f"{contact.first_name} {contact.last_name}".strip()
    return Said(f"{name} +{contact.phone_number.lstrip('+')}".strip())


def _command(text: str) -> Content | None:
    """A command of the menu or a deep link; others are words like any."""
    found = _COMMAND.fullmatch(text)
    if found is None:
        return None
    name, rest = found["name"].lower(), (found["rest"] or "").strip()
    if name == "start":
        return _deep_link(rest)
    if name in COMMANDS:
        return start(name, rest)
    return Said(f"/{found['name']} {rest}".strip())


def _deep_link(payload: str) -> Started:
    """`?start=CODE` links a chat; `?start=track_00517624` starts a flow with an answer.

    One that nobody knows is answered like one that is too old.
    """
    if not payload:
        return Started("menu")
    if _CODE.fullmatch(payload):
        return Started("link", {"code": payload})
    known = [name for name in COMMANDS if f"{payload}_".lower().startswith(f"{name}_")]
    if not known:
        return Started("unknown_link")
    name = max(known, key=len)
    return start(name, payload[len(name) + 1 :])


def _geo(place: Location) -> str:
    if not (-90 <= place.latitude <= 90 and -180 <= place.longitude <= 180):
        raise Malformed("no place on earth")
    return f"geo:{place.latitude:.6f},{place.longitude:.6f}"
