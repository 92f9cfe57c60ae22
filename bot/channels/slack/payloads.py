"""The part of a payload that we read; everything else in it is left alone, so that news does no harm."""

from __future__ import annotations

import json
from typing import Any, Final

import msgspec
from msgspec import Struct, structs

from bot.ports import Malformed
from bot.shapes import reader
from bot.storable import storable

SECRETS: Final = frozenset({"token", "bot_access_token"})
"""What Slack sends along and nobody needs to keep."""


class Named(Struct, frozen=True):
    """Something with an id."""

    id: str = ""
    enterprise_id: str = ""
    domain: str = ""


class SlackFile(Struct, frozen=True):
    """A file in a message or in a form."""

    id: str = ""
    name: str = ""
    mimetype: str = ""
    size: int = 0
    mode: str = ""
    url_private: str = ""
    url_private_download: str = ""


class Edit(Struct, frozen=True):
    """That a person changed a message."""


class Message(Struct, frozen=True):
    """A message, and what an event of the kind "message" says about one."""

    type: str = ""
    subtype: str = ""
    channel: str = ""
    channel_type: str = ""
    user: str = ""
    bot_id: str = ""
    text: str = ""
    ts: str = ""
    thread_ts: str = ""
    files: tuple[SlackFile, ...] = ()
    message: Message | None = None
    edited: Edit | None = None


class Authorization(Struct, frozen=True):
    """For which installation an event is meant."""

    enterprise_id: str = ""
    team_id: str = ""
    user_id: str = ""


class Option(Struct, frozen=True):
    """An entry of a select."""

    value: str = ""


class Action(Struct, frozen=True):
    """What was pressed or chosen."""

    type: str = ""
    action_id: str = ""
    block_id: str = ""
    action_ts: str = ""
    value: str = ""
    selected_option: Option | None = None


class Container(Struct, frozen=True):
    """Where it was pressed."""

    message_ts: str = ""
    channel_id: str = ""
    view_id: str = ""
    thread_ts: str = ""


class View(Struct, frozen=True):
    """A modal or a Home as Slack shows it; `external_id` is our own name for it."""

    id: str = ""
    type: str = ""
    external_id: str = ""
    private_metadata: str = ""
    hash: str = ""
    state: dict[str, Any] = {}


class Payload(Struct, frozen=True):
    """Whatever Slack sends: an event, an interaction or a command."""

    type: str = ""
    event_id: str = ""
    enterprise_id: str = ""
    team_id: str = ""
    authorizations: tuple[Authorization, ...] = ()
    event: Message | None = None
    enterprise: Named | None = None
    team: Named | None = None
    user: Named | None = None
    channel: Named | None = None
    trigger_id: str = ""
    action_ts: str = ""
    block_id: str = ""
    value: str = ""
    actions: tuple[Action, ...] = ()
    container: Container | None = None
    message: Message | None = None
    view: View | None = None
    command: str = ""
    text: str = ""
    user_id: str = ""
    channel_id: str = ""
    channel_name: str = ""
    api_app_id: str = ""

    def enterprise_of(self) -> str:
        """The Enterprise Grid organisation, where there is one."""
        named = (self.enterprise and self.enterprise.id) or (self.team and self.team.enterprise_id)
        return self.enterprise_id or named or next((each.enterprise_id for each in self.authorizations), "")

    def team_of(self) -> str:
        """The workspace."""
        named = self.team.id if self.team else ""
        return self.team_id or named or next((each.team_id for each in self.authorizations), "")

    def bot_of(self) -> str:
        """Who we are there; "" where it is not said."""
        return next((each.user_id for each in self.authorizations), "")

    def user_of(self) -> str:
        """Who acted; "" when nobody did."""
        if self.event:
            inner = self.event.message
            return self.event.user or (inner.user if inner else "")
        return (self.user.id if self.user else "") or self.user_id

    def thread_of(self) -> str:
        """The thread of the direct messages that somebody acted in; "" outside of threads (UX 30)."""
        if self.event and self.event.channel_type == "im":
            said, within = self.event.ts, self.event.thread_ts
        elif self.container and self.container.channel_id.startswith("D"):
            said, within = self.container.message_ts, self.container.thread_ts
        else:
            return ""
        return within if within != said else ""  # what began a thread stands outside of it


class Known(Struct, frozen=True):
    """What the edge knew: the language of the person, the link of the channel that a command is about, and
    the RMA of the thread in which we were named.
    """

    locale: str = ""
    room: str = ""
    rma: str = ""


NOTHING: Final = Known()


class Stored(Struct, frozen=True):
    """What the inbox keeps: the payload, and what the edge knew."""

    payload: dict[str, Any]
    locale: str = ""
    room: str = ""
    rma: str = ""

    @property
    def known(self) -> Known:
        """What the edge knew."""
        return Known(self.locale, self.room, self.rma)


_payload = reader(Payload)
_stored = msgspec.json.Decoder(Stored)


def cleaned(data: Any) -> dict[str, Any]:
    """An object without secrets, nulls and what no database keeps. Raises Malformed."""
    if not isinstance(data, dict):
        raise Malformed("no object")
    try:
        kept = {name: value for name, value in data.items() if name not in SECRETS}
        return storable(_without_nulls(kept))
    except RecursionError:
        raise Malformed("too deep") from None


def parsed(data: dict[str, Any]) -> Payload:
    """The part that we read. Raises Malformed."""
    try:
        return _payload(data)
    except (ValueError, RecursionError) as problem:
        raise Malformed(type(problem).__name__) from None


def kept(data: dict[str, Any], known: Known = NOTHING) -> bytes:
    """What the inbox keeps."""
    # Not msgspec: numbers may have any size here.
    return json.dumps({"payload": data, **structs.asdict(known)}, ensure_ascii=False).encode()


def stored(raw: bytes) -> Stored:
    """What the inbox kept. Raises Malformed."""
    try:
        return _stored.decode(raw)
    except (ValueError, RecursionError) as problem:
        raise Malformed(type(problem).__name__) from None


def _without_nulls(data: Any) -> Any:
    match data:
        case dict():
            return {name: _without_nulls(value) for name, value in data.items() if value is not None}
        case list():
            return [_without_nulls(item) for item in data if item is not None]
        case _:
            return data
