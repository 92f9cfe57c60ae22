"""Bytes are in files nobody can guess, and never without a trace."""

from __future__ import annotations

import datetime
import hashlib
from pathlib import Path

from sqlalchemy import Connection

from storage import attachments
from storage.attachments import Attachment, Folder

NOW = datetime.datetime(2026, 11, 20, 9, 30, tzinfo=datetime.UTC)


def test_what_was_kept_can_be_found_again(connection: Connection, tmp_path: Path) -> None:
    """By its id, with its name, kind and checksum."""
    folder = Folder(tmp_path / "attachments")
    id, sha256 = folder.keep(b"bytes")
    assert sha256 == hashlib.sha256(b"bytes").hexdigest()
    attachment = Attachment(id, "a", "photo.jpg", "image", "image/jpeg", 5, sha256)
    attachments.add(connection, attachment, NOW)
    assert attachments.get(connection, id) == attachment
    assert attachments.get(connection, "other") is None
    assert folder.path(id).read_bytes() == b"bytes"
    assert attachments.ids(connection) == folder.names() == {id}


def test_names_cannot_be_guessed(tmp_path: Path) -> None:
    """160 random bits each, for the same bytes too."""
    folder = Folder(tmp_path)
    names = {folder.keep(b"same")[0] for _ in range(20)}
    assert len(names) == 20
    assert {len(name) for name in names} == {40}


def test_removing_what_is_gone_is_no_fault(tmp_path: Path) -> None:
    """A sweep that was interrupted can be done again."""
    folder = Folder(tmp_path)
    id, _ = folder.keep(b"x")
    folder.remove({id})
    folder.remove({id})
    assert folder.names() == set()
