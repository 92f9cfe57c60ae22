"""The name of a conversation, and the chat behind it."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from bot.channels.telegram.updates import Message

NAME: Final = "telegram"


class Place(Struct, frozen=True):
    """A chat, or one topic in it."""

    chat: int
    thread: int = 0

    @property
    def is_group(self) -> bool:
        """Whether others read along."""
        return self.chat < 0


def conversation_of(bot: int, message: Message | None) -> str:
    """Every chat is a conversation, and every topic of it; what belongs to none goes to `unknown`."""
    if message is None:
        return f"{NAME}:{bot}:unknown"
    topic = f":{message.message_thread_id}" if message.is_topic_message else ""
    return f"{NAME}:{bot}:{message.chat.id}{topic}"


def moved(conversation: str, chat: int) -> str:
    """The conversation under the new number of its chat."""
    channel, bot, _chat, *topic = conversation.split(":")
    return ":".join((channel, bot, str(chat), *topic))


def place_of(conversation: str) -> Place | None:
    """Where the answers of a conversation go."""
    _, _, *where = conversation.split(":")
    try:
        return Place(*map(int, where))
    except (ValueError, TypeError):
        return None


def person_of(user: int) -> str:
    """The chat identity of a person; a private chat has the number of its person, a group is nobody."""
    return f"{NAME}:{user}" if user > 0 else ""
