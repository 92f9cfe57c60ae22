"""Somebody whose work opens forms: what they fill in, and what they then see in the form and in the chat."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from pathlib import Path

from storage import people
from storage.moments import micros
from storage.unit_of_work import Connection
from tests.conversations.chats import PATIENCE, Chat
from tests.slack import written
from tests.slack.carried import SlackChat, SlackWorld
from tests.slack.rooms import Block, pressed_in
from tests.telegram.journeys import words


class FormWorld(SlackWorld):
    """A Slack that opens forms."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, trigger_seconds=30.0)

    def open(self, name: str, locale: str) -> FormChat:
        return FormChat(self, name, locale)

    def linked(self, locale: str, email: str = "") -> FormChat:
        """Somebody who was linked before: the sample installer of that language, or who has that mailbox."""
        chat = self.open(locale, locale)

        def link(connection: Connection) -> None:
            installer = people.with_email(connection, email or self.people[locale])
            assert installer
            people.link(connection, chat.key, installer.id, micros(self.clock.now()))

        self.run(self.app.uow.write(link))
        return chat


class FormChat(SlackChat):
    """Deeds in a form, each by the name of its question; what the person does in the chat is as ever."""

    def __init__(self, world: SlackWorld, name: str, locale: str) -> None:
        super().__init__(world, name, locale)
        self._filled: list[str] = []
        self._version = 0

    def commands(self, text: str, channel: str = "") -> FormChat:
        """A command, in the direct messages or in a channel."""
        return self._does_it(self.person.commands_in(text, channel), f"/solardesk {text}")

    def begins_at_home(self, label: str) -> FormChat:
        """Open the Home of the app and press something there, by its English label."""
        said = words(self.locale, label)
        self.world.run(self.person.opens_home())
        return self._does_it(self._opens(self.person.taps_at_home(said)), f"Home: [{said}]")

    async def _opens(self, press: Awaitable[object]) -> None:
        await press
        await self.person.opened()

    def finds(self, name: str, text: str, place: int = 0) -> FormChat:
        """Type in a field that is searched, and choose from what is offered."""
        self.world.run(self.person.finds(name, text, place))
        [given] = self.person.values[self._blocks(name)[0]["block_id"]].values()
        return self._fills(name, given["selected_option"]["text"]["text"])

    def chooses(self, name: str, *places: int) -> FormChat:
        """Choose options by their place."""
        self.person.chooses(name, *places)
        options = next(block for block in self._blocks(name) if "options" in block["element"])
        return self._fills(name, *(options["element"]["options"][place]["text"]["text"] for place in places))

    def types(self, name: str, text: str) -> FormChat:
        """Type words."""
        self.person.types(name, text)
        return self._fills(name, text if len(text) < 200 else f"{text[:20]}… ({len(text)} characters)")

    def attaches(self, name: str, file: str, content: bytes) -> FormChat:
        """Put a photo into a field."""
        self.person.attaches(name, file, content)
        asked = self.person.block(name, "file_input")["label"]["text"]
        self._filled.append(f"*{asked}* {file}")
        return self

    def submits(self) -> FormChat:
        """Send the form in."""
        label = self.person.view["submit"]["text"]
        filled, self._filled = self._filled, []
        return self._does_it(self.person.submits(), "; ".join([*filled, f"[{label}]"]))

    def taps(self, label: str) -> FormChat:
        """Press a button of the form, by its English label or what stands beside it; it may say how many."""
        said = words(self.locale, label)
        shown = (button["text"]["text"] for button in pressed_in(self.person.view["blocks"]))
        said = next((text for text in shown if text.startswith(f"{said} (")), said)
        return self._does_it(self.person.presses(said), f"[{said}]")

    def closes(self) -> FormChat:
        """Close the form."""
        return self._does_it(self.person.closes(), "(closes the form)")

    def opens_as_form(self) -> FormChat:
        """Press *open as form* in the chat, however long it has stood there."""
        self.person.since = 0
        return self._does_it(self.person.opens_as_form(), f"[{words(self.locale, 'Open as form')}]")

    @property
    def shown(self) -> str:
        """What the form says now."""
        return written.view(self.person.view, self.person.errors)

    def _fills(self, name: str, *given: str) -> FormChat:
        asked = self._blocks(name)[0]["label"]["text"]
        self._filled.append(f"*{asked}* {', '.join(given)}")
        return self

    def _blocks(self, name: str) -> list[Block]:
        return [block for block in self.person.inputs() if block["block_id"].partition("~")[0] == name]

    def _does_it(self, deed: Awaitable[object], words: str) -> FormChat:
        before = len(self._all())
        self.world.run(deed)
        self.world.run(asyncio.wait_for(self._settled(), PATIENCE))
        self._reads(words, before)
        return self

    def _reads(self, words: str, before: int) -> Chat:
        super()._reads(words, before)
        form = self.slack.modal_of(self.person.user)
        if form not in ("", self.person.form):
            self.person.form, self.person.values, self.person.errors = form, {}, {}
        if form:
            self.pages[-1][1].insert(0, self.shown)
        return self
