"""Somebody in a workspace: says, presses, sends, and reads what is shown to them."""

from __future__ import annotations

import asyncio
import itertools
import re
import time
from collections.abc import Callable
from html import escape
from typing import Any

from tests.slack.carrier import PATIENCE, Warned
from tests.slack.rooms import Block, Message, Room, pressed_in, screen, words_in
from tests.slack.service import Slack

_events = itertools.count(1)
_channels = itertools.count(1)


class Person:
    """One person; what they do waits until Slack has handed it over."""

    def __init__(self, slack: Slack, user: str, language: str = "en", name: str = "") -> None:
        self.workspace = self.slack = slack
        self.user = user
        self.language = language
        slack.profiles[user] = {"locale": f"{language}-BE", "name": name or user.lower(), "real_name": name}
        self.room = slack.direct(user)
        self.since = 0
        self.patience = PATIENCE

    # --- what the person does ---

    async def says(self, text: str, room: Room | None = None, **more: Any) -> Person:
        """Type something, in the direct messages unless a room is given."""
        message = self.wrote(escape(text, quote=False), room or self.room, **more)
        await self._event(self.about(message, room or self.room))
        return self

    async def mentions(self, text: str, room: Room, thread: str = "", **more: Any) -> Person:
        """Say something to the bot in a channel."""
        message = self.wrote(f"<@UBOT> {escape(text, quote=False)}", room, thread=thread, **more)
        await self._event({**self.about(message, room), "type": "app_mention"})
        return self

    async def sends(self, *files: tuple[str, bytes, str], text: str = "") -> Person:
        """Send files; words may come with them."""
        kept = [self.slack.keep_file(*file) for file in files]
        message = self.wrote(escape(text, quote=False), self.room, files=kept)
        await self._event(self.about(message, self.room))
        return self

    async def edits(self, text: str) -> Person:
        """Type over the last thing they said."""
        self.mark()
        message = next(m for m in reversed(self.room.messages.values()) if not m.mine)
        before, message.text = message.payload(), escape(text, quote=False)
        now = {**message.payload(), "edited": {"user": self.user, "ts": self.slack.moment()}}
        changed = {"type": "message", "subtype": "message_changed", "hidden": True, "channel": self.room.id}
        more = {"channel_type": "im", "ts": self.slack.moment(), "message": now, "previous_message": before}
        await self._event({**changed, **more})
        return self

    async def taps(self, label: str) -> Person:
        """Press the newest button, or choose the entry, with this in its label; waits until it is there."""
        found = await self.until(lambda: self._pressable(label), f"a button {label!r}")
        return await self.taps_on(*found)

    async def taps_on(self, message: Message, element: Block, chosen: Block | None = None) -> Person:
        """Press something in any message, also in one that has changed since."""
        self.mark()
        where = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": self.room.id,
            "is_ephemeral": False,
            **({"thread_ts": message.thread} if message.thread else {}),
        }
        more = {"channel": {"id": self.room.id, "name": "directmessage"}, "message": message.payload()}
        await self._acts(element, chosen, where, **more, response_url=f"{self.slack.url}/response")
        return self

    async def commands_in(self, text: str, channel: str = "") -> dict[str, Any]:
        """A slash command; what is answered at once."""
        self.mark()
        named = self.slack.rooms[channel].name if channel else "directmessage"
        payload = {
            "token": "verification-token",
            "team_id": "T1",
            "team_domain": "paper",
            "channel_id": channel or self.room.id,
            "channel_name": named,
            "user_id": self.user,
            "user_name": self.user.lower(),
            "command": "/solardesk",
            "text": text,
            "api_app_id": "A1",
            "is_enterprise_install": "false",
            "response_url": f"{self.slack.url}/response",
            "trigger_id": self.slack.trigger(self.user),
        }
        return await self._handed(payload, "slash_commands")

    async def starts(self, shortcut: str) -> Person:
        """A global shortcut."""
        self.mark()
        payload = {"type": "shortcut", "callback_id": shortcut, "action_ts": self.slack.moment()}
        await self._handed({**payload, **self.who()}, "interactive")
        return self

    async def makes_request_of(self, message: Message, room: Room) -> Person:
        """The shortcut of a message."""
        self.mark()
        payload = {
            "type": "message_action",
            "callback_id": "request",
            "action_ts": self.slack.moment(),
            "message_ts": message.ts,
            "message": message.payload(),
            "channel": {"id": room.id, "name": "roofs"},
            "response_url": f"{self.slack.url}/response",
        }
        await self._handed({**payload, **self.who()}, "interactive")
        return self

    async def opens_home(self) -> Block:
        """Look at the Home of the app; waits until it is there."""
        self.slack.homes.pop(self.user, None)
        opened = {"type": "app_home_opened", "user": self.user, "channel": self.room.id, "tab": "home"}
        await self._event({**opened, "event_ts": self.slack.moment()})
        await self.until(lambda: self.user in self.slack.homes, "a home")
        return self.slack.homes[self.user]

    async def taps_at_home(self, label: str) -> Person:
        """Press something on the Home."""
        self.mark()
        home = self.slack.homes[self.user]
        element = next(
            element
            for element in pressed_in(home["blocks"])
            if label in (element["text"]["text"], element.get("accessibility_label"))
        )
        where = {"type": "view", "view_id": home["id"]}
        shown = {name: value for name, value in home.items() if name not in ("order",)}
        await self._acts(element, None, where, view={**shown, "team_id": "T1", "app_id": "A1"})
        return self

    def mark(self) -> None:
        """What is seen from now on is news."""
        self.since = self.slack.order()

    def channel(self, *others: str) -> Room:
        """A new channel in which this person, the bot and others are."""
        id = f"C{next(_channels)}"
        self.slack.rooms[id] = Room(id, {self.user, "UBOT", *others})
        return self.slack.rooms[id]

    # --- what the person sees ---

    @property
    def news(self) -> list[Message]:
        """What the bot posted or changed since the last thing this person did, in that order."""
        fresh = [m for m in self.room.messages.values() if m.mine and m.order > self.since]
        return sorted(fresh, key=lambda message: message.order)

    async def sees(self, *wanted: str) -> Person:
        """The news has all of these words; waits for them."""
        for words in wanted:
            await self.until(lambda words=words: words in self.reads(), repr(words))  # type: ignore[misc]
        return self

    async def hears(self, count: int = 1) -> Person:
        """Wait until the bot has posted or changed so many messages."""
        await self.until(lambda: len(self.news) >= count, f"{count} messages")
        return self

    def reads(self) -> str:
        """The news as a person reads it, with the spaces that a keyboard types."""
        return _typed("\n\n".join(screen(message) for message in self.news))

    def chat(self) -> str:
        """All of the direct messages as they now look."""
        return _typed("\n\n".join(screen(message) for message in self.room.messages.values()))

    def last(self) -> Message:
        """The newest message of the bot."""
        return next(m for m in reversed(self.room.messages.values()) if m.mine)

    def last_pressed(self) -> list[Block]:
        """What can be pressed on it."""
        return self.last().pressed if any(m.mine for m in self.room.messages.values()) else []

    async def number(self) -> str:
        """The first RMA number in the news."""
        found = await self.until(lambda: re.search(r"\b\d{8}\b", self.reads()), "a number")
        return str(found[0])

    # --- what Slack makes of it ---

    def who(self) -> dict[str, Any]:
        """What interactions say about who acts."""
        return {
            "user": {
                "id": self.user,
                "username": self.user.lower(),
                "name": self.user.lower(),
                "team_id": "T1",
            },
            "team": {"id": "T1", "domain": "paper"},
            "enterprise": None,
            "is_enterprise_install": False,
            "api_app_id": "A1",
            "token": "verification-token",
            "trigger_id": self.slack.trigger(self.user),
        }

    def wrote(self, text: str, room: Room | None = None, **more: Any) -> Message:
        """A message stands in a room, before the app hears of it."""
        self.mark()
        room = room or self.room
        ts = self.slack.moment()
        message = Message(ts, self.user, text, self.slack.order(), **more)
        room.messages[ts] = message
        return message

    def about(self, message: Message, room: Room | None = None) -> dict[str, Any]:
        """What an event says about a message."""
        room = room or self.room
        where = {"channel": room.id, "channel_type": room.kind, "event_ts": message.ts}
        return {**message.payload(), **where}

    async def _event(self, event: dict[str, Any]) -> None:
        await self.slack.deliver(wrapped(event))

    async def _acts(
        self, element: Block, chosen: Block | None, container: dict[str, Any], **more: Any
    ) -> None:
        kept = ("type", "action_id", "block_id", "text", "value", "style", "placeholder")
        done = {name: element[name] for name in kept if name in element}
        done |= {"action_ts": self.slack.moment(), **({"selected_option": chosen} if chosen else {})}
        payload = {"type": "block_actions", "container": container, "actions": [done], **self.who()}
        payload["state"] = {"values": {}}
        await self._handed({**payload, **more}, "interactive")

    async def _handed(self, payload: dict[str, Any], kind: str) -> dict[str, Any]:
        """Handed over and confirmed; who sees a warning tries again, as people do."""
        while True:
            try:
                said = await self.slack.acked(await self.slack.deliver(payload, kind))
            except Warned:
                await asyncio.sleep(0.2)
                if "trigger_id" in payload:
                    payload = {**payload, "trigger_id": self.slack.trigger(self.user)}
                continue
            return dict(said.get("payload") or {})

    def _modal(self) -> str:
        """What the newest modal says, and what stands in it beside the words."""
        view = self.slack.views.get(self.slack.modal_of(self.user), {})
        blocks = view.get("blocks", [])
        kinds = [block["type"] for block in blocks]
        return f"{words_in(blocks)}\n{kinds} {view.get('submit')} {view.get('private_metadata')}"

    def _pressable(self, label: str) -> tuple[Message, Block, Block | None] | None:
        found = [
            (message, element, option)
            for message in reversed(self.news)
            for element in message.pressed
            for option in (element.get("options") or [None])
        ]
        named = [((option or element)["text"]["text"], (m, element, option)) for m, element, option in found]
        exact = (each for text, each in named if _typed(text) == label)
        partly = (each for text, each in named if label in _typed(text))
        return next(exact, None) or next(partly, None)

    async def until(self, truth: Callable[[], Any], what: str) -> Any:
        """Wait until something is so; what is shown is told when it is not."""
        try:
            await self.slack.until(truth, self.patience)
        except TimeoutError:
            shown = f"{self.reads()}\n--- the chat:\n{self.chat()}\n--- the modal:\n{self._modal()}"
            raise AssertionError(f"{what} is not in:\n{shown}\n--- {self.slack.violations}") from None
        return truth()


def wrapped(event: dict[str, Any]) -> dict[str, Any]:
    """An event as Slack sends it."""
    number = next(_events)
    allowed = {"enterprise_id": None, "team_id": "T1", "user_id": "UBOT", "is_bot": True}
    return {
        "token": "verification-token",
        "team_id": "T1",
        "api_app_id": "A1",
        "type": "event_callback",
        "event_id": f"Ev{number:08d}",
        "event_time": int(time.time()),
        "event_context": f"4-context-{number}",
        "is_ext_shared_channel": False,
        "authorizations": [{**allowed, "is_enterprise_install": False}],
        "event": event,
    }


def _typed(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")
