"""From a raw update to what is stored of it, and from that to an event: pure, and never surprised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from msgspec import Struct

from bot.channels.telegram import updates, words
from bot.channels.telegram.places import NAME, conversation_of, moved, person_of
from bot.channels.telegram.updates import CallbackQuery, Location, Membership, Message, Update
from bot.ports import Aside, Malformed, Moved, RawFile, Received, Unreachable
from bot.understanding.shortcuts import COMMANDS, started
from flows.engine.model import Content, Event, Pressed, Said, Sent, Started

_CODE: Final = re.compile(r"(?=.*[A-Za-z])(?=.*[0-9-])[0-9A-Za-z]{5}-?[0-9A-Za-z]{5}")
"""A one-time code as the desk writes it."""
_COMMAND: Final = re.compile(r"/(?P<name>\w+)(?:@(?P<bot>\w+))?(?:\s+(?P<rest>.*))?", re.DOTALL)
_UNREADABLE: Final = {"poll", "dice", "game", "story", "checklist", "paid_media", "live_photo", "giveaway"}
"""What somebody sent and we cannot use; all other messages without content are notices of the service."""
_KINDS: Final = (
    ("animation", "video"),  # before the document that says the same
    ("document", "document"),
    ("voice", "voice"),
    ("audio", "voice"),
    ("video", "video"),
    ("video_note", "video"),
    ("sticker", "sticker"),
)
_NAMES: Final = {"image": "photo.jpg", "video": "video.mp4", "voice": "voice.ogg", "sticker": "sticker.webp"}


class Me(Struct, frozen=True):
    """The bot itself."""

    id: int
    username: str = ""


def stored(raw: bytes, me: Me, now: datetime) -> Received | None:
    """What to keep of an update. None: talk in a group that is not meant for us, which we do not keep.

    One that nobody can read is kept too: it is put in quarantine when its turn comes.
    """
    try:
        data = updates.loaded(raw)
        update = updates.parsed(data)
    except Malformed:
        return _unreadable(raw, me, now)
    message = _message(update)
    if message and _in_group(message) and not _for_us(update, message, me):
        return None
    files = tuple(_files(update.message)) if update.message and not _in_group(update.message) else ()
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
            raise Aside((words.EDITED,) if message.text or message.caption else (), author.language_code)
        person, content = author, _said(message, data)
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
    token, _, index = query.data.partition(".")
    if not token or not re.fullmatch(r"\d{1,4}", index, re.ASCII):
        return Pressed("", 0)
    return Pressed(token, int(index))


def _said(message: Message, data: dict[str, Any]) -> Content:
    """What a message in a private chat says."""
    if message.text:
        return _command(message.text) or Said(message.text)
    if _has_file(message):
        return Sent((), message.caption)
    if message.location:
        return Said(_geo(message.location))
    if message.venue:
        return Said(_geo(message.venue.location))
    if message.contact:
        own = message.from_ is not None and message.contact.user_id == message.from_.id
        if not own:
            raise Aside((words.NOT_YOURS,), message.from_.language_code if message.from_ else "")
        return Said(f"+{message.contact.phone_number.lstrip('+')}")
    sent = data["message"]
    locale = message.from_.language_code if message.from_ else ""
    raise Aside((words.UNREADABLE,) if _UNREADABLE & sent.keys() else (), locale)


def _command(text: str) -> Content | None:
    """A command of the menu or a deep link; others are words like any."""
    found = _COMMAND.fullmatch(text)
    if found is None:
        return None
    name, rest = found["name"].lower(), (found["rest"] or "").strip()
    if name == "start":
        return _deep_link(rest)
    if name in COMMANDS:
        return started(name, rest)
    return Said(f"/{found['name']} {rest}".strip())


def _deep_link(payload: str) -> Started:
    """`?start=CODE` links a chat; `?start=track_00517624` starts a flow with an answer; else the menu."""
    name, _, rest = payload.partition("_")
    if name.lower() in COMMANDS:
        return started(name.lower(), rest)
    return Started("link", {"code": payload}) if _CODE.fullmatch(payload) else Started("menu")


def _geo(place: Location) -> str:
    if not (-90 <= place.latitude <= 90 and -180 <= place.longitude <= 180):
        raise Malformed("no place on earth")
    return f"geo:{place.latitude:.6f},{place.longitude:.6f}"


def _has_file(message: Message) -> bool:
    return next(_files(message), None) is not None


def _files(message: Message) -> Iterator[RawFile]:
    """The file of a message: a photo comes in several sizes, of which the largest is meant."""
    if message.photo:
        best = max(message.photo, key=lambda size: (size.width, size.file_size))
        yield RawFile(best.file_id, _NAMES["image"], "image", max(best.file_size, 0))
        return
    for name, kind in _KINDS:
        if media := getattr(message, name):
            named = media.file_name or _NAMES.get(kind, "document")
            yield RawFile(media.file_id, named, kind, max(media.file_size, 0))
            return
