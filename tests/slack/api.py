"""What the methods of the Web API do: rooms, messages, modals, Homes, people and files."""

from __future__ import annotations

import itertools
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.slack.methods import Refused, Values, checked_view, wrong
from tests.slack.rooms import Message, Room, with_ids
from tests.slack.uploads import Uploads

View = dict[str, Any]


@dataclass
class Trigger:
    """What lets an app open one modal, for a moment."""

    user: str
    until: float
    used: bool = False


class Api:
    """The state of a workspace."""

    url: str

    def __init__(self, locale: str) -> None:
        self.locale = locale
        self.profiles: dict[str, dict[str, Any]] = {}
        self.rooms: dict[str, Room] = {}
        self.views: dict[str, View] = {}
        """Modals that are open, by our own name for them, and how often each was shown."""
        self.versions: dict[str, int] = {}
        self.homes: dict[str, View] = {}
        self.triggers: dict[str, Trigger] = {}
        self.trigger_seconds = 30.0
        """Slack gives three."""
        self.kept: dict[str, bytes] = {}
        self.uploads = Uploads()
        self.removed = False
        """Whether the app was taken out of the workspace."""
        self._orders = itertools.count(1)
        self._moments = itertools.count(1)

    # --- what happens in the workspace ---

    def order(self) -> int:
        """Goes up with everything that happens."""
        return next(self._orders)

    def moment(self) -> str:
        """A new timestamp."""
        return f"{int(time.time())}.{next(self._moments):06d}"

    def direct(self, user: str) -> Room:
        """The direct messages of a person with the bot."""
        return self.rooms.setdefault(user.replace("U", "D", 1), Room(user.replace("U", "D", 1), {user}))

    def trigger(self, user: str) -> str:
        """The right to open one modal."""
        name = f"{next(self._orders)}.{secrets.token_hex(6)}"
        self.triggers[name] = Trigger(user, time.monotonic() + self.trigger_seconds)
        return name

    def show(self, view: View, user: str = "") -> None:
        """A modal is opened or changed."""
        checked_view(view)
        name = view["external_id"]
        old = self.views.get(name, {})
        self.views[name] = {
            **view,
            "blocks": with_ids(view["blocks"]),
            "id": old.get("id", f"V{next(self._orders)}"),
            "hash": f"{int(time.time())}.{secrets.token_hex(4)}",
            "user": user or old.get("user", ""),
        }
        self.versions[name] = self.versions.get(name, 0) + 1

    def close(self, form: str) -> View:
        """Somebody closes a modal."""
        return self.views.pop(form)

    def modal_of(self, user: str) -> str:
        """The modal that a person sees; "" when there is none."""
        return next((name for name, view in reversed(self.views.items()) if view["user"] == user), "")

    def keep_file(self, name: str, content: bytes, mime: str) -> dict[str, Any]:
        """Somebody uploads a file."""
        id = f"F{next(self._orders):06d}"
        self.kept[id] = content
        return {
            "id": id,
            "name": name,
            "title": name,
            "mimetype": mime,
            "filetype": name.rpartition(".")[2],
            "mode": "hosted",
            "size": len(content),
            "url_private": f"{self.url}/files/{id}",
            "url_private_download": f"{self.url}/files/{id}",
            "permalink": f"https://paper.slack.com/files/U1/{id}/{name}",
            "user_team": "T1",
        }

    # --- what the app asks ---

    def perform(self, method: str, values: Values) -> dict[str, Any]:
        """The answer to a call whose values are known to be right. Raises Refused."""
        if method == "auth.test":
            return {"user": "solardesk", "team": "Paper", "user_id": "UBOT", "team_id": "T1", "bot_id": "B1"}
        does: dict[str, Callable[[Values], dict[str, Any]]] = {
            "users.info": self._profile,
            "chat.postMessage": self._post,
            "chat.update": self._update,
            "chat.postEphemeral": self._whisper,
            "conversations.info": self._info,
            "conversations.open": lambda values: {"channel": {"id": self.direct(values["users"]).id}},
            "files.getUploadURLExternal": lambda values: self.uploads.ticket(values, self.url),
            "files.completeUploadExternal": self._hand_out,
            "views.open": self._open,
            "views.update": self._change,
            "views.publish": self._publish,
        }
        return does[method](values) if method in does else {}

    def _profile(self, values: Values) -> dict[str, Any]:
        user = values["user"]
        known = {"id": user, "team_id": "T1", "tz": "Europe/Brussels", "tz_offset": 3600, "is_bot": False}
        language = {"locale": self.locale} if values.get("include_locale") in (True, "true", "1") else {}
        more = self.profiles.get(user, {})
        shown = {n: v for n, v in more.items() if n != "locale" or language}
        return {"user": {**known, **language, **shown}}

    def _room(self, channel: str) -> Room:
        if channel.startswith("U"):
            return self.direct(channel)
        if channel not in self.rooms:
            raise wrong("channel_not_found", channel)
        return self.rooms[channel]

    def _info(self, values: Values) -> dict[str, Any]:
        room = self._room(values["channel"])
        if room.private and "UBOT" not in room.members:
            raise Refused("channel_not_found")
        shown = {
            "id": room.id,
            "name": room.name,
            "is_member": "UBOT" in room.members,
            "is_private": room.private,
            "is_archived": room.archived,
            "is_ext_shared": room.shared,
            "is_pending_ext_shared": False,
        }
        return {"channel": shown}

    def _post(self, values: Values) -> dict[str, Any]:
        room = self._room(values["channel"])
        if room.archived:
            raise Refused("is_archived")
        if "UBOT" not in room.members and room.kind != "im":
            raise Refused("not_in_channel")
        ts = self.moment()
        blocks = with_ids(values.get("blocks", []))
        thread = values.get("thread_ts", "")
        room.messages[ts] = Message(ts, "UBOT", values["text"], self.order(), True, blocks, thread=thread)
        return {"channel": room.id, "ts": ts, "message": room.messages[ts].payload()}

    def _hand_out(self, values: Values) -> dict[str, Any]:
        if values["channel_id"].startswith(("U", "W")):
            raise wrong("channel_not_found", "a file is shown in a room")
        room, ts = self._room(values["channel_id"]), self.moment()
        files = [self.uploads.shown(each) for each in values["files"]]
        text, thread = values.get("initial_comment", ""), values.get("thread_ts", "")
        room.messages[ts] = Message(ts, "UBOT", text, self.order(), True, files=files, thread=thread)
        return {"files": files}

    def _update(self, values: Values) -> dict[str, Any]:
        if not values["channel"].startswith(("D", "C")):
            raise wrong("channel_not_found", "a message is changed in the room where it stands")
        message = self._room(values["channel"]).messages.get(values["ts"])
        if message is None:
            raise Refused("message_not_found")
        if not message.mine:
            raise wrong("cant_update_message", values["ts"])
        message.text, message.blocks = values["text"], with_ids(values["blocks"])
        message.order, message.edited = self.order(), self.moment()
        return {"channel": values["channel"], "ts": message.ts, "text": message.text}

    def _whisper(self, values: Values) -> dict[str, Any]:
        room, ts = self._room(values["channel"]), self.moment()
        if values["user"] not in room.members:
            raise wrong("user_not_in_channel", values["user"])
        room.messages[ts] = Message(
            ts, "UBOT", values["text"], self.order(), True, thread=values.get("thread_ts", ""),
            blocks=with_ids(values["blocks"]), only_for=values["user"],
        )  # fmt: skip
        return {"message_ts": ts}

    def _open(self, values: Values) -> dict[str, Any]:
        trigger = self.triggers.get(values["trigger_id"])
        if trigger is None:
            raise wrong("invalid_trigger_id", values["trigger_id"])
        if trigger.until < time.monotonic():
            raise Refused("expired_trigger_id")
        if trigger.used:
            raise wrong("exchanged_trigger_id", values["trigger_id"])
        if values["view"].get("external_id") in self.views:
            raise wrong("duplicate_external_id", values["view"]["external_id"])
        trigger.used = True
        self.show(values["view"], trigger.user)
        return {"view": self.views[values["view"]["external_id"]]}

    def _change(self, values: Values) -> dict[str, Any]:
        named = values.get("external_id")
        known = [
            name for name, view in self.views.items() if name == named or view["id"] == values.get("view_id")
        ]
        if not known:
            raise Refused("not_found")
        if values["view"].get("external_id", known[0]) != known[0]:
            raise wrong("invalid_arguments", "a modal keeps its name")
        if values.get("hash", self.views[known[0]]["hash"]) != self.views[known[0]]["hash"]:
            raise Refused("hash_conflict")
        self.show({"external_id": known[0], **values["view"]})
        return {"view": self.views[known[0]]}

    def _publish(self, values: Values) -> dict[str, Any]:
        view, user = values["view"], values["user_id"]
        checked_view(view)
        if values.get("hash", self.homes.get(user, {}).get("hash")) != self.homes.get(user, {}).get("hash"):
            raise Refused("hash_conflict")
        shown = {**view, "blocks": with_ids(view["blocks"]), "id": f"VH{user}", "hash": secrets.token_hex(5)}
        self.homes[user] = {**shown, "order": self.order()}
        return {"view": self.homes[user]}
