"""Attachments: bytes in files under random names, everything else in a row."""

from __future__ import annotations

import datetime
import hashlib
import os
import secrets
import time
from collections.abc import Collection, Sequence
from pathlib import Path

from msgspec import Struct
from sqlalchemy import Connection, bindparam, text

from storage.moments import micros

_ADD = text(
    "INSERT INTO attachments (id, conversation, name, kind, media_type, size, sha256, created_at)"
    " VALUES (:id, :conversation, :name, :kind, :media_type, :size, :sha256, :created_at)"
)
_GET = text("SELECT id, conversation, name, kind, media_type, size, sha256 FROM attachments WHERE id = :id")
_OF_CHAT = text(
    "SELECT id, conversation, name, kind, media_type, size, sha256 FROM attachments"
    " WHERE id IN :ids AND conversation = :conversation"
).bindparams(bindparam("ids", expanding=True))


class Attachment(Struct, frozen=True):
    """A stored file. Who asks for it must be checked against `conversation` or the request it is on."""

    id: str
    conversation: str
    name: str
    kind: str
    media_type: str
    size: int
    sha256: str

    @property
    def photo_or_pdf(self) -> bool:
        """What can be handed in as a document."""
        return self.media_type.startswith(("image/", "application/pdf"))


class Folder:
    """The folder of the bytes. A file is complete on the disk before its row is written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.mkdir(parents=True, exist_ok=True)

    def keep(self, content: bytes) -> tuple[str, str]:
        """Write the bytes under a new name of 160 random bits; returns that name and the sha256."""
        name = secrets.token_hex(20)
        with open(self._path / name, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        flush_folder(self._path)
        return name, hashlib.sha256(content).hexdigest()

    def path(self, id: str) -> Path:
        """Where the bytes of an attachment are. `id` comes from a row, never from outside."""
        return self._path / id

    @property
    def workroom(self) -> Path:
        """A folder beside it for what is being made: nothing there outlives a start."""
        return self._path.with_name(f"{self._path.name}.making")

    def names(self, older_than: float = 0) -> set[str]:
        """Every file there is, or those written so many seconds ago."""
        until = time.time() - older_than
        return {entry.name for entry in os.scandir(self._path) if entry.stat().st_mtime <= until}

    def remove(self, names: Collection[str]) -> None:
        """Delete files that nothing refers to."""
        for name in names:
            (self._path / name).unlink(missing_ok=True)


def add(connection: Connection, attachment: Attachment, now: datetime.datetime) -> None:
    """Remember a file that is on the disk."""
    row = {name: getattr(attachment, name) for name in Attachment.__struct_fields__}
    connection.execute(_ADD, {**row, "created_at": micros(now)})


def get(connection: Connection, id: str) -> Attachment | None:
    """The attachment of that id, if there is one."""
    row = connection.execute(_GET, {"id": id}).one_or_none()
    return Attachment(**row._mapping) if row else None


def of_chat(connection: Connection, ids: Sequence[str], conversation: str) -> list[Attachment]:
    """Those of these files that were sent in this chat; what others sent is as if it did not exist."""
    if not ids:
        return []
    found = connection.execute(_OF_CHAT, {"ids": list(ids), "conversation": conversation})
    known = {row.id: Attachment(**row._mapping) for row in found}
    return [known[id] for id in ids if id in known]


def ids(connection: Connection) -> set[str]:
    """Every attachment there is a row for."""
    return set(connection.scalars(text("SELECT id FROM attachments")))


def flush_folder(path: Path) -> None:
    """Make the new name itself survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
