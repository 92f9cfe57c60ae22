"""Calls of the Bot API through python-telegram-bot: paced, and every failure as one that the sender knows."""

from __future__ import annotations

import asyncio
import datetime
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from telegram import Bot, InputFile, Message
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    RetryAfter,
    TelegramError,
)

from bot.pace import Pace, Rate
from bot.ports import Enclosed, RetryLater, TooBig, Unavailable, Unreachable

log = logging.getLogger(__name__)

PATIENCE: Final = 5.0
"""What waits longer for its turn is taken from the outbox again then."""

CHAT: Final = Rate(1.0, 4)
"""One message a second."""
GROUP: Final = Rate(60 / 17, 4)
"""Four at once and seventeen a minute: never more than 20 within a minute."""
BOT: Final = Rate(1 / 30, 100)
"""What Telegram counts is mass mailing; a hundred who asked something (one poll) are answered at once."""

_NO_MESSAGE: Final = (
    "message to edit not found",
    "message can't be edited",
    "message to delete not found",
)
_SHUT_OUT: Final = (
    "chat not found",
    "user is deactivated",
    "peer_id_invalid",
    "not enough rights",
    "no rights to send",
    "chat_write_forbidden",
)
_NO_TOPIC: Final = ("message thread not found", "topic_deleted", "topic_closed", "topic_id_invalid")


class Gone(Exception):
    """The message that was to be edited is not there, or can no longer be edited."""


class NoTopic(Exception):
    """The topic of a group was deleted or closed."""


class NotHtml(Exception):
    """Telegram could not read our marks."""


def rate_of(chat: int) -> Rate:
    """A group is spoken to less often."""
    return GROUP if chat < 0 else CHAT


class Sending:
    """Sends and edits messages."""

    def __init__(self, bot: Bot, pace: Pace[int] | None = None) -> None:
        self.bot = bot
        self._pace = pace or Pace(rate_of, BOT)
        self._methods: Mapping[str, Callable[..., Awaitable[Any]]] = {
            "send": bot.send_message,
            "photo": bot.send_photo,
            "document": bot.send_document,
            "edit": bot.edit_message_text,
            "delete": bot.delete_message,
            "strip": bot.edit_message_reply_markup,
        }

    async def send(self, chat: int, **values: Any) -> int:
        """Send a message; returns its number."""
        message = await self._call("send", chat, values)
        return message.message_id if isinstance(message, Message) else 0

    async def hand_out(self, chat: int, enclosed: Enclosed, **values: Any) -> int:
        """Send a file; returns the number of its message."""
        kind = "photo" if enclosed.is_image else "document"
        file = InputFile(enclosed.content, enclosed.name, attach=True)
        message = await self._call(kind, chat, {kind: file, **values})
        return message.message_id if isinstance(message, Message) else 0

    async def edit(self, chat: int, message: int, **values: Any) -> None:
        """Change the text and the buttons of a message; one that is like that is fine. Raises Gone."""
        await self._call("edit", chat, {"message_id": message, **values})

    async def strip(self, chat: int, message: int) -> None:
        """Take the buttons from a message. Raises Gone."""
        await self._call("strip", chat, {"message_id": message})

    async def take_away(self, chat: int, message: int) -> bool:
        """Delete a message, also one of the person; False when it stays, as one older than two days does."""
        try:
            await self._call("delete", chat, {"message_id": message})
        except Gone:  # the person was first
            return True
        except (Refusal, Unreachable) as error:
            log.info("a message was not taken away: %s", type(error).__name__)
            return False
        return True

    async def busy(self, chat: int, thread: int, action: str) -> None:
        """Show that we are busy, when nothing else is to be said at this moment. What follows does not depend
        on it: what stands in the way of the one is told of the other.
        """
        if not self._pace.spare(chat):
            return
        try:
            await self._minded(
                chat, self.bot.send_chat_action(chat, action, message_thread_id=thread or None)
            )
        except Exception as error:  # whatever it is, what follows meets it too
            log.info("not shown to be busy: %s", type(error).__name__)

    async def put_away(self, chat: int, invitation: int) -> None:
        """Take the keyboard of an invitation away, and leave nothing of it in the chat.

        Only a message can do that. When it fails the keyboard stays folded up, and nobody is told.
        """
        around = {"reply_markup": {"remove_keyboard": True}, "disable_notification": True}
        try:
            remover = await self.send(chat, text="✓", **around)
            for message in (invitation, remover):
                await self._call("delete", chat, {"message_id": message})
        except (RetryLater, Unavailable, Unreachable, Gone, Refusal) as error:
            log.info("a keyboard was not taken away: %s", type(error).__name__)

    async def file(self, id: str) -> bytes:
        """The bytes of a file. Raises RetryLater, Unavailable, TooBig."""
        return bytes(await _understood(self._file(id)))

    async def _file(self, id: str) -> bytearray:
        found = await self.bot.get_file(id)
        return await found.download_as_bytearray()

    async def _call(self, method: str, chat: int, values: Mapping[str, Any]) -> Any:
        mine, wait = self._pace.take(chat, PATIENCE)
        if not mine:
            raise RetryLater(wait)
        await asyncio.sleep(wait)
        return await self._minded(chat, self._methods[method](chat_id=chat, **values))

    async def _minded(self, chat: int, call: Awaitable[Any]) -> Any:
        """The result; who is told to wait waits with everything that goes to this chat."""
        try:
            return await _understood(call)
        except RetryLater as error:
            self._pace.pause(chat, error.seconds)
            raise


async def _understood(call: Awaitable[Any]) -> Any:
    """The result, or an error that says what to do. None of them holds the text of the platform."""
    try:
        return await call
    except ChatMigrated:
        raise
    except RetryAfter as error:
        raise RetryLater(_seconds(error.retry_after)) from None
    except Forbidden:
        raise Unreachable from None
    except BadRequest as error:
        reason = _reason(error.message.lower())
        if reason is None:
            return None
        raise reason from None
    except TelegramError:  # the network, a proxy's page, half an answer, a token that is refused
        raise Unavailable from None


def _reason(message: str) -> Exception | None:
    """Why Telegram refused; None when there was nothing to do."""
    if "message is not modified" in message:
        return None
    if any(words in message for words in _NO_MESSAGE):
        return Gone()
    if "can't parse entities" in message:
        return NotHtml()
    if "file is too big" in message:
        return TooBig()
    if any(words in message for words in _NO_TOPIC):
        return NoTopic()
    if any(words in message for words in _SHUT_OUT):
        return Unreachable()
    return Refusal()


class Refusal(Exception):
    """Telegram refused a call that we thought was right: a bug of ours."""


def _seconds(period: int | datetime.timedelta) -> float:
    return period.total_seconds() if isinstance(period, datetime.timedelta) else float(period)
