"""Effects happen once: what was done under a key is remembered with its reply."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Sequence

from msgspec import structs
from sqlalchemy import Connection, bindparam, text

from bot.ports import Asked
from flows.engine.data import Request
from flows.engine.work import Done, Reply
from flows.requests import WRITES
from storage.codec import decode_reply, encode
from storage.moments import micros

_FIND = text("SELECT key, request, reply FROM effects WHERE key IN :keys").bindparams(
    bindparam("keys", expanding=True)
)
_ADD = text(
    "INSERT INTO effects (key, conversation, request, reply, done_at)"
    " VALUES (:key, :conversation, :request, :reply, :done_at)"
)

Answer = Callable[[Connection, Sequence[Asked]], list[Reply]]


class OtherContent(Exception):
    """A key came back with another request: a bug, never to be hidden by doing either."""


def answer_once(
    connection: Connection, asked: Sequence[Asked], answer: Answer, now: datetime.datetime
) -> list[Reply]:
    """The replies of the desk; a write that was done before is not done again but answered the same."""
    writes = [item for item in asked if isinstance(item.request, WRITES)]
    known = _known(connection, writes) if writes else {}
    new = [item for item in asked if item.key not in known]
    replies = answer(connection, new) if new else []
    fresh = {item.key: reply for item, reply in zip(new, replies, strict=True)}
    _remember(connection, [item for item in writes if isinstance(fresh.get(item.key), Done)], fresh, now)
    return [known[item.key] if item.key in known else fresh[item.key] for item in asked]


def _known(connection: Connection, writes: Sequence[Asked]) -> dict[str, Reply]:
    requests = {item.key: _stored(item.request) for item in writes}
    known = {}
    for row in connection.execute(_FIND, {"keys": list(requests)}):
        if row.request != requests[row.key]:
            raise OtherContent(row.key)
        known[row.key] = decode_reply(row.reply)
    return known


def _remember(
    connection: Connection, done: Sequence[Asked], replies: dict[str, Reply], now: datetime.datetime
) -> None:
    rows = [
        {
            "key": item.key,
            "conversation": item.conversation,
            "request": _stored(item.request),
            "reply": encode(replies[item.key]),
            "done_at": micros(now),
        }
        for item in done
    ]
    if rows:
        connection.execute(_ADD, rows)


def _stored(request: Request) -> str:
    """The request as it is remembered: enough to know it again, with nothing secret in it."""
    hidden = {
        name: hashlib.sha256(str(getattr(request, name)).encode()).hexdigest() for name in request.secret
    }
    return encode(structs.replace(request, **hidden))
