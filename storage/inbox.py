"""The inbox: every input is here before anybody is told that it arrived, and is finished with once."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from msgspec import Struct
from sqlalchemy import Connection, Row, bindparam, text

from bot.ports import RawFile, Received
from flows.engine.data import File
from storage import conversations
from storage.codec import decode_files, decode_raw_files, encode
from storage.moments import micros, moment

Outcome = Literal["done", "parked", "quarantined"]

_SEEN = text("SELECT key FROM inbox WHERE key IN :keys").bindparams(bindparam("keys", expanding=True))
_BUMP = text(
    "INSERT INTO conversations (key, channel, sequence) VALUES (:key, :channel, :count)"
    " ON CONFLICT (key) DO UPDATE SET sequence = conversations.sequence + excluded.sequence"
)
_NUMBERS = text("SELECT key, sequence FROM conversations WHERE key IN :keys").bindparams(
    bindparam("keys", expanding=True)
)
_ADD = text(
    "INSERT INTO inbox (channel, key, conversation, sequence, received_at, ready_at, payload, files,"
    " album)"
    " VALUES (:channel, :key, :conversation, :sequence, :received_at, :ready_at, :payload, :files, :album)"
    " ON CONFLICT (key) DO NOTHING"
)
_PICK = text(
    "SELECT i.id, i.conversation, i.attempts FROM inbox i"
    " WHERE i.done_at IS NULL AND i.ready_at <= :now AND NOT EXISTS"
    " (SELECT 1 FROM inbox e"
    " WHERE e.done_at IS NULL AND e.conversation = i.conversation AND e.sequence < i.sequence)"
    # An album waits until nothing more came for a moment, and until all that came is prepared.
    " AND (i.album IS NULL OR NOT EXISTS (SELECT 1 FROM inbox a WHERE a.done_at IS NULL"
    " AND a.conversation = i.conversation AND a.album = i.album"
    " AND (a.ready_at IS NULL OR (a.received_at > :recently AND i.received_at > :long_ago))))"
    " ORDER BY i.ready_at, i.id LIMIT :limit"
)
_LOAD = text(
    "SELECT i.id, i.sequence, i.conversation, i.channel, i.key, i.payload, i.received_at, i.files,"
    " i.prepared, i.album, i.attempts, c.channel AS home, s.body"
    " FROM inbox i JOIN conversations c ON c.key = i.conversation"
    " LEFT JOIN states s ON s.conversation = i.conversation"
    " WHERE i.id IN :ids AND i.done_at IS NULL ORDER BY i.id"
).bindparams(bindparam("ids", expanding=True))
_ALBUM = text(
    "SELECT id, channel, key, conversation, payload, received_at, files, prepared FROM inbox"
    " WHERE done_at IS NULL AND ready_at IS NOT NULL AND conversation = :conversation AND album = :album"
    " AND id <> :id ORDER BY sequence"
)
_TRY = text(
    "UPDATE inbox SET attempts = attempts + 1, ready_at = :ready_at"
    " WHERE id = :id AND done_at IS NULL RETURNING attempts"
)
_FINISH = text(
    "UPDATE inbox SET done_at = :done_at, outcome = :outcome, content = :content, reference = :reference"
    " WHERE id = :id"
)
_HIDE = text("UPDATE inbox SET payload = :nothing WHERE id = :id")
_UNPREPARED = text(
    "SELECT id, conversation, channel, sequence, received_at, files, payload FROM inbox"
    " WHERE done_at IS NULL AND ready_at IS NULL ORDER BY id"
)
_PREPARED = text("UPDATE inbox SET prepared = :prepared, ready_at = :ready_at WHERE id = :id")


QUIET = datetime.timedelta(seconds=1.2)
"""An album is complete when nothing more came for so long ..."""
LONGEST = datetime.timedelta(seconds=5)
"""... and is not waited for any longer than this."""


class Picked(Struct, frozen=True):
    """An input whose turn it is."""

    id: int
    conversation: str
    attempts: int


class Part(Struct, frozen=True):
    """Another input of the same album."""

    id: int
    received: Received
    prepared: tuple[File, ...]


class Taken(Struct, frozen=True):
    """An input with everything its turn needs. `home` is the channel that the conversation lives on."""

    id: int
    sequence: int
    received: Received
    prepared: tuple[File, ...]
    attempts: int
    home: str
    state: str | None
    album: tuple[Part, ...] = ()


class Finished(Struct, frozen=True):
    """How an input ended; `content` is what the person said, as JSON. `hide`: forget how it came."""

    id: int
    outcome: Outcome
    content: str | None = None
    reference: str | None = None
    hide: bool = False


class Unprepared(Struct, frozen=True):
    """An input whose files were not looked at yet."""

    id: int
    conversation: str
    channel: str
    sequence: int
    received_at: datetime.datetime
    files: tuple[RawFile, ...]
    payload: bytes


def receive(connection: Connection, batch: Sequence[Received], now: datetime.datetime) -> list[bool]:
    """Store a batch; says of each whether it is new. One seen before changes nothing."""
    keys = [f"{received.channel}/{received.key}" for received in batch]
    seen = set(connection.scalars(_SEEN, {"keys": keys}))
    is_new = []
    for key in keys:
        is_new.append(key not in seen)
        seen.add(key)
    new = [(key, received) for key, received, fresh in zip(keys, batch, is_new, strict=True) if fresh]
    if new:
        _add(connection, new, micros(now))
    return is_new


def _add(connection: Connection, new: Sequence[tuple[str, Received]], now: int) -> None:
    counts = Counter(received.conversation for _, received in new)
    channels = {received.conversation: received.channel for _, received in reversed(new)}
    conversations = sorted(counts)  # always in this order, so that two writers never wait for each other
    connection.execute(
        _BUMP, [{"key": key, "channel": channels[key], "count": counts[key]} for key in conversations]
    )
    last = {row.key: row.sequence for row in connection.execute(_NUMBERS, {"keys": conversations})}
    rows = []
    for key, received in new:
        place = last[received.conversation] - counts[received.conversation] + 1
        counts[received.conversation] -= 1
        rows.append(
            {
                "channel": received.channel,
                "key": key,
                "conversation": received.conversation,
                "sequence": place,
                "received_at": micros(received.at),
                "ready_at": None if received.files else now,
                "payload": received.payload,
                "files": encode(received.files) if received.files else None,
                "album": received.album or None,
            }
        )
    connection.execute(_ADD, rows)


def pick(connection: Connection, now: datetime.datetime, limit: int) -> list[Picked]:
    """The lowest unfinished input of up to `limit` conversations, where that one is ready."""
    moments = {"now": micros(now), "recently": micros(now - QUIET), "long_ago": micros(now - LONGEST)}
    rows = connection.execute(_PICK, {**moments, "limit": limit})
    return [Picked(row.id, row.conversation, row.attempts) for row in rows]


def take(connection: Connection, picked: Iterable[Picked]) -> list[Taken]:
    """Lock these conversations, in key order, and load what their turns need."""
    ids = {item.conversation: item.id for item in picked}
    if not ids:
        return []
    conversations.lock(connection, ids)
    rows = connection.execute(_LOAD, {"ids": list(ids.values())}).all()
    return [
        Taken(
            row.id,
            row.sequence,
            _received(row),
            decode_files(row.prepared) if row.prepared else (),
            row.attempts,
            row.home,
            row.body,
            _others(connection, row) if row.album else (),
        )
        for row in rows
    ]


def _others(connection: Connection, first: Row[Any]) -> tuple[Part, ...]:
    """What else belongs to the album of this one."""
    asked = {"conversation": first.conversation, "album": first.album, "id": first.id}
    return tuple(
        Part(row.id, _received(row), decode_files(row.prepared) if row.prepared else ())
        for row in connection.execute(_ALBUM, asked)
    )


def _received(row: Row[Any]) -> Received:
    return Received(
        row.channel,
        row.key.removeprefix(f"{row.channel}/"),
        row.conversation,
        row.payload,
        moment(row.received_at),
        decode_raw_files(row.files) if row.files else (),
    )


def count_attempt(connection: Connection, id: int, next_at: datetime.datetime) -> int:
    """Remember that this input is tried now, in case the try ends the process; not again before `next_at`.

    Says how many times it was tried, this one included.
    """
    return connection.scalar(_TRY, {"id": id, "ready_at": micros(next_at)}) or 0


def finish(connection: Connection, finished: Sequence[Finished], now: datetime.datetime) -> None:
    """These inputs are done with; nobody takes them again."""
    rows = [
        {
            "id": item.id,
            "outcome": item.outcome,
            "content": item.content,
            "reference": item.reference,
            "done_at": micros(now),
        }
        for item in finished
    ]
    if rows:
        connection.execute(_FINISH, rows)
    hidden = [{"id": item.id, "nothing": b""} for item in finished if item.hide]
    if hidden:
        connection.execute(_HIDE, hidden)


def unprepared(connection: Connection) -> list[Unprepared]:
    """Inputs whose files must be fetched and looked at, the oldest first."""
    return [
        Unprepared(
            row.id,
            row.conversation,
            row.channel,
            row.sequence,
            moment(row.received_at),
            decode_raw_files(row.files or "[]"),
            row.payload,
        )
        for row in connection.execute(_UNPREPARED)
    ]


def prepared(connection: Connection, id: int, files: tuple[File, ...], now: datetime.datetime) -> None:
    """The files of this input are known now: its turn may come."""
    connection.execute(_PREPARED, {"id": id, "prepared": encode(files), "ready_at": micros(now)})


def newest(connection: Connection) -> int:
    """The number of the latest input."""
    return int(connection.scalar(text("SELECT coalesce(max(id), 0) FROM inbox")) or 0)
