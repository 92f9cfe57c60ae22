"""Somebody at a modal: fills in what it shows, sends it in, and sees what Slack then shows."""

from __future__ import annotations

from typing import Any

from tests.bot.channels.slack import rules
from tests.slack.carrier import Warned
from tests.slack.people import Person
from tests.slack.rooms import Block, pressed_in
from tests.slack.service import Slack

View = dict[str, Any]
SENT_IN = ("id", "type", "title", "callback_id", "external_id", "private_metadata", "hash", "blocks")


class FormFiller(Person):
    """Each deed waits for what Slack then shows."""

    def __init__(self, slack: Slack, user: str, language: str = "en", name: str = "") -> None:
        super().__init__(slack, user, language, name)
        self.values: dict[str, dict[str, Any]] = {}
        self.errors: dict[str, str] = {}
        self.form = ""

    @property
    def view(self) -> View:
        """What the modal shows."""
        return self.slack.views[self.form]

    @property
    def is_open(self) -> bool:
        """Whether there is a modal."""
        return self.form in self.slack.views

    async def commands(self, text: str) -> None:
        """A command that opens a form; waits until it asks something."""
        await self.commands_in(text, self.channel().id)
        await self.opened()

    async def opens_as_form(self) -> None:
        """Press *open as form* in the chat."""
        message, element = await self.until(self._opener, "open as form")
        await self.taps_on(message, element)
        await self.opened()

    def _opener(self) -> Any:
        found = ((m, e) for m in reversed(self.news) for e in m.pressed if e["action_id"] == "open")
        return next(found, None)

    async def opened(self) -> None:
        """Wait until a modal opens that asks something."""
        await self.until(lambda: self.slack.modal_of(self.user) not in ("", self.form), "a modal")
        self.form = self.slack.modal_of(self.user)
        await self.until(lambda: self.slack.versions[self.form] > 1, "a modal with something in it")
        self.values, self.errors = {}, {}

    def block(self, name: str, kind: str = "") -> Block:
        """The input of a question."""
        return next(
            block
            for block in self.inputs()
            if block["block_id"].partition("~")[0] == name and kind in ("", block["element"]["type"])
        )

    async def offered(self, name: str, text: str) -> list[Block]:
        """Type in a field that is searched; what is offered."""
        block = self.block(name, "external_select")
        asked = {
            "type": "block_suggestion",
            "action_id": block["element"]["action_id"],
            "block_id": block["block_id"],
            "value": text,
            "container": {"type": "view", "view_id": self.view["id"]},
            **self.who(),
            "view": self._sent(),
        }
        offered = await self._handed(asked, "interactive")
        groups = offered.get("option_groups") or [offered]
        return [option for group in groups for option in group["options"]]

    async def finds(self, name: str, text: str, place: int = 0) -> None:
        """Type in a field that is searched, and choose from what is offered."""
        block, options = self.block(name, "external_select"), await self.offered(name, text)
        chosen = {"type": "external_select", "selected_option": options[place]}
        self.values[block["block_id"]] = {block["element"]["action_id"]: chosen}

    def chooses(self, name: str, *places: int) -> None:
        """Choose options by their place."""
        block = next(
            block
            for block in self.inputs()
            if block["block_id"].partition("~")[0] == name and "options" in block["element"]
        )
        element = block["element"]
        options = [element["options"][place] for place in places]
        several = element["type"] == "multi_static_select"
        given = {"selected_options": options} if several else {"selected_option": options[0]}
        self.values[block["block_id"]] = {element["action_id"]: {"type": element["type"], **given}}

    def types(self, name: str, text: str) -> None:
        """Type words."""
        block = self.block(name, "plain_text_input")
        given = {"type": "plain_text_input", "value": text or None}
        self.values[block["block_id"]] = {block["element"]["action_id"]: given}

    def attaches(self, name: str, file: str, content: bytes, away: int = 0) -> None:
        """Put a photo into a field; so many times Slack cannot hand it out yet."""
        block = self.block(name, "file_input")
        if away:
            self.slack.faults.order("500", "file", times=away)
        sent = self.slack.keep_file(file, content, "image/jpeg")
        given = {"type": "file_input", "files": [sent]}
        self.values[block["block_id"]] = {block["element"]["action_id"]: given}

    def submission(self) -> dict[str, Any]:
        """The modal as it would be sent in now. Slack sends none in that lacks something it must have."""
        assert "submit" in self.view
        for block in self.inputs():
            [given] = self._given(block).values()
            assert block.get("optional") or _filled(given), f"{block['label']['text']!r} must be filled in"
        return {
            "type": "view_submission",
            **self.who(),
            "response_urls": [],
            "view": self._sent(),
        }

    async def submits(self, wait: bool = True) -> None:
        """Send the modal in; when the answer takes long, wait for it as people do."""
        self.mark()
        await self.sent_in(self.submission(), wait=wait)

    async def sent_in(self, submission: dict[str, Any], *, wait: bool = True) -> None:
        """This is sent in, and once more after a warning: the modal is still there."""
        while True:
            id = await self.slack.deliver(submission, "interactive")
            try:
                answer = (await self.slack.acked(id)).get("payload") or {}
            except Warned:
                continue
            break
        await self.answered(answer, wait=wait)

    async def answered(self, answer: dict[str, Any], *, wait: bool = True) -> None:
        """What Slack does with the answer to a form."""
        self.errors = {}
        match answer.get("response_action"):
            case "errors":
                self.errors = answer["errors"]
            case "update":
                self.slack.show(answer["view"])
                version = self.slack.versions[self.form]
                if wait and self.is_waiting():
                    changed = lambda: self.slack.versions[self.form] > version  # noqa: E731
                    await self.until(changed, "what comes of it")
            case _:
                self.slack.close(self.form)

    async def presses(self, action: str) -> None:
        """Press a button by its label; waits until the modal has changed."""
        found = next(
            each
            for each in pressed_in(self.view["blocks"])
            if action in (each["text"]["text"], each.get("accessibility_label"))
        )
        self.mark()
        version = self.slack.versions[self.form]
        where = {"type": "view", "view_id": self.view["id"]}
        await self._acts(found, None, where, view=self._sent())
        await self.until(lambda: self.slack.versions.get(self.form, 0) > version, "another page")

    async def closes(self) -> None:
        """Close the modal."""
        self.mark()
        view = self._sent()
        self.slack.close(self.form)
        payload = {"type": "view_closed", "is_cleared": False, **self.who(), "view": view}
        await self._handed(payload, "interactive")

    def hears_of(self) -> list[str]:
        """The words of the bot in the direct messages."""
        return [message.words for message in self.room.messages.values() if message.mine]

    def inputs(self) -> list[Block]:
        """What can be filled in."""
        return [block for block in self.view["blocks"] if block["type"] == "input"]

    def _given(self, block: Block) -> dict[str, Any]:
        """What stands in an input: what was filled in since it is there, or what stood in it at first."""
        element = block["element"]
        kept = self.values.get(block["block_id"])
        if kept:
            return kept
        first: dict[str, Any] = {"type": element["type"]}
        match element["type"]:
            case "plain_text_input":
                first["value"] = element.get("initial_value")
            case "multi_static_select":
                first["selected_options"] = element.get("initial_options", [])
            case "file_input":
                first["files"] = []
            case _:
                first["selected_option"] = element.get("initial_option")
        return {element["action_id"]: first}

    def is_waiting(self) -> bool:
        """Whether it only says that it is being worked on."""
        words = rules.words_of(self.view["blocks"])
        started = words.startswith(("Een ogenblik", "Un instant", "One moment"))
        return started and "private_metadata" not in self.view and "submit" not in self.view

    def _sent(self) -> View:
        shown = {name: self.view[name] for name in SENT_IN if name in self.view}
        shared = {"team_id": "T1", "app_id": "A1", "bot_id": "B1", "app_installed_team_id": "T1"}
        values = {block["block_id"]: self._given(block) for block in self.inputs()}
        more = {"root_view_id": shown["id"], "previous_view_id": None, "state": {"values": values}}
        return {**shown, **shared, **more}


def _filled(given: dict[str, Any]) -> bool:
    return any(given.get(name) for name in ("value", "selected_option", "selected_options", "files"))
