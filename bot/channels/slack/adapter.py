"""Slack as a channel: the outputs of the engine as messages, changed in place where that is expected."""

from __future__ import annotations

import asyncio
import datetime
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from zoneinfo import ZoneInfo

from bot.channels.slack import blocks, receive, views, words
from bot.channels.slack.blocks import Sheet
from bot.channels.slack.discreet import Discreet
from bot.channels.slack.handing import Handing
from bot.channels.slack.people import People
from bot.channels.slack.places import NAME, Place, order, place_of
from bot.channels.slack.sending import Busy, Gone, Refusal, Sending
from bot.channels.slack.workspaces import Workspaces
from bot.ports import Clock, Enclosed, Nowhere, Outgoing, Received, Unreachable
from flows.engine.events import Event
from flows.engine.outputs import Capabilities, Closed, Prompt, Say
from flows.engine.phrases import Copy
from locales.speaker import Speaker

MOST_CHATS: Final = 10_000
LOOKING: Final = datetime.timedelta(minutes=1)
"""Who did something within it has Slack open, and needs no notification."""


class SlackChannel:
    """Implements `ports.Channel`."""

    name = NAME
    capabilities = Capabilities(max_fields=10, in_place=True, keeps_words=True)

    def __init__(self, workspaces: Workspaces, people: People, clock: Clock) -> None:
        self._workspaces = workspaces
        self._people = people
        self._clock = clock
        self._handing = Handing()
        self._last: OrderedDict[tuple[str, str], str] = OrderedDict()
        self._heard: OrderedDict[str, datetime.datetime] = OrderedDict()
        self._opening: dict[str, asyncio.Future[None]] = {}

    def receive(self, received: Received) -> Event:
        """The event in a stored payload. Raises Malformed, Aside."""
        return receive.event(received)

    async def fetch(self, ref: str) -> bytes:
        """The bytes of a file. Raises RetryLater, Unavailable, Nowhere, TooBig."""
        enterprise, team, address = ref.split("|", 2)
        sending = await self._workspaces.sending(Place(enterprise, team, ""))
        return await sending.file(address)

    def heard(self, person: str) -> None:
        """Somebody did something: for a moment they are looking."""
        self._heard.pop(person, None)
        self._heard[person] = self._clock.now()
        if len(self._heard) > MOST_CHATS:
            self._heard.popitem(last=False)

    def seen(self, conversation: str, message: str, thread: str = "") -> None:
        """A message stands in this chat or thread: what is above it is not changed in place any more."""
        place = (conversation, thread)
        before = self._last.pop(place, "")
        self._last[place] = max(message, before, key=order)
        if len(self._last) > MOST_CHATS:
            self._last.popitem(last=False)

    @contextmanager
    def opening(self, form: str) -> Iterator[None]:
        """Inside, a form is being opened: what it is to show waits for that."""
        if form in self._opening:  # the same trigger again: the first one opens it
            yield
            return
        opened = self._opening[form] = asyncio.get_running_loop().create_future()
        try:
            yield
        finally:
            del self._opening[form]
            opened.set_result(None)

    async def send(self, outgoing: Outgoing) -> str:
        """Deliver; returns our name for the message."""
        place = place_of(outgoing.conversation, outgoing.reply_to)
        if place is None:
            raise Nowhere
        try:
            return await self._send(await self._workspaces.sending(place), outgoing, place)
        except Unreachable:
            raise Unreachable(outgoing.conversation if place.is_direct else "") from None

    async def _send(self, sending: Sending, outgoing: Outgoing, place: Place) -> str:
        match outgoing.output:
            case (Say() | Prompt()) as said if said.form and await self._in_form(sending, outgoing, said):
                return ""
            case Say(form=form) if form:
                return ""  # the last words of a form that was closed; what matters is in the chat
            case Say() as said if outgoing.enclosed:
                return await self._hand_out(sending, outgoing, place, said, outgoing.enclosed)
            case Say() as said:
                return await self._new(sending, outgoing, place, said)
            case Prompt() as prompt:
                return await self._prompt(sending, outgoing, place, prompt)
            case Closed() as closing:
                await self._close(sending, outgoing, closing)
        return ""

    async def _hand_out(
        self, sending: Sending, outgoing: Outgoing, place: Place, said: Say, enclosed: Enclosed
    ) -> str:
        """A file with its words. A workspace may take no files, or not this one: then that is said."""
        text = blocks.words_of(said, self.speaker(outgoing))
        try:
            await self._handing.hand_out(sending, place, enclosed, text)
        except (Gone, Refusal, Nowhere, Unreachable):
            instead = words.NO_FILE(name=Copy(enclosed.name))
            return await self._new(sending, outgoing, place, Say((*said.lines, instead)))
        return ""

    async def _in_form(self, sending: Sending, outgoing: Outgoing, said: Say | Prompt) -> bool:
        """Whether the form it is addressed to could show it."""
        if opening := self._opening.get(said.form):
            await asyncio.shield(opening)
        view = views.view(said, self.speaker(outgoing))
        try:
            await sending.call("views.update", {"external_id": said.form, "view": view})
        except (
            Gone,
            Refusal,
        ):  # the second is a bug of ours: nobody is left without a next step because of it
            return False
        return True

    async def _prompt(self, sending: Sending, outgoing: Outgoing, place: Place, prompt: Prompt) -> str:
        """In the place of the one it replaces while nothing stands under that; else as a new message."""
        speaker, old = self.speaker(outgoing), outgoing.edits
        if old:
            last = order(self._last.get((outgoing.conversation, place.thread), old)) <= order(old)
            if last and not _is_record(outgoing):
                answer = blocks.answered(outgoing.chosen, outgoing.at, speaker)
                if await self._edit(sending, old, blocks.sheet(prompt, speaker, answer)):
                    return old
            await self._close(sending, outgoing, Closed(prompt.replaces, outgoing.chosen))
        return await self._new(sending, outgoing, place, prompt)

    async def _close(self, sending: Sending, outgoing: Outgoing, closing: Closed) -> None:
        """The old message keeps its text and the answer, and loses its buttons (UX 35)."""
        if outgoing.edits and outgoing.before:
            sheet = blocks.closed(outgoing.before, closing, self.speaker(outgoing), outgoing.at)
            await self._edit(sending, outgoing.edits, sheet)

    async def _edit(self, sending: Sending, message: str, sheet: Sheet) -> bool:
        """Whether the message could be changed; else its buttons stay, and say that they are old."""
        try:
            await sending.edit(message, text=sheet.text, blocks=sheet.blocks)
        except (Gone, Busy, Refusal, Unreachable):  # whether anybody can be reached, a new message finds out
            return False
        return True

    async def _new(self, sending: Sending, outgoing: Outgoing, place: Place, said: Say | Prompt) -> str:
        """What Slack shows of it on a locked phone is its text; in the chat the blocks are read."""
        sheet = noticed = blocks.sheet(said, self.speaker(outgoing))
        if not self._is_looking(outgoing.conversation):
            noticed = blocks.sheet(said, self.speaker(outgoing, Discreet))
        message = await sending.post(place, text=noticed.text, blocks=sheet.blocks)
        self.seen(outgoing.conversation, message, place.thread)
        return message

    def speaker(self, outgoing: Outgoing, kind: type[Speaker] = Speaker) -> Speaker:
        """Who says this: the language of the conversation, the clock of the person."""
        zone = self._people.time_zone(outgoing.conversation) or outgoing.time_zone
        return kind(outgoing.locale, zone, self._today(zone))

    def _is_looking(self, person: str) -> bool:
        heard = self._heard.get(person)
        return heard is not None and self._clock.now() - heard < LOOKING

    def _today(self, zone: str) -> datetime.date:
        return self._clock.now().astimezone(ZoneInfo(zone)).date()


def _is_record(outgoing: Outgoing) -> bool:
    """Whether the old message shows what was sent in with this press: that stays in the chat."""
    before = outgoing.before
    if before is None or not before.facts:
        return False
    return outgoing.chosen in [button.label for button in before.buttons if button.press.kind == "done"]
