"""Channels: what people ask for one with a command in it, and what becomes of them."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Final

from bot.channels.slack.payloads import Message, Payload
from bot.channels.slack.places import Place, conversation_of, message_id
from bot.channels.slack.register import Register
from bot.channels.slack.sending import Gone, Refusal
from bot.channels.slack.workspaces import Workspaces
from bot.ports import RetryLater, Unavailable, Unreachable
from bot.understanding.fold import fold
from flows.catalog import FLOWS
from flows.engine.data import Started, Value
from flows.engine.language import Ask, Flow, Upload

log = logging.getLogger(__name__)

PATIENCE: Final = 1.0
"""Slack shows a warning three seconds after a command."""
ENDED: Final = (
    "channel_archive",
    "channel_deleted",
    "channel_left",
    "channel_shared",
    "group_archive",
    "group_deleted",
    "group_left",
)
"""The events after which nothing of a company is posted in a channel: we are out, or others are in."""

_HERE: Final = frozenset({"hier", "ici", "here"})
_WISHES: Final = {
    "follow_in_room": frozenset({"volg", "suivre", "follow"}),
    "stop_in_room": frozenset({"stop", "arreter", "unfollow"}),
    "room_language": frozenset({"taal", "langue", "language"}),
}
_ALWAYS: Final = frozenset({"follow", "unfollow"})
"""In a channel they are about that channel, also without *here*."""
_NOTE: Final = frozenset({"note", "noot", "nota", "notitie"})
_TONGUES: Final = {
    **dict.fromkeys(("nl", "nederlands", "neerlandais", "dutch"), "nl"),
    **dict.fromkeys(("fr", "frans", "francais", "french"), "fr"),
    **dict.fromkeys(("en", "engels", "anglais", "english"), "en"),
}


class Rooms:
    """Asks Slack about the channel that somebody wants something for."""

    def __init__(self, workspaces: Workspaces, register: Register) -> None:
        self._workspaces = workspaces
        self._register = register

    async def link(self, payload: Payload) -> str:
        """How the channel is named in answers, where the command is about it; "" when Slack does not say."""
        if wish(payload.text, payload.channel_id, "") is None or payload.channel_id.startswith("D"):
            return ""
        enterprise, team = payload.enterprise_of(), payload.team_of()
        try:
            async with asyncio.timeout(PATIENCE):
                sending = await self._workspaces.sending(Place(enterprise, team, ""))
                answer = await sending.ask("conversations.info", channel=payload.channel_id)
        except Unreachable:
            answer = {}  # a private channel that we are not in
        except (RetryLater, Unavailable, Gone, Refusal, TimeoutError) as error:
            log.info("a channel cannot be looked at: %s", type(error).__name__)
            return ""
        found = answer.get("channel")
        channel: dict[str, Any] = found if isinstance(found, dict) else {}
        name = f"#{channel.get('name') or payload.channel_name or '…'}"
        member = bool(channel.get("is_member")) and not channel.get("is_archived")
        shared = any(channel.get(mark) for mark in ("is_ext_shared", "is_pending_ext_shared"))
        key = conversation_of(enterprise, team, payload.channel_id)
        return await self._register.met(key, name, member, shared)

    async def topic(self, payload: Payload) -> str:
        """The RMA that the thread of this message is about; "" when it is about none."""
        said = payload.event or Message()
        room = conversation_of(payload.enterprise_of(), payload.team_of(), said.channel)
        return await self._register.topic(room, message_id(said.channel, said.thread_ts))


def wish(text: str, channel: str, link: str) -> Started | None:
    """What is wanted for a channel: `follow`, `volg 517624 hier`, `langue fr ici`. None: something else."""
    words = text.split()
    folded = [fold(word) for word in words]
    here = any(word in _HERE for word in folded)
    first = folded[0] if folded else ""
    flow = next((name for name, starts in _WISHES.items() if first in starts), "")
    if not flow or not (here or (first in _ALWAYS and not channel.startswith("D"))):
        return None
    answers: dict[str, Value] = {"room": link} if link else {}
    rest = [word for word, plain in zip(words[1:], folded[1:], strict=True) if plain not in _HERE]
    if rest and flow == "follow_in_room":
        answers["rma"] = " ".join(rest)
    if rest and flow == "room_language":
        answers["language"] = _TONGUES.get(fold(rest[0]), rest[0])
    return Started(flow, answers)


def about(rma: str, text: str, *, files: bool = False) -> Started | None:
    """What is wanted of the RMA in whose thread this was said. None: something that is about no RMA.

    Files that come with it are kept with the RMA, the words as a note, unless that work takes files itself.
    """
    flow, rest = _asked_for(text)
    if flow is None:
        flow, rest = FLOWS["add_note" if files and text else "track_rma"], text
    if flow.steps[0].name != "rma":
        return None
    takes = any(isinstance(step, Upload) for step in flow.steps)
    if files and (flow.name == "add_to_rma" or not takes):
        noted = {"what": "noted", "note": rest} if flow.name == "add_note" and rest else {"what": "photos"}
        return Started("add_to_rma", {"rma": rma, **noted})
    second = flow.steps[1]
    more = {second.name: rest} if rest and isinstance(second, Ask) else {}
    return Started(flow.name, {"rma": rma, **more})


def _asked_for(text: str) -> tuple[Flow | None, str]:
    """The work that the words begin with, if any, and what follows."""
    folded = [fold(word) for word in text.split()]
    if folded and folded[0] in _NOTE:
        return FLOWS["add_note"], _after(text, 1)
    for flow in FLOWS.values():
        for phrase in sorted(flow.phrases, key=len, reverse=True):
            size = len(phrase.split())
            if folded[:size] == fold(phrase).split():
                return flow, _after(text, size)
    return None, ""


def _after(text: str, words: int) -> str:
    """What follows so many words, its lines as they were."""
    return "".join(text.split(maxsplit=words)[words:])
