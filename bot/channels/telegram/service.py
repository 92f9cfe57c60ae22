"""The running channel: says who it is, sets the menu of commands, and takes updates in."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from typing import Final, Literal

from starlette.routing import BaseRoute
from telegram import Bot, User, WebhookInfo
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bot.channels.telegram import webhook
from bot.channels.telegram.adapter import TelegramChannel
from bot.channels.telegram.asides import Asides
from bot.channels.telegram.inline import Inline
from bot.channels.telegram.intake import KINDS, Intake
from bot.channels.telegram.menus import Menus
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.receive import Me
from bot.channels.telegram.tls import trusted
from bot.channels.telegram.wanted import Wanted
from bot.channels.telegram.watch import Watch
from bot.ports import Clock, Received, ServiceDesk
from storage.unit_of_work import Connection, UnitOfWork

log = logging.getLogger(__name__)

LONGEST_PAUSE: Final = 30.0
State = Literal["fine", "off", "problem"]


class Telegram:
    """One bot."""

    def __init__(
        self,
        wanted: Wanted,
        keep: Callable[[Received], Awaitable[bool]],
        uow: UnitOfWork,
        desk: ServiceDesk[Connection],
        clock: Clock,
    ) -> None:
        self._wanted = wanted
        self._bot = make_bot(wanted)
        self.channel = TelegramChannel(self._bot, clock)
        self._asides = Asides()
        self._menus = Menus(self._bot, uow, self.channel.chats, self._asides)
        self.channel.told = self._menus.follow
        inline = Inline(self._bot, uow, desk, clock)
        self._intake = Intake(self.channel, keep, inline, self._asides, clock)
        self._watch = Watch(uow, clock)
        self._tasks: list[asyncio.Task[None]] = []

    def routes(self) -> list[BaseRoute]:
        """What the web server answers for this channel."""
        wanted = self._wanted
        return (
            [webhook.route(wanted.webhook_url, wanted.secret, self._intake.take)]
            if wanted.webhook_url
            else []
        )

    def start(self) -> None:
        """Begin to take updates in, as soon as Telegram answers."""
        self._tasks.append(asyncio.create_task(self._run()))

    async def stop(self) -> None:
        """Take nothing more in; what is not stored stays with Telegram."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._asides.close()

    async def close(self) -> None:
        """Let go of the connections, when nothing more is to be sent."""
        await hang_up(self._bot)

    async def _run(self) -> None:
        await self._watch.failed()
        await self._patiently("getMe", self._introduce)
        self._tasks.append(asyncio.create_task(self._patiently("setMyCommands", self._menus.set_all)))
        if self._wanted.webhook_url:
            await self._patiently("setWebhook", self._set_webhook)
            await self._watch.keep()
        else:
            url = f"{self._wanted.base_url}{self._wanted.token}"
            await Polling(url, self._intake.take, self._watch).run()

    async def _introduce(self) -> None:
        me = await self._bot.get_me()
        self.channel.me = Me(me.id, me.username or "")

    async def _set_webhook(self) -> None:
        wanted = self._wanted
        await self._bot.set_webhook(wanted.webhook_url, allowed_updates=KINDS, secret_token=wanted.secret)

    async def _patiently(self, what: str, call: Callable[[], Awaitable[None]]) -> None:
        """Until it works."""
        pause = 0.5
        while True:
            try:
                return await call()
            except TelegramError as error:
                log.warning("telegram: %s: %s", what, type(error).__name__)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)


async def look(wanted: Wanted) -> list[tuple[State, str]]:
    """What Telegram says about this bot, line by line."""
    bot = make_bot(wanted)
    try:
        me = await bot.get_me()
        hook = await bot.get_webhook_info()
    except InvalidToken:
        return [("problem", "the token is not accepted; BotFather shows it under API Token")]
    except TelegramError as error:
        return [("problem", f"Telegram does not answer ({type(error).__name__})")]
    finally:
        await hang_up(bot)
    return [
        ("fine", f"@{me.username}, https://t.me/{me.username}; {hook.pending_update_count} updates wait"),
        *_found_in(me, hook, wanted),
    ]


def _found_in(me: User, hook: WebhookInfo, wanted: Wanted) -> Iterator[tuple[State, str]]:
    if not me.supports_inline_queries:
        yield "off", f"picking a system with @{me.username} in any chat: BotFather switches it on, /setinline"
    if wanted.webhook_url and hook.url != wanted.webhook_url:
        yield "problem", "the webhook is not set: `python -m bot run` sets it"
    elif hook.url and not wanted.webhook_url:
        yield "problem", "a webhook is set and none is configured: `python -m bot run` removes it"
    if hook.last_error_message and wanted.webhook_url:
        yield "problem", f"the last delivery failed: {hook.last_error_message}"


async def hang_up(bot: Bot) -> None:
    """Let go of the connections: `shutdown` only ends what `initialize` began, which asks too much."""
    for request in bot._request:
        await request.shutdown()


def make_bot(wanted: Wanted) -> Bot:
    """The library's bot, with as many connections as conversations are spoken to at once."""
    verify = {"verify": trusted()}
    request = HTTPXRequest(connection_pool_size=100, pool_timeout=10, read_timeout=15, httpx_kwargs=verify)
    updates = HTTPXRequest(httpx_kwargs=verify)
    return Bot(wanted.token, wanted.base_url, wanted.file_url, request=request, get_updates_request=updates)
