"""People who use Slack while the process is killed again and again: they look, and do what they see."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable
from typing import Any

from tests.bot.channels.slack import rules
from tests.slack.carrier import Warned
from tests.slack.modals import FormFiller
from tests.slack.people import Person, wrapped
from tests.slack.process import World
from tests.slack.rooms import Block, pressed_in
from tests.slack.service import Call
from tests.telegram.journeys import photo, words

NEW = {"nl": "nieuw", "fr": "nouveau", "en": "new"}
TALK = {
    "nl": ("menu", "mijn systemen", "help"),
    "fr": ("menu", "mes systèmes", "aide"),
    "en": ("menu", "help"),
}
PATIENCE = 240.0
TOKEN = re.compile(r"\b([0-9a-f]+)\.[0-9]+\b")
"""The token of a question and the number of an answer, in the value of a button."""
UNFINISHED = (
    "SELECT 1 FROM inbox WHERE conversation LIKE ? AND outcome IS NULL",
    "SELECT 1 FROM outbox WHERE conversation LIKE ? AND outcome IS NULL",
)
FILED = "SELECT number FROM rmas WHERE description = ?"


class Filer:
    """Somebody who files one RMA after the other in modals, however often these are closed or late."""

    def __init__(self, world: World, language: str, enough: Callable[[int], bool]) -> None:
        self.world = world
        self.person: FormFiller = world.linked(language)
        self.person.patience = PATIENCE
        self.language = language
        self.enough = enough
        self.system, _serial = world.site(language)
        self.filed: list[str] = []
        """The words of each."""

    async def acts(self) -> None:
        """Until it is enough; always to the end of what was begun."""
        while not self.enough(len(self.filed)):
            self.filed.append(f"No light since Monday, writes {self.person.user} ({len(self.filed)}).")
            await self._files()

    async def _files(self) -> None:
        """Until the desk has it, and its number was told."""
        while not (filed := self._in_the_desk()):
            before = self._seen()
            try:
                await self._does_what_is_asked()
            except (Warned, LookupError):  # a warning, or the modal changed under the hand
                await asyncio.sleep(0.1)
                continue
            news = lambda before=before: self._seen() != before or self._in_the_desk()  # noqa: E731
            await self.person.until(news, "news")
        [(number,)] = filed
        await self.person.until(lambda: any(number in text for text in self.person.hears_of()), number)

    def _in_the_desk(self) -> list[tuple[Any, ...]]:
        return self.world.rows(FILED, self.filed[-1])

    def _seen(self) -> tuple[Any, ...]:
        slack, form = self.person.slack, self.person.slack.modal_of(self.person.user)
        chat = max((message.order for message in self.person.room.messages.values()), default=0)
        return form, slack.versions.get(form, 0), chat, tuple(self.person.errors)

    async def _does_what_is_asked(self) -> None:
        person = self.person
        form = person.slack.modal_of(person.user)
        if not form:
            await self._begins()
            return
        if form != person.form:
            person.form, person.values, person.errors = form, {}, {}
        if any(block["type"] == "input" for block in person.view["blocks"]):
            await self._fills_in()
        if person.is_open and "submit" in person.view:
            await self._sends_in()
        elif person.is_open and (anyway := self._anyway()):
            await person.presses(anyway)
        elif person.is_open and not person.is_waiting():
            await person.closes()  # it only tells how something ended

    def _anyway(self) -> str:
        """When somebody filed it already."""
        anyway = words(self.language, "New anyway")
        labels = [element["text"]["text"] for element in pressed_in(self.person.view["blocks"])]
        return anyway if anyway in labels else ""

    async def _begins(self) -> None:
        """From the chat, where a draft is open in it; else with the command."""
        opener = next((e for e in self.person.last_pressed() if e["action_id"] == "open"), None)
        if opener:
            message = self.person.last()
            await self.person.taps_on(message, opener)
        else:
            await self.person.commands_in(NEW[self.language])

    async def _fills_in(self) -> None:
        version = self.person.slack.versions[self.person.form]
        for block in self.person.inputs():
            await self._fills(block)
            if self.person.slack.versions.get(self.person.form) != version:
                raise LookupError("another page came under the hand")

    async def _fills(self, block: Block) -> None:
        name, kind = block["block_id"].partition("~")[0], block["element"]["type"]
        match kind:
            case "external_select":
                await self._finds(name)
            case "plain_text_input" if name == "description":
                self.person.types(name, self.filed[-1])
            case "file_input" if name == "photos":  # of the device; labels are chosen from the list
                self.person.attaches(name, "roof.jpg", photo())
            case "multi_static_select" | "static_select" | "radio_buttons":
                self.person.chooses(name, 0)

    async def _finds(self, name: str) -> None:
        """A form that was given up offers nothing any more, and is closed: it opened beside another one."""
        try:
            await self.person.finds(name, self.system)
        except IndexError:
            await self.person.closes()
            raise

    async def _sends_in(self) -> None:
        person = self.person
        id = await person.slack.deliver(person.submission(), "interactive")
        await person.answered((await person.slack.acked(id)).get("payload") or {}, wait=False)


class Talker:
    """Somebody who asks this and that, each thing when the one before has arrived."""

    def __init__(self, world: World, language: str, enough: Callable[[int], bool]) -> None:
        self.world = world
        self.person: Person = world.linked(language)
        self.person.patience = PATIENCE
        self.language = language
        self.enough = enough
        self.said: list[str] = []

    async def acts(self) -> None:
        """Until it is enough."""
        turn = 0
        while not self.enough(turn):
            topics = TALK[self.language]
            await self._says(topics[turn % len(topics)])
            await self._is_answered()
            await self.person.hears()
            if turn % 3 == 0:
                await self._presses()
            turn += 1

    async def _says(self, text: str) -> None:
        message = self.person.wrote(text)
        payload = wrapped(self.person.about(message))
        self.said.append(payload["event_id"])
        await self.person.slack.acked(await self.person.slack.deliver(payload))

    async def _presses(self) -> None:
        pressed = [e for e in self.person.last_pressed() if e["action_id"].startswith("press.")]
        if pressed:
            await self.person.taps_on(self.person.last(), pressed[0])
            await self._is_answered()

    async def _is_answered(self) -> None:
        """All of it: an answer may be several messages, and after a kill one of them may come twice."""
        who, limit = f"slack:%:{self.person.user}", time.monotonic() + PATIENCE
        while any(self.world.rows(query, who) for query in UNFINISHED):
            assert time.monotonic() < limit, f"{self.person.user} is not answered:\n{self.person.chat()}"
            await asyncio.sleep(0.2)


def tokens(calls: list[Call]) -> list[int]:
    """The questions that were shown in a chat, by their number, in the order of the calls."""
    found = (TOKEN.search(" ".join(_values(call.values.get("blocks", [])))) for call in calls)
    return [int(each[1], 16) for each in found if each]


def _values(blocks: list[Block]) -> list[str]:
    return [element.get("value", "") for block in blocks for element in rules.pressed_in(block)]
