"""What is on an RMA: its devices, notes, history and files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, Table, bindparam, func, select

from storage.desk_tables import installers
from storage.request_tables import notes, rma_files, rma_history, rma_lines
from storage.tables import attachments


class Line(NamedTuple):
    """One device of an RMA; an unreadable label has no serial."""

    rma: str
    serial: str
    product: str


class Note(NamedTuple):
    """What somebody wrote on an RMA."""

    at: int
    who: str
    text: str


class Happening(NamedTuple):
    """One line of the history of an RMA; `who` is empty for the desk."""

    at: int
    event: str
    status: str
    who: str | None


_LINES = (
    select(rma_lines.c.rma, rma_lines.c.serial, rma_lines.c.product)
    .where(rma_lines.c.rma == bindparam("rma"))
    .order_by(rma_lines.c.position)
)
_NOTES = (
    select(notes.c.at, installers.c.name, notes.c.text)
    .join_from(notes, installers, notes.c.installer == installers.c.id)
    .where(notes.c.rma == bindparam("rma"))
    .order_by(notes.c.at.desc(), notes.c.id.desc())
)
_HISTORY = (
    select(rma_history.c.at, rma_history.c.event, rma_history.c.status, installers.c.name)
    .join_from(rma_history, installers, rma_history.c.installer == installers.c.id, isouter=True)
    .where(rma_history.c.rma == bindparam("rma"))
    .order_by(rma_history.c.at, rma_history.c.id)
)
_DONE_BEFORE = {
    table: select(func.count()).where(table.c.key == bindparam("key")) for table in (notes, rma_history)
}
_FILES = select(attachments.c.id, attachments.c.conversation).where(
    attachments.c.id.in_(bindparam("ids", expanding=True))
)


def lines_of(connection: Connection, rma: str) -> list[Line]:
    """The devices of an RMA, in order."""
    return [Line._make(row) for row in connection.execute(_LINES, {"rma": rma})]


def notes_of(connection: Connection, rma: str) -> list[Note]:
    """The notes on an RMA, latest first."""
    return [Note._make(row) for row in connection.execute(_NOTES, {"rma": rma})]


def history_of(connection: Connection, rma: str) -> list[Happening]:
    """What happened to an RMA, in order."""
    return [Happening._make(row) for row in connection.execute(_HISTORY, {"rma": rma})]


def done_before(connection: Connection, table: Table, key: str) -> bool:
    """Whether this effect is in `notes` or `rma_history` already."""
    return bool(connection.execute(_DONE_BEFORE[table], {"key": key}).scalar_one())


def files_of_chats(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """By attachment: the conversation it was sent in."""
    wanted = list(ids)
    if not wanted:
        return {}
    return {id: chat for id, chat in connection.execute(_FILES, {"ids": wanted})}  # noqa: C416  rows are no pairs to mypy


def files_on(connection: Connection, rma: str) -> set[str]:
    """The attachments of an RMA."""
    return set(connection.execute(select(rma_files.c.attachment).where(rma_files.c.rma == rma)).scalars())
