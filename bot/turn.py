"""Turns: understand, advance, answer the calls of the flow in rounds. Pure but for what `answer` does."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct, structs

from bot.ports import Asked, Unavailable
from flows.engine.conversation import Conversation
from flows.engine.drafts import SILENCE
from flows.engine.events import Content, Event, Failed, Pressed, Returned, Said, Spoke
from flows.engine.forms import as_pages
from flows.engine.outputs import Call, Capabilities, Output
from flows.engine.phrases import NOW_SPEAKING
from flows.engine.work import Done, Reply
from flows.requests import SetLanguage

LOCALES = ("nl", "fr", "en")
ROUNDS = 8

Advance = Callable[[Conversation, Event, Capabilities], tuple[Conversation, tuple[Output, ...]]]
Understand = Callable[[str, str, Conversation], Content | None]
Answer = Callable[[Sequence[Asked]], list[Reply]]


class Incoming(Struct, frozen=True):
    """An event with what its turn needs; no conversation yet when people meet for the first time."""

    event: Event
    conversation: Conversation | None
    capabilities: Capabilities


class Taken(Struct, frozen=True):
    """What came of a turn: what to remember, and what to say or do, its calls already answered."""

    conversation: Conversation
    outputs: tuple[Output, ...]


class Alone(Exception):
    """Something that is asked in a turn by itself was asked in a batch."""


class TooManyRounds(Exception):
    """A flow keeps asking the desk without coming to an end: a bug in that flow."""


def take_turns(
    incoming: Sequence[Incoming], advance: Advance, understand: Understand, answer: Answer
) -> list[Taken]:
    """Take one turn each in conversations that are all different; the calls of a round go in one `answer`.

    When a service is unavailable a turn on its own goes on with `Failed`; a batch raises, because who had
    what done cannot be told apart: undo it and take the turns one by one. Likewise for what is asked alone.
    """
    turns = [_Turn(item, advance) for item in incoming]
    for turn, item in zip(turns, incoming, strict=True):
        turn.fold(item.event.id, _understood(item.event, turn.conversation, understand))
    rounds = 0
    while waiting := [(turn, call) for turn in turns for call in turn.calls()]:
        rounds += 1
        if rounds > ROUNDS:
            raise TooManyRounds
        if len(turns) > 1 and any(call.request.alone for _turn, call in waiting):
            raise Alone
        asked = [turn.asked(call) for turn, call in waiting]
        replies = _one_by_one(asked, answer) if len(turns) == 1 else answer(asked)
        for (turn, call), reply in zip(waiting, replies, strict=True):
            turn.returned(call, reply)
    return [Taken(turn.conversation, as_pages(turn.outputs)) for turn in turns]


class _Turn:
    """One turn in progress."""

    def __init__(self, incoming: Incoming, advance: Advance) -> None:
        self.event = incoming.event
        self.conversation = incoming.conversation or first_meeting(
            incoming.event.conversation, incoming.event.locale
        )
        self.outputs: list[Output] = []
        self._capabilities = incoming.capabilities
        self._advance = advance
        self._calls: list[Call] = []

    def fold(self, id: str, content: Content) -> None:
        """Let the engine have it, and set its calls apart. The desk hears of a new language too (ESM-45)."""
        event = structs.replace(self.event, id=id, content=content)
        self.conversation, outputs = self._advance(self.conversation, event, self._capabilities)
        for output in outputs:
            if isinstance(output, Call):
                self._calls.append(output)
            else:
                self.outputs.append(output)
        if isinstance(content, Spoke):
            self._calls.append(Call(f"{id}:language", SetLanguage(content.locale)))

    def calls(self) -> list[Call]:
        """The calls made since the last time."""
        calls, self._calls = self._calls, []
        return calls

    def asked(self, call: Call) -> Asked:
        """A call as the desk hears it. Its key holds for this conversation only, so that is put before it."""
        return Asked(
            f"{self.conversation.key}/{call.key}",
            call.request,
            self.event.sender,
            self.conversation.key,
            self.conversation.locale,
            self.event.at,
            call.run,
        )

    def returned(self, call: Call, reply: Reply | None) -> None:
        """Hand over a reply; None when the service did not answer."""
        content: Content = Failed(call.key) if reply is None else Returned(call.key, reply)
        if isinstance(call.request, SetLanguage):
            # The conversation is ours to change, whatever the desk keeps for the person.
            self.conversation = structs.replace(self.conversation, locale=call.request.language)
            said = NOW_SPEAKING.get(call.request.language, NOW_SPEAKING["en"])
            content = Returned(call.key, Done({"said": said}))
        self.fold(f"{self.event.id}:{call.key}", content)


def first_meeting(key: str, locale: str) -> Conversation:
    """A conversation in which nobody spoke yet, in the language the channel guesses."""
    locale = locale[:2].lower()
    return Conversation(key, locale if locale in LOCALES else "en")


def _understood(event: Event, conversation: Conversation, understand: Understand) -> Content:
    content = event.content
    if not isinstance(content, Said):
        return content
    meant = understand(content.text, conversation.locale, conversation) or content
    silent = conversation.at is not None and event.at - conversation.at > SILENCE
    if silent and isinstance(meant, Pressed):
        # After a long silence "yes" is no answer, though a tap on the button still is; "menu" is a wish.
        nothing_seen = structs.replace(conversation, screens=())
        return understand(content.text, conversation.locale, nothing_seen) or content
    return meant


def _one_by_one(asked: Sequence[Asked], answer: Answer) -> list[Reply | None]:
    replies: list[Reply | None] = []
    for item in asked:
        try:
            replies += answer([item])
        except Unavailable:
            replies.append(None)
    return replies
