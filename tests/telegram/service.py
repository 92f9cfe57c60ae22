"""The service: what it knows, what it answers, what it was asked. Everything under one lock."""

from __future__ import annotations

import copy
import itertools
import random
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.telegram import methods, rules
from tests.telegram.chats import Message, Room
from tests.telegram.faults import Faults, number
from tests.telegram.refusals import Refused, unlucky

LARGEST_DOWNLOAD = 20 * 1024 * 1024
KINDS_BY_DEFAULT = {
    "message", "edited_message", "callback_query", "my_chat_member", "inline_query", "channel_post",
    "edited_channel_post", "chosen_inline_result", "poll", "poll_answer", "chat_join_request",
}  # fmt: skip


@dataclass
class Call:
    """One call as it came in and what was answered."""

    at: float
    method: str
    params: dict[str, Any]
    code: int = 0
    result: Any = None
    description: str = ""

    @property
    def chat(self) -> int:
        """The chat it is about, or 0."""
        return number(self.params.get("chat_id"))


@dataclass
class Query:
    """A press that waits for its answer."""

    id: str
    chat: int
    at: float
    answered: float = 0.0
    text: str = ""
    alert: bool = False
    served: int = 0
    """How often the bot was told about it: a process cannot know what the one before it answered."""


@dataclass
class InlineQuery:
    """Words typed after the name of the bot, and what is listed for them."""

    id: str
    at: float
    answer: dict[str, Any] | None = None


@dataclass
class Waiting:
    """An update that was not confirmed yet."""

    update: dict[str, Any]
    at: float = field(default_factory=time.monotonic)
    served: int = 0


class Service:
    """A Bot API of one bot. `changed` is notified whenever something happens."""

    def __init__(self, seed: int = 1) -> None:
        dice = random.Random(seed)
        self.token = f"{dice.randrange(10**9, 10**10)}:AA{secrets.token_hex(16)}z"
        self.bot = {
            "id": int(self.token.split(":")[0]),
            "is_bot": True,
            "first_name": "Solardesk",
            "username": "solardesk_test_bot",
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": True,
        }
        self.changed = threading.Condition(threading.RLock())
        self.rooms: dict[int, Room] = {}
        self.updates: list[Waiting] = []
        self.history: list[dict[str, Any]] = []
        """Every update that was ever queued."""
        self.queries: dict[str, Query] = {}
        self.inline: dict[str, InlineQuery] = {}
        self.files: dict[str, tuple[str, bytes]] = {}
        self.untold: set[str] = set()
        """Files of which the update did not say how large they are."""
        self.calls: list[Call] = []
        self.violations: list[str] = []
        self.commands: dict[tuple[str, str], list[dict[str, str]]] = {}
        self.webhook: dict[str, Any] = {}
        self.allowed = set(KINDS_BY_DEFAULT)
        self.faults = Faults()
        self.polls = 0
        self.replays: list[dict[str, Any]] = []
        self.shuffle: random.Random | None = None
        self.query_seconds = 15.0
        self.too_late = False
        """All messages are older than the two days in which they can be deleted."""
        self.unreadable = 0
        """So many texts with marks are refused, whatever is in them."""
        self.wakers: list[Callable[[], None]] = []
        self._update_ids = itertools.count(dice.randrange(10**8, 9 * 10**8))
        self._orders = itertools.count(1)
        self._due: dict[int, float] = {}

    # --- what happens in the chats ---

    def order(self) -> int:
        """The number of the next change."""
        return next(self._orders)

    def happened(self) -> None:
        """Wake whoever waits."""
        self.changed.notify_all()
        for wake in self.wakers:
            wake()

    def put(self, update: dict[str, Any], *, known: bool = True) -> dict[str, Any]:
        """Queue an update for the bot; its kind must be one that the bot asked for, unless not `known`."""
        with self.changed:
            update = {"update_id": next(self._update_ids), **copy.deepcopy(update)}
            kind = next((name for name in update if name != "update_id"), "")
            if not known or kind in self.allowed:
                self.updates.append(Waiting(update))
                self.history.append(update)
            self.happened()
            return update

    def put_again(self, update: dict[str, Any]) -> None:
        """Deliver an update once more, confirmed or not."""
        with self.changed:
            self.replays.append(update)
            self.happened()

    def press(self, room: Room, person: dict[str, Any], message: Message, data: str) -> Query:
        """Somebody presses a button."""
        with self.changed:
            query = Query(str(secrets.randbits(62)), room.id, time.monotonic())
            self.queries[query.id] = query
            self.put(
                {
                    "callback_query": {
                        "id": query.id,
                        "from": person,
                        "message": message.data,
                        "chat_instance": str(room.id * 7919),
                        "data": data,
                    }
                }
            )
            return query

    def ask_inline(self, person: dict[str, Any], typed: str, offset: str) -> InlineQuery:
        """Somebody types after the name of the bot."""
        with self.changed:
            query = InlineQuery(str(secrets.randbits(62)), time.monotonic())
            self.inline[query.id] = query
            asked = {"id": query.id, "from": person, "query": typed, "offset": offset}
            self.put({"inline_query": {**asked, "chat_type": "group"}})
            return query

    def keep_file(self, name: str, content: bytes) -> dict[str, Any]:
        """A file somebody sent."""
        with self.changed:
            id = f"BQAC{secrets.token_urlsafe(24)}"
            self.files[id] = (name, content)
            return {"file_id": id, "file_unique_id": id[-12:], "file_size": len(content)}

    # --- what the bot asks ---

    def call(self, method: str, given: dict[str, Any]) -> Call:
        """Answer a call; what was wrong with it is in the call, and in `violations` when it was our fault."""
        with self.changed:
            call = Call(time.monotonic(), method, given)
            self.calls.append(call)
            try:
                call.params = rules.checked(method, given)
                self._not_too_early(call)
                self._can_read(call)
                call.result, call.code = methods.answer(self, method, call.params), 200
            except Refused as refused:
                self.refuse(call, refused)
            self.happened()
            return call

    def refuse(self, call: Call, refused: Refused) -> None:
        """Say no to a call."""
        call.code, call.description = refused.code, refused.description
        call.result = refused.parameters or None
        if refused.ours:
            self.violations.append(f"{call.method}: {refused.description} {_brief(call.params)}")

    def punish(self, chat: int, seconds: float) -> None:
        """From now on a send to this chat is too early until so many seconds have passed."""
        self._due[chat] = time.monotonic() + seconds

    def _not_too_early(self, call: Call) -> None:
        due = self._due.get(call.chat, 0.0)
        if (
            call.method.startswith(("send", "edit"))
            and call.method != "sendChatAction"
            and call.at < due - 0.05
        ):
            self.violations.append(f"{call.method} to {call.chat} {due - call.at:.2f} s before it was due")

    def _can_read(self, call: Call) -> None:
        if self.unreadable and "parse_mode" in call.params:
            self.unreadable -= 1
            raise unlucky('can\'t parse entities: Unsupported start tag "code" at byte offset 0')

    def told_of(self, update: dict[str, Any]) -> None:
        """The bot is told about this update, perhaps once more."""
        press = update.get("callback_query")
        query = self.queries.get(str(press.get("id"))) if isinstance(press, dict) else None
        if query:
            query.served += 1

    def confirm(self, offset: int) -> None:
        """Forget what was confirmed."""
        self.updates = [each for each in self.updates if each.update["update_id"] >= offset]

    def batch(self, limit: int) -> list[dict[str, Any]]:
        """The next updates of a poll."""
        with self.changed:
            waiting = self.updates[:limit]
            for each in waiting:
                each.served += 1
                self.told_of(each.update)
            batch, self.replays = [*self.replays, *(each.update for each in waiting)], []
            if self.shuffle:
                self.shuffle.shuffle(batch)
            return batch

    def sent(self, chat: int = 0, method: str = "") -> list[Call]:
        """The calls that worked, of a chat or of all, that show something."""
        with self.changed:
            return [
                call
                for call in self.calls
                if call.code == 200
                and (not chat or call.chat == chat)
                and (
                    call.method == method
                    if method
                    else call.method.startswith(("sendM", "sendP", "sendD", "edit"))
                )
            ]

    def until(self, truth: Callable[[], Any], seconds: float = 60.0, what: str = "") -> Any:
        """Wait until something is so. Raises AssertionError."""
        with self.changed:
            if self.changed.wait_for(truth, seconds):
                return truth()
        raise AssertionError(f"not within {seconds} s: {what or truth}")


def _brief(params: dict[str, Any]) -> str:
    return str({name: value for name, value in params.items() if name != "reply_markup"})[:200]
