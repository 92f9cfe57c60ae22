"""The part of an update that we read; everything else in it is left alone, so that news does no harm."""

from __future__ import annotations

import json
from typing import Any, Final

from msgspec import Struct, field

from bot.ports import Malformed
from bot.shapes import reader
from bot.storable import storable

MOST: Final = 2**63


class User(Struct, frozen=True):
    """Who acted."""

    id: int
    is_bot: bool = False
    language_code: str = ""


class Chat(Struct, frozen=True):
    """Where it happened."""

    id: int
    type: str = "private"


class Media(Struct, frozen=True):
    """A file of any kind."""

    file_id: str
    file_name: str = ""
    file_size: int = 0
    width: int = 0


class Location(Struct, frozen=True):
    """A point on the map."""

    latitude: float
    longitude: float


class Venue(Struct, frozen=True):
    """A named point on the map."""

    location: Location


class Contact(Struct, frozen=True):
    """A shared contact card."""

    phone_number: str
    first_name: str = ""
    last_name: str = ""
    user_id: int = 0


class Author(Struct, frozen=True):
    """A message that was replied to: only who wrote it."""

    from_: User | None = field(default=None, name="from")


class Message(Struct, frozen=True):
    """A message, new or changed. One that is too old to be read has only its number and its chat."""

    message_id: int
    chat: Chat
    from_: User | None = field(default=None, name="from")
    text: str = ""
    caption: str = ""
    photo: tuple[Media, ...] = ()
    animation: Media | None = None
    document: Media | None = None
    voice: Media | None = None
    audio: Media | None = None
    video: Media | None = None
    video_note: Media | None = None
    sticker: Media | None = None
    location: Location | None = None
    venue: Venue | None = None
    contact: Contact | None = None
    reply_to_message: Author | None = None
    via_bot: User | None = None
    media_group_id: str = ""
    is_topic_message: bool = False
    message_thread_id: int = 0
    migrate_to_chat_id: int = 0


class CallbackQuery(Struct, frozen=True):
    """A press on a button."""

    id: str
    from_: User = field(name="from")
    message: Message | None = None
    data: str = ""


class Member(Struct, frozen=True):
    """How the bot stands in a chat."""

    status: str
    can_send_messages: bool = True


class Membership(Struct, frozen=True):
    """The bot was blocked or unblocked, put into a group or out of it."""

    chat: Chat
    new_chat_member: Member


class InlineQuery(Struct, frozen=True):
    """Words typed after the name of the bot, in any chat."""

    id: str
    from_: User = field(name="from")
    query: str = ""
    offset: str = ""


class Update(Struct, frozen=True):
    """One update; of the kinds we do not use only the number is read."""

    update_id: int
    message: Message | None = None
    edited_message: Message | None = None
    callback_query: CallbackQuery | None = None
    my_chat_member: Membership | None = None
    inline_query: InlineQuery | None = None


def read(raw: bytes) -> Update:
    """The update in these bytes. Raises Malformed."""
    return parsed(loaded(raw))


_update = reader(Update)


def loaded(raw: bytes) -> dict[str, Any]:
    """The JSON object in these bytes. Raises Malformed."""
    try:
        data = storable(json.loads(raw.decode("utf-8", "replace")))
    except (ValueError, RecursionError) as problem:
        raise Malformed(type(problem).__name__) from None
    if not isinstance(data, dict):
        raise Malformed("no object")
    return data


def parsed(data: dict[str, Any]) -> Update:
    """The part that we read. Raises Malformed."""
    try:
        return _update(data)
    except (ValueError, RecursionError) as problem:
        raise Malformed(type(problem).__name__) from None


def number(value: Any) -> int | None:
    """A whole number that fits a database, or nothing."""
    whole = isinstance(value, int) and not isinstance(value, bool) and -MOST < value < MOST
    return value if whole else None
