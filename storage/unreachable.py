"""Chats where nobody can be reached for now: what is to be said there waits until they are back (UX 20)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from msgspec import Struct, structs
from sqlalchemy import Connection, bindparam, text

from flows.engine.outputs import Prompt, Say
from flows.engine.phrases import Text
from storage import outbox
from storage.moments import micros, moment
from storage.outbox import Closing, Waiting

_HOLD = text(
    "INSERT INTO unreachable (conversation, person, since) VALUES (:conversation, :person, :since)"
    " ON CONFLICT (conversation) DO NOTHING"
)
_HEARD = text("SELECT sequence FROM conversations WHERE key = :conversation")
_BACK = text(
    "DELETE FROM unreachable WHERE conversation IN :conversations RETURNING conversation"
).bindparams(bindparam("conversations", expanding=True))
_UNMAILED = text(
    "SELECT conversation, person, since FROM unreachable WHERE mailed_at IS NULL AND person <> ''"
    " ORDER BY since, conversation"
)
_MAILED = text("UPDATE unreachable SET mailed_at = :now WHERE conversation = :conversation")


class Away(Struct, frozen=True):
    """A person who cannot be reached in this chat."""

    conversation: str
    person: str
    since: datetime.datetime


def hold(connection: Connection, conversation: str, person: str, now: datetime.datetime) -> None:
    """From now on nothing is sent there."""
    connection.execute(_HOLD, {"conversation": conversation, "person": person, "since": micros(now)})


def hold_unless_heard(connection: Connection, message: Waiting, person: str, now: datetime.datetime) -> None:
    """A message was refused. Who spoke since it was on its way may be back: then it is tried again."""
    heard = connection.scalar(_HEARD, {"conversation": message.conversation}) or 0
    if heard == message.heard:
        hold(connection, message.conversation, person, now)


def back(connection: Connection, conversations: Iterable[str], now: datetime.datetime) -> None:
    """Somebody is heard in these chats: what waited there, as far as it still matters, can be sent."""
    found = connection.scalars(_BACK, {"conversations": list(conversations)}).all()
    for conversation in found:
        waiting = outbox.waiting(connection, [conversation])
        kept = {message.id: message for message in worth_saying(waiting)}
        for message in waiting:
            if message.id in kept and kept[message.id] != message:
                outbox.change(connection, kept[message.id])
        needless = [message for message in waiting if message.id not in kept]
        if needless:
            closings = [Closing(message.id, conversation, "replaced") for message in needless]
            outbox.close(connection, closings, now)


def let_go(connection: Connection, conversation: str, now: datetime.datetime) -> None:
    """What was to be said there is not said any more."""
    connection.execute(_BACK, {"conversations": [conversation]})
    waiting = outbox.waiting(connection, [conversation])
    if waiting:
        outbox.close(connection, [Closing(each.id, conversation, "replaced") for each in waiting], now)


def worth_saying(waiting: Sequence[Waiting]) -> list[Waiting]:
    """Everything that was told, as one message; of the questions the last; every answered one is closed.

    What hands something out, or asks to share something, stays a message of its own.
    """
    told = [message for message in waiting if isinstance(message.output, Say) and _is_plain(message.output)]
    asked = [message for message in waiting if isinstance(message.output, Prompt)]
    kept = [message for message in waiting if message not in told and message not in asked]
    if told:
        kept.append(structs.replace(told[-1], output=Say(_lines(told))))
    if asked:
        kept.append(_taking_the_place_of_the_first(asked))
    return sorted(kept, key=lambda message: message.id)


def _is_plain(said: Say) -> bool:
    return not (said.enclosed or said.wants or said.form)


def _lines(told: Sequence[Waiting]) -> tuple[Text, ...]:
    """Each line once."""
    lines: list[Text] = []
    for message in told:
        if isinstance(message.output, Say):
            lines += [line for line in message.output.lines if line not in lines]
    return tuple(lines)


def _taking_the_place_of_the_first(asked: Sequence[Waiting]) -> Waiting:
    """The last question; where it follows from one that nobody saw, it replaces what that one would have."""
    last = asked[-1]
    assert isinstance(last.output, Prompt)
    unseen = {m.output.token: m.output.replaces for m in asked[:-1] if isinstance(m.output, Prompt)}
    replaces = last.output.replaces
    while replaces in unseen:
        replaces = unseen.pop(replaces)
    return structs.replace(last, output=structs.replace(last.output, replaces=replaces))


def unmailed(connection: Connection) -> list[Away]:
    """Who cannot be reached and was not written to instead."""
    rows = connection.execute(_UNMAILED)
    return [Away(row.conversation, row.person, moment(row.since)) for row in rows]


def mailed(connection: Connection, conversation: str, now: datetime.datetime) -> None:
    """They were written to; once is enough until they are back."""
    connection.execute(_MAILED, {"conversation": conversation, "now": micros(now)})
