"""Chats as the service keeps them: messages that can be edited, and everything that was ever shown."""

from __future__ import annotations

import copy
import time
from dataclasses import dataclass, field
from typing import Any

from tests.telegram import markup
from tests.telegram.refusals import NOT_MODIFIED, Refused, broken, unlucky

TEXT_LENGTH = 4096
CAPTION_LENGTH = 1024
MOST_ENTITIES = 100


@dataclass
class Message:
    """One bubble. `order` counts changes of the whole service; `before` are its earlier looks."""

    data: dict[str, Any]
    mine: bool
    order: int
    html: str = ""
    silent: bool = False
    at: float = field(default_factory=time.monotonic)
    before: list[dict[str, Any]] = field(default_factory=list)

    @property
    def id(self) -> int:
        return int(self.data["message_id"])

    @property
    def text(self) -> str:
        return str(self.data.get("text") or self.data.get("caption") or "")

    @property
    def rows(self) -> list[list[dict[str, Any]]]:
        rows: list[list[dict[str, Any]]] = self.data.get("reply_markup", {}).get("inline_keyboard", [])
        return rows

    @property
    def buttons(self) -> list[dict[str, Any]]:
        return [button for row in self.rows for button in row]


@dataclass
class Room:
    """One chat: private when `about` says so."""

    about: dict[str, Any]
    messages: dict[int, Message] = field(default_factory=dict)
    next_id: int = 1
    blocked: bool = False
    moved_to: int = 0
    deleted_topics: set[int] = field(default_factory=set)
    keyboard: dict[str, Any] | None = None
    """The reply keyboard on screen."""

    @property
    def id(self) -> int:
        return int(self.about["id"])

    def add(self, data: dict[str, Any], mine: bool, order: int, **more: Any) -> Message:
        data = {"message_id": self.next_id, "date": int(time.time()), "chat": self.about, **data}
        self.next_id += 1
        message = Message(data, mine, order, **more)
        self.messages[message.id] = message
        return message

    def shown(self) -> list[Message]:
        """As it looks now, oldest first."""
        return list(self.messages.values())

    def edit(self, message_id: int, changes: dict[str, Any], order: int, html: str = "") -> Message:
        """Change a message of the bot. Raises Refused."""
        message = self.messages.get(message_id)
        if message is None:
            raise unlucky("message to edit not found")
        if not message.mine:
            raise broken("message can't be edited")
        new = {**message.data, **changes}
        for name in ("reply_markup", "entities", "caption_entities"):
            if not new.get(name) or new[name] == {"inline_keyboard": []}:
                new.pop(name, None)
        if _look(new) == _look(message.data):
            raise unlucky(NOT_MODIFIED)
        message.before.append(copy.deepcopy(message.data))
        message.data, message.order = {**new, "edit_date": int(time.time())}, order
        message.html = html or message.html
        return message


def _look(data: dict[str, Any]) -> tuple[Any, ...]:
    names = ("text", "entities", "caption", "caption_entities", "reply_markup")
    return tuple(data.get(name) for name in names)


def words(params: dict[str, Any], name: str) -> dict[str, Any]:
    """The text or caption of a call as plain text with entities. Raises Refused."""
    entities_name = "entities" if name == "text" else "caption_entities"
    text, entities = params.get(name, ""), params.get(entities_name, [])
    if params.get("parse_mode"):
        text, entities = markup.parse(text)
    text, entities = _trimmed(text, entities)
    if name == "text" and not text:
        raise broken("message text is empty")
    if markup.utf16(text) > (TEXT_LENGTH if name == "text" else CAPTION_LENGTH):
        raise broken("message is too long" if name == "text" else "message caption is too long")
    if len(entities) > MOST_ENTITIES:
        raise broken("more than 100 entities: the service forgets the rest")
    return {name: text} | ({entities_name: entities} if entities else {})


def _trimmed(text: str, entities: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    """The service cuts off spaces at both ends."""
    cut = markup.utf16(text) - markup.utf16(text.lstrip())
    text = text.strip()
    return text, [{**each, "offset": max(0, each["offset"] - cut)} for each in entities]


def blocked(about: dict[str, Any]) -> Refused:
    """The chat cannot be reached."""
    if about["type"] == "private":
        return Refused(403, "Forbidden: bot was blocked by the user")
    return Refused(403, f"Forbidden: bot was kicked from the {about['type']} chat")
