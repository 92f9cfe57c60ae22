"""Calls of the Bot API: all of them paced, every refusal as one that the sender knows what to do about."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, cast

import pytest
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.telegram.sending import BOT, Gone, NotHtml, NoTopic, Refusal, Sending, rate_of
from bot.pace import Pace
from bot.ports import RetryLater, TooBig, Unavailable, Unreachable

pytestmark = pytest.mark.filterwarnings("ignore:.*retry_after:telegram.warnings.PTBDeprecationWarning")


class Refusing:
    """A bot whose every call is answered with this error, if any."""

    def __init__(self, error: TelegramError | None = None) -> None:
        self.error = error
        self.calls = 0

    async def _call(self, **_values: Any) -> None:
        self.calls += 1
        if self.error:
            raise self.error

    send_message = send_photo = send_document = edit_message_text = _call
    edit_message_reply_markup = delete_message = _call

    async def send_chat_action(self, _chat: int, _action: str, **_values: Any) -> None:
        """Show that we are busy."""
        await self._call()


class Hand:
    """A clock moved by hand."""

    at = 100.0

    def __call__(self) -> float:
        return self.at


def sending(bot: Refusing) -> Sending:
    """On a bot that is none."""
    return Sending(cast(Bot, bot), Pace(rate_of, BOT, Hand()))


REFUSALS: list[tuple[TelegramError, type[Exception]]] = [
    (Forbidden("Forbidden: bot was blocked by the user"), Unreachable),
    (Forbidden("Forbidden: bot was kicked from the supergroup chat"), Unreachable),
    (BadRequest("Chat not found"), Unreachable),
    (BadRequest("Not enough rights to send text messages to the chat"), Unreachable),
    (BadRequest("Have no rights to send a message"), Unreachable),
    (BadRequest("Message thread not found"), NoTopic),
    (BadRequest("TOPIC_CLOSED"), NoTopic),
    (BadRequest("Message to edit not found"), Gone),
    (BadRequest("Message can't be edited"), Gone),
    (BadRequest("Message to delete not found"), Gone),
    (BadRequest("Can't parse entities: unsupported start tag"), NotHtml),
    (BadRequest("File is too big"), TooBig),
    (BadRequest("Something that nobody foresaw"), Refusal),
    (ChatMigrated(-1007), ChatMigrated),
    (RetryAfter(7), RetryLater),
    (NetworkError("connection lost"), Unavailable),
    (TimedOut(), Unavailable),
    (InvalidToken(), Unavailable),
]


@pytest.mark.parametrize(("error", "means"), REFUSALS, ids=lambda value: str(value)[:40])
def test_each_refusal_says_what_to_do(error: TelegramError, means: type[Exception]) -> None:
    """And none of ours repeats the words of the platform, in which there may be anything."""
    with pytest.raises(means) as raised:
        asyncio.run(sending(Refusing(error)).send(42, text="x"))
    if means is not ChatMigrated:
        assert error.message not in str(raised.value)


def test_a_message_that_is_like_that_already_is_fine() -> None:
    """Nothing had to be done."""
    asyncio.run(sending(Refusing(BadRequest("Message is not modified"))).edit(42, 7, text="x"))


def test_edits_take_turns_like_messages() -> None:
    """The platform counts them too: four at once, then one a second."""
    bot, pace = Refusing(), Pace(rate_of, BOT, Hand())
    speaks = Sending(cast(Bot, bot), pace)
    calls: list[Callable[[], Awaitable[Any]]] = [
        lambda: speaks.send(42, text="x"),
        lambda: speaks.edit(42, 7, text="x"),
        lambda: speaks.strip(42, 7),
    ]

    async def at_once() -> None:
        for turn in range(4):
            await calls[turn % 3]()

    asyncio.run(at_once())
    assert pace.take(42, 0) == (False, 1.0)
    assert bot.calls == 4


def test_a_chat_told_to_wait_is_left_alone_and_the_others_are_not() -> None:
    """Also by what else goes to that chat."""
    bot = Refusing(RetryAfter(40))
    speaks = sending(bot)
    for _ in range(2):
        with pytest.raises(RetryLater):
            asyncio.run(speaks.send(-42, text="x"))
    assert bot.calls == 1
    bot.error = None
    asyncio.run(speaks.send(43, text="x"))
    assert bot.calls == 2


def test_a_keyboard_that_cannot_be_taken_away_stops_nothing() -> None:
    """What was to be said was said; nobody is told twice because of it."""
    for error in (BadRequest("Message to delete not found"), Forbidden("blocked"), TimedOut(), RetryAfter(3)):
        asyncio.run(sending(Refusing(error)).put_away(42, 7))
    bot = Refusing()
    asyncio.run(sending(bot).put_away(42, 7))
    assert bot.calls == 3


@pytest.mark.parametrize(("error", "_means"), REFUSALS, ids=lambda value: str(value)[:40])
def test_what_is_said_does_not_depend_on_being_seen_busy(
    error: TelegramError, _means: type[Exception]
) -> None:
    """A picture is announced first; when that is refused the picture comes all the same."""
    asyncio.run(sending(Refusing(error)).busy(42, 0, "upload_photo"))


def test_who_may_not_be_seen_busy_is_told_nothing_either_for_so_long() -> None:
    """Telegram counts them together."""
    bot = Refusing(RetryAfter(40))
    speaks = sending(bot)
    asyncio.run(speaks.busy(42, 0, "typing"))
    bot.error = None
    with pytest.raises(RetryLater) as later:
        asyncio.run(speaks.send(42, text="x"))
    assert later.value.seconds == 40
    assert bot.calls == 1
