"""Every field of every update, one at a time: missing, empty, of another type, too large, too deep."""

from __future__ import annotations

import contextlib
import datetime
import json
from typing import Any

import pytest

from bot.channels.telegram import receive
from bot.ports import Aside, Malformed, Moved, Unreachable
from bot.storable import storable
from storage.codec import encode
from tests.bot.channels.odd import spoilt

NOW = datetime.datetime(2026, 11, 20, 9, 30, tzinfo=datetime.UTC)
ME = receive.Me(99, "solardesk_bot")
ELS = {"id": 42, "is_bot": False, "first_name": "Els", "last_name": "W", "language_code": "nl-BE"}
CHAT = {"id": 42, "type": "private", "first_name": "Els"}
GROUP = {"id": -1001, "type": "supergroup", "title": "Roof team", "is_forum": True}
BOT = {"id": 99, "is_bot": True, "first_name": "Solardesk", "username": "solardesk_bot"}
FILE = {"file_id": "f", "file_unique_id": "u", "file_size": 9, "width": 8, "height": 8}
NAMED = {**FILE, "file_name": "a.jpg", "mime_type": "image/jpeg"}
BASE = {"message_id": 5, "date": 1, "chat": CHAT, "from": ELS}
REPLY = {"message_id": 4, "date": 1, "chat": GROUP, "from": BOT, "text": "hi"}
TOPIC = {"chat": GROUP, "message_thread_id": 7, "is_topic_message": True, "reply_to_message": REPLY}
COMMAND = {"text": "/start menu", "entities": [{"type": "bot_command", "offset": 0, "length": 6}]}
UPDATES: dict[str, dict[str, Any]] = {
    "words": {"message": {**BASE, "text": "nieuwe rma"}},
    "command": {"message": {**BASE, **COMMAND}},
    "in a topic": {"message": {**BASE, **TOPIC, "text": "@solardesk_bot help"}},
    "photo": {"message": {**BASE, "photo": [FILE, FILE], "caption": "roof", "media_group_id": "7"}},
    "document": {"message": {**BASE, "document": NAMED}},
    "voice": {"message": {**BASE, "voice": {**FILE, "duration": 3}}},
    "place": {"message": {**BASE, "location": {"latitude": 50.9, "longitude": 4.8}}},
    "contact": {"message": {**BASE, "contact": {"phone_number": "+32", "user_id": 42, "first_name": "E"}}},
    "migration": {"message": {**BASE, "chat": GROUP, "migrate_to_chat_id": -1002}},
    "edit": {"edited_message": {**BASE, "text": "nieuwe rma", "edit_date": 2}},
    "picked": {"message": {**BASE, "text": "Systeem 700457343", "via_bot": BOT}},
    "typed in any chat": {"inline_query": {"id": "1", "from": ELS, "query": "janss", "offset": "5"}},
    "press to share": {"callback_query": {"id": "1", "from": ELS, "message": BASE, "data": "share.phone"}},
    "press": {
        "callback_query": {"id": "1", "from": ELS, "message": BASE, "data": "a.1", "chat_instance": "9"}
    },
    "blocked": {
        "my_chat_member": {
            "chat": CHAT,
            "from": ELS,
            "date": 1,
            "old_chat_member": {"status": "member", "user": BOT},
            "new_chat_member": {"status": "kicked", "user": BOT, "until_date": 0},
        }
    },
}


@pytest.mark.parametrize("kind", UPDATES)
def test_an_update_with_any_odd_field_is_stored_and_answered_or_set_apart(kind: str) -> None:
    """What comes of it fits the database."""
    for update in spoilt({"update_id": 7, **UPDATES[kind]}):
        received = receive.stored(json.dumps(update).encode(), ME, NOW)
        if received:
            assert received.key.startswith("99:")
            assert received.conversation.startswith("telegram:99:")
            encode(received.files)
            with contextlib.suppress(Malformed, Aside, Moved, Unreachable):
                event = receive.event(received)
                assert event.conversation == received.conversation
                encode(storable(event.content)).encode()
