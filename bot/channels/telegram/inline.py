"""`@bot janss…` in any chat: one's own systems to pick from; what is posted tells others nothing."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from telegram import (
    Bot,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    MessageEntity,
)

from bot.channels.telegram import words
from bot.channels.telegram.places import conversation_of, person_of
from bot.channels.telegram.receive import Me
from bot.channels.telegram.sheets import size
from bot.channels.telegram.updates import Chat, InlineQuery, Message
from bot.ports import Asked, Clock, ServiceDesk
from bot.services.own_systems import Own, OwnSystems, own_systems
from bot.turn import first_meeting
from flows.requests import FindSystems
from locales.speaker import Speaker
from storage import conversations
from storage.unit_of_work import Connection, UnitOfWork


class Inline:
    """Answers what is typed after the name of the bot: a read, with the permission of who types."""

    def __init__(self, bot: Bot, uow: UnitOfWork, desk: ServiceDesk[Connection], clock: Clock) -> None:
        self._bot = bot
        self._uow = uow
        self._desk = desk
        self._clock = clock

    async def answer(self, query: InlineQuery, me: Me) -> None:
        """Show what was found; nothing of it is kept by the platform, or shown to anybody else."""
        private = conversation_of(me.id, Message(0, Chat(query.from_.id)))

        def look(connection: Connection) -> tuple[str, OwnSystems]:
            known = conversations.load(connection, private)
            locale = (known or first_meeting(private, query.from_.language_code)).locale
            sender, now = person_of(query.from_.id), self._clock.now()
            asked = Asked(f"inline:{query.id}", FindSystems(), sender, private, locale, now)
            return locale, own_systems(connection, self._desk, asked, query.query, query.offset)

        locale, own = await self._uow.read(look)
        speaker = Speaker(locale, "UTC", datetime.date.min)
        await self._bot.answer_inline_query(
            query.id,
            articles(own.found, speaker, me),
            cache_time=0,
            is_personal=True,
            next_offset=own.more,
            button=way_on(own, query, speaker),
        )


def articles(found: Sequence[Own], speaker: Speaker, me: Me) -> list[InlineQueryResultArticle]:
    """What only the person who types sees; and of it, what is posted."""
    return [
        InlineQueryResultArticle(
            system.id,
            speaker.say(system.label),
            _posted(system, speaker, me),
            description=speaker.say(system.detail) or None,
        )
        for system in found
    ]


def _posted(system: Own, speaker: Speaker, me: Me) -> InputTextMessageContent:
    """What others see: the id, and a link that opens the system only for people of its company."""
    title, way = speaker.say(words.PICKED(id=system.id)), speaker.say(words.OPEN_PRIVATE)
    link = MessageEntity(
        MessageEntity.TEXT_LINK,
        size(f"{title}\n"),
        size(way),
        url=f"https://t.me/{me.username}?start=search_systems_{system.link}",
    )
    no_preview = LinkPreviewOptions(is_disabled=True)
    return InputTextMessageContent(f"{title}\n{way}", entities=[link], link_preview_options=no_preview)


def way_on(own: OwnSystems, query: InlineQuery, speaker: Speaker) -> InlineQueryResultsButton | None:
    """Above an empty list: to the private chat, where one links it, or searches."""
    if not own.known:
        return InlineQueryResultsButton(speaker.say(words.LINK_FIRST), start_parameter="link")
    if own.found or query.offset:
        return None
    return InlineQueryResultsButton(speaker.say(words.NOTHING_FOUND), start_parameter="search")
