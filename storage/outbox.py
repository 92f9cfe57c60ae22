"""The outbox: what must still be said, in the order it was decided."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct, structs
from sqlalchemy import Connection, bindparam, text

from flows.engine.outputs import Output, Prompt, Say
from flows.engine.phrases import _
from storage import practice
from storage.codec import Message, decode_message, encode
from storage.moments import micros, moment

Outcome = Literal["sent", "parked", "replaced"]
PRACTICE = _("Practice: nothing of this is real.")

_ADD = text(
    "INSERT INTO outbox (conversation, channel, sequence, output, locale, time_zone, reply_to, topic,"
    " created_at, due_at) VALUES (:conversation, :channel, :sequence, :output, :locale, :time_zone,"
    " :reply_to, :topic, :created_at, :created_at)"
)
# Only conversations whose first unsent message is due: the others wait behind theirs. Where nobody can be
# reached nothing is due.
_DUE = text(
    "SELECT o.conversation FROM outbox o WHERE o.sent_at IS NULL AND o.due_at <= :now AND NOT EXISTS"
    " (SELECT 1 FROM outbox e WHERE e.sent_at IS NULL AND e.conversation = o.conversation AND e.id < o.id)"
    " AND NOT EXISTS (SELECT 1 FROM unreachable u WHERE u.conversation = o.conversation)"
    " ORDER BY o.due_at, o.id LIMIT :limit"
)
_WAITING = text(
    "SELECT o.id, o.conversation, o.channel, o.sequence, o.output, o.locale, o.time_zone, o.created_at,"
    " o.due_at, o.attempts, o.reply_to, o.topic, coalesce(c.sequence, 0) AS heard"
    " FROM outbox o LEFT JOIN conversations c ON c.key = o.conversation"
    " WHERE o.sent_at IS NULL AND o.conversation IN :conversations ORDER BY o.id"
).bindparams(bindparam("conversations", expanding=True))
_WAITS = text("SELECT 1 FROM outbox WHERE id = :id AND sent_at IS NULL")
_CLOSE = text("UPDATE outbox SET sent_at = :sent_at, outcome = :outcome WHERE id = :id")
_TOLD = text("UPDATE outbox SET sent_at = :sent_at, outcome = 'sent' WHERE id = :id AND sent_at IS NULL")
_COVERED = text(
    "UPDATE outbox SET sent_at = :sent_at, outcome = 'replaced' WHERE conversation = :conversation"
    " AND id < :id AND sent_at IS NULL AND output LIKE :form"
)
_CHANGE = text("UPDATE outbox SET output = :output WHERE id = :id")
_WAIT = text("UPDATE outbox SET due_at = :due_at, attempts = :attempts WHERE id = :id")
_SHOWN = text(
    "INSERT INTO messages (conversation, token, message, sent_at)"
    " VALUES (:conversation, :token, :message, :sent_at)"
    " ON CONFLICT (conversation, token) DO UPDATE SET message = excluded.message, sent_at = excluded.sent_at"
)
_BEGAN = text(
    "INSERT INTO messages (conversation, token, message, sent_at)"
    " VALUES (:conversation, :token, :message, :sent_at) ON CONFLICT (conversation, token) DO NOTHING"
)
_MESSAGE = text("SELECT message FROM messages WHERE conversation = :conversation AND token = :token")
TOPIC = "about:"
"""Before a topic, where the message that began it is remembered like that of a prompt."""
_TOPIC = text(
    "SELECT token FROM messages WHERE conversation = :conversation AND message = :message"
    " AND token LIKE :start || '%'"
)
_MEANWHILE = text(
    "SELECT count(*) FROM outbox WHERE conversation = :conversation AND sequence IN"
    " (SELECT sequence FROM inbox WHERE conversation = :conversation AND done_at IS NULL)"
)
_PROMPT = text(
    "SELECT output FROM outbox WHERE conversation = :conversation AND output LIKE :start"
    " ORDER BY id DESC LIMIT 1"
)


class New(Struct, frozen=True):
    """Something to say, and the input it answers. `reply_to`: the message it is shown to be an answer to.
    `topic`: it stands under the first message about that, in this conversation.
    """

    conversation: str
    channel: str
    sequence: int
    output: Message
    locale: str
    time_zone: str
    reply_to: str = ""
    topic: str = ""


class Waiting(Struct, frozen=True):
    """Something that was not sent yet. `heard` is the number of the latest input of its conversation."""

    id: int
    conversation: str
    channel: str
    sequence: int
    output: Message
    locale: str
    time_zone: str
    created_at: datetime.datetime
    due_at: datetime.datetime
    attempts: int
    reply_to: str = ""
    heard: int = 0
    topic: str = ""


class Closing(Struct, frozen=True):
    """How a message ended. `token` and `message`: the prompt, and the platform's id of what shows it;
    `form`: the form in which it stands. `kept`: what is remembered instead of what was said.
    """

    id: int
    conversation: str
    outcome: Outcome
    token: str = ""
    message: str = ""
    form: str = ""
    kept: Output | None = None


def add(connection: Connection, messages: Iterable[New], now: datetime.datetime) -> None:
    """Decide to say these, after all that was decided before; where somebody practises, it says so."""
    messages = list(messages)
    marked = practice.among(connection, {item.conversation for item in messages})
    rows = [
        {
            "conversation": item.conversation,
            "channel": item.channel,
            "sequence": item.sequence,
            "output": encode(_marked(item.output) if item.conversation in marked else item.output),
            "locale": item.locale,
            "time_zone": item.time_zone,
            "reply_to": item.reply_to or None,
            "topic": item.topic or None,
            "created_at": micros(now),
        }
        for item in messages
    ]
    if rows:
        connection.execute(_ADD, rows)


def _marked(output: Message) -> Message:
    """Nobody takes it for real, not later either, when they scroll back."""
    if isinstance(output, Say | Prompt):
        return structs.replace(output, lines=(PRACTICE, *output.lines))
    return output


def due(connection: Connection, now: datetime.datetime, limit: int) -> list[str]:
    """Conversations with something to send now."""
    return list(connection.scalars(_DUE, {"now": micros(now), "limit": limit}))


def waiting(connection: Connection, conversations: Sequence[str]) -> list[Waiting]:
    """All that these conversations still have to hear, in order."""
    if not conversations:
        return []
    rows = connection.execute(_WAITING, {"conversations": list(conversations)})
    return [
        Waiting(
            row.id,
            row.conversation,
            row.channel,
            row.sequence,
            decode_message(row.output),
            row.locale,
            row.time_zone,
            moment(row.created_at),
            moment(row.due_at),
            row.attempts,
            row.reply_to or "",
            row.heard,
            row.topic or "",
        )
        for row in rows
    ]


def waits(connection: Connection, id: int) -> bool:
    """Whether this still has to be said: meanwhile it may have been erased, or said in another way."""
    return connection.scalar(_WAITS, {"id": id}) is not None


def close(connection: Connection, closings: Sequence[Closing], now: datetime.datetime) -> None:
    """These were sent, or never will be."""
    at = micros(now)
    connection.execute(_CLOSE, [{"id": item.id, "outcome": item.outcome, "sent_at": at} for item in closings])
    _remember(connection, closings, at)


def told(connection: Connection, closings: Sequence[Closing], now: datetime.datetime) -> None:
    """These were delivered without the sender; one that it had sent before stays as it is.

    A form shows its last page: those that were to come before it are not shown after it.
    """
    if not closings:
        return
    at = micros(now)
    connection.execute(_TOLD, [{"id": item.id, "sent_at": at} for item in closings])
    over = [
        {"id": item.id, "conversation": item.conversation, "form": f'%"form":"{item.form}"%', "sent_at": at}
        for item in closings
        if item.form
    ]
    if over:
        connection.execute(_COVERED, over)
    _remember(connection, closings, at)


def _remember(connection: Connection, closings: Sequence[Closing], at: int) -> None:
    """Where it stands, and what is not kept as it was said."""
    _remember_where(connection, closings, at)
    if kept := [{"id": item.id, "output": encode(item.kept)} for item in closings if item.kept]:
        connection.execute(_CHANGE, kept)


def _remember_where(connection: Connection, closings: Sequence[Closing], at: int) -> None:
    """Which message of the platform shows which prompt, and which was the first about a topic."""
    shown = [
        {
            "conversation": item.conversation,
            "token": item.token,
            "message": item.message,
            "sent_at": at,
        }
        for item in closings
        if item.token and item.message
    ]
    for statement, of_topics in ((_SHOWN, False), (_BEGAN, True)):
        if rows := [row for row in shown if str(row["token"]).startswith(TOPIC) == of_topics]:
            connection.execute(statement, rows)


def change(connection: Connection, message: Waiting) -> None:
    """Say something else instead."""
    connection.execute(_CHANGE, {"id": message.id, "output": encode(message.output)})


def wait(connection: Connection, ids: Iterable[int], until: datetime.datetime, attempts: int) -> None:
    """Try these again later; what comes after them in their conversation waits too."""
    rows = [{"id": id, "due_at": micros(until), "attempts": attempts} for id in ids]
    connection.execute(_WAIT, rows)


def spoke_meanwhile(connection: Connection, conversation: str) -> bool:
    """Whether something was said already about inputs whose turn has not come."""
    return bool(connection.scalar(_MEANWHILE, {"conversation": conversation}))


def message_of(connection: Connection, conversation: str, token: str) -> str:
    """The platform's id of the message that shows this prompt, or "" when there is none."""
    found = connection.scalar(_MESSAGE, {"conversation": conversation, "token": token})
    return str(found or "")


def topic_of(connection: Connection, conversation: str, message: str) -> str:
    """What the messages under this one are about; "" when it began nothing."""
    found = connection.scalar(_TOPIC, {"conversation": conversation, "message": message, "start": TOPIC})
    return str(found or "").removeprefix(TOPIC)


def prompt_of(connection: Connection, conversation: str, token: str) -> Prompt | None:
    """The prompt of this token, as long as it is kept."""
    start = encode(Prompt(token)).removesuffix("}") + "%"
    output = connection.scalar(_PROMPT, {"conversation": conversation, "start": start})
    found = decode_message(output) if output else None
    return found if isinstance(found, Prompt) and found.token == token else None
