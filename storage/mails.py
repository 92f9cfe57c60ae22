"""Letters on their way, as texts not yet translated; sent later, each under one stable id."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, bindparam, insert, select, update

from flows.engine.enclosures import Enclosure
from flows.engine.phrases import Text
from storage.people import NO_MAILBOX
from storage.request_tables import mails


class Mail(NamedTuple):
    """A letter to one person. `message_id` is the part before the @ and never changes."""

    id: int
    message_id: str
    recipient: str
    locale: str
    subject: Text
    body: Text
    secret: bool
    created_at: int
    attempts: int
    outcome: str | None
    enclosed: Enclosure | None = None


_COLUMNS = (
    mails.c.id,
    mails.c.message_id,
    mails.c.recipient,
    mails.c.locale,
    mails.c.subject,
    mails.c.body,
    mails.c.secret,
    mails.c.created_at,
    mails.c.attempts,
    mails.c.outcome,
    mails.c.enclosed,
)
_WAITING = (
    select(*_COLUMNS)
    .where(mails.c.outcome.is_(None))
    .where(mails.c.due_at <= bindparam("now"))
    .order_by(mails.c.due_at, mails.c.id)
    .limit(bindparam("count"))
)
_LATEST = select(*_COLUMNS).order_by(mails.c.id.desc()).limit(bindparam("count"))
_WRITTEN = (
    select(mails.c.id)
    .where(mails.c.recipient == bindparam("recipient"))
    .where(mails.c.created_at.between(bindparam("since"), bindparam("until")))
    .limit(1)
)
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Text).decode
_decode_enclosed: msgspec.json.Decoder[Enclosure] = msgspec.json.Decoder(Enclosure)


def letter(
    message_id: str,
    recipient: str,
    locale: str,
    subject: Text,
    body: Text,
    now: int,
    secret: bool = False,
    enclosed: Enclosure | None = None,
) -> dict[str, Any]:
    """A row for `post`. `secret`: the text is cleared once it is sent."""
    return {
        "message_id": message_id,
        "recipient": recipient,
        "locale": locale,
        "subject": _encode(subject).decode(),
        "body": _encode(body).decode(),
        "secret": secret,
        "created_at": now,
        "due_at": now,
        "enclosed": _encode(enclosed).decode() if enclosed else None,
    }


def post(connection: Connection, letters: list[dict[str, Any]]) -> None:
    """Queue letters in this transaction; none to who practises."""
    real = [each for each in letters if not each["recipient"].endswith(NO_MAILBOX)]
    if real:
        connection.execute(insert(mails), real)


def waiting(connection: Connection, now: int, count: int) -> list[Mail]:
    """Letters to send now, oldest first."""
    return _read(connection.execute(_WAITING, {"now": now, "count": count}))


def written(connection: Connection, recipient: str, since: int, until: int) -> bool:
    """Whether anything was written to this mailbox between these moments."""
    asked = {"recipient": recipient, "since": since, "until": until}
    return connection.execute(_WRITTEN, asked).first() is not None


def latest(connection: Connection, count: int) -> list[Mail]:
    """The latest letters, sent or not, newest first."""
    return _read(connection.execute(_LATEST, {"count": count}))


def sent(connection: Connection, mail: Mail) -> None:
    """The server took it."""
    values: dict[str, object] = {"outcome": "sent", "attempts": mail.attempts + 1}
    if mail.secret:
        values["body"] = '""'
    connection.execute(update(mails).where(mails.c.id == mail.id).values(values))


def postpone(connection: Connection, mail: Mail, due_at: int) -> None:
    """The server did not take it; try again later."""
    connection.execute(
        update(mails).where(mails.c.id == mail.id).values(attempts=mail.attempts + 1, due_at=due_at)
    )


def park(connection: Connection, mail: Mail) -> None:
    """Given up."""
    values: dict[str, object] = {"outcome": "parked", "attempts": mail.attempts + 1}
    if mail.secret:
        values["body"] = '""'
    connection.execute(update(mails).where(mails.c.id == mail.id).values(values))


def _read(rows: Iterable[Any]) -> list[Mail]:
    return [
        Mail._make(
            (
                *row[:4],
                _decode(row[4]),
                _decode(row[5]),
                *row[6:-1],
                _decode_enclosed.decode(row[-1]) if row[-1] else None,
            )
        )
        for row in rows
    ]
