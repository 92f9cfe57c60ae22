"""Somebody at a modal of the real process, and Slack as it keeps modals: by name, until they are closed."""

from __future__ import annotations

import datetime
import itertools
from pathlib import Path
from typing import Any

from aiohttp import web

from storage import people
from storage.moments import micros
from storage.unit_of_work import open_engine
from tests.bot.channels.slack import rules
from tests.bot.channels.slack.workspace import Workspace

View = dict[str, Any]


class Modals(Workspace):
    """A workspace that keeps modals and refuses what does not fit in one."""

    def __init__(self, locale: str = "nl-BE") -> None:
        super().__init__()
        self.locale = locale
        self.views: dict[str, View] = {}
        self.versions: dict[str, int] = {}
        self._hashes = itertools.count(1)

    def show(self, view: View) -> None:
        """A modal is opened or changed."""
        rules.view(view)
        self.views[view["external_id"]] = {**view, "hash": f"{next(self._hashes)}.0"}
        self.versions[view["external_id"]] = self.versions.get(view["external_id"], 0) + 1

    def close(self, form: str) -> View:
        """Somebody closes a modal."""
        return self.views.pop(form)

    def _answer(self, method: str, values: dict[str, Any]) -> dict[str, Any]:
        match method:
            case "users.info":
                found = {"id": values["user"], "locale": self.locale, "tz": "Europe/Brussels"}
                return {"user": found}
            case "views.open":
                self.show(values["view"])
            case "views.update":
                if values["external_id"] not in self.views:
                    return {"ok": False, "error": "not_found"}
                self.show(values["view"])
            case "chat.postMessage" | "chat.update":
                rules.message(values["text"], values["blocks"])
        return super()._answer(method, values)


class Person:
    """Works in Slack; each deed waits for what Slack then shows."""

    def __init__(self, workspace: Modals, user: str) -> None:
        self.workspace = workspace
        self.user = user
        self.form = ""
        self.values: dict[str, dict[str, Any]] = {}
        self.errors: dict[str, str] = {}
        self._numbers = itertools.count(1)

    @property
    def view(self) -> View:
        """What the modal shows."""
        return self.workspace.views[self.form]

    @property
    def is_open(self) -> bool:
        """Whether there is a modal."""
        return self.form in self.workspace.views

    async def commands(self, text: str) -> None:
        """A command that opens a form; waits until it asks something."""
        before = set(self.workspace.views)
        given = {"command": "/solardesk", "text": text, "user_id": self.user, "team_id": "T1"}
        id = await self.workspace.deliver(
            {**given, "channel_id": "C1", "trigger_id": self._trigger()}, "slash_commands"
        )
        await self.workspace.acked(id)
        await self._opened(before)

    async def opens_as_form(self, button: dict[str, Any]) -> None:
        """Press *open as form* in the chat."""
        before = set(self.workspace.views)
        done = {
            **{name: button[name] for name in ("type", "action_id", "value")},
            "action_ts": self._trigger(),
        }
        payload = {"type": "block_actions", **self._who(), "actions": [done]}
        container = {"type": "message", "message_ts": "1.1", "channel_id": "D1"}
        id = await self.workspace.deliver({**payload, "container": container}, "interactive")
        await self.workspace.acked(id)
        await self._opened(before)

    async def _opened(self, before: set[str]) -> None:
        await self.workspace.until(lambda: set(self.workspace.views) - before)
        [self.form] = set(self.workspace.views) - before
        await self.workspace.until(lambda: self.workspace.versions[self.form] > 1)
        self.values = {}

    def block(self, name: str, kind: str = "") -> dict[str, Any]:
        """The input of a question."""
        return next(
            block
            for block in self.view["blocks"]
            if block["type"] == "input"
            and block["block_id"].partition("~")[0] == name
            and kind in ("", block["element"]["type"])
        )

    async def finds(self, name: str, text: str, place: int = 0) -> None:
        """Type in a field that is searched, and choose from what is offered."""
        block = self.block(name, "external_select")
        asked = {
            "type": "block_suggestion",
            "action_id": block["element"]["action_id"],
            "block_id": block["block_id"],
            "value": text,
            **self._who(),
            "view": self._view(),
        }
        id = await self.workspace.deliver(asked, "interactive")
        offered = (await self.workspace.acked(id))["payload"]
        groups = offered.get("option_groups") or [offered]
        options = [option for group in groups for option in group["options"]]
        assert 1 <= len(options) <= 100
        chosen = {"type": "external_select", "selected_option": options[place]}
        self.values[block["block_id"]] = {block["element"]["action_id"]: chosen}

    def chooses(self, name: str, *places: int) -> None:
        """Choose options by their place."""
        block = next(
            block
            for block in self.view["blocks"]
            if block["type"] == "input"
            and block["block_id"].partition("~")[0] == name
            and "options" in block["element"]
        )
        element = block["element"]
        options = [element["options"][place] for place in places]
        several = element["type"] == "multi_static_select"
        given = {"selected_options": options} if several else {"selected_option": options[0]}
        self.values[block["block_id"]] = {element["action_id"]: {"type": element["type"], **given}}

    def types(self, name: str, text: str) -> None:
        """Type words."""
        block = self.block(name, "plain_text_input")
        given = {"type": "plain_text_input", "value": text}
        self.values[block["block_id"]] = {block["element"]["action_id"]: given}

    def attaches(self, name: str, file: str, content: bytes, away: int = 0) -> None:
        """Put a photo into a field; so many times Slack cannot hand it out yet."""
        block = self.block(name, "file_input")
        answers = [web.Response(status=503)] * away

        def hand_out(_request: web.Request) -> web.Response:
            return web.Response(status=answers.pop().status) if answers else web.Response(body=content)

        self.workspace.files[file] = hand_out
        sent = {
            "id": f"F{file}",
            "name": file,
            "mimetype": "image/jpeg",
            "size": len(content),
            "url_private_download": f"{self.workspace.url}/files/{file}",
        }
        self.values[block["block_id"]] = {
            block["element"]["action_id"]: {"type": "file_input", "files": [sent]}
        }

    def submission(self) -> dict[str, Any]:
        """The modal as it would be sent in now."""
        assert "submit" in self.view
        state = {name: given for name, given in self.values.items() if name in self._names()}
        return {
            "type": "view_submission",
            **self._who(),
            "view": {**self._view(), "state": {"values": state}},
        }

    async def submits(self, wait: bool = True) -> None:
        """Send the modal in; when the answer takes long, wait for it as people do."""
        id = await self.workspace.deliver(self.submission(), "interactive")
        await self.sees((await self.workspace.acked(id)).get("payload") or {}, wait=wait)

    async def sees(self, answer: dict[str, Any], *, wait: bool = True) -> None:
        """What Slack does with the answer to a form."""
        self.errors = {}
        match answer.get("response_action"):
            case "errors":
                assert set(answer["errors"]) <= self._names()
                self.errors = answer["errors"]
            case "update":
                self.workspace.show(answer["view"])
                version = self.workspace.versions[self.form]
                if (
                    wait
                    and "private_metadata" not in self.view
                    and "submit" not in self.view
                    and self._waits()
                ):
                    await self.workspace.until(lambda: self.workspace.versions[self.form] > version)
            case _:
                self.workspace.close(self.form)

    async def presses(self, action: str) -> None:
        """Press a button by the start of its action or its label; waits until the modal has changed."""
        pressed = [each for block in self.view["blocks"] for each in rules.pressed_in(block)]
        found = next(
            each for each in pressed if action in (each["text"]["text"], each.get("accessibility_label"))
        )
        done = {
            "type": "button",
            "action_id": found["action_id"],
            "value": found["value"],
            "action_ts": self._trigger(),
        }
        version = self.workspace.versions[self.form]
        payload = {"type": "block_actions", **self._who(), "view": self._view(), "actions": [done]}
        container = {"type": "view", "view_id": self._view()["id"]}
        id = await self.workspace.deliver({**payload, "container": container}, "interactive")
        await self.workspace.acked(id)
        await self.workspace.until(lambda: self.workspace.versions[self.form] > version)

    async def closes(self) -> None:
        """Close the modal."""
        view = self._view()
        self.workspace.close(self.form)
        payload = {"type": "view_closed", **self._who(), "view": view}
        await self.workspace.acked(await self.workspace.deliver(payload, "interactive"))

    def hears(self) -> list[str]:
        """The words of the messages in the direct messages of this person."""
        posted = self.workspace.called("chat.postMessage")
        return [values["text"] for values in posted if values["channel"] == self.user]

    def _waits(self) -> bool:
        words = [e["text"] for e in self.view["blocks"][0]["elements"][0]["elements"]]
        return any(word.startswith(("Een ogenblik", "Un instant", "One moment")) for word in words)

    def _names(self) -> set[str]:
        return {block["block_id"] for block in self.view["blocks"] if block["type"] == "input"}

    def _view(self) -> View:
        kept = ("type", "callback_id", "external_id", "private_metadata", "hash")
        return {"id": f"V{self.form}", **{name: self.view[name] for name in kept if name in self.view}}

    def _who(self) -> dict[str, Any]:
        return {"user": {"id": self.user}, "team": {"id": "T1"}, "trigger_id": self._trigger()}

    def _trigger(self) -> str:
        return f"{self.user}.{next(self._numbers)}"


def links(folder: Path, user: str, email: str) -> None:
    """This person was linked before."""
    engine = open_engine(f"sqlite:///{folder / 'solardesk.db'}")
    with engine.begin() as connection:
        installer = people.with_email(connection, email)
        assert installer
        people.link(
            connection, f"slack:-:T1:{user}", installer.id, micros(datetime.datetime.now(datetime.UTC))
        )
    engine.dispose()
