"""From a payload to what is stored of it, and from that to an event: pure, and never surprised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from msgspec import structs

from bot.channels.slack import forms, payloads, rooms, words
from bot.channels.slack.kit import LINK, cut
from bot.channels.slack.payloads import Action, Known, Message, Payload, SlackFile
from bot.channels.slack.places import NAME, NOBODY, Place, conversation_of
from bot.channels.slack.reading import plain, without_the_mention
from bot.ports import Aside, Malformed, RawFile, Received, Unreachable
from bot.understanding.shortcuts import COMMANDS, start
from flows.catalog import FLOWS
from flows.engine.data import Started
from flows.engine.events import Content, Continued, Event, Pressed, Said, Sent

EVENTS: Final = ("message", "app_mention")
INTERACTIONS: Final = ("block_actions", "view_submission", "view_closed", "shortcut", "message_action")
TALK: Final = frozenset({"", "file_share", "thread_broadcast", "me_message"})
"""The kinds of message that people send; all others are notices."""
PRESSED: Final = frozenset({"button", "static_select", "overflow", "radio_buttons"})
DESCRIBED: Final = 2000
"""The longest description that a request takes."""
_KINDS: Final = (("image/", "image"), ("audio/", "voice"), ("video/", "video"))


def stored(data: dict[str, Any], now: datetime) -> Received | None:
    """What to keep of a payload. None: it is of no use, and only confirmed.

    One that nobody can read is kept too: it is put in quarantine when its turn comes.
    """
    if not _of_a_kind(data):
        return None
    body = payloads.kept(data)
    try:
        payload = payloads.parsed(data)
        if payload.event and not _meant_for_us(payload.event):
            return None
        files = tuple(_files(payload))
        return Received(NAME, key_of(payload, body), _conversation(payload), body, now, files)
    except Malformed:
        return Received(NAME, f"?:{_digest(body)}", conversation_of("", "", NOBODY), body, now)


def opened_home(data: dict[str, Any]) -> str:
    """Who opened their Home; "" when nobody did."""
    inner = data.get("event")
    if not isinstance(inner, dict) or inner.get("type") != "app_home_opened" or inner.get("tab") != "home":
        return ""
    return _conversation(payloads.parsed(data))


def left(data: dict[str, Any]) -> Place | None:
    """The workspace that removed the app, or took its token back."""
    inner = data.get("event")
    if not isinstance(inner, dict):
        return None
    tokens = inner.get("tokens")
    revoked = inner.get("type") == "tokens_revoked" and isinstance(tokens, dict) and bool(tokens.get("bot"))
    if inner.get("type") != "app_uninstalled" and not revoked:
        return None
    payload = payloads.parsed({name: value for name, value in data.items() if name != "event"})
    return Place(payload.enterprise_of(), payload.team_of(), "")


def with_knowledge(received: Received, data: dict[str, Any], known: Known) -> Received:
    """The same, with what the edge knows about it."""
    return structs.replace(received, payload=payloads.kept(data, known))


def event(received: Received) -> Event:
    """The event in a stored payload. Raises Malformed, and Aside when there is none."""
    kept = payloads.stored(received.payload)
    payload = payloads.parsed(kept.payload)
    if payload.event and payload.event.type in rooms.ENDED:
        raise Unreachable
    user = payload.user_of()
    if not user:
        raise Aside
    content = _content(payload, kept.known)
    return Event(
        id=received.key,
        conversation=received.conversation,
        sender=conversation_of(payload.enterprise_of(), payload.team_of(), user),
        at=received.at,
        content=content,
        locale=kept.locale,
        form=forms.place(payload, content),
        reply_to=payload.thread_of(),
    )


def opens(payload: Payload) -> str:
    """Our name for the form that this opens, "" when it opens none: the answer comes in the chat."""
    try:
        return forms.opened_by(payload, _content(payload, Known()))
    except (Aside, Malformed):
        return ""


def key_of(payload: Payload, body: bytes) -> str:
    """The same when Slack delivers again."""
    user, view = payload.user_of(), payload.view
    if payload.event_id:
        return f"E:{payload.event_id}"
    if payload.type == "view_submission" and view:
        return f"V:{user}:{view.id}:{view.hash}:{forms.fingerprint(payload)}"
    if payload.type == "view_closed" and view:
        return f"C:{user}:{view.id}"
    if payload.actions:
        action = payload.actions[0]
        where = payload.container.message_ts or payload.container.view_id if payload.container else ""
        return f"A:{user}:{where}:{action.action_ts}:{action.action_id}"
    return f"T:{payload.trigger_id}" if payload.trigger_id else f"?:{_digest(body)}"


def _of_a_kind(data: dict[str, Any]) -> bool:
    """Whether anything can follow from it; Slack sends more when an app is set up freely."""
    inner = data.get("event")
    if isinstance(inner, dict):
        return inner.get("type") in EVENTS or inner.get("type") in rooms.ENDED
    if isinstance(actions := data.get("actions"), list) and any(map(_only_links, actions)):
        return False
    return data.get("type") in INTERACTIONS or "command" in data


def _only_links(action: Any) -> bool:
    """Whether it was a button that leads to our direct messages."""
    return isinstance(action, dict) and action.get("action_id") == LINK


def _meant_for_us(said: Message) -> bool:
    """Whether a person says something to the bot: in a direct message, or by its name."""
    if said.type in rooms.ENDED:
        return True
    if said.type == "app_mention":
        return _said(said)
    return said.channel_type == "im" and (_said(said) or _typed_over(said))


def _conversation(payload: Payload) -> str:
    """Whoever acts does so in their own direct messages, wherever they stand; a channel is one of its own."""
    if payload.event and payload.event.type in rooms.ENDED:
        return conversation_of(payload.enterprise_of(), payload.team_of(), payload.event.channel)
    return conversation_of(payload.enterprise_of(), payload.team_of(), payload.user_of())


def _digest(body: bytes) -> str:
    return sha256(body).hexdigest()[:32]


def _content(payload: Payload, known: Known) -> Content:
    if payload.event:
        return _heard(payload.event, known, payload.bot_of())
    if payload.command:
        return rooms.wish(plain(payload.text), payload.channel_id, known.room) or _command(payload.text)
    match payload.type:
        case "block_actions" if payload.actions:
            return _pressed(payload.actions[0], forms.ticked(payload))
        case "view_submission" | "view_closed":
            return forms.content(payload)
        case "shortcut":
            return Started("create_rma")
        case "message_action" if payload.message:
            return _about(payload, payload.message)
        case _:
            raise Aside


def _heard(said: Message, known: Known, bot: str) -> Content:
    """What a message says. A changed one is not read again."""
    if not _said(said):
        thread = said.message.thread_ts if said.message else ""
        raise Aside((words.EDITED,), known.locale, thread)
    text = without_the_mention(said.text, bot) if said.type == "app_mention" else plain(said.text)
    if known.rma and (about := rooms.about(known.rma, text, files=bool(said.files))):
        return about
    if said.files:
        return Sent((), text)
    return Said(text) if text else Started("menu")


def _about(payload: Payload, message: Message) -> Started:
    """A request made of somebody's message: its words, and where it stands; all of long ones is there."""
    domain = payload.team.domain if payload.team else ""
    channel = payload.channel.id if payload.channel else ""
    link = f"https://{domain}.slack.com/archives/{channel}/p{message.ts.replace('.', '')}"
    if message.thread_ts and message.thread_ts != message.ts:
        link += f"?thread_ts={message.thread_ts}&cid={channel}"
    link = link if domain and channel else ""
    said = cut(plain(message.text), DESCRIBED - len(link) - 1)
    words_and_link = "\n".join(filter(None, (said, link)))
    return Started("create_rma", {"description": words_and_link} if words_and_link else {})


def _said(message: Message) -> bool:
    """Whether a person said it."""
    return message.subtype in TALK and not message.bot_id


def _typed_over(said: Message) -> bool:
    """Whether a person changed their words; Slack changes messages too, to show what is behind a link."""
    now = said.message if said.subtype == "message_changed" else None
    return now is not None and now.edited is not None and not now.bot_id


def _command(text: str) -> Content:
    """`/solardesk track 517624` starts a flow with an answer; other words are read like any."""
    text = plain(text)
    name, _, rest = text.partition(" ")
    if not name:
        return Started("menu")
    return start(name.lower(), rest.strip()) if name.lower() in COMMANDS else Said(text)


def _pressed(action: Action, ticked: dict[str, tuple[int, ...]]) -> Content:
    """A button or an entry; one that is not ours is answered like one that is too old."""
    if action.action_id == "open":
        return Continued()
    kind, _, flow = action.action_id.partition(".")
    if kind == "start" and flow in FLOWS:
        return start(flow, action.value)
    value = action.selected_option.value if action.selected_option else action.value
    token, _, index = value.partition(".")
    if action.type not in PRESSED or not token or not re.fullmatch(r"\d{1,4}", index, re.ASCII):
        return Pressed("", 0)
    return Pressed(token, int(index), ticked)


def _files(payload: Payload) -> Iterator[RawFile]:
    """The files of what was said, of a form, or of the message that a request is made of."""
    said = payload.message if payload.type == "message_action" else payload.event
    spoken = said.files if said and said.subtype in TALK else ()
    for file in (*spoken, *forms.files(payload)):
        if file.mode != "tombstone":
            yield raw_file(payload, file)


def raw_file(payload: Payload, file: SlackFile) -> RawFile:
    """A file to fetch; the address is only good with the token of its workspace."""
    kind = next((kind for start, kind in _KINDS if file.mimetype.startswith(start)), "document")
    where = file.url_private_download or file.url_private
    return RawFile(
        f"{payload.enterprise_of()}|{payload.team_of()}|{where}", file.name or "file", kind, max(file.size, 0)
    )
