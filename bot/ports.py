"""What the bot needs from outside, as Protocols. Each has one embedded implementation that really works."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol, TypeVar

from msgspec import Struct

from flows.engine.data import Request, Wants
from flows.engine.events import Event
from flows.engine.outputs import Capabilities, Output, Prompt
from flows.engine.phrases import Text
from flows.engine.work import Reply


class RawFile(Struct, frozen=True):
    """A file announced by a channel and not fetched yet; `ref` is the channel's own name for it."""

    ref: str
    name: str
    kind: str
    size: int = 0


class Received(Struct, frozen=True):
    """What a channel's edge hands in: stored as it is, before anybody looks inside.

    `key` is unique per channel and the same when the platform delivers again. `payload` is JSON.
    Files that were sent together but come one by one have the same `album`: they are one message.
    """

    channel: str
    key: str
    conversation: str
    payload: bytes
    at: datetime.datetime
    files: tuple[RawFile, ...] = ()
    album: str = ""


class Enclosed(Struct, frozen=True):
    """Something handed out, as bytes."""

    name: str
    media_type: str
    content: bytes

    @property
    def is_image(self) -> bool:
        """Whether it is looked at, not opened."""
        return self.media_type.startswith("image/")


class Outgoing(Struct, frozen=True):
    """One output on its way to a channel. `edits` is the platform's id of the message this one replaces,
    `reply_to` of the one it stands under: that it answers, or that begins its thread.

    Where prompts take each other's place (`Capabilities.in_place`), `before` is what that message shows now
    and `chosen` what was pressed on it. `enclosed` is what a `Say` hands out; None when it cannot be had any
    more, and then only its words are said.
    """

    id: int
    conversation: str
    output: Output
    locale: str
    time_zone: str
    at: datetime.datetime
    edits: str = ""
    reply_to: str = ""
    before: Prompt | None = None
    chosen: Text = ""
    enclosed: Enclosed | None = None


class Asked(Struct, frozen=True):
    """A request with who asks it. `key` is unique per effect: the same key never happens twice.

    `run`: the work that it sends in, "" for a lookup.
    """

    key: str
    request: Request
    sender: str
    conversation: str
    locale: str
    at: datetime.datetime
    run: str = ""


class RetryLater(Exception):
    """The platform asks to wait `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"retry in {seconds} s")
        self.seconds = seconds


class Unreachable(Exception):
    """Nobody can be reached there now (blocked, gone). What is to be said waits until they are heard again.

    `person`: the chat identity, where the platform tells, so that what matters can be mailed instead.
    """

    def __init__(self, person: str = "") -> None:
        super().__init__()
        self.person = person


class Moved(Exception):
    """The chat goes on as the conversation `to`, with everything that was said in it."""

    def __init__(self, to: str) -> None:
        super().__init__()
        self.to = to


class Nowhere(Exception):
    """There is no such chat, or no such file: trying again does not help."""


class Malformed(Exception):
    """A payload that cannot be understood: it is put in quarantine."""


class Aside(Exception):
    """A payload that needs no turn. `lines` is what is said about it, if anything; `wants` as in `Say`.

    `reply_to`: the message that this is shown to be an answer to.
    """

    def __init__(
        self, lines: tuple[Text, ...] = (), locale: str = "", reply_to: str = "", *, wants: Wants = ""
    ) -> None:
        super().__init__()
        self.lines = lines
        self.locale = locale
        self.reply_to = reply_to
        self.wants = wants


class TooBig(Exception):
    """The platform does not hand out a file of this size."""


class Unavailable(Exception):
    """A service does not answer now; nothing was changed."""


class Channel(Protocol):
    """One chat platform. `receive` is pure; the others are its only I/O."""

    @property
    def name(self) -> str: ...

    @property
    def capabilities(self) -> Capabilities: ...

    def receive(self, received: Received) -> Event:
        """The event in a stored payload, its files without problems or codes.

        Raises Malformed, Aside, and Unreachable or Moved when it says that about the chat.
        """

    async def fetch(self, ref: str) -> bytes:
        """The bytes of an announced file. Raises Unavailable, Nowhere, TooBig."""

    async def send(self, outgoing: Outgoing) -> str:
        """Deliver; returns the platform's message id.

        Raises RetryLater, Unavailable, Unreachable, Moved, Nowhere.
        """


class Told(Struct, frozen=True):
    """An output that its channel delivered itself. `shown`: the platform's id of what shows it."""

    outgoing: Outgoing
    shown: str = ""


class Reception(Protocol):
    """Where the edge of a channel hands in what it received."""

    async def receive(self, received: Received) -> bool:
        """Keep an input; when this returns it cannot be lost. False: it was received before."""

    def turn(
        self, received: Received, seconds: float
    ) -> AbstractAsyncContextManager[Sequence[Outgoing] | None]:
        """Keep an input and wait for what its turn says, the same again for one received before.

        None when that takes longer. Inside, nothing is sent in this conversation.
        """

    async def told(self, told: Sequence[Told]) -> None:
        """These were delivered: nobody sends them any more."""


class Clock(Protocol):
    """The time, so that tests can set it."""

    def now(self) -> datetime.datetime:
        """Aware, in UTC."""


Work = TypeVar("Work", contravariant=True)


class ServiceDesk(Protocol[Work]):
    """The desk behind the flows. `work` is the transaction of the turn that asks."""

    def answer(self, work: Work, asked: Sequence[Asked]) -> list[Reply]:
        """One reply per request, in order. Every read and write is checked for who asks."""
