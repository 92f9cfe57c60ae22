"""Unfinished work: what is open or put aside in chats, and what was passed to a colleague."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from flows.engine.conversation import Conversation
from flows.engine.runs import files_of
from flows.engine.work import Run
from storage import conversations
from storage.cashback_tables import cashback_sheets
from storage.people_tables import drafts, moved_drafts
from storage.tables import attachments


class Draft(NamedTuple):
    """Unfinished work. In a chat it has a `conversation`; passed on it has an `owner` and a `giver`."""

    id: str
    run: Run
    conversation: str = ""
    owner: int = 0
    giver: int = 0


_encode = msgspec.json.Encoder().encode
_decode: msgspec.json.Decoder[Run] = msgspec.json.Decoder(Run)
_PASSED = select(drafts.c.id, drafts.c.body, drafts.c.owner, drafts.c.giver).where(
    or_(drafts.c.owner == bindparam("who"), drafts.c.giver == bindparam("who"))
)


def in_chats(connection: Connection, chats: Iterable[str], *, practice: bool) -> list[Draft]:
    """What is open or put aside there, and did not leave since.

    What is practised is no real work, and the other way round.
    """
    found: list[Draft] = []
    for chat in dict.fromkeys(chats):
        known = conversations.load(connection, chat)
        if known:
            here = (*known.parked, *known.runs) if known.practice == practice else known.aside
            found += [Draft(_name_of(chat, run), run, chat) for run in here if not run.waiting]
    now = places(connection, [draft.run.id for draft in found])
    return [draft for draft in found if now.get(draft.run.id, draft.conversation) == draft.conversation]


def holds(conversation: Conversation, run: Run) -> bool:
    """Whether it is among what is open or put aside there."""
    every = (*conversation.runs, *conversation.parked, *conversation.aside)
    return any(other.id == run.id for other in every)


def passed(connection: Connection, who: int) -> list[Draft]:
    """What this installer passed on or was passed, the oldest first, and nobody took up yet."""
    rows = connection.execute(_PASSED.order_by(drafts.c.passed_at), {"who": who})
    return [Draft(row.id, _decode.decode(row.body), "", row.owner, row.giver) for row in rows]


def keep(connection: Connection, run: Run, *, owner: int, giver: int, now: int) -> str:
    """Pass it on; returns the name under which it waits."""
    name = _name_of(f"{giver}", run)
    row = {
        "id": name,
        "owner": owner,
        "giver": giver,
        "body": _encode(run).decode(),
        "passed_at": now,
    }
    connection.execute(delete(drafts).where(drafts.c.id == name))
    connection.execute(insert(drafts), row)
    return name


def waits(connection: Connection, name: str) -> bool:
    """Whether it still waits for who it was passed to."""
    return connection.execute(select(drafts.c.id).where(drafts.c.id == name)).first() is not None


def remove(connection: Connection, name: str) -> bool:
    """It was taken up; False when somebody was first."""
    return connection.execute(delete(drafts).where(drafts.c.id == name)).rowcount == 1


def move(connection: Connection, run: Run, before: str, after: str, now: int) -> None:
    """It is in that conversation from now on, with its files."""
    connection.execute(delete(moved_drafts).where(moved_drafts.c.run == run.id))
    connection.execute(insert(moved_drafts), {"run": run.id, "conversation": after, "moved_at": now})
    # A file with devices is named by an answer: what came of its rows goes along.
    named = [known.value for known in run.answers.values() if isinstance(known.value, str)]
    for table, ids in ((attachments, (*files_of(run), *named)), (cashback_sheets, named)):
        here = (table.c.id.in_(ids), table.c.conversation == before)
        connection.execute(update(table).where(*here).values(conversation=after))


def places(connection: Connection, runs: Iterable[str]) -> dict[str, str]:
    """In which conversation each of these runs is now, of those that were ever moved."""
    wanted = list(runs)
    if not wanted:
        return {}
    known = select(moved_drafts.c.run, moved_drafts.c.conversation).where(moved_drafts.c.run.in_(wanted))
    return {row.run: row.conversation for row in connection.execute(known)}


def _name_of(where: str, run: Run) -> str:
    return hashlib.blake2s(f"{where}\n{run.id}".encode(), digest_size=12).hexdigest()
